package io.understudy.reaper;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Cassandra Reaper, as the registry knows it. */
public final class ReaperDefinition implements SystemDefinition {
    private static final int APPLICATION_PORT = 8080;
    private static final int ADMIN_PORT = 8081;

    @Override
    public String name() {
        return AppContext.SYSTEM;
    }

    @Override
    public String title() {
        return "Cassandra Reaper 4.2.3";
    }

    @Override
    public Class<? extends Simulator> simulatorType() {
        return ReaperSimulator.class;
    }

    /** A pair of ports for each process; further processes take the pairs that follow. */
    @Override
    public List<NodeSpec> nodes(Settings settings) {
        List<NodeSpec> nodes = new ArrayList<>();
        for (int i = 1; i <= settings.get(ReaperKnobs.INSTANCES); i++) {
            int offset = 2 * (i - 1);
            nodes.add(new NodeSpec(ReaperSimulator.node(ReaperSimulator.APPLICATION, i), APPLICATION_PORT + offset));
            nodes.add(new NodeSpec(ReaperSimulator.node(ReaperSimulator.ADMIN, i), ADMIN_PORT + offset));
        }
        return nodes;
    }

    @Override
    public List<Profile> profiles() {
        String release = ReaperKnobs.RELEASE.name();
        return List.of(
                new Profile("documented", "release 4.x, and what its document shows of older ones", Map.of()),
                new Profile(
                        "upstream",
                        "release 4.2.3, whose removed routes are gone, and whose schedules wait for their runs to be deleted",
                        Map.of(
                                ReaperKnobs.STRICT_ROUTES.name(),
                                "on",
                                // spec reaper 0.4: 4.2.2 and 4.2.3
                                ReaperKnobs.SCHEDULE_OVERLAP_RULE.name(),
                                "CAUSE_ONLY")),
                new Profile("3.x", "releases 3.0 to 3.8", Map.of(release, "3.x")),
                new Profile("2.x", "releases 2.0 to 2.3", Map.of(release, "2.x")));
    }

    @Override
    public List<Knob<?>> knobs() {
        return ReaperKnobs.ALL;
    }

    @Override
    public List<Quirk> quirks() {
        return List.of(
                new Quirk(
                        "reaper.strict-routes",
                        "routes that the release no longer has are gone, although they are documented",
                        ReaperKnobs.STRICT_ROUTES.name(),
                        "on",
                        "off"),
                new Quirk(
                        "reaper.schedule-overlap-cause-only",
                        "a schedule fires again only when the runs it created are deleted or purged, as in 4.2.2 and 4.2.3",
                        ReaperKnobs.SCHEDULE_OVERLAP_RULE.name(),
                        "CAUSE_ONLY",
                        "ACTIVE_RUN"),
                new Quirk(
                        "reaper.lenient-diag-params",
                        "a diagnostic event subscription may leave out its exports",
                        ReaperKnobs.LENIENT_DIAG_PARAMS.name(),
                        "on",
                        "off"),
                new Quirk(
                        "reaper.memory-storage",
                        "the answers of the SQLite based memory backend of 4.2.0 and later",
                        ReaperKnobs.STORAGE_FLAVOUR.name(),
                        "MEMORY",
                        "CASSANDRA"),
                new Quirk(
                        "reaper.dual-auth",
                        "a login gives a session cookie besides the token, for clients of 2.x and 3.x",
                        ReaperKnobs.AUTH_MODE.name(),
                        "DUAL",
                        "JWT"),
                new Quirk(
                        "reaper.basic-auth",
                        "Basic authentication is accepted, as documented and not as released",
                        ReaperKnobs.AUTH_BASIC.name(),
                        "on",
                        "off"),
                new Quirk(
                        "reaper.static-seeds",
                        "the seeds of a cluster stay as they were given",
                        ReaperKnobs.ENABLE_DYNAMIC_SEED_LIST.name(),
                        "off",
                        "on"),
                new Quirk(
                        "reaper.stale-cluster-list",
                        "a new cluster is missing from lists for up to 10 s",
                        ReaperKnobs.CLUSTER_LIST_CACHE.name(),
                        "10",
                        "0"));
    }

    @Override
    public List<PresetType> presets() {
        return ReaperPreset.TYPES;
    }

    @Override
    public String standalonePreset() {
        return ReaperPreset.standard().text();
    }

    @Override
    public void checkPreset(String text) {
        ReaperPreset.parse(text);
    }

    @Override
    public Map<String, String> presetKnobs(String text) {
        return ReaperPreset.parse(text).knobs();
    }

    @Override
    public List<Endpoint> endpoints() {
        return ReaperEndpoints.ALL.stream().map(ReaperEndpoint::asEndpoint).toList();
    }

    @Override
    public List<DomainFaultType> domainFaults() {
        return ReaperFaults.TYPES;
    }

    @Override
    public List<Action> actions() {
        return ReaperActions.ALL;
    }

    @Override
    public SystemInstance install(Surroundings surroundings) {
        return new Installed(surroundings);
    }

    private static final class Installed implements SystemInstance, FaultTarget {
        private final ReaperProcess process;
        private final ReaperSimulator simulator;

        Installed(Surroundings world) {
            process = new ReaperProcess(world);
            simulator = new ReaperSimulator(world.kernel(), process, world.faults(), world.addresses());
        }

        @Override
        public Simulator simulator() {
            return simulator;
        }

        @Override
        public Part<?> part() {
            return process;
        }

        @Override
        public Api api(String node) {
            return process.api();
        }

        @Override
        public FaultTarget faultTarget() {
            return this;
        }

        @Override
        public @Nullable Object perform(String action, Map<String, String> arguments) {
            return new ReaperActions(simulator).perform(action, arguments);
        }

        @Override
        public String system() {
            return AppContext.SYSTEM;
        }

        @Override
        public Set<String> operations() {
            return process.api().endpoints().stream().map(Endpoint::operation).collect(Collectors.toSet());
        }

        @Override
        public Map<String, Reply> typicalErrors() {
            return ReaperReplies.typicalErrors();
        }

        @Override
        public List<DomainFaultType> domainFaults() {
            return ReaperFaults.TYPES;
        }

        @Override
        public void check(DomainFault fault) {
            ReaperFaults.check(fault);
        }

        @Override
        public void conditionsWillChange() {
            // nothing is settled lazily under the old conditions: runs and segments live by events
        }

        @Override
        public void conditionsChanged() {
            process.conditionsChanged();
        }
    }
}
