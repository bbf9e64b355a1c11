package lanewise.nn.io;

/**
 * Reads JSON from left to right, one token at a time, as the caller expects it. Strict (RFC 8259), and without recursion:
 * the caller's code is the grammar, so depth is no danger. Knows what headers of files need: objects, arrays, strings and
 * natural numbers.
 */
final class JsonReader {

    /** What is wrong with a text, and where. */
    static final class SyntaxException extends Exception {

        private static final long serialVersionUID = 1;

        SyntaxException(String problem, int position) {
            super(problem + " at character " + position + " of the header");
        }
    }

    private final String text;
    private int position;

    JsonReader(String text) {
        this.text = text;
    }

    /** Reads a character that must come next, after any white space. */
    void expect(char c) throws SyntaxException {
        if (!accept(c)) {
            throw problem("expected '" + c + "'");
        }
    }

    /** Reads a character if it comes next, after any white space. */
    boolean accept(char c) {
        skipWhitespace();
        if (position < text.length() && text.charAt(position) == c) {
            position++;
            return true;
        }
        return false;
    }

    /** Requires that nothing but white space is left. */
    void expectEnd() throws SyntaxException {
        skipWhitespace();
        if (position < text.length()) {
            throw problem("expected the end");
        }
    }

    /** Reads the name of an object's member and the colon after it. */
    String name() throws SyntaxException {
        String name = string();
        expect(':');
        return name;
    }

    String string() throws SyntaxException {
        expect('"');
        StringBuilder value = new StringBuilder();
        for (;;) {
            char c = next();
            if (c == '"') {
                return value.toString();
            }
            if (c < ' ') {
                throw problem("control character in a string");
            }
            value.append(c == '\\' ? escaped() : c);
        }
    }

    /** Reads an integer from 0 to 2^63 - 1. */
    long natural() throws SyntaxException {
        skipWhitespace();
        int start = position;
        long value = 0;
        while (position < text.length() && isDigit(text.charAt(position))) {
            int digit = text.charAt(position++) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw problem("number too large");
            }
            value = 10 * value + digit;
        }
        if (position == start || (text.charAt(start) == '0' && position > start + 1)) {
            throw problem("expected an integer >= 0");
        }
        return value;
    }

    SyntaxException problem(String what) {
        return new SyntaxException(what, position);
    }

    private char escaped() throws SyntaxException {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw problem("unknown escape '\\" + c + "'");
        };
    }

    private char unicode() throws SyntaxException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = next();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw problem("expected four hexadecimal digits");
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private char next() throws SyntaxException {
        if (position == text.length()) {
            throw problem("unexpected end");
        }
        return text.charAt(position++);
    }

    private void skipWhitespace() {
        while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
