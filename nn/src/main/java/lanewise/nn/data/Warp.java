package lanewise.nn.data;

/** Takes each pixel from another place, between pixels bilinearly; outside the image there is 0. */
abstract class Warp implements Transform {

    private float[] copy = new float[0];

    /** Decides about one image. */
    abstract void draw(int height, int width, Draws draws);

    /** The row from which a pixel is taken. */
    abstract float row(int y, int x);

    /** The column from which a pixel is taken. */
    abstract float column(int y, int x);

    @Override
    public final void apply(float[] image, int offset, int channels, int height, int width, Draws draws) {
        draw(height, width, draws);
        int area = height * width;
        if (copy.length < channels * area) {
            copy = new float[channels * area];
        }
        System.arraycopy(image, offset, copy, 0, channels * area);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float row = row(y, x);
                float column = column(y, x);
                int top = (int) Math.floor(row);
                int left = (int) Math.floor(column);
                float down = row - top;
                float right = column - left;
                for (int c = 0; c < channels; c++) {
                    float above = (1 - right) * pixel(c * area, top, left, height, width)
                            + right * pixel(c * area, top, left + 1, height, width);
                    float below = (1 - right) * pixel(c * area, top + 1, left, height, width)
                            + right * pixel(c * area, top + 1, left + 1, height, width);
                    image[offset + c * area + y * width + x] = (1 - down) * above + down * below;
                }
            }
        }
    }

    private float pixel(int plane, int y, int x, int height, int width) {
        return y < 0 || y >= height || x < 0 || x >= width ? 0 : copy[plane + y * width + x];
    }
}
