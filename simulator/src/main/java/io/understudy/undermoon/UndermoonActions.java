package io.understudy.undermoon;

import io.understudy.system.Action;
import io.understudy.system.Action.Parameter;
import io.understudy.world.ClockMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Undermoon's domain controls by name and text, for the control API; each does what the simulator's method of that name does. */
final class UndermoonActions {
    private static final Parameter ADDRESS =
            new Parameter("address", true, "the proxy's address, as it was registered");

    private static final Parameter METADATA = new Parameter("metadata", true, "a whole store, as GET /metadata has it");

    static final List<Action> ALL = List.of(
            new Action(
                    "switchAutopilot",
                    "switches the stand-in coordinator",
                    List.of(new Parameter("on", true, "true or false"))),
            new Action(
                    "commitShownMigrations",
                    "commits every migration that a cluster shows, and says how many",
                    List.of(new Parameter("cluster", true, "the cluster's name"))),
            new Action(
                    "setProxyLag",
                    "has a server proxy get to know changes so long after them",
                    List.of(ADDRESS, new Parameter("lag", true, "a duration such as 2s, in virtual time"))),
            new Action(
                    "freezeProxyEpoch",
                    "nails the epoch that a server proxy knows",
                    List.of(ADDRESS, new Parameter("epoch", true, "the epoch, 0 to 2^64-1"))),
            new Action("thawProxyEpoch", "has a server proxy with a frozen epoch learn again", List.of(ADDRESS)),
            new Action(
                    "restart",
                    "restarts the broker: it forgets everything, or with recoverFromMetaFile all that was not saved",
                    List.of()),
            new Action("restoreMetadata", "gives the broker another store, whatever its epoch", List.of(METADATA)),
            new Action(
                    "writeExternal",
                    "has another broker write to the external storage, which this one does not see at once",
                    List.of(METADATA)));

    private final UndermoonSimulator simulator;

    UndermoonActions(UndermoonSimulator simulator) {
        this.simulator = simulator;
    }

    @Nullable
    Object perform(String action, Map<String, String> arguments) {
        switch (action) {
            case "switchAutopilot" -> simulator.switchAutopilot(flag(argument(arguments, "on")));
            case "commitShownMigrations" -> {
                return Map.of("committed", simulator.commitShownMigrations(argument(arguments, "cluster")));
            }
            case "setProxyLag" ->
                simulator.setProxyLag(argument(arguments, "address"), duration(argument(arguments, "lag")));
            case "freezeProxyEpoch" ->
                simulator.freezeProxyEpoch(argument(arguments, "address"), epoch(argument(arguments, "epoch")));
            case "thawProxyEpoch" -> simulator.thawProxyEpoch(argument(arguments, "address"));
            case "restart" -> simulator.restart();
            case "restoreMetadata" -> simulator.restoreMetadata(argument(arguments, "metadata"));
            case "writeExternal" -> simulator.writeExternal(argument(arguments, "metadata"));
            default -> throw new IllegalArgumentException("no action " + action);
        }
        return null;
    }

    private static String argument(Map<String, String> arguments, String name) {
        return Objects.requireNonNull(arguments.get(name), name);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true", "on" -> true;
            case "false", "off" -> false;
            default -> throw new IllegalArgumentException("on is '" + text + "'; it must be true or false");
        };
    }

    private static Duration duration(String text) {
        try {
            return ClockMode.duration(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("lag is '" + text + "'; it must be a duration such as 2s or PT1M", e);
        }
    }

    private static long epoch(String text) {
        return Epoch.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "epoch is '" + text + "'; it must be a whole number from 0 to 18446744073709551615"));
    }
}
