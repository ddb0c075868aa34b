package io.understudy.reaper;

import io.understudy.reaper.ReaperConfiguration.SegmentOrder;
import io.understudy.reaper.cassandra.Replicas;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which segment a poll starts (spec reaper 3.1.3): the first of all candidates, shuffled or in ring order, whose replicas are neither
 * locked nor unfit. A shuffle takes as long as the run is big, so this draws one by one instead; and when that comes to nothing it asks
 * once for every group of segments with the same replicas, which are all in the same case.
 */
final class SegmentChoice {
    /** After so many draws without luck most candidates are blocked, and going through the groups is quicker. */
    private static final int MAX_DRAWS = 32;

    private final AppContext context;
    private final Coordinators coordinators;
    private final CandidateSegments candidates;
    private final Busy busy;
    private final Consumer<String> lastEvent;
    private final Set<Replicas> unfit = new HashSet<>();

    /**
     * What is taken.
     *
     * @param hosts the nodes that other segments of the run have locked
     * @param segments the segments that somebody leads
     */
    record Busy(Set<String> hosts, Set<UUID> segments) {}

    /** What comes of it. */
    sealed interface Choice {
        /** This one. */
        record Start(RepairSegment segment) implements Choice {}

        /** This one has no replicas any more. */
        record Vanished(RepairSegment segment) implements Choice {}

        /** None can be started. */
        record None() implements Choice {}
    }

    /** @param lastEvent told why a candidate that was not locked must wait */
    SegmentChoice(
            AppContext context,
            Coordinators coordinators,
            CandidateSegments candidates,
            Busy busy,
            Consumer<String> lastEvent) {
        this.context = context;
        this.coordinators = coordinators;
        this.candidates = candidates;
        this.busy = busy;
        this.lastEvent = lastEvent;
    }

    Choice choose() {
        boolean isByNode = coordinators.unit().isFullyIncremental();
        if (isByNode && isRunLed()) {
            return new Choice.None();
        }
        if (context.configuration().repairs().order() == SegmentOrder.RING) {
            return first(isByNode ? allInOrder() : headsInOrder());
        }
        if (isByNode) {
            return first(allShuffled());
        }
        for (int draw = 0; draw < MAX_DRAWS && candidates.size() > 0; draw++) {
            Choice choice = examine(candidates.candidate(random(candidates.size())));
            if (choice != null) {
                return choice;
            }
        }
        return first(groupsShuffled());
    }

    /** Spec reaper 3.2: "with distributed storage only one segment of the run at a time"; the lead is then one of the run. */
    private boolean isRunLed() {
        return context.configuration().storageFlavour() == StorageFlavour.CASSANDRA
                && !busy.segments().isEmpty();
    }

    private Choice first(Stream<RepairSegment> inTurn) {
        return inTurn.map(segment -> Optional.ofNullable(examine(segment)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(Choice.None::new);
    }

    /** What the choice is if it falls on this one; null if it cannot. */
    private @Nullable Choice examine(RepairSegment segment) {
        Replicas replicas = segment.replicas();
        boolean isTaken =
                busy.segments().contains(segment.id()) || !Collections.disjoint(busy.hosts(), replicas.hosts());
        if (isTaken || unfit.contains(replicas)) {
            return null;
        }
        if (coordinators.potential(segment).isEmpty()) {
            return new Choice.Vanished(segment);
        }
        Optional<String> why = coordinators.whyNotReady(segment);
        if (why.isEmpty()) {
            return new Choice.Start(segment);
        }
        lastEvent.accept(why.get());
        if (replicas.size() > 0) {
            unfit.add(replicas);
        }
        return null;
    }

    /** One candidate of each group, from a random group on. */
    private Stream<RepairSegment> groupsShuffled() {
        int groups = candidates.groups();
        if (candidates.size() == 0) {
            return Stream.empty();
        }
        // asked for only when the draws are over
        return Stream.of(groups).flatMap(number -> {
            int from = random(number);
            return IntStream.range(0, number)
                    .map(i -> (from + i) % number)
                    .filter(group -> sizeOf(group) > 0)
                    .mapToObj(group -> candidates.candidate(candidates.firstOfGroup(group) + random(sizeOf(group))));
        });
    }

    private int sizeOf(int group) {
        return candidates.firstOfGroup(group + 1) - candidates.firstOfGroup(group);
    }

    /** The first candidate of each group, as they stand in the ring. */
    private Stream<RepairSegment> headsInOrder() {
        return IntStream.range(0, candidates.groups())
                .filter(group -> sizeOf(group) > 0)
                .map(candidates::firstOfGroup)
                .boxed()
                .sorted(Comparator.comparing(candidates::place))
                .map(candidates::candidate);
    }

    private Stream<RepairSegment> allInOrder() {
        return IntStream.range(0, candidates.size()).mapToObj(candidates::candidate);
    }

    /** There are as many as nodes at most. */
    private Stream<RepairSegment> allShuffled() {
        List<RepairSegment> left = new ArrayList<>(allInOrder().toList());
        return Stream.generate(() -> left.remove(random(left.size()))).limit(left.size());
    }

    private int random(int bound) {
        return context.chance("segment-order").nextInt(bound);
    }
}
