package lanewise.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import lanewise.testing.Allocations;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of every kernel about memory: after warm-up a call allocates nothing, on no thread. */
public interface ZeroAllocationContract {

    /**
     * Calls of each method.
     *
     * @return valid calls; the same method may be there with several sizes
     */
    List<KernelCall> allocationFreeCalls();

    /**
     * One test for each call.
     *
     * @return the tests
     */
    @TestFactory
    default Stream<DynamicTest> allocatesNothing() {
        List<KernelCall> calls = allocationFreeCalls();
        assertFalse(calls.isEmpty(), "no method to check");
        return calls.stream().map(call -> dynamicTest(call.toString(),
                () -> assertEquals(0, Allocations.bytesPerCall(call.handle()), "bytes allocated per call of " + call)));
    }
}
