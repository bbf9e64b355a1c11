package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/**
 * Several classifiers of one kind of input that decide together, for evaluation: from [batch, ...] to [batch, classes]. Names
 * of parameters begin with 0, 1, 2, ...
 */
public final class Ensemble extends Module {

    private final Module[] members;
    private final boolean vote;

    private Ensemble(boolean vote, Module... members) {
        if (members.length == 0) {
            throw new IllegalArgumentException("Ensemble: no members, need at least one");
        }
        this.members = members.clone();
        this.vote = vote;
        for (int i = 0; i < members.length; i++) {
            register(Integer.toString(i), this.members[i]);
        }
    }

    /**
     * The mean of the members' probabilities.
     *
     * @param members from [batch, ...] to logits [batch, classes]
     * @return the module; its outputs are probabilities
     */
    public static Ensemble mean(Module... members) {
        return new Ensemble(false, members);
    }

    /**
     * The share of members that vote for each class, each for the one with its largest logit, the first of equal ones.
     *
     * @param members from [batch, ...] to logits [batch, classes]
     * @return the module; its outputs have no gradient
     */
    public static Ensemble vote(Module... members) {
        return new Ensemble(true, members);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor sum = null;
        for (Module member : members) {
            Tensor logits = member.forward(x);
            Tensor opinion = vote ? vote(logits) : logits.softmax(-1);
            sum = sum == null ? opinion : sum.add(opinion);
        }
        return sum.mul(1f / members.length);
    }

    private static Tensor vote(Tensor logits) {
        int classes = logits.shape().size(-1);
        return logits.detach().topK(1).index().oneHot(classes).reshape(logits.shape());
    }
}
