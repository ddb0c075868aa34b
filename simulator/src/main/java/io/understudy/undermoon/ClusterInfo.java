package io.understudy.undermoon;

/** What endpoint 6 shows (spec undermoon 4.1, 5.6). */
record ClusterInfo(String name, long nodeNumber, long nodeNumberWithSlots, boolean isMigrating) {}
