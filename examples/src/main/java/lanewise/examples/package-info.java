/** The entry of the command line. */
package lanewise.examples;
