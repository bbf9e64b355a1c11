/** Memory-bound operations beside native peers: activations, softmax, normalization, loss and an optimizer's update. */
package lanewise.bench.pointwise;
