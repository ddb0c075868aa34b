package io.understudy.reaper;

/** What the health check looks at. */
@FunctionalInterface
interface Health {
    /** Whether the storage is connected, and the tables of clusters and schedules can be read (spec reaper 1.1). */
    boolean storageWorks();
}
