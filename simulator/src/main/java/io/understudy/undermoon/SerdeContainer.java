package io.understudy.undermoon;

import java.util.List;
import java.util.stream.Collectors;

/** How serde_json walks through arrays, objects and enums, with its order of checks. */
final class SerdeContainer {
    private SerdeContainer() {}

    /** What is done with the inside of a container. */
    @FunctionalInterface
    interface Inside<T> {
        T read(Walk walk) throws SerdeException;
    }

    /** Goes from element to element, or from member to member. */
    static final class Walk {
        private final SerdeReader in;
        private final boolean isObject;
        private boolean first = true;

        private Walk(SerdeReader in, boolean isObject) {
            this.in = in;
            this.isObject = isObject;
        }

        /** Whether another element, or the name of another member, is ahead. */
        boolean hasNext() throws SerdeException {
            int token = in.peekToken();
            int close = isObject ? '}' : ']';
            if (token == close) {
                return false;
            }
            if (token == SerdeReader.END) {
                throw in.peekError(isObject ? SerdeReader.EOF_OBJECT : SerdeReader.EOF_LIST);
            }
            if (first) {
                first = false;
            } else if (token == ',') {
                in.eat();
                token = in.peekToken();
            } else {
                throw in.peekError(
                        isObject ? SerdeReader.EXPECTED_OBJECT_COMMA_OR_END : SerdeReader.EXPECTED_LIST_COMMA_OR_END);
            }
            if (token == close) {
                throw in.peekError(SerdeReader.TRAILING_COMMA);
            }
            if (token == SerdeReader.END) {
                throw in.peekError(SerdeReader.EOF_VALUE);
            }
            if (isObject && token != '"') {
                throw in.peekError(SerdeReader.KEY_MUST_BE_A_STRING);
            }
            return true;
        }
    }

    /** An array, or the error that something else is there. */
    static <T> T list(SerdeReader in, String expecting, Inside<T> inside) throws SerdeException {
        if (in.peekToken() != '[') {
            throw SerdeShape.unexpected(in, expecting);
        }
        return walk(in, false, inside);
    }

    /** An object, or the error that something else is there. */
    static <T> T object(SerdeReader in, String expecting, Inside<T> inside) throws SerdeException {
        if (in.peekToken() != '{') {
            throw SerdeShape.unexpected(in, expecting);
        }
        return walk(in, true, inside);
    }

    private static <T> T walk(SerdeReader in, boolean isObject, Inside<T> inside) throws SerdeException {
        in.descend();
        in.eat();
        T value;
        try {
            value = inside.read(new Walk(in, isObject));
        } catch (SerdeException e) {
            // serde_json looks for the container's end even so, and reports where that look ended.
            lookForEnd(in, isObject);
            throw in.placed(e);
        }
        in.ascend();
        if (isObject) {
            in.endOfObject();
        } else {
            in.endOfList();
        }
        return value;
    }

    private static void lookForEnd(SerdeReader in, boolean isObject) {
        try {
            if (isObject) {
                in.endOfObject();
            } else {
                in.endOfList();
            }
        } catch (SerdeException later) {
            // the first error is the one that counts
        }
    }

    /** What an enum makes of its variants. */
    interface Variants<T> {
        /** Refuses an unknown name. */
        void check(String name) throws SerdeException;

        /** The variant was a bare string. */
        T unit(String name) throws SerdeException;

        /** The variant was the name of an object's only member; its value is ahead. */
        T carrying(String name, SerdeReader in) throws SerdeException;
    }

    /** A value of an enum. */
    static <T> T variant(SerdeReader in, Variants<T> variants) throws SerdeException {
        switch (in.peekToken()) {
            case '"' -> {
                return variants.unit(variantName(in, variants));
            }
            case '{' -> {
                in.descend();
                in.eat();
                String name = variantName(in, variants);
                in.colon();
                T value = variants.carrying(name, in);
                in.ascend();
                switch (in.peekToken()) {
                    case '}' -> in.eat();
                    case SerdeReader.END -> throw in.error(SerdeReader.EOF_OBJECT);
                    default -> throw in.error(SerdeReader.EXPECTED_VALUE);
                }
                return value;
            }
            case SerdeReader.END -> throw in.peekError(SerdeReader.EOF_VALUE);
            default -> throw in.peekError(SerdeReader.EXPECTED_VALUE);
        }
    }

    private static String variantName(SerdeReader in, Variants<?> variants) throws SerdeException {
        String name = SerdeShape.string(in, "variant identifier");
        try {
            variants.check(name);
        } catch (SerdeException e) {
            throw in.placed(e);
        }
        return name;
    }

    static void unit(SerdeReader in) throws SerdeException {
        if (in.peekToken() != 'n') {
            throw SerdeShape.unexpected(in, "unit");
        }
        in.word("null");
    }

    static SerdeException unknownVariant(String name, List<String> known) {
        String list = known.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
        return SerdeException.unplaced("unknown variant `" + name + "`, expected one of " + list);
    }
}
