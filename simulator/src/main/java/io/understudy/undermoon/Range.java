package io.understudy.undermoon;

/** Slots {@code start} to {@code end}, both included; JSON {@code [start,end]}. */
record Range(long start, long end) {
    long count() {
        return end - start + 1;
    }

    @Override
    public String toString() {
        return start + "-" + end;
    }
}
