package io.understudy.undermoon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two proxies, four nodes, two shards; immutable, in JSON order (spec undermoon 4.4, 4.5).
 *
 * @param firstStable the slots at rest of part 0, null = none; the first element of JSON {@code stable_slots}
 * @param secondStable those of part 1
 * @param migratingSlots per part the halves of migrations stored there
 */
record Chunk(
        RolePosition rolePosition,
        @Nullable RangeList firstStable,
        @Nullable RangeList secondStable,
        List<List<StoredTask>> migratingSlots,
        List<String> proxyAddresses,
        List<String> hosts,
        List<String> nodeAddresses) {
    /** Nodes in a chunk. */
    static final int NODES = 4;
    /** Parts of a chunk, and as well its proxies ("halves"). */
    static final int PARTS = 2;

    Chunk {
        migratingSlots = List.of(List.copyOf(migratingSlots.get(0)), List.copyOf(migratingSlots.get(1)));
        proxyAddresses = List.copyOf(proxyAddresses);
        hosts = List.copyOf(hosts);
        nodeAddresses = List.copyOf(nodeAddresses);
        Invariant.check(proxyAddresses.size() == PARTS, "a chunk has two parts");
        Invariant.check(hosts.size() == PARTS && nodeAddresses.size() == NODES, "a chunk has four nodes on two hosts");
    }

    /** The same with JSON's {@code stable_slots}. */
    Chunk(
            RolePosition rolePosition,
            List<Optional<RangeList>> stableSlots,
            List<List<StoredTask>> migratingSlots,
            List<String> proxyAddresses,
            List<String> hosts,
            List<String> nodeAddresses) {
        this(
                rolePosition,
                stableSlots.get(0).orElse(null),
                stableSlots.get(1).orElse(null),
                migratingSlots,
                proxyAddresses,
                hosts,
                nodeAddresses);
    }

    /** A chunk without slots on two proxies. */
    static Chunk of(ProxyResource first, ProxyResource second) {
        List<String> nodes = new ArrayList<>(first.nodeAddresses());
        nodes.addAll(second.nodeAddresses());
        return new Chunk(
                RolePosition.NORMAL,
                null,
                null,
                List.of(List.of(), List.of()),
                List.of(first.proxyAddress(), second.proxyAddress()),
                List.of(first.host(), second.host()),
                nodes);
    }

    Optional<RangeList> stable(int part) {
        return Optional.ofNullable(part == 0 ? firstStable : secondStable);
    }

    /** JSON {@code stable_slots}. */
    List<Optional<RangeList>> stableSlots() {
        return List.of(stable(0), stable(1));
    }

    List<StoredTask> tasks(int part) {
        return migratingSlots.get(part);
    }

    boolean migrates() {
        return !tasks(0).isEmpty() || !tasks(1).isEmpty();
    }

    /** Whether neither part has slots at rest, which is what makes its nodes "free nodes". */
    boolean hasNoStableSlots() {
        return stable(0).isEmpty() && stable(1).isEmpty();
    }

    /** The proxy that now carries the slots of a part. */
    String proxyOfPart(int part) {
        return proxyAddresses.get(rolePosition.nodeOfPart(part) / 2);
    }

    /** The node that now carries the slots of a part. */
    String nodeOfPart(int part) {
        return nodeAddresses.get(rolePosition.nodeOfPart(part));
    }

    /** 0 or 1 for a proxy of this chunk, -1 for any other. */
    int halfOf(String proxyAddress) {
        return proxyAddresses.indexOf(proxyAddress);
    }

    Chunk withRolePosition(RolePosition position) {
        return new Chunk(position, firstStable, secondStable, migratingSlots, proxyAddresses, hosts, nodeAddresses);
    }

    Chunk withStable(int part, Optional<RangeList> slots) {
        return new Chunk(
                rolePosition,
                replaced(stableSlots(), part, slots),
                migratingSlots,
                proxyAddresses,
                hosts,
                nodeAddresses);
    }

    Chunk withTasks(int part, List<StoredTask> tasks) {
        return new Chunk(
                rolePosition,
                firstStable,
                secondStable,
                replaced(migratingSlots, part, tasks),
                proxyAddresses,
                hosts,
                nodeAddresses);
    }

    /** Another proxy in the place of half 0 or 1; roles and slots stay. */
    Chunk withProxy(int half, ProxyResource proxy) {
        List<String> nodes = new ArrayList<>(nodeAddresses);
        nodes.set(2 * half, proxy.nodeAddresses().get(0));
        nodes.set(2 * half + 1, proxy.nodeAddresses().get(1));
        return new Chunk(
                rolePosition,
                firstStable,
                secondStable,
                migratingSlots,
                replaced(proxyAddresses, half, proxy.proxyAddress()),
                replaced(hosts, half, proxy.host()),
                nodes);
    }

    private static <T> List<T> replaced(List<T> pair, int index, T value) {
        return index == 0 ? List.of(value, pair.get(1)) : List.of(pair.get(0), value);
    }
}
