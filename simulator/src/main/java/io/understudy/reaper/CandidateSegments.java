package io.understudy.reaper;

import io.understudy.reaper.cassandra.Replicas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The NOT_STARTED segments of a run, from which its next one is drawn. They are numbered from 0, those of the same {@link Replicas}
 * (a <em>group</em>) one after the other and in ring order among themselves.
 *
 * <p>Counting and picking take time in the logarithm of the number of segments: a run of a million of them polls as quickly as a small
 * one. Underneath is a binary indexed tree (Fenwick 1994) over all places, with a 1 where a candidate is; what it says follows from the
 * segments' states alone, so nothing of it needs to be saved.
 */
final class CandidateSegments {
    private final List<RepairSegment> segments;
    private final int[] rowOfPlace;
    private final int[] placeOfRow;
    private final int[] firstRowOfGroup;
    private final int[] tree;
    private final int highestStep;
    private int size;

    CandidateSegments(List<RepairSegment> segments) {
        this.segments = segments;
        int total = segments.size();
        rowOfPlace = new int[total];
        placeOfRow = new int[total];
        firstRowOfGroup = arrange();
        tree = new int[total + 1];
        highestStep = Integer.highestOneBit(Math.max(1, total));
        for (int row = 1; row <= total; row++) {
            if (segments.get(placeOfRow[row - 1]).state() == SegmentState.NOT_STARTED) {
                tree[row]++;
                size++;
            }
            int parent = row + (row & -row);
            if (parent <= total) {
                tree[parent] += tree[row];
            }
        }
    }

    /** Counting sort by group, which keeps the order of the ring inside each. */
    private int[] arrange() {
        int total = segments.size();
        int[] groupOfPlace = new int[total];
        Map<Replicas, Integer> groups = new HashMap<>();
        for (int place = 0; place < total; place++) {
            Replicas replicas = segments.get(place).replicas();
            Integer known = groups.putIfAbsent(replicas, groups.size());
            groupOfPlace[place] = known == null ? groups.size() - 1 : known;
        }
        int[] firstRow = new int[groups.size() + 1];
        for (int group : groupOfPlace) {
            firstRow[group + 1]++;
        }
        for (int group = 0; group < groups.size(); group++) {
            firstRow[group + 1] += firstRow[group];
        }
        int[] nextRow = firstRow.clone();
        for (int place = 0; place < total; place++) {
            int row = nextRow[groupOfPlace[place]]++;
            rowOfPlace[place] = row;
            placeOfRow[row] = place;
        }
        return firstRow;
    }

    int size() {
        return size;
    }

    /** The candidate of that number, 0 to {@link #size} − 1. */
    RepairSegment candidate(int number) {
        return segments.get(placeOfRow[row(number)]);
    }

    /** How many different replicas there are among all segments. */
    int groups() {
        return firstRowOfGroup.length - 1;
    }

    /** The number of the first candidate of a group; as many as the next group's is higher are in it. */
    int firstOfGroup(int group) {
        return before(firstRowOfGroup[group]);
    }

    /** Where in the ring the candidate of that number is. */
    int place(int number) {
        return placeOfRow[row(number)];
    }

    void add(int place) {
        change(place, 1);
    }

    void remove(int place) {
        change(place, -1);
    }

    private void change(int place, int by) {
        size += by;
        for (int row = rowOfPlace[place] + 1; row < tree.length; row += row & -row) {
            tree[row] += by;
        }
    }

    /** How many candidates are in the rows before that one. */
    private int before(int row) {
        int sum = 0;
        for (int rest = row; rest > 0; rest -= rest & -rest) {
            sum += tree[rest];
        }
        return sum;
    }

    private int row(int number) {
        if (number < 0 || number >= size) {
            throw new IndexOutOfBoundsException("candidate " + number + " of " + size);
        }
        int row = 0;
        int rest = number;
        for (int step = highestStep; step > 0; step >>= 1) {
            int further = row + step;
            if (further < tree.length && tree[further] <= rest) {
                row = further;
                rest -= tree[further];
            }
        }
        return row;
    }
}
