package lanewise.kernels.pooling;

import java.util.Arrays;
import java.util.Objects;
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

    void add(Workers workers, int planes, float[] dy, int dyOffset, int dyPlane, int[] argmax, int argmaxOffset,
            float[] dx, int dxOffset, int dxPlane, boolean add) {
        run(workers, Move.ADD, planes, dx, dxOffset, dxPlane, dy, dyOffset, dyPlane, argmax, argmaxOffset, add);
    }

    void put(Workers workers, int planes, float[] x, int xOffset, int xPlane, int[] argmax, int argmaxOffset,
            float[] y, int yOffset, int yPlane) {
        run(workers, Move.PUT, planes, y, yOffset, yPlane, x, xOffset, xPlane, argmax, argmaxOffset, false);
    }

    void get(Workers workers, int planes, float[] dy, int dyOffset, int dyPlane, int[] argmax, int argmaxOffset,
            float[] dx, int dxOffset, int dxPlane, boolean add) {
        run(workers, Move.GET, planes, dy, dyOffset, dyPlane, dx, dxOffset, dxPlane, argmax, argmaxOffset, add);
    }

    private void run(Workers workers, Move how, int planes, float[] large, int largeOffset, int largePlane,
            float[] small, int smallOffset, int smallPlane, int[] argmax, int argmaxOffset, boolean add) {
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
        if (move != Move.GET && !accumulate) {
            Arrays.fill(large, to, to + largePlane, 0f);
        }
        switch (move) {
            case ADD -> add(large, to, largePlane, small, from, places, place, smallPlane);
            case PUT -> put(large, to, largePlane, small, from, places, place, smallPlane);
            case GET -> get(large, to, largePlane, small, from, places, place, smallPlane, accumulate);
        }
    }

    private static void add(float[] large, int to, int length, float[] small, int from, int[] places, int place,
            int n) {
        for (int i = 0; i < n; i++) {
            int p = places[place + i];
            if (p != -1) {
                large[to + Objects.checkIndex(p, length)] += small[from + i];
            }
        }
    }

    private static void put(float[] large, int to, int length, float[] small, int from, int[] places, int place,
            int n) {
        for (int i = 0; i < n; i++) {
            int p = places[place + i];
            if (p != -1) {
                large[to + Objects.checkIndex(p, length)] = small[from + i];
            }
        }
    }

    private static void get(float[] large, int to, int length, float[] small, int from, int[] places, int place,
            int n, boolean accumulate) {
        for (int i = 0; i < n; i++) {
            int p = places[place + i];
            float value = p == -1 ? 0 : large[to + Objects.checkIndex(p, length)];
            small[from + i] = accumulate ? small[from + i] + value : value;
        }
    }
}
