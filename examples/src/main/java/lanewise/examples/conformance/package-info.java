/** The test cases of the ONNX project, run on the kernels: an adapter for each operator. */
package lanewise.examples.conformance;
