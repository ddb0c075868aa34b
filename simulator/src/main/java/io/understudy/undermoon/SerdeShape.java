package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a JSON value must look like, and what becomes of it: the counterpart of a Rust type that implements serde's
 * {@code Deserialize}. Shapes are built from smaller ones; {@link UndermoonBodies} is the list of those that are needed.
 *
 * <p>Checks happen while the document is read, in its order; so the first thing that is wrong in the text is what is
 * reported, except for missing members, which are noticed at the end of their object (spec undermoon 2.3).
 *
 * @param <T> what a value becomes
 */
abstract class SerdeShape<T> {
    /** Reads a value. Errors that come out of here need not have a place yet. */
    abstract T read(SerdeReader in) throws SerdeException;

    /** What it is to a struct when a member of this shape is missing; empty if that is an error. */
    Optional<T> whenMissing() {
        return Optional.empty();
    }

    /** Whether absence is allowed in the array form of a struct as well; only {@code #[serde(default)]} allows that. */
    boolean isDefaulted() {
        return false;
    }

    /** Reads a whole document. */
    final T readDocument(byte[] document) throws SerdeException {
        SerdeReader in = new SerdeReader(document);
        T value = read(in);
        in.endOfDocument();
        return value;
    }

    /** A step of a conversion which may refuse. */
    @FunctionalInterface
    interface Step<A, B> {
        B apply(A value) throws SerdeException;
    }

    /** The value turned into something else; refusals are placed by whatever surrounds the value. */
    final <R> SerdeShape<R> map(Step<? super T, ? extends R> step) {
        SerdeShape<T> inner = this;
        return new SerdeShape<>() {
            @Override
            R read(SerdeReader in) throws SerdeException {
                return step.apply(inner.read(in));
            }
        };
    }

    /** Missing members are that value; {@code #[serde(default)]}. */
    final SerdeShape<T> orDefault(T value) {
        SerdeShape<T> inner = this;
        return new SerdeShape<>() {
            @Override
            T read(SerdeReader in) throws SerdeException {
                return inner.read(in);
            }

            @Override
            Optional<T> whenMissing() {
                return Optional.of(value);
            }

            @Override
            boolean isDefaulted() {
                return true;
            }
        };
    }

    static SerdeShape<String> string() {
        return new SerdeShape<>() {
            @Override
            String read(SerdeReader in) throws SerdeException {
                return SerdeShape.string(in, "a string");
            }
        };
    }

    static SerdeShape<Boolean> bool() {
        return new SerdeShape<>() {
            @Override
            Boolean read(SerdeReader in) throws SerdeException {
                switch (in.peekToken()) {
                    case 't' -> in.word("true");
                    case 'f' -> {
                        in.word("false");
                        return false;
                    }
                    default -> throw unexpected(in, "a boolean");
                }
                return true;
            }
        };
    }

    /** {@code u64} or {@code usize}. */
    static SerdeShape<Long> unsigned(String rustType) {
        return number(rustType, number -> {
            if (number instanceof SerdeNumber.Unsigned unsigned) {
                return unsigned.bits();
            }
            throw number instanceof SerdeNumber.Negative
                    ? SerdeException.invalidValue(number.unexpected(), rustType)
                    : SerdeException.invalidType(number.unexpected(), rustType);
        });
    }

    /** {@code i64}. */
    static SerdeShape<Long> signed() {
        return number("i64", number -> {
            if (number instanceof SerdeNumber.Negative negative) {
                return negative.value();
            }
            if (number instanceof SerdeNumber.Unsigned unsigned && unsigned.bits() >= 0) {
                return unsigned.bits();
            }
            throw number instanceof SerdeNumber.Unsigned
                    ? SerdeException.invalidValue(number.unexpected(), "i64")
                    : SerdeException.invalidType(number.unexpected(), "i64");
        });
    }

    private static SerdeShape<Long> number(String expecting, Step<SerdeNumber, Long> visit) {
        return new SerdeShape<>() {
            @Override
            Long read(SerdeReader in) throws SerdeException {
                int token = in.peekToken();
                if (token != '-' && (token < '0' || token > '9')) {
                    throw unexpected(in, expecting);
                }
                try {
                    return visit.apply(in.number());
                } catch (SerdeException e) {
                    throw in.placed(e);
                }
            }
        };
    }

