/** Damaged files made by Jazzer, which looks at what the readers of {@link lanewise.nn.io} do with them. */
package lanewise.fuzz;
