package lanewise.examples.data;

import java.util.Arrays;

/**
 * Draws the path of a pen as ink on a small grey image: a chain of round-ended line segments, each pixel as dark as the
 * segment that covers most of it.
 */
final class Pen {
    private final double[] ink;
    private final int size;

    Pen(int size) {
        this.size = size;
        this.ink = new double[size * size];
    }

    void clear() {
        Arrays.fill(ink, 0);
    }

    /** One segment whose radius goes from {@code r0} at its start to {@code r1} at its end, in pixels. */
    void line(double x0, double y0, double r0, double x1, double y1, double r1) {
        double reach = Math.max(r0, r1) + 1;
        int left = Math.max(0, (int) (Math.min(x0, x1) - reach));
        int right = Math.min(size - 1, (int) (Math.max(x0, x1) + reach));
        int top = Math.max(0, (int) (Math.min(y0, y1) - reach));
        int bottom = Math.min(size - 1, (int) (Math.max(y0, y1) + reach));
        double dx = x1 - x0;
        double dy = y1 - y0;
        double perLength = 1 / (dx * dx + dy * dy + 1e-12);
        for (int row = top; row <= bottom; row++) {
            double py = row + 0.5 - y0;
            for (int col = left; col <= right; col++) {
                double px = col + 0.5 - x0;
                double along = Math.clamp((px * dx + py * dy) * perLength, 0.0, 1.0);
                double ex = px - along * dx;
                double ey = py - along * dy;
                double radius = r0 + along * (r1 - r0);
                double cover = radius + 0.5 - Math.sqrt(ex * ex + ey * ey);
                int pixel = row * size + col;
                if (cover > ink[pixel]) {
                    ink[pixel] = Math.min(cover, 1);
                }
            }
        }
    }

    /** Writes the image as bytes, 0 for paper to 255 for ink. */
    void copyTo(byte[] pixels, int offset) {
        for (int i = 0; i < ink.length; i++) {
            pixels[offset + i] = (byte) (int) (255 * ink[i] + 0.5);
        }
    }
}
