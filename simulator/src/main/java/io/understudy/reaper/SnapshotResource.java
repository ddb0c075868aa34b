package io.understudy.reaper;

import io.understudy.journal.Reply;
import java.util.List;
import java.util.Map;

/** {@code /snapshot} (spec reaper 1.6). */
final class SnapshotResource {
    private final SnapshotService snapshots;
    private final ReaperReplies replies;

    SnapshotResource(SnapshotService snapshots, ReaperReplies replies) {
        this.snapshots = snapshots;
        this.replies = replies;
    }

    Map<String, Resource> resources() {
        return Map.of(
                "reaper.createSnapshot", Resource.of(this::take),
                "reaper.createSnapshotClusterWide", Resource.of(this::takeClusterWide),
                "reaper.listSnapshots", Resource.of(this::list),
                "reaper.listSnapshotsClusterWide", Resource.of(this::listClusterWide),
                "reaper.clearSnapshot", Resource.of(this::clear),
                "reaper.clearSnapshotClusterWide", Resource.of(this::clearClusterWide));
    }

    private Reply take(ReaperRequest request) {
        return replies.of(
                snapshots.take(
                        cluster(request), host(request), request.query("keyspace"), request.query("snapshot_name")),
                name -> ReaperReplies.located(
                        200, request.location("/snapshot/" + cluster(request) + "/" + host(request))));
    }

    /** The location leads nowhere, as upstream's (P37). */
    private Reply takeClusterWide(ReaperRequest request) {
        return replies.of(
                snapshots.takeClusterWide(
                        cluster(request),
                        request.query("keyspace"),
                        request.query("snapshot_name"),
                        request.query("owner"),
                        request.query("cause")),
                name -> ReaperReplies.located(200, request.location("/snapshot/" + cluster(request))));
    }

    private Reply list(ReaperRequest request) {
        return replies.of(
                snapshots.list(cluster(request), host(request)),
                found -> ReaperReplies.json(200, json -> byName(json, found)));
    }

    private Reply listClusterWide(ReaperRequest request) {
        return replies.of(
                snapshots.listClusterWide(cluster(request)),
                found -> ReaperReplies.json(
                        200,
                        json -> json.object(() -> found.forEach((name, byHost) -> byName(json.name(name), byHost)))));
    }

    private static void byName(JsonWriter json, Map<String, List<SnapshotService.Snapshot>> found) {
        json.object(() ->
                found.forEach((name, entries) -> json.name(name).array(entries, entry -> snapshot(json, entry))));
    }

    private static void snapshot(JsonWriter json, SnapshotService.Snapshot snapshot) {
        json.object(() -> {
            json.field("name", snapshot.onNode().name()).field("host", snapshot.host());
            json.field("keyspace", snapshot.onNode().keyspace());
            json.field("table", snapshot.onNode().table());
            json.field("trueSize", snapshot.onNode().trueSize());
            json.field("sizeOnDisk", snapshot.onNode().sizeOnDisk());
            json.field("owner", snapshot.owner()).field("cause", snapshot.cause());
            json.name("creationDate").millis(snapshot.creationDate());
            json.field("clusterName", snapshot.clusterName());
        });
    }

    private Reply clear(ReaperRequest request) {
        return replies.of(
                snapshots.clear(cluster(request), host(request), request.path("snapshotName")),
                name -> ReaperReplies.deleted());
    }

    private Reply clearClusterWide(ReaperRequest request) {
        return replies.of(
                snapshots.clearClusterWide(cluster(request), request.path("snapshotName")),
                name -> ReaperReplies.deleted());
    }

    private static String cluster(ReaperRequest request) {
        return request.path("clusterName");
    }

    private static String host(ReaperRequest request) {
        return request.path("host");
    }
}
