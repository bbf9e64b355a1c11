package lanewise.kernels.pooling;

/** What kernels look up about a geometry. Made when it is first used, and kept with it; immutable. */
final class Tables {

    final Axis depth;
    final Axis height;
    final Axis width;
    /** Elements of a plane of x. */
    final int xPlane;
    /** Elements of a plane of y. */
    final int yPlane;
    private final PoolingGeometry geometry;
    private Means all;
    private Means inside;

    Tables(PoolingGeometry geometry) {
        this.geometry = geometry;
        depth = new Axis(geometry.depth());
        height = new Axis(geometry.height());
        width = new Axis(geometry.width());
        xPlane = depth.input * height.input * width.input;
        yPlane = depth.output * height.output * width.output;
    }

    /** What means need besides. Two threads may make it at once; they make the same. */
    Means means(boolean includePad) {
        Means known = includePad ? all : inside;
        if (known == null) {
            known = new Means(geometry, yPlane, includePad);
            if (includePad) {
                all = known;
            } else {
                inside = known;
            }
        }
        return known;
    }

    /** By how much the sums over the windows of a plane are divided, and the reciprocals. */
    static final class Means {

        final float[] divisors;
        final float[] weights;

        Means(PoolingGeometry geometry, int n, boolean includePad) {
            divisors = new float[n];
            weights = new float[n];
            int i = 0;
            for (int od = 0; od < geometry.outD(); od++) {
                int deep = Taps.count(geometry.depth(), od, includePad);
                for (int oh = 0; oh < geometry.outH(); oh++) {
                    int across = deep * Taps.count(geometry.height(), oh, includePad);
                    for (int ow = 0; ow < geometry.outW(); ow++, i++) {
                        divisors[i] = (float) across * Taps.count(geometry.width(), ow, includePad);
                        weights[i] = 1 / divisors[i];
                    }
                }
            }
        }
    }
}
