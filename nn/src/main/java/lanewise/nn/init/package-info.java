/** How parameters are filled before training. */
package lanewise.nn.init;
