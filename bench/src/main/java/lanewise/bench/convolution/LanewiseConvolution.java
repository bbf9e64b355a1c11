package lanewise.bench.convolution;

import lanewise.bench.contest.Computation;
import lanewise.bench.contest.LanewiseEngine;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.convolution.Convolution;
import lanewise.kernels.convolution.ConvolutionGeometry;

/** The convolution by Lanewise, with the algorithm that it chooses. */
public final class LanewiseConvolution extends LanewiseEngine<ConvolutionOperands> {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public LanewiseConvolution(int threads) {
        super(threads, ConvolutionOperands::of);
    }

    @Override
    protected Computation bind(ConvolutionOperands operands) {
        ConvolutionShape shape = operands.shape();
        ConvolutionGeometry geometry = ConvolutionGeometry
                .of2d(shape.n(), shape.c(), shape.h(), shape.w(), shape.outC(), shape.kernelH(), shape.kernelW())
                .stride(shape.stride()).padding(shape.pad()).groups(shape.groups());
        float[] image = operands.image();
        float[] filter = operands.filter();
        float[] output = operands.output();
        return Computation.into(operands.result(), switch (shape.pass()) {
            case FORWARD -> () -> Convolution.forward(workers, geometry, image, 0, filter, 0, null, 0,
                    Activation.IDENTITY, output, 0);
            case BACKWARD_DATA -> () -> Convolution.backwardData(workers, geometry, output, 0, filter, 0, image, 0,
                    false);
            case BACKWARD_FILTER -> () -> Convolution.backwardFilter(workers, geometry, image, 0, output, 0, filter, 0,
                    false);
        });
    }
}
