package lanewise.testing.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The contract of every kernel about wrong arguments: each size, offset, leading dimension, array and object is made
 * wrong, one at a time and in each way that {@link WrongArgument} knows, and the kernel must refuse before it writes, with
 * a message that names operation, argument, value and requirement.
 */
public interface ArgumentRejectionContract {

    /**
     * A valid call of each method.
     *
     * @return the calls; their arrays end with the operand and leading dimensions are as small as they may be
     */
    List<KernelCall> calls();

    /**
     * One test for each method.
     *
     * @return the tests
     */
    @TestFactory
    default Stream<DynamicTest> refusesWrongArguments() {
        List<KernelCall> calls = calls();
        assertFalse(calls.isEmpty(), "no method to check");
        return calls.stream().map(call -> dynamicTest(call.toString(), () -> {
            assertNull(call.invoke(), "the call that is to be made wrong must be right");
            List<WrongArgument> wrong = WrongArgument.of(call);
            assertFalse(wrong.isEmpty(), "nothing to make wrong");
            assertAll(wrong.stream().map(w -> w::checkRefused));
        }));
    }
}
