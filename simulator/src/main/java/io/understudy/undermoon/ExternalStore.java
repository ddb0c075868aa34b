package io.understudy.undermoon;

/**
 * What the external service keeps (spec undermoon 8.2).
 *
 * @param store the store
 * @param version changes with every write; brokers compare it and nothing else
 */
record ExternalStore(MetaStoreData store, String version) {
    /** The first write. */
    static ExternalStore first(MetaStoreData store) {
        return new ExternalStore(store, "1");
    }

    /** The next write, be it this broker's or another's. */
    ExternalStore written(MetaStoreData newStore) {
        return new ExternalStore(newStore, Long.toString(Long.parseLong(version) + 1));
    }
}
