package lanewise.nn.data;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.ObjIntConsumer;

/** Fills two batches by turns on a thread of its own: one is filled while the other is used. */
final class BatchFeeder {

    private final BlockingQueue<Batch> empty = new ArrayBlockingQueue<>(2);
    private final BlockingQueue<Batch> full = new ArrayBlockingQueue<>(2);
    private final Thread thread;
    // Written before the batch goes to the queue, read after it comes from there.
    private Throwable failure;
    private Batch failed;
    private Batch given;

    BatchFeeder(int first, int end, ObjIntConsumer<Batch> fill, Batch one, Batch other) {
        empty.add(one);
        empty.add(other);
        // A daemon: an epoch that is left in the middle must not keep the JVM.
        thread = Thread.ofPlatform().daemon().name("lanewise-loader").start(() -> feed(first, end, fill));
    }

    private void feed(int first, int end, ObjIntConsumer<Batch> fill) {
        try {
            for (int number = first; number < end; number++) {
                Batch batch = empty.take();
                try {
                    fill.accept(batch, number);
                } catch (RuntimeException | Error e) {
                    failure = e; // thrown where the batch is asked for
                    failed = batch;
                    full.put(batch);
                    return;
                }
                full.put(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody wants the rest
        }
    }

    /** The next batch; the one before is filled anew. Waits even if the caller is interrupted, who stays so. */
    Batch next() {
        boolean interrupted = false;
        try {
            if (given != null) {
                empty.add(given);
            }
            while (true) {
                try {
                    given = full.take();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (given == failed) {
            throw new IllegalStateException("DataLoader: a sample could not be read: " + failure.getMessage(), failure);
        }
        return given;
    }

    /** Ends the thread and waits for it, since the order that it reads is about to change. */
    void end() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
