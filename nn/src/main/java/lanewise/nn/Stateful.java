package lanewise.nn;

/** What a checkpoint can keep: it gives its state, and goes on from a given one to the same bits. */
public interface Stateful {

    /**
     * The state at this moment. Its tensors are not copies: write or copy them before the next step.
     *
     * @return the state
     */
    State state();

    /**
     * Checks a state without changing anything.
     *
     * @param state from {@link #state} of an object that was built in the same way
     * @return puts this object into that state; to be run at once
     * @throws IllegalArgumentException if the state does not fit; the message names what is missing, unknown or wrong
     */
    Runnable restoring(State state);
}
