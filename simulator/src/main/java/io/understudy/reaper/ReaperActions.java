package io.understudy.reaper;

import io.understudy.json.BadJson;
import io.understudy.json.Json;
import io.understudy.reaper.cassandra.Compaction;
import io.understudy.reaper.cassandra.StatisticsOverrides;
import io.understudy.system.Action;
import io.understudy.system.Action.Parameter;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reaper's domain controls by name and text, for the control API; each does what the simulator's method of that name does. */
final class ReaperActions {
    private static final Parameter HOST = new Parameter("host", true, "the node's address in the ring");
    private static final Parameter CLUSTER = new Parameter("cluster", true, "the cluster's name");
    private static final Parameter KEYSPACE = new Parameter("keyspace", true, "the keyspace");
    private static final Parameter TABLE = new Parameter("table", true, "the table");

    static final List<Action> ALL = List.of(
            new Action(
                    "setNodeUp",
                    "takes a node down or brings it back",
                    List.of(HOST, new Parameter("up", true, "true or false"))),
            new Action(
                    "setPendingCompactions",
                    "sets how many compactions are pending on a node",
                    List.of(HOST, new Parameter("pending", true, "how many"))),
            new Action(
                    "setActiveCompactions",
                    "sets the compactions that are under way on a node",
                    List.of(
                            HOST,
                            new Parameter(
                                    "compactions",
                                    true,
                                    "a JSON array of objects with id, type, keyspace, table, progress, total, unit"))),
            new Action(
                    "setStatistics",
                    "sets statistics of a node, in place of the computed ones of the same names",
                    List.of(
                            HOST,
                            new Parameter(
                                    "statistics",
                                    true,
                                    "a JSON object with the arrays threadPools, droppedMessages and"
                                            + " clientRequestLatencies"))),
            new Action(
                    "setGossipStatus",
                    "sets the gossip state of a node",
                    List.of(HOST, new Parameter("status", true, "NORMAL, LEAVING, left, …"))),
            new Action(
                    "setPercentRepaired",
                    "sets how much of a table is repaired incrementally on a node",
                    List.of(HOST, KEYSPACE, TABLE, new Parameter("percent", true, "0 to 100"))),
            new Action(
                    "addNode",
                    "adds a healthy node to a Cassandra cluster",
                    List.of(
                            CLUSTER,
                            HOST,
                            new Parameter("datacenter", true, "its datacenter"),
                            new Parameter("rack", true, "its rack"),
                            new Parameter("tokens", true, "its tokens, separated by commas"))),
            new Action("removeNode", "takes a node and its tokens away", List.of(HOST)),
            new Action(
                    "moveToken",
                    "moves a token of a node",
                    List.of(
                            HOST,
                            new Parameter("from", true, "the token as it is"),
                            new Parameter("to", true, "the token as it is to be"))),
            new Action(
                    "addKeyspace",
                    "adds a keyspace with SimpleStrategy",
                    List.of(
                            CLUSTER,
                            KEYSPACE,
                            new Parameter("replicationFactor", true, "1 or more"),
                            new Parameter("tables", true, "the names of its tables, separated by commas"))),
            new Action("dropKeyspace", "drops a keyspace", List.of(CLUSTER, KEYSPACE)),
            new Action("addTable", "adds an empty table", List.of(CLUSTER, KEYSPACE, TABLE)),
            new Action("dropTable", "drops a table", List.of(CLUSTER, KEYSPACE, TABLE)),
            new Action(
                    "emitDiagEvent",
                    "has a node emit a diagnostic event, and says how many subscriptions it reaches",
                    List.of(
                            CLUSTER,
                            HOST,
                            new Parameter("eventClass", true, "the full name of its class"),
                            new Parameter("eventType", true, "its type"),
                            new Parameter("payload", false, "a JSON object; empty by default"))),
            new Action(
                    "abortSegment",
                    "aborts a segment as the API does",
                    List.of(
                            new Parameter("run", true, "the run's id"),
                            new Parameter("segment", true, "its place in the list of its run, from 0"))),
            new Action(
                    "restart",
                    "restarts the process: segments under repair go back to the beginning, listeners and sessions are"
                            + " lost",
                    List.of()));

