package lanewise.properties.gemm;

import static lanewise.kernels.gemm.Transpose.NO_TRANS;
import static lanewise.kernels.gemm.Transpose.TRANS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.activation.Relu;
import lanewise.kernels.activation.Sigmoid;
import lanewise.kernels.gemm.Epilogue;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.PackedMatrix;
import lanewise.kernels.gemm.Transpose;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.arbitrary.GemmCase;
import lanewise.testing.arbitrary.GemmCase.Layout;
import lanewise.testing.reference.GemmReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of the matrix product in all its forms. */
class GemmProperties {

    @Provide
    Arbitrary<GemmCase> products() {
        return GemmCase.upTo(70, Filling.of(Kind.INTEGERS, Kind.UNIT, Kind.MIXED_MAGNITUDE));
    }

    @Provide
    Arbitrary<GemmCase> wildProducts() {
        return GemmCase.upTo(40, Filling.of(Kind.SPECIAL, Kind.FINITE));
    }

    @Property(tries = 300)
    void everyElementIsWithinItsBound(@ForAll("products") GemmCase g) {
        GuardedArray a = g.a();
        GuardedArray b = g.b();
        GuardedArray old = g.c();
        GuardedArray c = product(1, g);
        for (int i = 0; i < g.m(); i++) {
            for (int j = 0; j < g.n(); j++) {
                double exact = GemmReference.value(g.transA(), g.transB(), g.k(), g.alpha(), a, b, g.beta(),
                        old.get(i, j), i,
                        j);
                double bound = GemmReference.bound(g.transA(), g.transB(), g.k(), g.alpha(), a, b, g.beta(),
                        old.get(i, j), i,
                        j);
                Bounds.check("c[" + i + "][" + j + "]", exact, bound, c.get(i, j));
            }
        }
    }

    /** Decision 0002: so no tile, block, width or number of rows can change a bit. */
    @Property(tries = 300)
    void everyElementIsOneChainOfFusedMultiplyAdds(@ForAll("products") GemmCase g) {
        checkChain(g);
    }

    @Property(tries = 200)
    void specialValuesGoThroughTheChain(@ForAll("wildProducts") GemmCase g) {
        checkChain(g);
    }

    private static void checkChain(GemmCase g) {
        Assume.that(!isDotForm(g));
        GuardedArray a = g.a();
        GuardedArray b = g.b();
        GuardedArray old = g.c();
        GuardedArray c = product(1, g);
        float[] chains = new float[g.m() * g.n()];
        for (int i = 0; i < g.m(); i++) {
            for (int j = 0; j < g.n(); j++) {
                chains[i * g.n() + j] = GemmReference.chain(g.transA(), g.transB(), g.k(), g.alpha(), a, b, g.beta(),
                        old.get(i, j), i, j);
            }
        }
        Bits.check("c", chains, c.values());
    }

    @Property(tries = 200)
    void readsNothingThatIsMultipliedByZero(@ForAll("products") GemmCase g) {
        GuardedArray a = g.a();
        GuardedArray b = g.b();
        GuardedArray c = g.c();
        GuardedArray expected = g.c();
        sgemm(1, g, a, b, expected);
        if (g.beta() == 0) {
            c.fill(Float.NaN);
        }
        if (g.alpha() == 0) {
            a.fill(Float.NaN);
            b.fill(Float.NaN);
        }
        sgemm(1, g, a, b, c);
        Bits.check("c", expected.values(), c.values());
    }

    @Property(tries = 200)
    void writesNothingButC(@ForAll("products") GemmCase g) {
        GuardedArray a = g.a();
        GuardedArray b = g.b();
        GuardedArray c = g.c();
        sgemm(2, g, a, b, c);
        c.checkSentinels("c");
        Bits.check("a", g.a().array(), a.array());
        Bits.check("b", g.b().array(), b.array());
    }

    @Property(tries = 100)
    void aRowAloneHasTheBitsThatItHasAmongOthers(@ForAll("products") GemmCase g, @ForAll int which) {
        Assume.that(g.m() > 0 && g.transB() == NO_TRANS);
        int row = Math.floorMod(which, g.m());
        GuardedArray a = g.a();
        GuardedArray all = product(1, g);
        GuardedArray alone = GuardedArray.vector(g.n(), 0, 0);
        for (int j = 0; j < g.n(); j++) {
            alone.set(j, g.c().get(row, j));
        }
        int first = a.offset() + (g.transA() == TRANS ? row : row * a.ld());
        GuardedArray b = g.b();
        try (Workers workers = Workers.single()) {
            Gemm.sgemm(workers, g.transA(), g.transB(), 1, g.n(), g.k(), g.alpha(), a.array(), first, a.ld(), b.array(),
                    b.offset(), b.ld(), g.beta(), alone.array(), 0, g.n());
        }
        for (int j = 0; j < g.n(); j++) {
            Bits.check("c[" + row + "][" + j + "]", new float[]{all.get(row, j)}, new float[]{alone.get(j)});
        }
    }

