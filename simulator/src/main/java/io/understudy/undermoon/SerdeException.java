package io.understudy.undermoon;

/**
 * Why a JSON document was refused, in serde_json's words.
 *
 * <p>Like serde_json's own error it may be born without a place (a visitor does not know where it is) and is then given the
 * place at which the surrounding value's reader stands when the error passes through it.
 */
final class SerdeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final int line;
    private final int column;

    private SerdeException(String problem, int line, int column) {
        super(problem, null, false, false);
        this.problem = problem;
        this.line = line;
        this.column = column;
    }

    static SerdeException at(String problem, int line, int column) {
        return new SerdeException(problem, line, column);
    }

    static SerdeException unplaced(String problem) {
        return new SerdeException(problem, 0, 0);
    }

    static SerdeException invalidType(String unexpected, String expected) {
        return unplaced("invalid type: " + unexpected + ", expected " + expected);
    }

    static SerdeException invalidValue(String unexpected, String expected) {
        return unplaced("invalid value: " + unexpected + ", expected " + expected);
    }

    static SerdeException invalidLength(int length, String expected) {
        return unplaced("invalid length " + length + ", expected " + expected);
    }

    boolean isPlaced() {
        return line != 0;
    }

    String problem() {
        return problem;
    }

    /** The text as serde_json displays it. */
    @Override
    public String getMessage() {
        return isPlaced() ? problem + " at line " + line + " column " + column : problem;
    }
}