    /** {@code Option}: null and, in a struct, absence are empty. */
    static <E> SerdeShape<Optional<E>> optional(SerdeShape<E> shape) {
        return new SerdeShape<>() {
            @Override
            Optional<E> read(SerdeReader in) throws SerdeException {
                if (in.peekToken() == 'n') {
                    in.word("null");
                    return Optional.empty();
                }
                return Optional.of(shape.read(in));
            }

            @Override
            Optional<Optional<E>> whenMissing() {
                return Optional.of(Optional.empty());
            }
        };
    }

    /** {@code Vec}. */
    static <E> SerdeShape<List<E>> list(SerdeShape<E> element) {
        return new SerdeShape<>() {
            @Override
            List<E> read(SerdeReader in) throws SerdeException {
                return SerdeContainer.list(in, "a sequence", elements -> {
                    List<E> all = new ArrayList<>();
                    while (elements.hasNext()) {
                        all.add(element.read(in));
                    }
                    return all;
                });
            }
        };
    }

    /** {@code [T; length]}. */
    static <E> SerdeShape<List<E>> array(int length, SerdeShape<E> element) {
        String expecting = "an array of length " + length;
        return fixed(length, element, expecting, expecting);
    }

    /** A tuple struct whose elements are all of one shape. */
    static <E> SerdeShape<List<E>> tupleStruct(String name, int length, SerdeShape<E> element) {
        String expecting = "tuple struct " + name;
        return fixed(length, element, expecting, expecting + " with " + length + " elements");
    }

    private static <E> SerdeShape<List<E>> fixed(int length, SerdeShape<E> element, String expecting, String tooShort) {
        return new SerdeShape<>() {
            @Override
            List<E> read(SerdeReader in) throws SerdeException {
                return SerdeContainer.list(in, expecting, elements -> {
                    List<E> all = new ArrayList<>(length);
                    for (int i = 0; i < length; i++) {
                        if (!elements.hasNext()) {
                            throw SerdeException.invalidLength(i, tooShort);
                        }
                        all.add(element.read(in));
                    }
                    return all;
                });
            }
        };
    }

    /** A map; of equal keys the last wins, in the place of the first. */
    static <E> SerdeShape<Map<String, E>> map(Step<String, String> key, SerdeShape<E> value) {
        return new SerdeShape<>() {
            @Override
            Map<String, E> read(SerdeReader in) throws SerdeException {
                return SerdeContainer.object(in, "a map", members -> {
                    Map<String, E> all = new LinkedHashMap<>();
                    while (members.hasNext()) {
                        String name = key.apply(in.string());
                        in.colon();
                        all.put(name, value.read(in));
                    }
                    return all;
                });
            }
        };
    }

    /** An enum whose variants carry nothing: a string, or {@code {"Variant":null}}. */
    static <E> SerdeShape<E> unitVariants(List<String> names, Function<String, Optional<E>> parse) {
        return new SerdeShape<>() {
            @Override
            E read(SerdeReader in) throws SerdeException {
                return SerdeContainer.variant(in, new SerdeContainer.Variants<E>() {
                    @Override
                    public E unit(String name) throws SerdeException {
                        return parse.apply(name).orElseThrow();
                    }

                    @Override
                    public E carrying(String name, SerdeReader reader) throws SerdeException {
                        SerdeContainer.unit(reader);
                        return unit(name);
                    }

                    @Override
                    public void check(String name) throws SerdeException {
                        if (parse.apply(name).isEmpty()) {
                            throw SerdeContainer.unknownVariant(name, names);
                        }
                    }
                });
            }
        };
    }

    static String string(SerdeReader in, String expecting) throws SerdeException {
        if (in.peekToken() != '"') {
            throw unexpected(in, expecting);
        }
        return in.string();
    }

    /** The error about a value of a kind that is not wanted; reads it if it is not a container, to name it. */
    static SerdeException unexpected(SerdeReader in, String expecting) throws SerdeException {
        int token = in.peekToken();
        String what;
        switch (token) {
            case SerdeReader.END -> {
                return in.peekError(SerdeReader.EOF_VALUE);
            }
            case 'n' -> {
                in.word("null");
                what = "null";
            }
            case 't' -> {
                in.word("true");
                what = "boolean `true`";
            }
            case 'f' -> {
                in.word("false");
                what = "boolean `false`";
            }
            case '"' -> what = "string " + RustText.debug(in.string());
            case '[' -> what = "sequence";
            case '{' -> what = "map";
            default -> {
                if (token != '-' && (token < '0' || token > '9')) {
                    return in.peekError(SerdeReader.EXPECTED_VALUE);
                }
                what = in.number().unexpected();
            }
        }
        return in.placed(SerdeException.invalidType(what, expecting));
    }
}