    @Property(tries = 30)
    void theNumberOfThreadsChangesNoBit(@ForAll("products") GemmCase g, @ForAll Transpose transA,
            @ForAll Transpose transB) {
        GemmCase large = new GemmCase(transA, transB, 3 * g.m() + 40, 3 * g.n() + 50, g.k() + 30, g.alpha(), g.beta(),
                g.layout(), g.filling());
        float[] single = product(1, large).values();
        for (int threads : new int[]{2, 3, 7}) {
            Bits.check("c on " + threads + " threads", single, product(threads, large).values());
        }
    }

    @Property(tries = 100)
    void aBatchIsItsProductsOneByOne(@ForAll("products") GemmCase g, @ForAll boolean shareB) {
        int batch = 3;
        GemmCase tight = new GemmCase(g.transA(), g.transB(), g.m(), g.n(), g.k(), g.alpha(), g.beta(), Layout.TIGHT,
                g.filling());
        int aSize = g.m() * g.k();
        int bSize = g.k() * g.n();
        int cSize = g.m() * g.n();
        float[] a = g.filling().operand(3).values(batch * aSize);
        float[] b = g.filling().operand(4).values(batch * bSize);
        float[] c = g.filling().operand(5).values(batch * cSize);
        float[] expected = c.clone();
        int lda = tight.a().ld();
        int ldb = tight.b().ld();
        int bStride = shareB ? 0 : bSize;
        try (Workers workers = Workers.of(2)) {
            for (int i = 0; i < batch; i++) {
                Gemm.sgemm(workers, g.transA(), g.transB(), g.m(), g.n(), g.k(), g.alpha(), a, i * aSize, lda, b,
                        i * bStride,
                        ldb, g.beta(), expected, i * cSize, g.n());
            }
            Gemm.sgemmStridedBatched(workers, g.transA(), g.transB(), g.m(), g.n(), g.k(), g.alpha(), a, 0, lda, aSize,
                    b, 0,
                    ldb, bStride, g.beta(), c, 0, g.n(), cSize, batch);
        }
        Bits.check("c", expected, c);
    }

    @Property(tries = 200)
    void aPackedOperandGivesTheSameBits(@ForAll("products") GemmCase g) {
        Assume.that(!isDotForm(g));
        GuardedArray a = g.a();
        GuardedArray b = g.b();
        GuardedArray c = g.c();
        PackedMatrix packed = PackedMatrix.pack(g.transB(), g.k(), g.n(), new float[g.k() * g.n()], 0,
                g.transB() == TRANS ? g.k() : g.n());
        packed.repack(g.transB(), b.array(), b.offset(), b.ld());
        try (Workers workers = Workers.of(2)) {
            Gemm.sgemm(workers, g.transA(), g.m(), g.alpha(), a.array(), a.offset(), a.ld(), packed, g.beta(),
                    c.array(),
                    c.offset(), c.ld(), Epilogue.NONE);
        }
        c.checkSentinels("c");
        Bits.check("b", g.b().array(), b.array());
        Bits.check("c", product(1, g).values(), c.values());
    }

