package io.understudy.undermoon;

/**
 * How server proxies migrate slots (spec undermoon 4.1). All numbers are unsigned, see {@link Epoch}.
 *
 * @param maxMigrationTime seconds
 * @param maxBlockingTime milliseconds
 * @param scanInterval microseconds
 * @param scanCount keys per scan, at least 1
 */
record MigrationConfig(long maxMigrationTime, long maxBlockingTime, long scanInterval, long scanCount) {
    static final MigrationConfig DEFAULT = new MigrationConfig(10800, 10000, 500, 16);
}
