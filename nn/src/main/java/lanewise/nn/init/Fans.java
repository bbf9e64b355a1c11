package lanewise.nn.init;

import lanewise.nn.Shape;

/** How many numbers a unit sums up, and how many units a number goes to. */
record Fans(long in, long out) {

    static Fans of(String init, Shape weight) {
        if (weight.rank() < 2 || weight.size() == 0) {
            throw new IllegalArgumentException(init + ": tensor is " + weight + ", need [outputs, inputs, ...]");
        }
        return new Fans(weight.size() / weight.size(0), weight.size() / weight.size(1));
    }
}
