package lanewise.testing;

import com.sun.management.ThreadMXBean;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts what a call allocates on the heap, over all threads. The Vector API fails by boxing: a vector that the compiler
 * could not keep in a register becomes an object, twenty to forty times slower. So zero bytes is a claim about speed too.
 */
public final class Allocations {

    // Few calls, so that many windows see no allocation of other threads; enough windows to compile what is called, also where
    // other kernels are ahead of it in the compiler's queue, which takes half a second for a big one with 512-bit vectors.
    private static final int CALLS = 10;
    private static final int WINDOWS = 4_000;
    // The compiler works in the background, and may have to share a core.
    private static final int COMPILER_NANOS = 1_000_000;

    private Allocations() {}

    /**
     * The bytes that a call allocates once it is warm: the least over windows of some calls, so that what other threads
     * allocate meanwhile does not count. Ends at the first window without any.
     *
     * @param call a handle of type {@code ()void}
     * @return bytes for each call, 0 in steady state
     */
    public static double bytesPerCall(MethodHandle call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int window = 0; window < WINDOWS && least > 0; window++) {
            long before = threads.getTotalThreadAllocatedBytes();
            repeat(call, CALLS);
            long bytes = threads.getTotalThreadAllocatedBytes() - before;
            if (bytes > 0) {
                LockSupport.parkNanos(COMPILER_NANOS);
            }
            least = Math.min(least, bytes);
        }
        return (double) least / CALLS;
    }

    /**
     * Makes a call many times.
     *
     * @param call a handle of type {@code ()void}
     * @param times how many times
     */
    public static void repeat(MethodHandle call, int times) {
        try {
            for (int i = 0; i < times; i++) {
                call.invokeExact();
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a kernel threw a checked exception", e);
        }
    }
}
