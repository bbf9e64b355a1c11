/** Recurrent layers over whole sequences beside native peers, forward and backward. */
package lanewise.bench.sequence;
