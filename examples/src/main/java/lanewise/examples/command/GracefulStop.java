package lanewise.examples.command;

import java.util.concurrent.CountDownLatch;
import lanewise.nn.training.Trainer;

/**
 * Lets a training end in order when the process is told to end, as by Ctrl-C: its step is finished and its checkpoint
 * written before the JVM goes. The exit code is then that of the signal, 130 for Ctrl-C.
 */
final class GracefulStop {

    private final CountDownLatch trained = new CountDownLatch(1);
    private final Thread hook;

    GracefulStop(Trainer trainer) {
        hook = new Thread(() -> {
            trainer.stop();
            try {
                trained.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "lanewise-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** To be called when the training has ended. */
    void ended() {
        trained.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: this is what the hook was for.
        }
    }
}
