package lanewise.kernels.pooling;

import static lanewise.kernels.pooling.AdaptivePoolingGeometry.end;
import static lanewise.kernels.pooling.AdaptivePoolingGeometry.endOutput;
import static lanewise.kernels.pooling.AdaptivePoolingGeometry.firstOutput;
import static lanewise.kernels.pooling.AdaptivePoolingGeometry.start;

import lanewise.kernels.Workers;

/**
 * Adaptive pooling with windows of different sizes: plain loops. Sizes that divide evenly, global pooling among them, are
 * computed as pooling with one size of window.
 */
final class AdaptiveJob extends PlaneJob {

    private enum Kind {
        MAX, MEAN, MEAN_BACKWARD
    }

    private Kind kind;
    private boolean accumulate;
    private AdaptivePoolingGeometry g;
    // What is as large as the image, x or dx, and what is as large as the result, y or dy.
    private float[] image;
    private int imageOffset;
    private float[] result;
    private int resultOffset;
    private int[] argmax;
    private int argmaxOffset;

    void max(Workers workers, AdaptivePoolingGeometry geometry, float[] x, int xOffset, float[] y, int yOffset) {
        run(workers, Kind.MAX, geometry, x, xOffset, y, yOffset, null, 0, false);
    }

    void argmax(Workers workers, AdaptivePoolingGeometry geometry, float[] x, int xOffset, float[] y, int yOffset,
            int[] places, int placesOffset) {
        run(workers, Kind.MAX, geometry, x, xOffset, y, yOffset, places, placesOffset, false);
    }

    void mean(Workers workers, AdaptivePoolingGeometry geometry, float[] x, int xOffset, float[] y, int yOffset) {
        run(workers, Kind.MEAN, geometry, x, xOffset, y, yOffset, null, 0, false);
    }

    void meanBackward(Workers workers, AdaptivePoolingGeometry geometry, float[] dy, int dyOffset, float[] dx,
            int dxOffset, boolean add) {
        run(workers, Kind.MEAN_BACKWARD, geometry, dx, dxOffset, dy, dyOffset, null, 0, add);
    }

    private void run(Workers workers, Kind what, AdaptivePoolingGeometry geometry, float[] image, int imageOffset,
            float[] result, int resultOffset, int[] places, int placesOffset, boolean add) {
        kind = what;
        accumulate = add;
        g = geometry;
        this.image = image;
        this.imageOffset = imageOffset;
        this.result = result;
        this.resultOffset = resultOffset;
        argmax = places;
        argmaxOffset = placesOffset;
        run(workers, g.planes(), Math.max(g.planeLength(), g.outputPlaneLength()));
    }

    @Override
    void forget() {
        image = null;
        result = null;
        argmax = null;
    }

    @Override
    void plane(int plane, int worker) {
        int from = imageOffset + plane * g.planeLength();
        int to = plane * g.outputPlaneLength();
        if (kind == Kind.MEAN_BACKWARD) {
            gradients(from, resultOffset + to);
            return;
        }
        for (int od = 0; od < g.outD(); od++) {
            for (int oh = 0; oh < g.outH(); oh++) {
                for (int ow = 0; ow < g.outW(); ow++, to++) {
                    if (kind == Kind.MEAN) {
                        result[resultOffset + to] = mean(from, od, oh, ow);
                    } else {
                        max(from, to, od, oh, ow);
                    }
                }
            }
        }
    }

    private float mean(int from, int od, int oh, int ow) {
        int startW = start(ow, g.w(), g.outW());
        int endW = end(ow, g.w(), g.outW());
        float sum = 0;
        for (int id = start(od, g.d(), g.outD()); id < end(od, g.d(), g.outD()); id++) {
            for (int ih = start(oh, g.h(), g.outH()); ih < end(oh, g.h(), g.outH()); ih++) {
                int row = from + (id * g.h() + ih) * g.w();
                for (int iw = startW; iw < endW; iw++) {
                    sum += image[row + iw];
                }
            }
        }
        return sum / count(od, oh, ow);
    }

    private float count(int od, int oh, int ow) {
        return (float) (end(od, g.d(), g.outD()) - start(od, g.d(), g.outD()))
                * (end(oh, g.h(), g.outH()) - start(oh, g.h(), g.outH()))
                * (end(ow, g.w(), g.outW()) - start(ow, g.w(), g.outW()));
    }

    private void max(int from, int to, int od, int oh, int ow) {
        int startW = start(ow, g.w(), g.outW());
        int endW = end(ow, g.w(), g.outW());
        float max = Float.NEGATIVE_INFINITY;
        int place = -1;
        for (int id = start(od, g.d(), g.outD()); id < end(od, g.d(), g.outD()); id++) {
            for (int ih = start(oh, g.h(), g.outH()); ih < end(oh, g.h(), g.outH()); ih++) {
                int row = (id * g.h() + ih) * g.w();
                for (int iw = startW; iw < endW; iw++) {
                    float next = image[from + row + iw];
                    if (argmax == null) {
                        max = Math.max(max, next);
                    } else if (place < 0 || ArgmaxRows.replaces(next, max)) {
                        max = next;
                        place = row + iw;
                    }
                }
            }
        }
        result[resultOffset + to] = max;
        if (argmax != null) {
            argmax[argmaxOffset + to] = place;
        }
    }

    private void gradients(int from, int to) {
        int i = from;
        for (int id = 0; id < g.d(); id++) {
            for (int ih = 0; ih < g.h(); ih++) {
                for (int iw = 0; iw < g.w(); iw++, i++) {
                    float gradient = gradient(to, id, ih, iw);
                    image[i] = accumulate ? image[i] + gradient : gradient;
                }
            }
        }
    }

    private float gradient(int to, int id, int ih, int iw) {
        int endW = endOutput(iw, g.w(), g.outW());
        float sum = 0;
        for (int od = firstOutput(id, g.d(), g.outD()); od < endOutput(id, g.d(), g.outD()); od++) {
            for (int oh = firstOutput(ih, g.h(), g.outH()); oh < endOutput(ih, g.h(), g.outH()); oh++) {
                for (int ow = firstOutput(iw, g.w(), g.outW()); ow < endW; ow++) {
                    sum += result[to + (od * g.outH() + oh) * g.outW() + ow] / count(od, oh, ow);
                }
            }
        }
        return sum;
    }
}
