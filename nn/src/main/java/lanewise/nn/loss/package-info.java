/** What training minimizes. */
package lanewise.nn.loss;
