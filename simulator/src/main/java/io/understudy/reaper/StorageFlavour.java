package io.understudy.reaper;

/** Which storage backend Reaper runs on; the same handler answers differently on each (spec reaper 0.2). */
enum StorageFlavour {
    CASSANDRA,
    /** The SQLite based memory backend of 4.2.0 and later. */
    MEMORY
}
