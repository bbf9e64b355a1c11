package lanewise.examples.conformance;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/** A tensor of a case: a shape and either floats or integers, among them 0 and 1 for false and true; row-major. */
final class OnnxTensor {

    /** The types that can be read, by ONNX's numbers. */
    static final Set<Integer> KNOWN_TYPES = Set.of(DataType.FLOAT.getNumber(), DataType.INT64.getNumber(),
            DataType.INT32.getNumber(), DataType.BOOL.getNumber());

    private final List<Integer> shape;
    private final float[] floats;
    private final long[] integers;

    private OnnxTensor(List<Integer> shape, float[] floats, long[] integers) {
        this.shape = List.copyOf(shape);
        this.floats = floats;
        this.integers = integers;
        int length = floats == null ? integers.length : floats.length;
        int size = this.shape.stream().reduce(1, Math::multiplyExact);
        if (size != length) {
            throw new IllegalArgumentException(length + " elements for shape " + shape + ", need " + size);
        }
    }

    /** A tensor of floats. */
    static OnnxTensor of(List<Integer> shape, float... values) {
        return new OnnxTensor(shape, values, null);
    }

    /** A tensor of integers. */
    static OnnxTensor of(List<Integer> shape, long... values) {
        return new OnnxTensor(shape, null, values);
    }

    /** A tensor of integers that were computed as floats. */
    static OnnxTensor ofWhole(List<Integer> shape, float... values) {
        long[] integers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            integers[i] = (long) values[i];
        }
        return of(shape, integers);
    }

    /** A tensor as it is stored, in raw bytes or number by number. */
    static OnnxTensor of(TensorProto proto) {
        List<Integer> shape = proto.getDimsList().stream().map(Math::toIntExact).toList();
        ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        if (proto.getDataType() == DataType.FLOAT.getNumber()) {
            float[] values = new float[proto.hasRawData() ? raw.remaining() / Float.BYTES : proto.getFloatDataCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = proto.hasRawData() ? raw.getFloat() : proto.getFloatData(i);
            }
            return of(shape, values);
        }
        return of(shape, switch (DataType.forNumber(proto.getDataType())) {
            case INT64 -> proto.hasRawData()
                    ? whole(raw, Long.BYTES, ByteBuffer::getLong)
                    : proto.getInt64DataList().stream().mapToLong(v -> v).toArray();
            case INT32 -> proto.hasRawData()
                    ? whole(raw, Integer.BYTES, ByteBuffer::getInt)
                    : proto.getInt32DataList().stream().mapToLong(v -> v).toArray();
            case BOOL -> proto.hasRawData()
                    ? whole(raw, 1, ByteBuffer::get)
                    : proto.getInt32DataList().stream().mapToLong(v -> v).toArray();
            default -> throw new IllegalArgumentException("tensor " + proto.getName() + " has elements of type "
                    + DataType.forNumber(proto.getDataType()) + ", need FLOAT, INT64, INT32 or BOOL");
        });
    }

    private static long[] whole(ByteBuffer raw, int bytes, ToLongFunction<ByteBuffer> next) {
        long[] values = new long[raw.remaining() / bytes];
        for (int i = 0; i < values.length; i++) {
            values[i] = next.applyAsLong(raw);
        }
        return values;
    }

    /** The same elements in another shape. */
    OnnxTensor withShape(List<Integer> other) {
        return new OnnxTensor(other, floats, integers);
    }

    /** The sizes. */
    List<Integer> shape() {
        return shape;
    }

    /** One size. */
    int size(int axis) {
        return shape.get(axis);
    }

    /** The sizes after images and channels. */
    int[] spatial() {
        return shape.stream().skip(2).mapToInt(size -> size).toArray();
    }

    /** The elements, or null if they are integers. */
    float[] floats() {
        return floats;
    }

    /** The elements as floats, also if they are integers. */
    float[] numbers() {
        if (floats != null) {
            return floats;
        }
        float[] numbers = new float[integers.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = integers[i];
        }
        return numbers;
    }

    /** The elements, or null if they are floats. */
    long[] integers() {
        return integers;
    }

    /** Integers that are a shape. */
    int[] sizes() {
        return Arrays.stream(integers).mapToInt(Math::toIntExact).toArray();
    }
}
