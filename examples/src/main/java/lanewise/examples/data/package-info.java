/** The data that comes with the examples. */
package lanewise.examples.data;
