package io.understudy.reaper;

import io.understudy.reaper.Conditions.Attempt;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What is wrong with the world of a test, as the test says. */
final class Trouble implements Conditions {
    final Set<String> down = new HashSet<>();
    final Map<String, Integer> pending = new HashMap<>();
    Attempts attempts = (segment, coordinator) -> new Attempt.Succeeds(1);

    /** What becomes of an attempt. */
    interface Attempts {
        Attempt of(RepairSegment segment, String coordinator);
    }

    @Override
    public boolean nodeDown(String cluster, String host) {
        return down.contains(host);
    }

    @Override
    public boolean jmxUnreachable(String cluster, String host) {
        return false;
    }

    @Override
    public boolean flaps(String cluster) {
        return false;
    }

    @Override
    public OptionalInt pendingCompactions(String cluster, String host) {
        Integer set = pending.get(host);
        return set == null ? OptionalInt.empty() : OptionalInt.of(set);
    }

    @Override
    public Attempt attempt(RepairRun run, RepairSegment segment, String coordinator) {
        return attempts.of(segment, coordinator);
    }

    @Override
    public boolean storageDown() {
        return false;
    }

    @Override
    public boolean registrationFails(String seedHost) {
        return false;
    }

    @Override
    public boolean scheduleMissed(RepairSchedule schedule, RepairUnit unit) {
        return false;
    }

    @Override
    public Optional<Instant> tokensExpiredBefore() {
        return Optional.empty();
    }
}
