package lanewise.properties.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The test cases of the ONNX project and models that PyTorch exported, read from their own files beside the repository;
 * skipped where these are absent. A case is run if every operator of it has an adapter and its elements are
 * float32, integers or truth values. An operator that has none must be listed in {@link Operators}, with the reason.
 */
class OnnxConformanceTest {

    // Tests run in the folder of their module.
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().resolveSibling("shared")
            .resolve("conformance").resolve("onnx");

    /** The folder of whole networks. */
    private static final String NETWORKS = "light";

    /** Cases of operators that have an adapter. */
    private static final Map<String, String> SKIPPED_CASES = skipped(Map.of("random numbers of NumPy",
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

    private static Map<String, String> skipped(Map<String, List<String>> casesByReason) {
        return casesByReason.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(name -> Map.entry("node/test_" + name, entry.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static final Workers WORKERS = Workers.of(2);

    private static List<OnnxCase> cases;
    private static List<OnnxCase> networks;

    @BeforeAll
    static void read() throws IOException {
        assumeTrue(Files.isDirectory(ROOT), () -> "no conformance cases in " + ROOT);
        cases = new ArrayList<>();
        networks = list(ROOT.resolve(NETWORKS)).stream().filter(file -> file.toString().endsWith(".onnx"))
                .map(OnnxCase::readNetwork).toList();
        for (Path folder : list(ROOT)) {
            if (!folder.endsWith(NETWORKS)) {
                list(folder).forEach(path -> cases.add(OnnxCase.read(path)));
            }
        }
    }

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @TestFactory
    Stream<DynamicTest> everyCaseGivesItsOutputs() {
        return cases.stream().filter(OnnxConformanceTest::isRun)
                .map(one -> dynamicTest(one.name(), () -> one.run(WORKERS, Operators.ADAPTERS)));
    }

    @TestFactory
    Stream<DynamicTest> wholeNetworksGiveTheirOutputs() {
        return networks.stream().map(one -> dynamicTest(one.name(), () -> one.runNetwork(WORKERS, Operators.ADAPTERS)));
    }

    @Test
    void everyCaseIsRunOrListedWithAReason() {
        List<String> unknown = cases.stream()
                .filter(one -> one.hasKnownTypes() && !isRun(one)
                        && !SKIPPED_CASES.containsKey(one.name())
                        && one.operators().stream().noneMatch(Operators.SKIPPED::containsKey))
                .map(one -> one.name() + " " + one.operators()).toList();
        assertEquals(List.of(), unknown, "cases that are neither run nor listed");
    }

    @Test
    void everyAdapterIsUsedAndEveryListedOperatorOccurs() {
        Set<String> run = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        networks.forEach(one -> run.addAll(one.operators()));
        all.addAll(run);
        for (OnnxCase one : cases) {
            all.addAll(one.operators());
            if (isRun(one)) {
                run.addAll(one.operators());
            }
        }
        assertEquals(new TreeSet<>(Operators.ADAPTERS.keySet()), run, "operators that are run");
        all.removeAll(run);
        assertEquals(all, Operators.SKIPPED.keySet(), "operators that are not run, and those listed as skipped");
    }

    private static boolean isRun(OnnxCase one) {
        return one.hasKnownTypes() && !SKIPPED_CASES.containsKey(one.name())
                && Operators.ADAPTERS.keySet().containsAll(one.operators());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.sorted().toList();
        }
    }
}
