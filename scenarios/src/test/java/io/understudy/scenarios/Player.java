package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.WorldBuilder;
import io.understudy.json.Json;
import io.understudy.scenarios.Scenario.Step;
import io.understudy.world.ClockMode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Plays a scenario in a world of its own, over HTTP. */
final class Player implements AutoCloseable {
    private static final String LATER = "later";

    /** Only ends a test that would otherwise hang. */
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Scenario scenario;
    private final Simulation simulation;
    private final URI url;
    private final Map<String, Client> cast = new LinkedHashMap<>();

    Player(Scenario scenario) {
        this.scenario = scenario;
        this.simulation = start(scenario.world());
        this.url = simulation.nodes().get(0).url();
    }

    private static Simulation start(Scenario.World wanted) {
        WorldBuilder world = Understudy.world().system(wanted.system());
        if (wanted.preset() != null) {
            world.preset(wanted.system(), wanted.preset());
        }
        if (wanted.knobs() != null) {
            wanted.knobs().forEach((name, value) -> world.set(wanted.system() + "." + name, value));
        }
        if (wanted.seed() != null) {
            world.seed(wanted.seed());
        }
        if (wanted.clock() != null) {
            world.clock(ClockMode.parse(wanted.clock()));
        }
        return world.start();
    }

    void play() {
        int number = 1;
        for (Step step : scenario.steps()) {
            try {
                play(step);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "step " + number + " of '" + scenario.title() + "': " + e.getMessage() + "\n"
                                + String.join("\n", simulation.world().journal().tail(10)),
                        e);
            }
            number++;
        }
    }

    private void play(Step step) {
        if (step.send() != null) {
            send(step, client(step.as() == null ? "somebody" : step.as()));
        } else if (step.hears() != null) {
            assertAnswer(step, client(step.hears()).receive(false));
        } else if (step.advance() != null) {
            simulation.world().clock().advance(ClockMode.duration(step.advance()));
        } else if (step.begin() != null) {
            simulation.world().faults().add(step.begin());
        } else if (step.end() != null) {
            assertThat(simulation.world().faults().remove(step.end()))
                    .as("there is a fault %s", step.end())
                    .isTrue();
        } else if (step.perform() != null) {
            perform(step, step.perform());
        } else if (step.look() != null) {
            look(step, Ask.of("GET", step.look()));
        } else if (step.verify() != null) {
            simulation
                    .world()
                    .journal()
                    .verify(step.verify().match().times(step.verify().times()));
        }
    }

    private Client client(String name) {
        return cast.computeIfAbsent(name, newcomer -> new Client(url));
    }

    private void send(Step step, Client client) {
        Ask ask = Ask.parse(Objects.requireNonNull(step.send()));
        if (LATER.equals(step.answers())) {
            int held = simulation.world().heldReplies();
            client.sendOnly(ask.bytes());
            awaitHeld(held + 1);
        } else {
            assertAnswer(step, client.send(ask));
        }
    }

    /** The request has to be in the world before its clock moves. */
    private void awaitHeld(int wanted) {
        long start = System.nanoTime();
        while (simulation.world().heldReplies() != wanted) {
            assertThat(System.nanoTime() - start).as("the reply is held").isLessThan(GIVE_UP_NANOS);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static void assertAnswer(Step step, Answer answer) {
        assertThat(answer.toString())
                .as(step.send() == null ? step.hears() : step.send())
                .isEqualTo(String.valueOf(step.answers()));
    }

    private void perform(Step step, Scenario.Control control) {
        Map<String, String> arguments = control.arguments() == null ? Map.of() : control.arguments();
        Object said = simulation.world().perform(scenario.world().system(), control.action(), arguments);
        assertThat(Json.write(said)).isEqualTo(Json.write(step.gives()));
    }

    private void look(Step step, Ask ask) {
        Answer answer = client("the audience").send(ask);
        assertThat(answer.status()).isEqualTo(200);
        Objects.requireNonNull(step.sees())
                .forEach((pointer, wanted) -> assertThat(answer.json().at(pointer))
                        .as("%s at %s", step.look(), pointer)
                        .isEqualTo(Answer.json(Json.write(wanted))));
    }

    @Override
    public void close() {
        cast.values().forEach(Client::close);
        simulation.close();
    }
}
