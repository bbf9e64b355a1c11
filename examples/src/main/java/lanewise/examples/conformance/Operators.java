package lanewise.examples.conformance;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lanewise.kernels.elementwise.BinaryFunction;
import lanewise.kernels.elementwise.UnaryFunction;
import lanewise.kernels.reduction.ReductionOperator;

/** Which operators of the conformance cases are run, and why the others are not. */
final class Operators {

    /** A new operator: one entry here, and none among those that are skipped. */
    static final Map<String, OperatorAdapter> ADAPTERS = Map.ofEntries(Map.entry("AveragePool", PoolAdapter.average()),
            Map.entry("Col2Im", new Col2ImAdapter()), Map.entry("Conv", new ConvAdapter()),
            Map.entry("ConvTranspose", new ConvTransposeAdapter()),
            Map.entry("BatchNormalization", NormalizationAdapter::batch),
            Map.entry("LRN", NormalizationAdapter::localResponse),
            Map.entry("RMSNormalization", NormalizationAdapter::rms),
            Map.entry("GroupNormalization", NormalizationAdapter::group),
            Map.entry("InstanceNormalization", NormalizationAdapter::instance),
            Map.entry("LayerNormalization", NormalizationAdapter::layer),
            Map.entry("LogSoftmax", SoftmaxAdapter.logSoftmax()), Map.entry("Softmax", SoftmaxAdapter.softmax()),
            Map.entry("ai.onnx.preview.training.Adagrad", OptimizerAdapter.adagrad()),
            Map.entry("ai.onnx.preview.training.Adam", OptimizerAdapter.adam()),
            Map.entry("ai.onnx.preview.training.Momentum", OptimizerAdapter.momentum()),
            Map.entry("Concat", LayoutAdapter::concat), Map.entry("Clip", ActivationAdapter::clip),
            Map.entry("Elu", ActivationAdapter.elu()),
            Map.entry("Celu", ActivationAdapter.celu()), Map.entry("Selu", ActivationAdapter.selu()),
            Map.entry("Gelu", ActivationAdapter.gelu()), Map.entry("Mish", ActivationAdapter.mish()),
            Map.entry("ThresholdedRelu", ActivationAdapter.thresholdedRelu()),
            Map.entry("Softsign", ActivationAdapter.softsign()),
            Map.entry("NegativeLogLikelihoodLoss", LikelihoodAdapter::ofLogP),
            Map.entry("SoftmaxCrossEntropyLoss", LikelihoodAdapter::ofLogits),
            Map.entry("ReduceMean", ReductionAdapter.of(ReductionOperator.MEAN)),
            Map.entry("ReduceMax", ReductionAdapter.of(ReductionOperator.MAX)),
            Map.entry("ReduceMin", ReductionAdapter.of(ReductionOperator.MIN)),
            Map.entry("ReduceProd", ReductionAdapter.of(ReductionOperator.PRODUCT)),
            Map.entry("ReduceL1", ReductionAdapter.of(ReductionOperator.L1)),
            Map.entry("ReduceL2", ReductionAdapter.of(ReductionOperator.L2)),
            Map.entry("ReduceSumSquare", ReductionAdapter.of(ReductionOperator.SQUARES)),
            Map.entry("ReduceLogSumExp", ReductionAdapter.logSumExp()),
            Map.entry("ArgMax", ReductionAdapter::argMax), Map.entry("ArgMin", ReductionAdapter::argMin),
            Map.entry("Abs", ActivationAdapter.of(UnaryFunction.ABS)),
            Map.entry("Neg", ActivationAdapter.of(UnaryFunction.NEGATE)),
            Map.entry("Sqrt", ActivationAdapter.of(UnaryFunction.SQRT)),
            Map.entry("Reciprocal", ActivationAdapter.of(UnaryFunction.RECIPROCAL)),
            Map.entry("Exp", ActivationAdapter.of(UnaryFunction.EXP)),
            Map.entry("Erf", ActivationAdapter.of(UnaryFunction.ERF)),
            Map.entry("Sin", ActivationAdapter.of(UnaryFunction.SIN)),
            Map.entry("Cos", ActivationAdapter.of(UnaryFunction.COS)),
            Map.entry("Floor", ActivationAdapter.of(UnaryFunction.FLOOR)),
            Map.entry("Ceil", ActivationAdapter.of(UnaryFunction.CEIL)),
            Map.entry("Round", ActivationAdapter.of(UnaryFunction.ROUND)),
            Map.entry("Sub", BinaryAdapter.of(BinaryFunction.SUBTRACT)),
            Map.entry("Div", BinaryAdapter.of(BinaryFunction.DIVIDE)),
            Map.entry("Max", BinaryAdapter.of(BinaryFunction.MAX)),
            Map.entry("Min", BinaryAdapter.of(BinaryFunction.MIN)),
            Map.entry("Pow", BinaryAdapter.of(BinaryFunction.POW)),
            Map.entry("Add", BinaryAdapter.sum()),
            Map.entry("Sum", BinaryAdapter.sum()),
            Map.entry("Mul", BinaryAdapter.product()),
            Map.entry("Mean", BinaryAdapter::mean),
            Map.entry("Less", BinaryAdapter.of(BinaryFunction.LESS)),
            Map.entry("LessOrEqual", BinaryAdapter.of(BinaryFunction.LESS_OR_EQUAL)),
            Map.entry("Equal", BinaryAdapter.of(BinaryFunction.EQUAL)),
            Map.entry("Greater", BinaryAdapter.exchanged(BinaryFunction.LESS)),
            Map.entry("GreaterOrEqual", BinaryAdapter.exchanged(BinaryFunction.LESS_OR_EQUAL)),
            Map.entry("PRelu", BinaryAdapter::prelu),
            Map.entry("Where", SelectionAdapter::where), Map.entry("Trilu", SelectionAdapter::triangle),
            Map.entry("OneHot", SelectionAdapter::oneHot), Map.entry("Hardmax", SelectionAdapter::hardmax),
            Map.entry("GatherElements", SelectionAdapter::gatherElements),
            Map.entry("Slice", SelectionAdapter::slice), Map.entry("Pad", SelectionAdapter::pad),
            Map.entry("CumSum", ReductionAdapter::cumulativeSum),
            Map.entry("ReduceLogSum", ReductionAdapter.logSum()),
            Map.entry("LpNormalization", NormalizationAdapter::lp),
            Map.entry("MeanVarianceNormalization", NormalizationAdapter::meanVariance),
            Map.entry("SpaceToDepth", LayoutAdapter::spaceToDepth),
            Map.entry("ConstantOfShape", ViewAdapter::constantOfShape),
            Map.entry("Constant", ViewAdapter::constant), Map.entry("Dropout", ViewAdapter::dropout),
            Map.entry("Shape", ViewAdapter::shape),
            Map.entry("LSTM", new RecurrentAdapter(RecurrentAdapter.Kind.LSTM)),
            Map.entry("GRU", new RecurrentAdapter(RecurrentAdapter.Kind.GRU)),
            Map.entry("RNN", new RecurrentAdapter(RecurrentAdapter.Kind.RNN)),
            Map.entry("Attention", new AttentionAdapter()),
            Map.entry("RotaryEmbedding", new RotaryEmbeddingAdapter()), Map.entry("Gemm", MatrixAdapter::gemm),
            Map.entry("MatMul", MatrixAdapter::matmul),
            Map.entry("Flatten", ViewAdapter::flatten),
            Map.entry("Reshape", ViewAdapter::reshape),
            Map.entry("Identity", ViewAdapter::identity),
            Map.entry("Tile", LayoutAdapter::tile),
            Map.entry("Gather", LayoutAdapter::gather),
            Map.entry("Expand", LayoutAdapter::expand), Map.entry("ReduceSum", LayoutAdapter::reduceSum),
            Map.entry("Split", LayoutAdapter::split), Map.entry("Transpose", LayoutAdapter::transpose),
            Map.entry("GlobalAveragePool", PoolAdapter.globalAverage()),
            Map.entry("LeakyRelu", ActivationAdapter.leakyRelu()),
            Map.entry("LpPool", PoolAdapter.lp()),
            Map.entry("MaxPool", PoolAdapter.max()), Map.entry("MaxUnpool", new MaxUnpoolAdapter()),
            Map.entry("Relu", ActivationAdapter.relu()), Map.entry("Sigmoid", ActivationAdapter.sigmoid()),
            Map.entry("Softplus", ActivationAdapter.softplus()), Map.entry("Tanh", ActivationAdapter.tanh()),
            Map.entry("Squeeze", ViewAdapter.squeeze()), Map.entry("Unsqueeze", ViewAdapter.unsqueeze()));

