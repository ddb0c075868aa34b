package io.understudy.scenarios;

import io.understudy.World;
import io.understudy.fault.FaultScope;
import io.understudy.reaper.ReaperSimulator;
import io.understudy.scenarios.ReaperCommand.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays commands one after the other, whatever is answered. What they are about is looked up in the world itself and not over the
 * wire, where answers get lost.
 */
final class ReaperPlayer {
    private final World world;
    private final Client client;
    private final ReaperSimulator reaper;
    private final ReaperTrouble trouble;
    private final List<String> subscriptions;

    /** @param subscriptions those that are known of */
    ReaperPlayer(World world, Client client, List<String> subscriptions) {
        this.world = world;
        this.client = client;
        this.reaper = world.simulator(ReaperSimulator.class);
        this.trouble = new ReaperTrouble(world);
        this.subscriptions = new ArrayList<>(subscriptions);
    }

    List<String> subscriptions() {
        return List.copyOf(subscriptions);
    }

    /** Goes on over another connection: one that a fault has spoilt is none of the world's affairs. */
    void reconnect() {
        client.close();
    }

    /** Plays them all, and says what was answered to each. */
    List<String> play(List<ReaperCommand> commands) {
        return commands.stream().map(this::play).toList();
    }

    private String play(ReaperCommand command) {
        if (command.kind() == Kind.OUTAGE) {
            try (FaultScope down = reaper.storageDown()) {
                world.clock().advance(command.duration());
                return down.id() + client.send("GET /ping").head() + client.send("GET /cluster");
            }
        }
        if (!command.kind().isRequest()) {
            return trouble.play(command);
        }
        Answer answer = client.sendApart(command.ask(ReaperTargets.of(reaper, subscriptions)));
        if (command.kind() == Kind.SUBSCRIBE && answer.status() == 201) {
            answer.field("location").ifPresent(at -> subscriptions.add(at.substring(at.lastIndexOf('/') + 1)));
        }
        return answer.head() + answer;
    }
}
