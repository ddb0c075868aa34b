package io.understudy.scenarios;

import io.understudy.World;
import io.understudy.fault.DomainFault;
import io.understudy.fault.FaultScope;
import io.understudy.reaper.ReaperSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What happens to a Reaper besides what it is asked: faults that come and go, controls, a restart, time. It remembers nothing, so that
 * it goes on in a world that was restored.
 */
final class ReaperTrouble {
    private final World world;
    private final ReaperSimulator reaper;

    ReaperTrouble(World world) {
        this.world = world;
        this.reaper = world.simulator(ReaperSimulator.class);
    }

    /** Does it, and says what it did. */
    String play(ReaperCommand command) {
        switch (command.kind()) {
            case FAULT -> begin(command);
            case END_FAULT -> faults().reduce((before, last) -> last).ifPresent(world.faults()::remove);
            case CONTROL -> control(command);
            case RESTART -> reaper.restart();
            case ADVANCE -> world.clock().advance(command.duration());
            default -> throw new IllegalArgumentException(command + " is no trouble");
        }
        return command.kind() + " at " + world.clock().now() + " with " + faults().toList();
    }

    private Stream<String> faults() {
        return world.faults().rules().stream()
                .filter(rule -> rule.rule().fault() instanceof DomainFault)
                .map(rule -> Objects.requireNonNull(rule.rule().id()));
    }

    /** Some count their strikes, some last. */
    private FaultScope begin(ReaperCommand command) {
        String host = host(command);
        int times = 1 + command.b() % 5;
        return switch (command.a() % 10) {
            case 0 -> reaper.nodeDown(host);
            case 1 -> reaper.nodeFlapping(host, Duration.ofMinutes(times));
            case 2 -> reaper.jmxUnreachable(host);
            case 3, 4 -> reaper.segmentFails(times);
            case 5 -> reaper.segmentHangs(times);
            case 6 -> reaper.segmentSlow(times);
            case 7 -> reaper.pendingCompactions(host, 10 * times);
            case 8 -> reaper.clusterUnreachable(host);
            default -> reaper.scheduleMissed(times);
        };
    }

    private void control(ReaperCommand command) {
        String host = host(command);
        switch (command.a() % 7) {
            case 0 -> reaper.setNodeUp(host, false);
            case 1, 2 -> reaper.setNodeUp(host, true);
            case 3 -> reaper.setPendingCompactions(host, command.b() % 40);
            case 4 -> {
                boolean isOfTest = host.startsWith("127.");
                reaper.setPercentRepaired(
                        host, isOfTest ? "booya" : "telemetry", isOfTest ? "booya1" : "points", command.b() % 101);
            }
            case 5 -> reaper.setGossipStatus(host, command.b() % 2 == 0 ? "NORMAL" : "LEAVING");
            default -> reaper.emitDiagEvent("test", host, ReaperCommand.EVENT, "CONVICTED", Map.of("b", command.b()));
        }
    }

    private static String host(ReaperCommand command) {
        return command.b() % 4 == 3 ? "10.0.0." + (1 + command.b() % 3) : "127.0.0." + (1 + command.b() % 3);
    }
}
