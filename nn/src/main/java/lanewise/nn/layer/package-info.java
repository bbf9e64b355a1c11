/**
 * Layers, with the names, arguments and defaults of PyTorch's modules.
 *
 * <p>
 * What has a size in both directions of an image takes one number for both, or one for each. Settings that do not decide
 * about parameters are fluent, {@code new Conv2d(3, 64, 7, random).stride(2).padding(3)}, and may be changed until the layer
 * is used. Images are [batch, channels, height, width]; the last batch of an epoch may be smaller: what follows from the
 * shape of an input is worked out when a shape is new and then kept.
 */
package lanewise.nn.layer;
