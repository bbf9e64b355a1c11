package lanewise.examples.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The ways people write each digit, as the points their pen passes through.
 *
 * <p>A skeleton is drawn on a grid 100 units high, y downwards, and is written like a path: {@code "x,y x,y ..."}, with
 * {@code |} where the pen is lifted and {@code !} after a point where it turns a corner. Everywhere else the pen moves
 * smoothly. A form that appears twice in its list is twice as common.
 */
final class DigitSkeletons {

    /** One point of a skeleton. */
    record Knot(double x, double y, boolean corner) {}

    /** The path of the pen from where it is put down to where it is lifted. */
    record Stroke(List<Knot> knots) {}

    private static final String[][] FORMS = {
            {
                    "34,2 13,16 4,50 13,84 33,98 54,84 63,50 54,16 34,2",
                    "46,6 22,5 7,34 7,70 25,97 50,90 63,56 58,20 40,3 30,8",
                    "28,5 8,30 5,66 20,94 42,97 60,74 62,38 48,10 24,4",
            },
            {
                    "34,2 32,34 30,66 28,98",
                    "32,2 31,34 31,66 31,98",
                    "14,24 24,15 33,3! 32,50 31,98",
                    "12,22 23,14 33,3! 33,50 33,96 | 10,97 34,96 58,97",
            },
            {
                    "8,24 17,7 35,2 53,10 57,28 46,52 26,75 6,95! 34,93 66,96",
                    "8,20 24,3 46,6 54,24 45,50 26,76 9,92 5,84 17,78 36,89 53,97 68,90",
                    "10,14 30,3 50,9 53,28 40,56 8,94! 36,96 62,93",
            },
            {
                    "8,13 27,2 49,8 54,25 43,41 23,47! 47,51 60,69 51,90 28,99 5,88",
                    "9,8 34,3 53,13 51,31 37,42 22,45 43,49 57,66 53,87 33,98 6,92",
                    "8,5! 30,5 55,4! 42,22 28,40! 50,47 60,66 51,90 27,98 5,87",
            },
            {
                    "13,4 10,30 7,56! 34,58 64,54 | 51,8 49,50 46,98",
                    "11,6 7,34 13,53 33,53 54,44 | 57,3 53,48 50,98",
                    "47,3! 26,36 4,66! 36,66 68,64 | 47,4 46,50 45,98",
            },
            {
                    "58,4! 37,5 16,5! 14,25 11,45! 33,38 55,49 60,71 47,92 25,98 4,89",
                    "17,6 14,26 11,46! 32,40 55,52 57,76 40,95 19,97 4,88 | 16,6 39,6 63,2",
                    "60,6! 20,6! 15,42 36,43 54,58 53,82 33,97 6,93",
            },
            {
                    "47,2 25,20 10,48 6,75 16,95 36,98 54,86 54,66 38,55 20,61 9,78",
                    "38,2 20,28 8,58 10,86 30,98 50,91 56,72 43,59 24,64 12,82",
                    "30,2 18,32 10,64 15,90 34,98 53,88 52,68 34,63 14,76",
            },
            {
                    "4,8 32,8 62,5! 46,34 31,66 21,98",
                    "6,22 7,8! 35,9 64,5! 49,38 38,68 33,98",
                    "5,9 33,8 61,6! 43,40 30,70 23,98 | 19,54 36,52 56,49",
            },
            {
                    "52,14 34,2 15,12 17,30 36,47 55,64 55,87 34,98 11,88 11,67 30,49 50,32 53,15",
                    "50,9 28,3 13,18 24,38 45,54 57,75 43,96 19,96 6,79 19,57 43,40 53,20 46,6",
                    "33,46 15,35 15,12 34,2 53,13 51,35 33,46 11,59 8,84 32,98 57,84 54,59 34,46",
            },
            {
                    "55,18 40,4 19,6 6,26 14,46 34,48 50,35 56,14! 54,55 51,98",
                    "54,16 36,2 15,9 6,31 19,49 40,44 54,20 55,54 46,85 27,98 9,92",
                    "52,12 30,3 10,18 12,40 32,46 50,30 54,10 51,40 43,70 34,98",
            },
    };

    private static final List<List<List<Stroke>>> PARSED = parse();

    private DigitSkeletons() {}

    /** The forms of {@code digit}; each is the list of its strokes, in the order of writing. */
    static List<List<Stroke>> formsOf(int digit) {
        return PARSED.get(digit);
    }

    private static List<List<List<Stroke>>> parse() {
        List<List<List<Stroke>>> digits = new ArrayList<>();
        for (String[] forms : FORMS) {
            List<List<Stroke>> parsed = new ArrayList<>();
            for (String form : forms) {
                List<Stroke> strokes = new ArrayList<>();
                for (String stroke : form.split(" \\| ", -1)) {
                    strokes.add(parseStroke(stroke));
                }
                parsed.add(List.copyOf(strokes));
            }
            digits.add(List.copyOf(parsed));
        }
        return List.copyOf(digits);
    }

    private static Stroke parseStroke(String text) {
        List<Knot> knots = new ArrayList<>();
        for (String knot : text.split(" ", -1)) {
            boolean corner = knot.endsWith("!");
            String[] xy = (corner ? knot.substring(0, knot.length() - 1) : knot).split(",", -1);
            knots.add(new Knot(Double.parseDouble(xy[0]), Double.parseDouble(xy[1]), corner));
        }
        return new Stroke(List.copyOf(knots));
    }
}
