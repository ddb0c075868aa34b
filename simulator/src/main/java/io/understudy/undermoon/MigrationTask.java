package io.understudy.undermoon;

/** The body of a commit (spec undermoon 4.3): which slots of which cluster have arrived. */
record MigrationTask(String clusterName, SlotRange slotRange) {}
