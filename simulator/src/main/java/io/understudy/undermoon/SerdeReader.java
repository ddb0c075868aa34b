package io.understudy.undermoon;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a JSON document and a place in them, read as serde_json 1.0.83 reads a slice: the same order of checks, the
 * same error texts, the same lines and columns (spec undermoon 2.3). What a value must look like is {@link SerdeShape}'s
 * business; this class knows tokens.
 *
 * <p>A column is a count of bytes: errors about the byte just read name it, errors about the byte ahead name that one.
 */
final class SerdeReader {
    /** How deep values may be nested, one less than this: serde_json's {@code remaining_depth}. */
    private static final int DEPTH = 128;

    static final String EXPECTED_VALUE = "expected value";
    static final String EOF_VALUE = "EOF while parsing a value";
    static final String EOF_LIST = "EOF while parsing a list";
    static final String EOF_OBJECT = "EOF while parsing an object";
    static final String TRAILING_COMMA = "trailing comma";
    static final String TRAILING_CHARACTERS = "trailing characters";
    static final String EXPECTED_COLON = "expected `:`";
    static final String EXPECTED_LIST_COMMA_OR_END = "expected `,` or `]`";
    static final String EXPECTED_OBJECT_COMMA_OR_END = "expected `,` or `}`";
    static final String KEY_MUST_BE_A_STRING = "key must be a string";

    /** What {@link #peek} gives at the end; not a byte. */
    static final int END = -1;

    private final byte[] bytes;
    private int index;
    private int remainingDepth = DEPTH;

    SerdeReader(byte[] bytes) {
        this.bytes = bytes;
    }

    // --- where we are ---

    /** An error about the byte that was read last. */
    SerdeException error(String problem) {
        return errorAt(problem, index);
    }

    /** An error about the byte ahead. */
    SerdeException peekError(String problem) {
        return errorAt(problem, Math.min(bytes.length, index + 1));
    }

    /** Gives an error that has no place yet the one where we stand. */
    SerdeException placed(SerdeException error) {
        return error.isPlaced() ? error : error(error.problem());
    }

