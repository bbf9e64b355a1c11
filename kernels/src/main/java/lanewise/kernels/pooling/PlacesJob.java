package lanewise.kernels.pooling;

import java.util.Arrays;
import lanewise.kernels.Workers;

/** Moves elements between a small plane and those places of a large one that indices name; −1 is no place. */
final class PlacesJob extends PlaneJob {

    private enum Move {
        /** large[index] ← large[index] + small. */
        ADD,
        /** large[index] ← small. */
        PUT,
        /** small ← large[index]. */
        GET
    }

    // Rows of the small plane between which the large one is filled with zeros.
    private static final int ROWS = 4;

    private String operation;
    private Move move;
    private boolean accumulate;
    private float[] large;
    private int largeOffset;
    private int largePlane;
    private float[] small;
    private int smallOffset;
    private int smallPlane;
    private int[] places;
    private int placesOffset;
    // A small plane is taken by pieces of so many elements; piece i names places before start + i * next.
    private int piece;
    private int next;
    private int start;

    /** The gradient of a pooling. */
    void add(String op, Workers workers, PoolingGeometry geometry, float[] dy, int dyOffset, int[] argmax,
            int argmaxOffset,
            float[] dx, int dxOffset, boolean add) {
        Tables tables = geometry.tables();
        Axis height = tables.height;
        boolean flat = tables.depth.isNone();
        piece = flat ? ROWS * tables.width.output : tables.yPlane;
        next = ROWS * height.stride * tables.width.input;
        start = flat
                ? ((ROWS - 1) * height.stride + height.span - height.padBegin) * tables.width.input
                : tables.xPlane;
        run(op, workers, Move.ADD, geometry.planes(), dx, dxOffset, tables.xPlane, dy, dyOffset, tables.yPlane, argmax,
                argmaxOffset, add);
    }

    /** The gradient of a pooling whose windows have any form. */
    void add(String op, Workers workers, int planes, float[] dy, int dyOffset, int dyPlane, int[] argmax,
            int argmaxOffset,
            float[] dx, int dxOffset, int dxPlane, boolean add) {
        piece = dyPlane;
        start = dxPlane;
        next = 0;
        run(op, workers, Move.ADD, planes, dx, dxOffset, dxPlane, dy, dyOffset, dyPlane, argmax, argmaxOffset, add);
    }

    void put(String op, Workers workers, int planes, float[] x, int xOffset, int xPlane, int[] argmax, int argmaxOffset,
            float[] y, int yOffset, int yPlane) {
        run(op, workers, Move.PUT, planes, y, yOffset, yPlane, x, xOffset, xPlane, argmax, argmaxOffset, false);
    }

    void get(String op, Workers workers, int planes, float[] dy, int dyOffset, int dyPlane, int[] argmax,
            int argmaxOffset,
            float[] dx, int dxOffset, int dxPlane, boolean add) {
        run(op, workers, Move.GET, planes, dy, dyOffset, dyPlane, dx, dxOffset, dxPlane, argmax, argmaxOffset, add);
    }

    private void run(String op, Workers workers, Move how, int planes, float[] large, int largeOffset, int largePlane,
            float[] small, int smallOffset, int smallPlane, int[] argmax, int argmaxOffset, boolean add) {
        operation = op;
        move = how;
        accumulate = add;
        this.large = large;
        this.largeOffset = largeOffset;
        this.largePlane = largePlane;
        this.small = small;
        this.smallOffset = smallOffset;
        this.smallPlane = smallPlane;
        places = argmax;
        placesOffset = argmaxOffset;
        run(workers, planes, Math.max(largePlane, smallPlane));
    }

    @Override
    void forget() {
        large = null;
        small = null;
        places = null;
    }

    @Override
    void plane(int plane, int worker) {
        int to = largeOffset + plane * largePlane;
        int from = smallOffset + plane * smallPlane;
        int place = placesOffset + plane * smallPlane;
        int least = leastOf(place);
        switch (move) {
            case ADD -> add(to, from, place, least);
            case PUT -> {
                Arrays.fill(large, to, to + largePlane, 0f);
                put(large, to, small, from, places, place, smallPlane);
            }
            case GET -> get(large, to, small, from, places, place, smallPlane, accumulate);
        }
    }

    /** Fills with zeros only as far as the next piece reaches, so that memory takes them while that piece is added. */
    private void add(int to, int from, int place, int least) {
        int filled = 0;
        for (int i = 0; i < smallPlane; i += piece) {
            int n = Math.min(piece, smallPlane - i);
            int end = i + n == smallPlane ? largePlane : Math.clamp(start + i / piece * next, filled, largePlane);
            if (!accumulate && filled < end) {
                Arrays.fill(large, to + filled, to + end, 0f);
                filled = end;
            }
            if (least == -1) {
                addWhereThereIs(large, to, small, from + i, places, place + i, n);
            } else {
                add(large, to, small, from + i, places, place + i, n);
            }
        }
    }

    /** The least place, after a check of all: looking at each when it is used would take half as long again. */
    private int leastOf(int place) {
        int least = 0;
        int greatest = 0;
        for (int i = 0; i < smallPlane; i++) {
            least = Math.min(least, places[place + i]);
            greatest = Math.max(greatest, places[place + i]);
        }
        if (least < -1 || greatest >= largePlane) {
            throw new IndexOutOfBoundsException(operation + ": argmax holds " + (least < -1 ? least : greatest)
                    + ", need -1 or a place in a plane of " + largePlane + " elements");
        }
        return least;
    }

    private static void add(float[] large, int to, float[] small, int from, int[] places, int place, int n) {
        for (int i = 0; i < n; i++) {
            large[to + places[place + i]] += small[from + i];
        }
    }

    private static void addWhereThereIs(float[] large, int to, float[] small, int from, int[] places, int place,
            int n) {
        for (int i = 0; i < n; i++) {
            if (places[place + i] >= 0) {
                large[to + places[place + i]] += small[from + i];
            }
        }
    }

    private static void put(float[] large, int to, float[] small, int from, int[] places, int place, int n) {
        for (int i = 0; i < n; i++) {
            if (places[place + i] >= 0) {
                large[to + places[place + i]] = small[from + i];
            }
        }
    }

    private static void get(float[] large, int to, float[] small, int from, int[] places, int place, int n,
            boolean accumulate) {
        for (int i = 0; i < n; i++) {
            float value = places[place + i] < 0 ? 0 : large[to + places[place + i]];
            small[from + i] = accumulate ? small[from + i] + value : value;
        }
    }
}
