package lanewise.nn.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import lanewise.nn.io.UnreadableFileException;

/** A text as numbers: each different character has one, in ascending order of the characters. */
public final class CharacterText {

    private final int[] vocabulary;
    private final int[] tokens;

    private CharacterText(int[] vocabulary, int[] tokens) {
        this.vocabulary = vocabulary;
        this.tokens = tokens;
    }

    /**
     * Reads a file of UTF-8, plain or gzipped.
     *
     * @param file the file
     * @return its text
     * @throws UnreadableFileException if the file is missing or not UTF-8
     * @throws IOException if reading fails
     */
    public static CharacterText read(Path file) throws IOException {
        try (InputStream in = Gzipped.open(file)) {
            return of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString());
        } catch (CharacterCodingException e) {
            throw new UnreadableFileException(file, "not UTF-8", e);
        } catch (IOException e) {
            throw Gzipped.explained(file, e);
        }
    }

    /**
     * A text at hand.
     *
     * @param text the text
     * @return its numbers
     */
    public static CharacterText of(String text) {
        int[] characters = text.codePoints().toArray();
        int[] vocabulary = Arrays.stream(characters).distinct().sorted().toArray();
        return new CharacterText(vocabulary, numbers(vocabulary, characters));
    }

    /**
     * The number of different characters.
     *
     * @return the size of the vocabulary
     */
    public int vocabularySize() {
        return vocabulary.length;
    }

    /**
     * The text.
     *
     * @return a number for each character; not a copy
     */
    public int[] tokens() {
        return tokens;
    }

    /**
     * Another text in the same numbers.
     *
     * @param text characters that are in the vocabulary
     * @return a number for each
     * @throws IllegalArgumentException if one is not; the message names it
     */
    public int[] encode(String text) {
        return numbers(vocabulary, text.codePoints().toArray());
    }

    /**
     * The characters of some numbers.
     *
     * @param numbers less than {@link #vocabularySize}
     * @return the text
     */
    public String decode(int... numbers) {
        StringBuilder text = new StringBuilder();
        for (int number : numbers) {
            if (number < 0 || number >= vocabulary.length) {
                throw new IllegalArgumentException(
                        "decode: number = " + number + ", need 0 <= number < " + vocabulary.length);
            }
            text.appendCodePoint(vocabulary[number]);
        }
        return text.toString();
    }

    private static int[] numbers(int[] vocabulary, int[] characters) {
        int[] numbers = new int[characters.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Arrays.binarySearch(vocabulary, characters[i]);
            if (numbers[i] < 0) {
                throw new IllegalArgumentException("encode: character " + i + " is '"
                        + Character.toString(characters[i]) + "', which is not in the vocabulary");
            }
        }
        return numbers;
    }
}
