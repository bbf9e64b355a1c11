package lanewise.nn.data;

/** Transforms of images for augmentation. What comes into an image from outside is 0. */
public final class Transforms {

    private Transforms() {}

    /**
     * Left becomes right.
     *
     * @param probability how often
     * @return the transform
     */
    public static Transform flipHorizontal(float probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "flipHorizontal: probability = " + probability + ", need 0 <= probability <= 1");
        }
        return (image, offset, channels, height, width, draws) -> {
            if (draws.uniform(0, 1) < probability) {
                for (int row = 0; row < channels * height; row++) {
                    for (int i = offset + row * width, j = i + width - 1; i < j; i++, j--) {
                        float left = image[i];
                        image[i] = image[j];
                        image[j] = left;
                    }
                }
            }
        };
    }

    /**
     * Moves the image by whole pixels, as far in every direction with the same probability.
     *
     * @param most the greatest distance in each direction, not negative
     * @return the transform
     */
    public static Transform shift(int most) {
        notNegative("shift", "most", most);
        return new Warp() {
            private int down;
            private int right;

            @Override
            void draw(int height, int width, Draws draws) {
                down = (int) Math.floor(draws.uniform(-most, most + 1f));
                right = (int) Math.floor(draws.uniform(-most, most + 1f));
            }

            @Override
            float row(int y, int x) {
                return y - down;
            }

            @Override
            float column(int y, int x) {
                return x - right;
            }
        };
    }

    /**
     * Turns the image about its middle.
     *
     * @param most the greatest angle in degrees, either way
     * @return the transform
     */
    public static Transform rotate(float most) {
        notNegative("rotate", "most", most);
        return new Warp() {
            private float sine;
            private float cosine;
            private float middleY;
            private float middleX;

            @Override
            void draw(int height, int width, Draws draws) {
                double angle = Math.toRadians(draws.uniform(-most, most));
                sine = (float) StrictMath.sin(angle);
                cosine = (float) StrictMath.cos(angle);
                middleY = (height - 1) / 2f;
                middleX = (width - 1) / 2f;
            }

            @Override
            float row(int y, int x) {
                return middleY + cosine * (y - middleY) - sine * (x - middleX);
            }

            @Override
            float column(int y, int x) {
                return middleX + sine * (y - middleY) + cosine * (x - middleX);
            }
        };
    }

    /**
     * Distorts the image by a smooth random field of displacements (Simard, Steinkraus and Platt 2003).
     *
     * @param strength how far pixels move, in pixels: the standard deviation before smoothing is this times the width of smoothing
     * @param smoothing the standard deviation of the smoothing, in pixels, positive
     * @return the transform
     */
    public static Transform elastic(float strength, float smoothing) {
        notNegative("elastic", "strength", strength);
        if (!(smoothing > 0 && smoothing <= 100)) {
            throw new IllegalArgumentException("elastic: smoothing = " + smoothing + ", need 0 < smoothing <= 100");
        }
        return new ElasticWarp(strength, smoothing);
    }

    /**
     * Multiplies the difference from the image's mean by a factor.
     *
     * @param most the factor is uniform in [1 - most, 1 + most)
     * @return the transform
     */
    public static Transform contrast(float most) {
        notNegative("contrast", "most", most);
        return (image, offset, channels, height, width, draws) -> {
            int size = channels * height * width;
            float factor = draws.uniform(1 - most, 1 + most);
            double sum = 0;
            for (int i = offset; i < offset + size; i++) {
                sum += image[i];
            }
            float mean = (float) (sum / size);
            for (int i = offset; i < offset + size; i++) {
                image[i] = mean + factor * (image[i] - mean);
            }
        };
    }

    /**
     * Adds a number to all of the image.
     *
     * @param most the number is uniform in [-most, most)
     * @return the transform
     */
    public static Transform brightness(float most) {
        notNegative("brightness", "most", most);
        return (image, offset, channels, height, width, draws) -> {
            float change = draws.uniform(-most, most);
            for (int i = offset; i < offset + channels * height * width; i++) {
                image[i] += change;
            }
        };
    }

    /**
     * Changes colours along the principal components of the training images' colours (Krizhevsky, Sutskever and Hinton 2012): adds
     * the sum over k of a_k deviation_k component_k, where the a_k are normally distributed.
     *
     * @param deviation the standard deviation of the a_k; AlexNet: 0.1
     * @param variances for each component its variance (eigenvalue)
     * @param components for each component its share of every channel (eigenvector)
     * @return the transform
     */
    public static Transform lighting(float deviation, float[] variances, float[][] components) {
        notNegative("lighting", "deviation", deviation);
        if (components.length != variances.length) {
            throw new IllegalArgumentException("lighting: components.length = " + components.length + ", need "
                    + variances.length + " as there are variances");
        }
        float[] scale = variances.clone();
        float[][] directions = new float[components.length][];
        for (int k = 0; k < directions.length; k++) {
            directions[k] = components[k].clone();
        }
        return (image, offset, channels, height, width, draws) -> {
            int area = height * width;
            for (int k = 0; k < scale.length; k++) {
                if (directions[k].length != channels) {
                    throw new IllegalArgumentException("lighting: components[" + k + "].length = "
                            + directions[k].length + ", need " + channels + " as the images have channels");
                }
                float amount = draws.normal(deviation) * scale[k];
                for (int c = 0; c < channels; c++) {
                    float change = amount * directions[k][c];
                    for (int i = offset + c * area; i < offset + (c + 1) * area; i++) {
                        image[i] += change;
                    }
                }
            }
        };
    }

    private static void notNegative(String transform, String name, float value) {
        if (!(value >= 0 && value <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    transform + ": " + name + " = " + value + ", need a finite number >= 0");
        }
    }
}
