package lanewise.nn.training;

import java.io.IOException;

/** Is told how a training goes. */
public interface TrainingListener {

    /**
     * A step was taken.
     *
     * @param samples how many it trained on
     * @param loss mean loss of the epoch so far
     */
    default void stepped(int samples, double loss) {}

    /**
     * An epoch has ended.
     *
     * @param epoch how it went
     * @throws IOException if what is to be kept of it cannot be written; ends the training
     */
    void ended(Epoch epoch) throws IOException;
}
