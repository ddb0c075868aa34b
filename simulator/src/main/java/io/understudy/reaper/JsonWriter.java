package io.understudy.reaper;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.understudy.journal.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as Dropwizard's mapper does: compact, nulls written out, {@code NaN} in quotes (spec reaper 0.5, 2.1). What is written
 * goes straight into bytes, so that a list of a million segments costs nothing but its bytes.
 */
final class JsonWriter {
    /** The fast writer gives the shortest digits, as {@code Double.toString} does only from Java 19 on: one answer on every JVM. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private final JsonGenerator out;

    private JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    /** The bytes of one value. */
    static Bytes bytes(Consumer<JsonWriter> value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            value.accept(new JsonWriter(out));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return Bytes.of(bytes.toByteArray());
    }

    /** An object with these fields. */
    JsonWriter object(Runnable fields) {
        write(out::writeStartObject);
        fields.run();
        write(out::writeEndObject);
        return this;
    }

    /** An array with these elements. */
    <T> JsonWriter array(Iterable<T> elements, Consumer<? super T> element) {
        write(out::writeStartArray);
        elements.forEach(element);
        write(out::writeEndArray);
        return this;
    }

    /** An array of texts. */
    JsonWriter strings(Collection<String> texts) {
        return array(texts, this::string);
    }

    /** The name of the field whose value comes next. */
    JsonWriter name(String name) {
        write(() -> out.writeFieldName(name));
        return this;
    }

    JsonWriter nothing() {
        write(out::writeNull);
        return this;
    }

    JsonWriter string(@Nullable String text) {
        write(() -> out.writeString(text)); // null when null
        return this;
    }

    JsonWriter uuid(@Nullable UUID uuid) {
        return string(uuid == null ? null : uuid.toString());
    }

    JsonWriter enumName(@Nullable Enum<?> constant) {
        return string(constant == null ? null : constant.name());
    }

    JsonWriter bool(boolean value) {
        write(() -> out.writeBoolean(value));
        return this;
    }

    JsonWriter number(long value) {
        write(() -> out.writeNumber(value));
        return this;
    }

    JsonWriter number(double value) {
        write(() -> out.writeNumber(value));
        return this;
    }

    JsonWriter number(BigInteger value) {
        write(() -> out.writeNumber(value));
        return this;
    }

    /** ISO-8601 without millis, the dates of runs and schedules: {@code 2026-05-20T09:19:49Z}. */
    JsonWriter iso(@Nullable Instant instant) {
        return string(
                instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Milliseconds since 1970, the dates of segments and snapshots. */
    JsonWriter millis(@Nullable Instant instant) {
        return instant == null ? nothing() : number(instant.toEpochMilli());
    }

    // --- fields ---

    JsonWriter field(String name, @Nullable String text) {
        return name(name).string(text);
    }

    JsonWriter field(String name, @Nullable UUID uuid) {
        return name(name).uuid(uuid);
    }

    JsonWriter field(String name, @Nullable Enum<?> constant) {
        return name(name).enumName(constant);
    }

    JsonWriter field(String name, boolean value) {
        return name(name).bool(value);
    }

    JsonWriter field(String name, long value) {
        return name(name).number(value);
    }

    JsonWriter field(String name, double value) {
        return name(name).number(value);
    }

    JsonWriter field(String name, BigInteger value) {
        return name(name).number(value);
    }

    JsonWriter field(String name, Collection<String> texts) {
        return name(name).strings(texts);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }
}
