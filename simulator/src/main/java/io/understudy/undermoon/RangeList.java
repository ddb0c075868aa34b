package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An immutable list of slot ranges; JSON {@code range_list}.
 *
 * <p>Equality is element by element and order counts, because that is how a commit finds its task (spec undermoon 3.5,
 * endpoint 15). Lists made by {@link #merge} are sorted and have no adjacent neighbours; a list that came in from outside
 * is kept as it was given.
 */
record RangeList(List<Range> ranges) {
    static final RangeList EMPTY = new RangeList(List.of());

    RangeList {
        ranges = List.copyOf(ranges);
    }

    static RangeList of(long start, long end) {
        return new RangeList(List.of(new Range(start, end)));
    }

    /** Sorted, adjacent and overlapping neighbours joined. */
    static RangeList merged(List<Range> ranges) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(Range::start));
        List<Range> merged = new ArrayList<>(sorted.size());
        for (Range range : sorted) {
            int last = merged.size() - 1;
            if (last >= 0 && range.start() <= merged.get(last).end() + 1) {
                Range head = merged.get(last);
                merged.set(last, new Range(head.start(), Math.max(head.end(), range.end())));
            } else {
                merged.add(range);
            }
        }
        return new RangeList(merged);
    }

    RangeList merge(RangeList other) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        return merged(all);
    }

    /** The number of slots. */
    long count() {
        return ranges.stream().mapToLong(Range::count).sum();
    }

    /** The same slots, sorted and joined. */
    RangeList compacted() {
        return merged(ranges);
    }

    /** What a migration takes out of a list, and what it leaves. */
    record Split(RangeList taken, RangeList rest) {}

    /** Takes {@code slots} slots, at most {@link #count}, from the end of the list: how a source is drained on expand. */
    Split takeHigh(long slots) {
        List<Range> rest = new ArrayList<>(ranges);
        List<Range> taken = new ArrayList<>();
        for (long missing = slots; missing > 0; ) {
            Range last = rest.remove(rest.size() - 1);
            if (last.count() > missing) {
                rest.add(new Range(last.start(), last.end() - missing));
                last = new Range(last.end() - missing + 1, last.end());
            }
            taken.add(last);
            missing -= last.count();
        }
        return new Split(merged(taken), new RangeList(rest));
    }

    /** Takes {@code slots} slots, at most {@link #count}, from the start of the list: how a source is drained on shrink. */
    Split takeLow(long slots) {
        List<Range> taken = new ArrayList<>();
        long missing = slots;
        int next = 0;
        while (missing > 0 && ranges.get(next).count() <= missing) {
            missing -= ranges.get(next).count();
            taken.add(ranges.get(next++));
        }
        List<Range> rest = new ArrayList<>(ranges.subList(next, ranges.size()));
        if (missing > 0) {
            Range first = rest.get(0);
            taken.add(new Range(first.start(), first.start() + missing - 1));
            rest.set(0, new Range(first.start() + missing, first.end()));
        }
        return new Split(merged(taken), new RangeList(rest));
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
