/** Systems of the literature, one class each: the network, its training and where they were published. */
package lanewise.examples.systems;