    private final ReaperSimulator simulator;

    ReaperActions(ReaperSimulator simulator) {
        this.simulator = simulator;
    }

    @Nullable
    Object perform(String action, Map<String, String> arguments) {
        Arguments given = new Arguments(arguments);
        switch (action) {
            case "setNodeUp" -> simulator.setNodeUp(given.text("host"), given.flag("up"));
            case "setPendingCompactions" ->
                simulator.setPendingCompactions(given.text("host"), given.number("pending"));
            case "setActiveCompactions" ->
                simulator.setActiveCompactions(
                        given.text("host"), List.of(given.json("compactions", Compaction[].class)));
            case "setStatistics" ->
                simulator.setStatistics(given.text("host"), given.json("statistics", StatisticsOverrides.class));
            case "setGossipStatus" -> simulator.setGossipStatus(given.text("host"), given.text("status"));
            case "setPercentRepaired" ->
                simulator.setPercentRepaired(
                        given.text("host"), given.text("keyspace"), given.text("table"), given.number("percent"));
            case "addNode" ->
                simulator.addNode(
                        given.text("cluster"),
                        given.text("host"),
                        given.text("datacenter"),
                        given.text("rack"),
                        given.list("tokens").map(text -> token("tokens", text)).toList());
            case "removeNode" -> simulator.removeNode(given.text("host"));
            case "moveToken" ->
                simulator.moveToken(
                        given.text("host"), token("from", given.text("from")), token("to", given.text("to")));
            case "addKeyspace" ->
                simulator.addKeyspace(
                        given.text("cluster"),
                        given.text("keyspace"),
                        given.number("replicationFactor"),
                        given.list("tables").toList());
            case "dropKeyspace" -> simulator.dropKeyspace(given.text("cluster"), given.text("keyspace"));
            case "addTable" -> simulator.addTable(given.text("cluster"), given.text("keyspace"), given.text("table"));
            case "dropTable" -> simulator.dropTable(given.text("cluster"), given.text("keyspace"), given.text("table"));
            case "emitDiagEvent" -> {
                return Map.of("subscriptions", emitDiagEvent(given));
            }
            case "abortSegment" ->
                simulator.segment(given.uuid("run"), given.number("segment")).abort();
            case "restart" -> simulator.restart();
            default -> throw new IllegalArgumentException("no action " + action);
        }
        return null;
    }

    private int emitDiagEvent(Arguments given) {
        Map<String, Object> payload = new LinkedHashMap<>();
        given.jsonObject("payload").forEach((name, value) -> payload.put(String.valueOf(name), value));
        return simulator.emitDiagEvent(
                given.text("cluster"), given.text("host"), given.text("eventClass"), given.text("eventType"), payload);
    }

    private static BigInteger token(String parameter, String text) {
        try {
            return new BigInteger(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(parameter + ": '" + text + "' is no token", e);
        }
    }

    /** What was given, read. */
    private record Arguments(Map<String, String> texts) {
        String text(String name) {
            return Objects.requireNonNull(texts.get(name), name);
        }

        boolean flag(String name) {
            return switch (text(name)) {
                case "true", "on" -> true;
                case "false", "off" -> false;
                default ->
                    throw new IllegalArgumentException(name + " is '" + text(name) + "'; it must be true or false");
            };
        }

        int number(String name) {
            try {
                return Integer.parseUnsignedInt(text(name));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        name + " is '" + text(name) + "'; it must be a whole number, 0 or more", e);
            }
        }

        UUID uuid(String name) {
            try {
                return UUID.fromString(text(name));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + " is '" + text(name) + "'; it must be a UUID", e);
            }
        }

        Stream<String> list(String name) {
            return Stream.of(text(name).split(",")).map(String::trim).filter(item -> !item.isEmpty());
        }

        <T> T json(String name, Class<T> type) {
            try {
                return Json.read(text(name), type);
            } catch (BadJson e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
            }
        }

        Map<?, ?> jsonObject(String name) {
            return texts.containsKey(name) ? json(name, Map.class) : Map.of();
        }
    }
}
