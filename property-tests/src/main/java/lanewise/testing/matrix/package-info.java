/** Tests that run again as other machines: each cell of the matrix is a JVM with options of its own. */
package lanewise.testing.matrix;
