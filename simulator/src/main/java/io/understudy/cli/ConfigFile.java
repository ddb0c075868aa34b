package io.understudy.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file of {@code start}: the options, without their hyphens, as YAML.
 *
 * <pre>
 * systems: [undermoon]
 * port: {undermoon: 7799}        # a list for the ports of several nodes
 * control-port: 7700
 * control-token: secret
 * bind: 0.0.0.0
 * profile: {undermoon: documented}
 * preset: {undermoon: "..."}
 * set: {undermoon.failureTtl: 30s}
 * quirk: {undermoon.documented-statuses: on}
 * seed: 42
 * clock: real:60
 * </pre>
 */
final class ConfigFile {
    private static final String SYSTEMS = "systems";

    private final Path file;
    private final JsonParser yaml;
    private final List<Given> given = new ArrayList<>();

    private ConfigFile(Path file, JsonParser yaml) {
        this.file = file;
        this.yaml = yaml;
    }

    /**
     * Reads what the file says.
     *
     * @param named where the file was named
     * @throws UsageException if it cannot be read, with the line that is wrong
     */
    static List<Given> read(Path file, Given named) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw named.wrong("there is no file " + file);
        } catch (IOException e) {
            throw named.wrong("the file " + file + " cannot be read: " + e.getMessage());
        }
        try (JsonParser yaml = new YAMLFactory().createParser(text)) {
            return new ConfigFile(file, yaml).read();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new UsageException(
                    file + ":" + line + ": this is no YAML: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        } catch (IOException e) {
            throw named.wrong("the file " + file + " cannot be read: " + e.getMessage());
        }
    }

    private List<Given> read() throws IOException {
        JsonToken token = yaml.nextToken();
        if (token == null) {
            return given; // a file of comments says nothing
        }
        if (token != JsonToken.START_OBJECT) {
            throw wrong("the file is a mapping of options to values, such as `seed: 42`");
        }
        while (yaml.nextToken() == JsonToken.FIELD_NAME) {
            String key = yaml.currentName();
            Flag flag = key.equals(SYSTEMS) ? null : flag(key);
            String where = where();
            switch (yaml.nextToken()) {
                case START_OBJECT -> mapping(key, flag);
                case START_ARRAY -> list(key, flag, "");
                case VALUE_NULL -> throw wrong("'" + key + "' has no value");
                default -> {
                    if (flag != null && flag.repeatable()) {
                        throw wrong("'" + key + "' is a mapping, such as `" + key + ": {"
                                + flag.value().replace("=", ": ") + "}`");
                    }
                    given.add(new Given(flag, yaml.getText(), where));
                }
            }
        }
        return given;
    }

    private void mapping(String key, @Nullable Flag flag) throws IOException {
        if (flag == null || !flag.repeatable()) {
            throw wrong("'" + key + "' is one value, not a mapping");
        }
        while (yaml.nextToken() == JsonToken.FIELD_NAME) {
            String name = yaml.currentName();
            switch (yaml.nextToken()) {
                case START_OBJECT -> throw wrong("'" + name + "' is one value, not a mapping");
                case START_ARRAY -> {
                    if (flag != Flag.PORT) {
                        throw wrong("'" + name + "' is one value, not a list");
                    }
                    list(name, flag, name + "=");
                }
                case VALUE_NULL -> throw wrong("'" + name + "' has no value");
                default -> given.add(new Given(flag, name + "=" + yaml.getText(), where()));
            }
        }
    }

    private void list(String key, @Nullable Flag flag, String prefix) throws IOException {
        if (flag != null && prefix.isEmpty()) {
            throw wrong("'" + key + "' is not a list");
        }
        while (yaml.nextToken() != JsonToken.END_ARRAY) {
            if (!yaml.currentToken().isScalarValue() || yaml.currentToken() == JsonToken.VALUE_NULL) {
                throw wrong("'" + key + "' is a list of plain values");
            }
            given.add(new Given(flag, prefix + yaml.getText(), where()));
        }
    }

    private Flag flag(String key) {
        Flag flag = Flag.of("--" + key);
        if (flag == null || flag == Flag.CONFIG) {
            throw wrong("there is no option '" + key + "'; there are "
                    + String.join(
                            ", ",
                            Stream.concat(
                                            Stream.of(SYSTEMS),
                                            Arrays.stream(Flag.values())
                                                    .filter(known -> known != Flag.CONFIG)
                                                    .map(known -> known.option().substring(2)))
                                    .toList()));
        }
        return flag;
    }

    private UsageException wrong(String message) {
        return new UsageException(where() + ": " + message);
    }

    private String where() {
        return file + ":" + yaml.currentTokenLocation().getLineNr();
    }
}
