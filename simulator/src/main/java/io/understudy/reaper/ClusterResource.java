package io.understudy.reaper;

import io.understudy.journal.Reply;
import io.understudy.reaper.cassandra.EndpointState;
import io.understudy.reaper.cassandra.GossipInfo;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /cluster} (spec reaper 1.3). */
final class ClusterResource {
    private final ClusterService clusters;
    private final ClusterRegistration registration;
    private final ClusterDeletion deletion;
    private final ReaperViews views;
    private final ReaperReplies replies;

    ClusterResource(
            ClusterService clusters,
            ClusterRegistration registration,
            ClusterDeletion deletion,
            ReaperViews views,
            ReaperReplies replies) {
        this.clusters = clusters;
        this.registration = registration;
        this.deletion = deletion;
        this.views = views;
        this.replies = replies;
    }

    Map<String, Resource> resources() {
        return Map.of(
                "reaper.getClusterList", Resource.of(this::names),
                "reaper.getCluster", Resource.of(this::status),
                "reaper.getClusterTables", Resource.of(this::tables),
                "reaper.deleteCluster", Resource.of(this::delete),
                "reaper.addOrUpdateCluster", Resource.of(request -> addOrUpdate(request, null)),
                "reaper.modifyCluster", Resource.of(request -> addOrUpdate(request, request.path("cluster_name"))),
                "reaper.addOrUpdateClusterWithAuth", Resource.of(request -> addOrUpdateWithAuth(request, null)),
                "reaper.modifyClusterWithAuth",
                        Resource.of(request -> addOrUpdateWithAuth(request, request.path("cluster_name"))));
    }

    private Reply names(ReaperRequest request) {
        List<String> names = clusters.names(request.query("seedHost"));
        return ReaperReplies.json(200, json -> json.strings(names));
    }

    private Reply tables(ReaperRequest request) {
        return replies.of(
                clusters.tables(request.path("cluster_name")),
                tables -> ReaperReplies.json(200, json -> json.object(() -> tables.forEach(json::field))));
    }

    private Reply status(ReaperRequest request) {
        OptionalInt limit = request.queryInt("limit");
        Outcome<ClusterStatus> status =
                clusters.status(request.path("cluster_name"), limit.isPresent() ? limit.getAsInt() : null);
        return replies.of(status, found -> ReaperReplies.json(200, json -> status(json, found)));
    }

    private void status(JsonWriter json, ClusterStatus status) {
        json.object(() -> {
            json.field("name", status.cluster().name());
            json.field("jmx_username", status.jmx().username());
            json.field("jmx_password_is_set", status.jmx().passwordIsSet());
            json.field("seed_hosts", status.cluster().seedHosts());
            json.name("repair_runs").array(status.runs(), run -> views.run(json, run));
            json.name("repair_schedules").array(status.schedules(), schedule -> views.schedule(json, schedule));
            json.name("nodes_status")
                    .object(() -> json.name("endpointStates")
                            .array(List.of(status.nodesStatus()), gossip -> gossip(json, gossip)));
        });
    }

    private static void gossip(JsonWriter json, GossipInfo gossip) {
        json.object(() -> {
            json.field("sourceNode", gossip.sourceNode());
            json.name("endpoints")
                    .object(() -> gossip.endpoints()
                            .forEach((datacenter, racks) -> json.name(datacenter)
                                    .object(() -> racks.forEach((rack, nodes) ->
                                            json.name(rack).array(nodes, node -> endpoint(json, node))))));
            json.field("totalLoad", gossip.totalLoad());
            json.field("endpointNames", gossip.endpointNames());
        });
    }

    private static void endpoint(JsonWriter json, EndpointState node) {
        json.object(() -> {
            json.field("endpoint", node.endpoint()).field("hostId", node.hostId());
            json.field("dc", node.dc()).field("rack", node.rack()).field("status", node.status());
            json.field("severity", node.severity()).field("releaseVersion", node.releaseVersion());
            json.field("tokens", node.tokens()).field("load", node.load()).field("type", node.type());
        });
    }

    private Reply addOrUpdate(ReaperRequest request, @Nullable String pathName) {
        return written(
                request,
                new ClusterRegistration.Wish(
                        pathName, request.query("seedHost"), boxed(request.queryInt("jmxPort")), null, null));
    }

    private Reply addOrUpdateWithAuth(ReaperRequest request, @Nullable String pathName) {
        return written(
                request,
                new ClusterRegistration.Wish(
                        pathName,
                        request.form("seedHost"),
                        boxed(request.formInt("jmxPort")),
                        request.form("jmxUsername"),
                        request.form("jmxPassword")));
    }

    private static @Nullable Integer boxed(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    private Reply written(ReaperRequest request, ClusterRegistration.Wish wish) {
        Function<Written<Cluster>, Reply> located = written -> ReaperReplies.located(
                ReaperReplies.status(written.change()),
                request.location("/cluster/" + written.value().name()));
        return replies.of(registration.addOrUpdate(wish), located);
    }

    private Reply delete(ReaperRequest request) {
        return replies.of(
                deletion.delete(request.path("cluster_name"), request.queryFlag("force")),
                done -> ReaperReplies.deleted());
    }
}
