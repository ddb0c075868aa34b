package io.understudy.undermoon;

import java.util.Locale;
import java.util.OptionalLong;

/** A cluster's configuration (spec undermoon 4.1) and the rules by which endpoint 16 changes it (3.6). */
record ClusterConfig(CompressionStrategy compressionStrategy, MigrationConfig migrationConfig) {
    static final ClusterConfig DEFAULT = new ClusterConfig(CompressionStrategy.DISABLED, MigrationConfig.DEFAULT);

    private static final String INVALID_VALUE = "INVALID_VALUE";
    private static final String FIELD_NOT_FOUND = "FIELD_NOT_FOUND";

    /** This configuration with one field changed; keys are case-insensitive. */
    Outcome<ClusterConfig> with(String key, String value) {
        MigrationConfig m = migrationConfig;
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "compression_strategy" ->
                CompressionStrategy.parse(value)
                        .map(strategy -> Outcome.accepted(new ClusterConfig(strategy, m)))
                        .orElseGet(() -> invalid(key, value, INVALID_VALUE));
            case "migration_max_migration_time" ->
                number(key, value, n -> new MigrationConfig(n, m.maxBlockingTime(), m.scanInterval(), m.scanCount()));
            case "migration_max_blocking_time" ->
                number(key, value, n -> new MigrationConfig(m.maxMigrationTime(), n, m.scanInterval(), m.scanCount()));
            case "migration_scan_interval" ->
                number(
                        key,
                        value,
                        n -> new MigrationConfig(m.maxMigrationTime(), m.maxBlockingTime(), n, m.scanCount()));
            case "migration_scan_count" ->
                Epoch.parse(value).orElse(0) == 0
                        ? invalid(key, value, INVALID_VALUE)
                        : number(
                                key,
                                value,
                                n -> new MigrationConfig(
                                        m.maxMigrationTime(), m.maxBlockingTime(), m.scanInterval(), n));
            default -> invalid(key, value, FIELD_NOT_FOUND);
        };
    }

    private Outcome<ClusterConfig> number(
            String key, String value, java.util.function.LongFunction<MigrationConfig> change) {
        OptionalLong number = Epoch.parse(value);
        return number.isEmpty()
                ? invalid(key, value, INVALID_VALUE)
                : Outcome.accepted(new ClusterConfig(compressionStrategy, change.apply(number.getAsLong())));
    }

    private static <T> Outcome<T> invalid(String key, String value, String message) {
        return Outcome.refused(new Rejection.InvalidConfig(key, value, message));
    }
}
