/** Layers, with the names, arguments and defaults of PyTorch's modules. */
package lanewise.nn.layer;
