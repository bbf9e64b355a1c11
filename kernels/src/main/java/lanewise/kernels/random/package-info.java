/**
 * Random numbers without a state: number i of a stream is a function of seed, stream and i. So what is drawn does not
 * depend on the order of drawing, on threads or on what else is random, and any part can be drawn again. A caller gives
 * each use (the weights of a layer, the order of an epoch) a stream of its own.
 */
package lanewise.kernels.random;