    /** Operators of ONNX's cases without an adapter, and what they are. */
    static final Map<String, String> SKIPPED = Map.of("Cosh", "hyperbolic cosine", "Einsum", "products over any axes",
            "Range", "numbers in a row", "ai.onnx.preview.training.Gradient", "gradients of graphs");

    /** Cases of operators that have an adapter, and why they are not run all the same. */
    static final Map<String, String> SKIPPED_CASES = skippedCases(Map.of("random numbers of NumPy",
            List.of("training_dropout", "training_dropout_default", "training_dropout_default_mask",
                    "training_dropout_mask", "dropout_random_old"),
            "no kernel: attention with a bound of the scores",
            List.of("attention_3d_gqa_softcap", "attention_4d_diff_heads_sizes_softcap", "attention_4d_gqa_softcap",
                    "attention_4d_softcap", "attention_4d_with_qk_matmul_softcap"),
            "the matrix of scores, which attention never stores",
            List.of("attention_24_fullymasked_qk_matmul_output_mode3_zero",
                    "attention_4d_with_past_and_present_qk_matmul",
                    "attention_4d_with_past_and_present_qk_matmul_bias_3d_mask",
                    "attention_4d_with_past_and_present_qk_matmul_bias_3d_mask_causal",
                    "attention_4d_with_past_and_present_qk_matmul_bias_4d_mask",
                    "attention_4d_with_past_and_present_qk_matmul_bias_4d_mask_causal",
                    "attention_4d_with_qk_matmul", "attention_4d_with_qk_matmul_bias")));

    private Operators() {}

    private static Map<String, String> skippedCases(Map<String, List<String>> casesByReason) {
        return casesByReason.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(name -> Map.entry("node/test_" + name, entry.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
