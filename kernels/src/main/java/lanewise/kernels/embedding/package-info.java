/** Rows of a table, looked up by number. */
package lanewise.kernels.embedding;
