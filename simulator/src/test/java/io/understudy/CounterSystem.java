package io.understudy;

import io.understudy.control.Catalogue;
import io.understudy.fault.DomainFault;
import io.understudy.fault.DomainFaultType;
import io.understudy.fault.FaultTarget;
import io.understudy.http.Answer;
import io.understudy.http.Api;
import io.understudy.http.Endpoint;
import io.understudy.http.HttpTraits;
import io.understudy.http.HttpTraits.HeadPart;
import io.understudy.http.Route;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.system.Action;
import io.understudy.system.Knob;
import io.understudy.system.NodeSpec;
import io.understudy.system.PresetType;
import io.understudy.system.Profile;
import io.understudy.system.Quirk;
import io.understudy.system.Settings;
import io.understudy.system.Simulator;
import io.understudy.system.Surroundings;
import io.understudy.system.SystemDefinition;
import io.understudy.system.SystemInstance;
import io.understudy.undermoon.UndermoonDefinition;
import io.understudy.world.Part;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The smallest system there can be: it counts, on as many nodes as it is told. */
public final class CounterSystem implements SystemDefinition {
    private static final Knob<Long> NODES = Knob.integer("nodes", 2, 1, 4, "how many nodes it has");
    private static final Knob<Long> STEP = Knob.integer("step", 1, 1, 100, "how far it counts at once");

    /** The real systems' catalogue with this one behind it. */
    public static Catalogue withTheOthers() {
        Registry registry = new Registry(List.of(new UndermoonDefinition(), new CounterSystem()));
        return new Catalogue(registry.systems(), () -> new WorldBuilder(registry));
    }

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public String title() {
        return "Counter";
    }

    @Override
    public Class<? extends Simulator> simulatorType() {
        return CounterSimulator.class;
    }

    /** Default ports are ephemeral: tests must not meet each other. */
    @Override
    public List<NodeSpec> nodes(Settings settings) {
        return LongStream.rangeClosed(1, settings.get(NODES))
                .mapToObj(i -> new NodeSpec("n" + i, 0))
                .toList();
    }

    @Override
    public List<Profile> profiles() {
        return List.of(new Profile("plain", "counts", Map.of()), new Profile("hasty", "leaps", Map.of("step", "10")));
    }

    @Override
    public List<Knob<?>> knobs() {
        return List.of(NODES, STEP);
    }

    @Override
    public List<Quirk> quirks() {
        return List.of(new Quirk("counter.alone", "it has one node", "nodes", "1", "2"));
    }

    @Override
    public List<PresetType> presets() {
        return List.of(new PresetType("empty", "zero"), new PresetType("at(N)", "it has counted to N"));
    }

    @Override
    public String standalonePreset() {
        return "at(7)";
    }

    @Override
    public void checkPreset(String text) {
        if (!text.matches("empty|at\\(\\d+\\)")) {
            throw new IllegalArgumentException("counter has no preset '" + text + "'; write empty or at(N)");
        }
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(new Endpoint("counter.count", "POST", "/count", "counts on", "spec counter 1"));
    }

    @Override
    public List<DomainFaultType> domainFaults() {
        return List.of(new DomainFaultType("stuck", "it does not count", List.of()));
    }

    @Override
    public List<Action> actions() {
        return List.of(
                new Action("add", "adds", List.of(new Action.Parameter("by", true, "how much"))),
                new Action("clear", "goes to zero", List.of()));
    }

    @Override
    public SystemInstance install(Surroundings surroundings) {
        return new Counter(surroundings);
    }

    /** Its handle. */
    public record CounterSimulator(URI baseUrl) implements Simulator {
        @Override
        public String system() {
            return "counter";
        }
    }

    /** Its state. */
    public record State(long count) {}

    private static final class Counter implements SystemInstance, Part<State>, Api, FaultTarget {
        private final Surroundings surroundings;
        private long count;

        private Counter(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Simulator simulator() {
            return new CounterSimulator(surroundings.addresses().url("n1"));
        }

        @Override
        public Part<?> part() {
            return this;
        }

        @Override
        public Api api(String node) {
            return this;
        }

        @Override
        public FaultTarget faultTarget() {
            return this;
        }

        @Override
        public Object perform(String action, Map<String, String> arguments) {
            if (action.equals("clear")) {
                count = 0;
                return null;
            }
            count += Long.parseLong(arguments.get("by"));
            surroundings.kernel().emit("counter", "added", Map.of("count", count));
            return count;
        }

        @Override
        public String name() {
            return "counter";
        }

        @Override
        public void reset() {
            String preset = surroundings.settings().preset();
            count = preset.equals("empty") ? 0 : Long.parseLong(preset.substring(3, preset.length() - 1));
        }

        @Override
        public State state() {
            return new State(count);
        }

        @Override
        public void restore(State state) {
            count = state.count();
        }

        @Override
        public Class<State> stateType() {
            return State.class;
        }

        @Override
        public List<Endpoint> endpoints() {
            return new CounterSystem().endpoints();
        }

        @Override
        public Route route(String node, Request request) {
            return request.path().equals("/count")
                    ? new Route("counter.count", Map.of(), call -> Answer.now(text(200, Long.toString(next()))))
                    : new Route("counter.unrouted", Map.of(), call -> Answer.now(text(404, "no such path")));
        }

        private long next() {
            count += surroundings.settings().get(STEP);
            return count;
        }

        private static Reply text(int status, String body) {
            return Reply.of(status, "text/plain", Bytes.utf8(body));
        }

        @Override
        public HttpTraits traits() {
            return new HttpTraits(
                    1 << 10, 8 << 10, text(413, "too large"), List.of(HeadPart.FIELDS, HeadPart.FRAMING), true);
        }

        @Override
        public String system() {
            return "counter";
        }

        @Override
        public Map<String, Reply> typicalErrors() {
            return Map.of("FULL", text(507, "full"));
        }

        @Override
        public List<DomainFaultType> domainFaults() {
            return new CounterSystem().domainFaults();
        }

        @Override
        public void check(DomainFault fault) {}

        @Override
        public void conditionsWillChange() {}

        @Override
        public void conditionsChanged() {}
    }
}
