package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.WorldBuilder;
import io.understudy.json.Json;
import io.understudy.scenarios.Scenario.Step;
import io.understudy.world.ClockMode;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plays a scenario in a world of its own, over HTTP. */
final class Player implements AutoCloseable {
    private static final String LATER = "later";
    private static final Pattern CAPTURED = Pattern.compile("\\$\\{(\\w+)}");

    /** Only ends a test that would otherwise hang. */
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Scenario scenario;
    private final Simulation simulation;
    private final URI url;
    private final Map<String, Client> cast = new LinkedHashMap<>();
    private final Map<String, String> captured = new HashMap<>();

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
                play(filled(step));
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

    /** The step with what has been captured put in where it is named. */
    private Step filled(Step step) {
        return Json.convert(filled(Json.convert(step, Object.class)), Step.class);
    }

    private @Nullable Object filled(@Nullable Object part) {
        if (part instanceof String text) {
            return CAPTURED.matcher(text).replaceAll(name -> {
                String value = captured.get(name.group(1));
                assertThat(value)
                        .as("what has been captured as %s", name.group())
                        .isNotNull();
                return Matcher.quoteReplacement(value);
            });
        }
        if (part instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> filled = new LinkedHashMap<>();
            map.forEach((key, value) -> filled.put(Objects.requireNonNull(filled(key)), filled(value)));
            return filled;
        }
        return part instanceof List<?> list ? list.stream().map(this::filled).toList() : part;
    }

    private Client client(String name) {
        return cast.computeIfAbsent(name, newcomer -> new Client(url));
    }

    private void send(Step step, Client client) {
        Ask ask = ask(step);
        if (LATER.equals(step.answers())) {
            int held = simulation.world().heldReplies();
            client.sendOnly(ask.bytes());
            awaitHeld(held + 1);
        } else {
            Answer answer = client.send(ask);
            assertAnswer(step, answer);
            lookInside(step, answer);
        }
    }

    private static Ask ask(Step step) {
        Ask ask = Ask.parse(Objects.requireNonNull(step.send()));
        if (step.form() != null) {
            ask = Ask.form(ask.method(), ask.target(), step.form());
        }
        if (step.with() != null) {
            for (Map.Entry<String, String> field : step.with().entrySet()) {
                ask = ask.with(field.getKey() + ": " + field.getValue());
            }
        }
        return ask;
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
        String wanted = String.valueOf(step.answers());
        boolean statusOnly = step.looksInside() && wanted.matches("\\d+");
        assertThat(statusOnly ? String.valueOf(answer.status()) : answer.toString())
                .as(step.send() == null ? step.hears() : step.send())
                .isEqualTo(wanted);
    }

    private void perform(Step step, Scenario.Control control) {
        Map<String, String> arguments = control.arguments() == null ? Map.of() : control.arguments();
        Object said = simulation.world().perform(scenario.world().system(), control.action(), arguments);
        assertThat(Json.write(said)).isEqualTo(Json.write(step.gives()));
    }

    private void look(Step step, Ask ask) {
        Answer answer = client("the audience").send(ask);
        assertThat(answer.status()).isEqualTo(200);
        lookInside(step, answer);
    }

    private void lookInside(Step step, Answer answer) {
        String what = step.send() == null ? step.look() : step.send();
        if (step.sees() != null) {
            step.sees()
                    .forEach((pointer, wanted) -> assertThat(answer.json().at(pointer))
                            .as("%s at %s", what, pointer)
                            .isEqualTo(Answer.json(Json.write(wanted))));
        }
        if (step.tally() != null) {
            step.tally().forEach((member, wanted) -> {
                Map<String, Integer> counts = new HashMap<>();
                answer.json()
                        .forEach(element -> counts.merge(element.path(member).asText(), 1, Integer::sum));
                assertThat(counts).as("%s by %s", what, member).isEqualTo(wanted);
            });
        }
        if (step.capture() != null) {
            step.capture().forEach((name, place) -> {
                String value = place.startsWith("/")
                        ? answer.json().at(place).asText()
                        : answer.field(place).orElse("");
                assertThat(value).as("%s at %s", what, place).isNotEmpty();
                captured.put(name, value);
            });
        }
    }

    @Override
    public void close() {
        cast.values().forEach(Client::close);
        simulation.close();
    }
}
