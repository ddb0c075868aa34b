package io.understudy.undermoon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A Rust struct with a derived {@code Deserialize}: an object with named members, or an array of their values in order.
 * Members that are not known are skipped, members that come twice are refused.
 *
 * @param <T> what it becomes
 */
final class SerdeStruct<T> extends SerdeShape<T> {
    private final String expecting;
    private final List<Field<?>> fields;
    private final Step<Values, T> make;

    private SerdeStruct(String name, List<Field<?>> fields, Step<Values, T> make) {
        this.expecting = "struct " + name;
        this.fields = fields;
        this.make = make;
    }

    /** A named member, and the key under which {@link Values} has its value. */
    record Field<V>(String name, SerdeShape<V> shape) {}

    static <V> Field<V> field(String name, SerdeShape<V> shape) {
        return new Field<>(name, shape);
    }

    /** The struct with that name and those fields, in declaration order. */
    static <T> SerdeShape<T> struct(String name, Step<Values, T> make, Field<?>... fields) {
        return new SerdeStruct<>(name, List.of(fields), make);
    }

    /** The values of a struct's members. */
    static final class Values {
        private final Map<Field<?>, Object> byField = new HashMap<>();

        @SuppressWarnings("unchecked") // put() is only ever called with a field and a value that its shape has read
        <V> V get(Field<V> field) {
            return (V) Objects.requireNonNull(byField.get(field), field.name());
        }

        private <V> void readInto(Field<V> field, SerdeReader in) throws SerdeException {
            byField.put(field, field.shape().read(in));
        }

        private boolean has(Field<?> field) {
            return byField.containsKey(field);
        }

        /** Fills in what stands for absence; false if the field may not be absent. */
        private <V> boolean fill(Field<V> field) {
            Optional<V> value = field.shape().whenMissing();
            value.ifPresent(v -> byField.put(field, v));
            return value.isPresent();
        }
    }

    @Override
    T read(SerdeReader in) throws SerdeException {
        if (in.peekToken() == '[') {
            return SerdeContainer.list(in, expecting, elements -> make.apply(inOrder(in, elements)));
        }
        return SerdeContainer.object(in, expecting, members -> make.apply(byName(in, members)));
    }

    private Values inOrder(SerdeReader in, SerdeContainer.Walk elements) throws SerdeException {
        Values values = new Values();
        for (int i = 0; i < fields.size(); i++) {
            Field<?> field = fields.get(i);
            if (elements.hasNext()) {
                values.readInto(field, in);
            } else if (!(field.shape().isDefaulted() && values.fill(field))) {
                throw SerdeException.invalidLength(
                        i, expecting + " with " + fields.size() + (fields.size() == 1 ? " element" : " elements"));
            }
        }
        return values;
    }

    private Values byName(SerdeReader in, SerdeContainer.Walk members) throws SerdeException {
        Values values = new Values();
        while (members.hasNext()) {
            Field<?> field = named(in.string());
            if (field != null && values.has(field)) {
                throw SerdeException.unplaced("duplicate field `" + field.name() + "`");
            }
            in.colon();
            if (field == null) {
                in.skipValue();
            } else {
                values.readInto(field, in);
            }
        }
        for (Field<?> field : fields) {
            if (!values.has(field) && !values.fill(field)) {
                throw SerdeException.unplaced("missing field `" + field.name() + "`");
            }
        }
        return values;
    }

    private @org.jspecify.annotations.Nullable Field<?> named(String name) {
        for (Field<?> field : fields) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        return null;
    }
}
