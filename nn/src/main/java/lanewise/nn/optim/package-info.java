/** From gradients to better parameters. */
package lanewise.nn.optim;
