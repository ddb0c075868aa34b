package io.understudy.undermoon;

import io.understudy.fault.DomainFault;
import io.understudy.fault.DomainFaultType;
import io.understudy.fault.FaultTarget;
import io.understudy.http.Api;
import io.understudy.http.Endpoint;
import io.understudy.journal.Reply;
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
import io.understudy.world.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Undermoon's memory broker, as the registry knows it. */
public final class UndermoonDefinition implements SystemDefinition {
    /** The broker's default port (spec undermoon 2.1). */
    private static final int PORT = 7799;

    @Override
    public String name() {
        return UndermoonFaults.SYSTEM;
    }

    @Override
    public String title() {
        return "Undermoon memory broker 0.6.2";
    }

    @Override
    public Class<? extends Simulator> simulatorType() {
        return UndermoonSimulator.class;
    }

    @Override
    public List<NodeSpec> nodes(Settings settings) {
        return List.of(new NodeSpec(UndermoonSimulator.NODE, PORT));
    }

    @Override
    public List<Profile> profiles() {
        return List.of(
                new Profile("documented", "serves /api/v3 like release 0.6.2, and /api/v2 like its document", Map.of()),
                new Profile(
                        "upstream",
                        "release 0.6.2, which serves /api/v3 only",
                        Map.of(UndermoonKnobs.API_PREFIXES.name(), "v3")));
    }

    @Override
    public List<Knob<?>> knobs() {
        return UndermoonKnobs.ALL;
    }

    @Override
    public List<Quirk> quirks() {
        return List.of(
                new Quirk(
                        "undermoon.api-v2",
                        "the older prefix /api/v2 is served beside /api/v3",
                        UndermoonKnobs.API_PREFIXES.name(),
                        "v3,v2",
                        "v3"),
                new Quirk(
                        "undermoon.documented-statuses",
                        "FREE_NODE_NOT_FOUND and INVALID_CONFIG are 409 like in the document, not 404 and 400",
                        UndermoonKnobs.DOCUMENTED_STATUSES.name(),
                        "on",
                        "off"));
    }

    @Override
    public List<PresetType> presets() {
        return UndermoonPreset.TYPES;
    }

    @Override
    public String standalonePreset() {
        return UndermoonPreset.worldSixProxies()
                .cluster(UndermoonPreset.CLUSTER, 4)
                .text();
    }

    @Override
    public void checkPreset(String text) {
        UndermoonPreset.parse(text);
    }

    @Override
    public List<Endpoint> endpoints() {
        return UndermoonEndpoints.catalogue(List.of("v3", "v2"));
    }

    @Override
    public List<DomainFaultType> domainFaults() {
        return UndermoonFaults.TYPES;
    }

    @Override
    public List<Action> actions() {
        return UndermoonActions.ALL;
    }

    @Override
    public SystemInstance install(Surroundings surroundings) {
        return new Installed(surroundings);
    }

    private static final class Installed implements SystemInstance, FaultTarget {
        private final Deployment deployment;
        private final UndermoonSimulator simulator;
        private final UndermoonApi api;

        Installed(Surroundings world) {
            deployment = new Deployment(
                    world, new UndermoonFaults(world.faults(), world.kernel().entropy()));
            simulator = new UndermoonSimulator(world.kernel(), deployment, world.faults(), world.addresses());
            api = new UndermoonApi(deployment, UndermoonKnobs.wire(world.settings()), world.replies());
            deployment.listen(api);
        }

        @Override
        public Simulator simulator() {
            return simulator;
        }

        @Override
        public Part<?> part() {
            return deployment;
        }

        @Override
        public Api api(String node) {
            return api;
        }

        @Override
        public FaultTarget faultTarget() {
            return this;
        }

        @Override
        public @Nullable Object perform(String action, Map<String, String> arguments) {
            return new UndermoonActions(simulator).perform(action, arguments);
        }

        @Override
        public String system() {
            return UndermoonFaults.SYSTEM;
        }

        @Override
        public Set<String> operations() {
            return api.endpoints().stream().map(Endpoint::operation).collect(Collectors.toSet());
        }

        @Override
        public Map<String, Reply> typicalErrors() {
            return api.typicalErrors();
        }

        @Override
        public List<DomainFaultType> domainFaults() {
            return UndermoonFaults.TYPES;
        }

        @Override
        public void check(DomainFault fault) {
            UndermoonFaults.check(fault);
        }

        @Override
        public void conditionsWillChange() {
            deployment.conditionsWillChange();
        }

        @Override
        public void conditionsChanged() {
            deployment.conditionsChanged();
        }
    }
}
