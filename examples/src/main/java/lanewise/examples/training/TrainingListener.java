package lanewise.examples.training;

import java.io.IOException;

/** Is told how a training goes. */
public interface TrainingListener {

    /**
     * A step was taken.
     *
     * @param images how many images it trained on
     * @param loss mean loss of the epoch so far
     */
    default void stepped(int images, double loss) {}

    /**
     * An epoch has ended.
     *
     * @param epoch how it went
     * @throws IOException if what is to be kept of it cannot be written; ends the training
     */
    void ended(Epoch epoch) throws IOException;
}
