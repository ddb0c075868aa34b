package io.understudy.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/** The state graph of spec reaper 3.1.2, and what it makes Reaper answer. */
final class ReaperStates {
    private static final Set<String> NAMES =
            Set.of("NOT_STARTED", "RUNNING", "PAUSED", "DONE", "ERROR", "ABORTED", "DELETED");
    private static final Set<String> STARTABLE = Set.of("NOT_STARTED", "PAUSED", "ERROR");
    private static final Set<String> ABORTABLE = Set.of("RUNNING", "PAUSED", "DONE");
    private static final Set<String> ENDED = Set.of("DONE", "ERROR", "ABORTED");

    private ReaperStates() {}

    /** Spec reaper 1.4.5. */
    static int statusOfPut(ReaperLook look, String run, String wanted) {
        String from = look.state(run);
        String to = wanted.toUpperCase(Locale.ROOT);
        if (from.isEmpty()) {
            return 404;
        }
        if (!NAMES.contains(to)) {
            return 400;
        }
        if (from.equals(to)) {
            return 204;
        }
        if (to.equals("RUNNING") && STARTABLE.contains(from)) {
            return unitIsBusy(look, run) ? 409 : 200;
        }
        if (to.equals("ABORTED") && from.equals("NOT_STARTED")) {
            return 500;
        }
        boolean allowed =
                to.equals("PAUSED") && from.equals("RUNNING") || to.equals("ABORTED") && ABORTABLE.contains(from);
        return allowed ? 200 : 409;
    }

    private static boolean unitIsBusy(ReaperLook look, String run) {
        JsonNode unit = look.runs().get(run).get("repair_unit_id");
        return look.runs().values().stream()
                .anyMatch(other -> other.get("repair_unit_id").equals(unit)
                        && other.get("state").asText().equals("RUNNING"));
    }

    /** Spec reaper 1.4.8; an owner is given. */
    static int statusOfDelete(ReaperLook look, String run, String owner) {
        String state = look.state(run);
        if (state.isEmpty()) {
            return 404;
        }
        boolean isRefused = state.equals("RUNNING")
                || !look.runs().get(run).get("owner").asText().equalsIgnoreCase(owner)
                || look.count(run, "RUNNING") > 0;
        return isRefused ? 409 : 202;
    }

    /** What may become of a run by itself; states are empty where there is no run. */
    static boolean mayBecome(String from, String to) {
        return switch (from) {
            case "" -> to.equals("RUNNING") || to.equals("DONE") || to.equals("ERROR"); // of a schedule
            case "RUNNING" -> ENDED.contains(to) && !to.equals("ABORTED") || to.isEmpty(); // ended, and then purged
            default -> ENDED.contains(from) && to.isEmpty();
        };
    }
}
