package io.understudy.undermoon;

import io.understudy.undermoon.Outcome.Done;
import java.time.Duration;
import java.util.Optional;

/**
 * The file that the broker saves its store to (spec undermoon 3.0, 9), as a value of the world: what was last written. It
 * outlives the broker's process.
 */
final class MetaFile {
    private final Settings settings;
    private final Conditions conditions;
    private Optional<MetaStoreData> content;

    /**
     * How the file is used; the real broker's configuration.
     *
     * @param autoUpdate whether every change is written before it is answered; default false
     * @param updateInterval how often it is written besides; zero = never, the default
     * @param recover whether a broker that is started reads it; default false
     */
    record Settings(boolean autoUpdate, Duration updateInterval, boolean recover) {}

    MetaFile(Settings settings, Conditions conditions, Optional<MetaStoreData> content) {
        this.settings = settings;
        this.conditions = conditions;
        this.content = content;
    }

    Settings settings() {
        return settings;
    }

    /** What was last written. */
    Optional<MetaStoreData> content() {
        return content;
    }

    /** Writes the store. */
    Outcome<Done> write(Broker broker) {
        if (conditions.metaFileUnwritable()) {
            return Outcome.refused(ErrorCode.PERSISTENCE_IO_ERROR);
        }
        content = Optional.of(broker.metadata());
        return Outcome.done();
    }
}
