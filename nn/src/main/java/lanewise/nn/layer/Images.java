package lanewise.nn.layer;

import lanewise.nn.Shape;

/** What layers ask of the shape of images. */
final class Images {

    private Images() {}

    /** Refuses what is not [batch, channels, height, width]. */
    static void check(String layer, Shape x) {
        if (x.rank() != 4) {
            throw new IllegalArgumentException(
                    layer + ": input is " + x + ", need [batch, channels, height, width]");
        }
    }
}