    /** Bias and activation in the product's store are those of separate passes, bit for bit. */
    @Property(tries = 300)
    void anEpilogueIsWhatFollowsTheProduct(@ForAll("products") GemmCase g, @ForAll Activation activation,
            @ForAll boolean perRow, @ForAll boolean hasBias, @ForAll boolean packed) {
        Assume.that(!packed || !isDotForm(g));
        GuardedArray bias = g.layout().matrix(1, perRow ? g.m() : g.n());
        bias.fill(g.filling().operand(3).values(bias.size()));
        Epilogue epilogue = !hasBias
                ? Epilogue.of(activation)
                : perRow
                        ? Epilogue.biasPerRow(bias.array(), bias.offset(), activation)
                        : Epilogue.biasPerColumn(bias.array(), bias.offset(), activation);
        GuardedArray a = g.a();
        GuardedArray b = g.b();
        GuardedArray c = g.c();
        float[] expected = product(1, g).values();
        for (int i = 0; i < expected.length; i++) {
            expected[i] = hasBias ? expected[i] + bias.get(perRow ? i / g.n() : i % g.n()) : expected[i];
        }
        try (Workers workers = Workers.of(2)) {
            activate(workers, activation, expected);
            if (packed) {
                Gemm.sgemm(workers, g.transA(), g.m(), g.alpha(), a.array(), a.offset(), a.ld(),
                        PackedMatrix.pack(g.transB(), g.k(), g.n(), b.array(), b.offset(), b.ld()), g.beta(), c.array(),
                        c.offset(), c.ld(), epilogue);
            } else {
                Gemm.sgemm(workers, g.transA(), g.transB(), g.m(), g.n(), g.k(), g.alpha(), a.array(), a.offset(),
                        a.ld(),
                        b.array(), b.offset(), b.ld(), g.beta(), c.array(), c.offset(), c.ld(), epilogue);
            }
        }
        c.checkSentinels("c");
        Bits.check("c", expected, c.values());
    }

    /** Each way that a product can go: of zeros, so that the bias is what is left. */
    @Example
    void everyElementGetsItsOwnBias() {
        for (int[] shape : new int[][]{{1, 150, 7}, {8, 150, 7}, {40, 150, 7}, {130, 300, 80}, {200, 40, 90},
                {150, 1, 7}}) {
            int m = shape[0];
            int n = shape[1];
            int k = shape[2];
            float[] bias = new float[Math.max(m, n)];
            for (int i = 0; i < bias.length; i++) {
                bias[i] = i + 1;
            }
            float[] c = new float[m * n];
            for (boolean perRow : new boolean[]{false, true}) {
                Epilogue epilogue = perRow
                        ? Epilogue.biasPerRow(bias, 0, Activation.IDENTITY)
                        : Epilogue.biasPerColumn(bias, 0, Activation.IDENTITY);
                try (Workers workers = Workers.of(2)) {
                    Gemm.sgemm(workers, NO_TRANS, NO_TRANS, m, n, k, 1, new float[m * k], 0, k, new float[k * n], 0, n,
                            0, c, 0, n, epilogue);
                }
                for (int i = 0; i < c.length; i++) {
                    assertEquals(1 + (perRow ? i / n : i % n), c[i],
                            m + " x " + n + " x " + k + ", element " + i);
                }
            }
        }
    }

    @Example
    void aBiasThatIsTooShortIsRefusedBeforeAnyWrite() {
        float[] a = {1, 2};
        float[] c = {7, 7, 7, 7};
        Epilogue perColumn = Epilogue.biasPerColumn(new float[3], 2, Activation.IDENTITY);
        Epilogue perRow = Epilogue.biasPerRow(new float[3], 2, Activation.IDENTITY);
        try (Workers workers = Workers.single()) {
            for (Epilogue epilogue : new Epilogue[]{perColumn, perRow}) {
                assertThrows(IndexOutOfBoundsException.class,
                        () -> Gemm.sgemm(workers, NO_TRANS, NO_TRANS, 2, 2, 1, 1, a, 0, 1, a, 0, 2, 0, c, 0, 2,
                                epilogue));
                Bits.check("c", new float[]{7, 7, 7, 7}, c);
            }
        }
    }

    private static void activate(Workers workers, Activation activation, float[] x) {
        switch (activation) {
            case IDENTITY -> {
            }
            case RELU -> Relu.forward(workers, x.length, x, 0, x, 0);
            case SIGMOID -> Sigmoid.forward(workers, x.length, x, 0, x, 0);
        }
    }

    /** The documented exceptions: a row times a transposed matrix, and one column, are dot products along the lanes. */
    private static boolean isDotForm(GemmCase g) {
        return g.n() == 1 || (g.m() == 1 && g.transB() == TRANS);
    }

    private static GuardedArray product(int threads, GemmCase g) {
        GuardedArray c = g.c();
        sgemm(threads, g, g.a(), g.b(), c);
        return c;
    }

    private static void sgemm(int threads, GemmCase g, GuardedArray a, GuardedArray b, GuardedArray c) {
        try (Workers workers = Workers.of(threads)) {
            Gemm.sgemm(workers, g.transA(), g.transB(), g.m(), g.n(), g.k(), g.alpha(), a.array(), a.offset(), a.ld(),
                    b.array(), b.offset(), b.ld(), g.beta(), c.array(), c.offset(), c.ld());
        }
    }
}