    private SerdeException errorAt(String problem, int end) {
        int line = 1;
        int column = 0;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\n') {
                line++;
                column = 0;
            } else {
                column++;
            }
        }
        return SerdeException.at(problem, line, column);
    }

    void descend() throws SerdeException {
        if (--remainingDepth == 0) {
            throw peekError("recursion limit exceeded");
        }
    }

    void ascend() {
        remainingDepth++;
    }

    // --- bytes ---

    /** The byte ahead, or {@link #END}. */
    int peek() {
        return index < bytes.length ? bytes[index] & 0xff : END;
    }

    /** The byte ahead after any white space, or {@link #END}. */
    int peekToken() {
        while (index < bytes.length && isWhitespace(bytes[index])) {
            index++;
        }
        return peek();
    }

    void eat() {
        index++;
    }

    private int next() {
        int ahead = peek();
        if (ahead != END) {
            index++;
        }
        return ahead;
    }

    private static boolean isWhitespace(byte b) {
        return b == ' ' || b == '\n' || b == '\t' || b == '\r';
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    // --- tokens ---

    /** The rest of {@code null}, {@code true} or {@code false}; its first letter is ahead. */
    void word(String word) throws SerdeException {
        eat();
        for (int i = 1; i < word.length(); i++) {
            int next = next();
            if (next == END) {
                throw error(EOF_VALUE);
            }
            if (next != word.charAt(i)) {
                throw error("expected ident");
            }
        }
    }

    void colon() throws SerdeException {
        switch (peekToken()) {
            case ':' -> eat();
            case END -> throw peekError(EOF_OBJECT);
            default -> throw peekError(EXPECTED_COLON);
        }
    }

    /** After the last element that was wanted of an array. */
    void endOfList() throws SerdeException {
        switch (peekToken()) {
            case ']' -> eat();
            case ',' -> {
                eat();
                throw peekError(peekToken() == ']' ? TRAILING_COMMA : TRAILING_CHARACTERS);
            }
            case END -> throw peekError(EOF_LIST);
            default -> throw peekError(TRAILING_CHARACTERS);
        }
    }

    /** After the last member that was wanted of an object. */
    void endOfObject() throws SerdeException {
        switch (peekToken()) {
            case '}' -> eat();
            case ',' -> throw peekError(TRAILING_COMMA);
            case END -> throw peekError(EOF_OBJECT);
            default -> throw peekError(TRAILING_CHARACTERS);
        }
    }

    /** After the document. */
    void endOfDocument() throws SerdeException {
        if (peekToken() != END) {
            throw peekError(TRAILING_CHARACTERS);
        }
    }

    /** A number; its sign or first digit is ahead. */
    SerdeNumber number() throws SerdeException {
        boolean negative = peek() == '-';
        if (negative) {
            eat();
        }
        int first = next();
        if (first == END) {
            throw error(EOF_VALUE);
        }
        if (!isDigit(first)) {
            throw error("invalid number");
        }
        if (first == '0' && isDigit(peek())) {
            throw peekError("invalid number");
        }
        int start = index - 1;
        digits();
        boolean isInteger = true;
        if (peek() == '.') {
            isInteger = false;
            fraction(exceeds64Bits(start));
        }
        if (peek() == 'e' || peek() == 'E') {
            isInteger = false;
            exponent(isZero(start));
        }
        String text = new String(bytes, start, index - start, StandardCharsets.US_ASCII);
        SerdeNumber number = SerdeNumber.of(negative, text, isInteger);
        if (number.isInfinite()) {
            throw error(OUT_OF_RANGE);
        }
        return number;
    }

    private void digits() {
        while (isDigit(peek())) {
            eat();
        }
    }

    /** A long integer part leads serde_json into a branch that forgets to ask for a digit after the point. */
    private boolean exceeds64Bits(int start) {
        return new BigInteger(new String(bytes, start, index - start, StandardCharsets.US_ASCII)).bitLength()
                > Long.SIZE;
    }

    private void fraction(boolean mayBeEmpty) throws SerdeException {
        eat();
        if (!mayBeEmpty && !isDigit(peek())) {
            throw peekError(peek() == END ? EOF_VALUE : "invalid number");
        }
        digits();
    }

    private void exponent(boolean isZero) throws SerdeException {
        eat();
        boolean negative = peek() == '-';
        if (negative || peek() == '+') {
            eat();
        }
        int first = next();
        if (first == END) {
            throw error(EOF_VALUE);
        }
        if (!isDigit(first)) {
            throw error("invalid number");
        }
        long value = (long) first - '0';
        while (isDigit(peek())) {
            value = Math.min(value * 10 + next() - '0', Integer.MAX_VALUE + 1L);
            if (value > Integer.MAX_VALUE && !negative && !isZero) {
                throw error(OUT_OF_RANGE);
            }
        }
    }

    private static final String OUT_OF_RANGE = "number out of range";

    private boolean isZero(int start) {
        for (int i = start; i < index; i++) {
            if (bytes[i] >= '1' && bytes[i] <= '9') {
                return false;
            }
        }
        return true;
    }

    /** A string; its opening quote is ahead. */
    String string() throws SerdeException {
        eat();
        int start = index;
        byte[] unescaped = null;
        int length = 0;
        while (true) {
            int run = index;
            skipPlain();
            if (index == bytes.length) {
                throw error("EOF while parsing a string");
            }
            int stop = bytes[index] & 0xff;
            if (stop == '"' && unescaped == null) {
                index++;
                return utf8(start, index - 1 - start, bytes);
            }
            if (unescaped == null) {
                // An escape is never shorter than what it stands for, so what is left of the document is room enough.
                unescaped = new byte[bytes.length - start];
            }
            System.arraycopy(bytes, run, unescaped, length, index - run);
            length += index - run;
            index++;
            if (stop == '"') {
                return utf8(0, length, unescaped);
            }
            if (stop != '\\') {
                throw error(CONTROL_CHARACTER);
            }
            length += utf8Into(unescaped, length, escape());
        }
    }

    private static final String CONTROL_CHARACTER = "control character (\\u0000-\\u001F) found while parsing a string";

    private void skipPlain() {
        while (index < bytes.length) {
            int b = bytes[index] & 0xff;
            if (b < 0x20 || b == '"' || b == '\\') {
                return;
            }
            index++;
        }
    }

    private String utf8(int start, int length, byte[] from) throws SerdeException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(from, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw error("invalid unicode code point");
        }
    }

    private static int utf8Into(byte[] target, int at, int codePoint) {
        byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, target, at, encoded.length);
        return encoded.length;
    }

    /** What an escape stands for; its backslash is behind. */
    private int escape() throws SerdeException {
        int letter = nextInString();
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicodeEscape();
            default -> throw error("invalid escape");
        };
    }

    private int unicodeEscape() throws SerdeException {
        int unit = hex4();
        if (unit >= 0xDC00 && unit <= 0xDFFF) {
            throw error("lone leading surrogate in hex escape");
        }
        if (unit < 0xD800 || unit > 0xDBFF) {
            return unit;
        }
        if (nextInString() != '\\' || nextInString() != 'u') {
            throw error("unexpected end of hex escape");
        }
        int low = hex4();
        if (low < 0xDC00 || low > 0xDFFF) {
            throw error("lone leading surrogate in hex escape");
        }
        return Character.toCodePoint((char) unit, (char) low);
    }

    private int nextInString() throws SerdeException {
        int next = next();
        if (next == END) {
            throw error("EOF while parsing a string");
        }
        return next;
    }

    private int hex4() throws SerdeException {
        if (index + 4 > bytes.length) {
            index = bytes.length;
            throw error("EOF while parsing a string");
        }
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(bytes[index] & 0x7f, 16);
            boolean ascii = bytes[index] >= 0;
            index++;
            if (digit < 0 || !ascii) {
                throw error("invalid escape");
            }
            value = value << 4 | digit;
        }
        return value;
    }

    // --- values that nobody wants ---

    /** Skips a value of an unknown member: its syntax is checked, its depth is not limited, its strings need not be UTF-8. */
    void skipValue() throws SerdeException {
        StringBuilder open = new StringBuilder();
        while (true) {
            boolean afterValue = skipScalarOrOpen(open);
            if (afterValue && open.isEmpty()) {
                return;
            }
            while (true) {
                char frame = open.charAt(open.length() - 1);
                int token = peekToken();
                if (token == ',' && afterValue) {
                    eat();
                    break;
                }
                if (token == (frame == '[' ? ']' : '}')) {
                    eat();
                    open.setLength(open.length() - 1);
                    if (open.isEmpty()) {
                        return;
                    }
                    afterValue = true;
                    continue;
                }
                if (token == END) {
                    throw peekError(frame == '[' ? EOF_LIST : EOF_OBJECT);
                }
                if (afterValue) {
                    throw peekError(frame == '[' ? EXPECTED_LIST_COMMA_OR_END : EXPECTED_OBJECT_COMMA_OR_END);
                }
                break;
            }
            if (open.charAt(open.length() - 1) == '{') {
                skipKey();
            }
        }
    }

    /** Whether a whole value was skipped; otherwise an array or object was opened. */
    private boolean skipScalarOrOpen(StringBuilder open) throws SerdeException {
        int token = peekToken();
        switch (token) {
            case END -> throw peekError(EOF_VALUE);
            case 'n' -> word("null");
            case 't' -> word("true");
            case 'f' -> word("false");
            case '"' -> skipString();
            case '[', '{' -> {
                eat();
                open.append((char) token);
                return false;
            }
            default -> {
                if (token != '-' && !isDigit(token)) {
                    throw peekError(EXPECTED_VALUE);
                }
                skipNumber();
            }
        }
        return true;
    }

    private void skipKey() throws SerdeException {
        switch (peekToken()) {
            case '"' -> skipString();
            case END -> throw peekError(EOF_OBJECT);
            default -> throw peekError(KEY_MUST_BE_A_STRING);
        }
        colon();
    }

    private void skipString() throws SerdeException {
        eat();
        while (true) {
            skipPlain();
            if (index == bytes.length) {
                throw error("EOF while parsing a string");
            }
            int stop = bytes[index];
            if (stop == '"') {
                index++;
                return;
            }
            if (stop != '\\') {
                throw error(CONTROL_CHARACTER);
            }
            index++;
            int letter = nextInString();
            if (letter == 'u') {
                hex4();
            } else if ("\"\\/bfnrt".indexOf(letter) < 0) {
                throw error("invalid escape");
            }
        }
    }

    private void skipNumber() throws SerdeException {
        if (peek() == '-') {
            eat();
        }
        int first = next();
        if (!isDigit(first)) {
            throw error("invalid number");
        }
        if (first == '0' && isDigit(peek())) {
            throw peekError("invalid number");
        }
        digits();
        if (peek() == '.') {
            eat();
            if (!isDigit(peek())) {
                throw peekError("invalid number");
            }
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            eat();
            if (peek() == '+' || peek() == '-') {
                eat();
            }
            if (!isDigit(next())) {
                throw error("invalid number");
            }
            digits();
        }
    }
}
