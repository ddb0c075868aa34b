package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.scenarios.ReaperCommand.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a command may have changed, and what was to be answered to it (spec reaper 1.4, 1.5, 3.1, 3.3, 3.7).
 *
 * @param world how the world is set
 * @param command what was done
 * @param before what Reaper showed before
 * @param after what it shows now
 * @param began when it was done
 * @param now when the second look was taken
 */
record ReaperStep(
        RandomReaper world, ReaperCommand command, ReaperLook before, ReaperLook after, Instant began, Instant now) {
    /** What was handed to a coordinator before it was another run's turn: the wait by node and the trigger latency. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(10_400);

    void checkRequest(Ask ask, Answer answer) {
        checkStatus(ask, answer);
        assertThat(answer.status() == 204 && !answer.body().isEmpty()).isFalse();
        if (answer.status() == 204 || answer.status() == 303 || answer.status() >= 400) {
            if (!leavesTraces(answer)) {
                assertThat(after).as("%s changes nothing", answer).isEqualTo(before);
            }
            return;
        }
        Set<String> all = new HashSet<>(before.runs().keySet());
        all.addAll(after.runs().keySet());
        Set<String> changed = new HashSet<>(all);
        changed.removeIf(id -> before.state(id).equals(after.state(id)));
        switch (command.kind()) {
            case CREATE_RUN -> {
                assertThat(changed).containsExactly(answer.json().get("id").asText());
                assertThat(after.runs()).containsValue(answer.json());
            }
            case PURGE -> {
                assertThat(changed).hasSize(answer.json().asInt());
                assertThat(changed).allMatch(id -> ReaperStates.mayBecome(before.state(id), ""));
            }
            case DELETE_CLUSTER ->
                assertThat(after.runs().values())
                        .noneMatch(run -> run.get("cluster_name").asText().equals(command.cluster()));
            case START, PAUSE, ABORT, SAME_STATE, OTHER_STATE, DELETE_RUN -> {
                String run = before.targets().run(command.a()).id();
                assertThat(changed).containsExactly(run);
                assertThat(after.state(run)).isIn(reached(ask));
            }
            default -> assertThat(changed).isEmpty();
        }
        checkSegments(false);
        checkOthersAreLeftAlone(changed);
        checkSchedules(false);
    }

    /** A run all of whose segments are DONE, or whose ranges are gone, is RUNNING for no time. */
    private Set<String> reached(Ask ask) {
        String state = ask.target().substring(ask.target().lastIndexOf('/') + 1).toUpperCase(Locale.ROOT);
        return ask.method().equals("DELETE")
                ? Set.of("")
                : state.equals("RUNNING") ? Set.of("RUNNING", "DONE", "ERROR") : Set.of(state);
    }

    /** What fails half-way: spec reaper 1.6, and 0.2 of the memory flavour. */
    private boolean leavesTraces(Answer answer) {
        return answer.status() == 500
                && (command.kind() == Kind.TAKE_SNAPSHOT || command.kind() == Kind.DELETE_CLUSTER);
    }

    private void checkStatus(Ask ask, Answer answer) {
        String run = before.targets().run(command.a()).id();
        switch (command.kind()) {
            case START, PAUSE, ABORT, SAME_STATE, OTHER_STATE ->
                assertThat(answer.status())
                        .isEqualTo(ReaperStates.statusOfPut(
                                before, run, ask.target().substring(ask.target().lastIndexOf('/') + 1)));
            case DELETE_RUN ->
                assertThat(answer.status())
                        .isEqualTo(
                                ask.target().contains("owner")
                                        ? ReaperStates.statusOfDelete(before, run, command.owner())
                                        : 400);
            case ABORT_SEGMENT -> {
                if (!before.state(run).isEmpty() && world.instances() == 1) {
                    boolean isActive = Set.of("RUNNING", "PAUSED").contains(before.state(run));
                    boolean isThere =
                            before.segments().get(run).findValuesAsText("id").contains(lastOf(ask));
                    assertThat(answer.status()).isEqualTo(isActive ? isThere ? 200 : 500 : 409);
                }
            }
            case BROKEN -> assertThat(answer.status()).isGreaterThanOrEqualTo(400);
            default -> {}
        }
    }

    private static String lastOf(Ask ask) {
        return ask.target().substring(ask.target().lastIndexOf('/') + 1);
    }

    /** Time has passed, or something has happened. */
    void checkTime() {
        Set<String> all = new HashSet<>(before.runs().keySet());
        all.addAll(after.runs().keySet());
        for (String id : all) {
            String from = before.state(id);
            String to = after.state(id);
            if (!from.equals(to)) {
                assertThat(ReaperStates.mayBecome(from, to))
                        .as("run %s: %s to %s", id, from, to)
                        .isTrue();
                if (from.isEmpty()) {
                    assertThat(after.runs().get(id).get("cause").asText()).startsWith("scheduled run (schedule id ");
                }
            }
        }
        checkSegments(true);
        checkSchedules(true);
        checkTurns();
        if (command.kind() == Kind.RESTART) {
            checkRestart();
        }
    }

    /** Spec reaper 3.7.11, and 3.2: who was postponed has failed once more. */
    private void checkSegments(boolean isTime) {
        before.segments().forEach((run, segments) -> {
            JsonNode later = after.segments().get(run);
            if (later == null) {
                return;
            }
            assertThat(later).hasSameSizeAs(segments);
            for (int i = 0; i < segments.size(); i++) {
                JsonNode was = segments.get(i);
                JsonNode is = later.get(i);
                int failed = is.get("failCount").asInt() - was.get("failCount").asInt();
                assertThat(is.get("id")).isEqualTo(was.get("id"));
                assertThat(is.get("tokenRange")).isEqualTo(was.get("tokenRange"));
                assertThat(failed).as("3.7.11").isNotNegative();
                boolean isBack = is.get("state").asText().equals("NOT_STARTED")
                        && !was.get("state").asText().equals("NOT_STARTED");
                assertThat(isBack && failed == 0)
                        .as("postponed without a trace")
                        .isFalse();
                if (was.get("state").asText().equals("DONE") && isTime) {
                    assertThat(is)
                            .as("only its user sends a segment back that is DONE")
                            .isEqualTo(was);
                }
                if (!isTime && !is.equals(was)) {
                    assertThat(command.kind()).isEqualTo(Kind.ABORT_SEGMENT);
                    assertThat(failed).isOne();
                }
            }
        });
    }

    private void checkOthersAreLeftAlone(Set<String> changed) {
        Map<String, JsonNode> was = new HashMap<>(before.runs());
        Map<String, JsonNode> is = new HashMap<>(after.runs());
        String about = before.targets().run(command.a()).id();
        List.of(was, is).forEach(runs -> runs.keySet().removeIf(id -> changed.contains(id) || id.equals(about)));
        assertThat(is).isEqualTo(was);
    }

    /** Spec reaper 3.7.10 and 1.5. */
    private void checkSchedules(boolean isTime) {
        before.schedules().forEach((id, was) -> {
            JsonNode is = after.schedules().get(id);
            if (is == null) {
                assertThat(command.kind()).isIn(Kind.DELETE_SCHEDULE, Kind.DELETE_CLUSTER);
                return;
            }
            boolean isStarted = command.kind() == Kind.START_SCHEDULE
                    && before.targets().schedule(command.a()).equals(id);
            Instant earlier = Instant.parse(was.get("next_activation").asText());
            Instant later = Instant.parse(is.get("next_activation").asText());
            if (isStarted) {
                assertThat(later).isEqualTo(now.truncatedTo(ChronoUnit.SECONDS));
            } else if (!later.equals(earlier)) {
                assertThat(isTime).as("3.7.10: by itself").isTrue();
                checkMove(was, earlier, later);
            } else if (isTime && nothingAdapts()) {
                assertThat(is).as("time changes nothing else").isEqualTo(was);
            }
        });
        if (isTime) {
            assertThat(after.schedules().keySet().equals(before.schedules().keySet()) || world.autoScheduling())
                    .as("schedules do not come by themselves")
                    .isTrue();
        }
    }

    /** Spec reaper 3.3.1: otherwise counts of segments and time-outs of units change. */
    private boolean nothingAdapts() {
        return before.schedules().values().stream()
                        .noneMatch(schedule -> schedule.get("adaptive").asBoolean())
                && before.runs().values().stream()
                        .noneMatch(run -> run.get("adaptive_schedule").asBoolean());
    }

    private void checkMove(JsonNode was, Instant earlier, Instant later) {
        assertThat(was.get("state").asText()).isEqualTo("ACTIVE");
        long days = was.get("scheduled_days_between").asLong();
        long seconds = Duration.between(earlier, later).toSeconds();
        boolean isWhole =
                days > 0 && seconds > 0 && seconds % Duration.ofDays(days).toSeconds() == 0;
        assertThat(isWhole || world.retryOnError())
                .as("3.7.10: from %s to %s with %d days", earlier, later, days)
                .isTrue();
    }

    /** Spec reaper 3.7.6: who is not among the oldest starts nothing. */
    private void checkTurns() {
        Map<String, List<String>> running = running(before);
        Map<String, List<String>> still = running(after);
        running.forEach((cluster, runs) -> {
            if (runs.size() > world.maxParallelRepairs() && runs.equals(still.get(cluster))) {
                long latest = began.plus(ON_ITS_WAY).toEpochMilli();
                runs.subList(world.maxParallelRepairs(), runs.size())
                        .forEach(waiting -> after.segments()
                                .get(waiting)
                                .forEach(segment -> assertThat(
                                                segment.get("startTime").asLong())
                                        .as("3.7.6: it is not the turn of %s", waiting)
                                        .isLessThanOrEqualTo(latest)));
            }
        });
    }

    /** By cluster, the oldest first. */
    private static Map<String, List<String>> running(ReaperLook look) {
        Map<String, List<String>> running = new HashMap<>();
        look.runs().values().stream()
                .filter(run -> run.get("state").asText().equals("RUNNING"))
                .sorted(Comparator.comparing(
                        run -> UUID.fromString(run.get("id").asText()).timestamp()))
                .forEach(run -> running.computeIfAbsent(run.get("cluster_name").asText(), it -> new ArrayList<>())
                        .add(run.get("id").asText()));
        return running;
    }

    /** Spec reaper 4: segments that the process was at are back at the beginning. */
    private void checkRestart() {
        after.segments().forEach((run, segments) -> {
            for (int i = 0; i < segments.size(); i++) {
                JsonNode was = before.segments().get(run).get(i);
                boolean wasAtIt =
                        Set.of("STARTED", "RUNNING").contains(was.get("state").asText());
                assertThat(segments.get(i).get("state").asText())
                        .isEqualTo(wasAtIt ? "NOT_STARTED" : was.get("state").asText());
                assertThat(segments.get(i).get("failCount").asInt())
                        .isEqualTo(was.get("failCount").asInt() + (wasAtIt ? 1 : 0));
            }
        });
    }
}
