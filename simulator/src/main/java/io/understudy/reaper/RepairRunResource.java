package io.understudy.reaper;

import io.understudy.journal.Reply;
import io.understudy.reaper.Refusal.BadRequest;
import io.understudy.reaper.RepairRunService.RunSettings;
import io.understudy.reaper.RepairRunService.StateChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** {@code /repair_run} (spec reaper 1.4). */
final class RepairRunResource {
    private static final String NO_CAUSE = "no cause specified";

    private final RepairRequests requests;
    private final RepairRunService runs;
    private final RepairRunLists lists;
    private final PurgeService purge;
    private final AppContext context;
    private final ReaperViews views;
    private final ReaperReplies replies;

    RepairRunResource(
            RepairRequests requests,
            RepairRunService runs,
            RepairRunLists lists,
            PurgeService purge,
            ReaperViews views,
            ReaperReplies replies) {
        this.requests = requests;
        this.runs = runs;
        this.lists = lists;
        this.purge = purge;
        this.context = views.context();
        this.views = views;
        this.replies = replies;
    }

    Map<String, Resource> resources() {
        return Map.ofEntries(
                entry("reaper.listRepairRuns", this::list),
                entry("reaper.getRepairRunsForCluster", this::ofCluster),
                entry("reaper.createRepairRun", this::create),
                entry("reaper.purgeRepairRuns", this::purge),
                entry("reaper.getRepairRun", this::get),
                entry("reaper.deleteRepairRun", this::delete),
                entry("reaper.modifyRunState", this::redirectToState),
                entry("reaper.updateRepairRunState", this::updateState),
                entry("reaper.updateRepairRunIntensity", this::updateIntensity),
                entry("reaper.getRepairRunSegments", this::segments),
                entry("reaper.abortSegment", this::abortSegment));
    }

    private static Map.Entry<String, Resource> entry(String operation, Function<ReaperRequest, Reply> reply) {
        return Map.entry(operation, Resource.of(reply));
    }

    private Reply purge(ReaperRequest request) {
        return ReaperReplies.json(200, json -> json.number(purge.purge()));
    }

    private Reply list(ReaperRequest request) {
        Outcome<List<RepairRun>> found = lists.runs(
                RepairParameters.list(request.query("state")),
                Optional.ofNullable(request.query("cluster_name")),
                Optional.ofNullable(request.query("keyspace_name")),
                limit(request));
        return replies.of(found, this::array);
    }

    private Reply ofCluster(ReaperRequest request) {
        return array(lists.ofCluster(request.path("clusterName"), limit(request)));
    }

    private static int limit(ReaperRequest request) {
        return request.queryInt("limit").orElse(RepairRunLists.DEFAULT_LIMIT);
    }

    private Reply array(List<RepairRun> found) {
        return ReaperReplies.json(200, json -> json.array(found, run -> views.run(json, run)));
    }

    private Reply create(ReaperRequest request) {
        Outcome<RepairRun> created = requests.read(request)
                .then(wish -> runs.register(
                        wish.cluster(),
                        wish.unit(),
                        new RunSettings(
                                wish.owner(),
                                Optional.ofNullable(request.query("cause")).orElse(NO_CAUSE),
                                wish.parallelism(),
                                wish.intensity(),
                                wish.segmentCountPerNode()
                                        .orElse(context.configuration().segmentCountPerNode()),
                                false),
                        wish.force()));
        return replies.of(
                created,
                run -> ReaperReplies.located(
                        201, location(request, run), JsonWriter.bytes(json -> views.run(json, run))));
    }

    private Reply get(ReaperRequest request) {
        return replies.of(runs.run(request.uuid("id")), run -> ReaperReplies.json(200, json -> views.run(json, run)));
    }

    private Reply segments(ReaperRequest request) {
        return replies.of(
                runs.run(request.uuid("id")),
                run -> ReaperReplies.json(
                        200,
                        json -> json.array(
                                context.runs().segments(run).all(), segment -> views.segment(json, segment, run))));
    }

    private Reply delete(ReaperRequest request) {
        String owner = request.query("owner");
        return owner == null
                ? replies.of(new BadRequest("required query parameter \"owner\" is missing"))
                : replies.of(runs.delete(request.uuid("id"), owner), run -> ReaperReplies.deleted());
    }

    private Reply updateState(ReaperRequest request) {
        Function<StateChange, Reply> reply =
                change -> ReaperReplies.located(change.isChanged() ? 200 : 204, location(request, change.run()));
        return replies.of(runs.updateState(request.uuid("id"), request.path("state")), reply);
    }

    /** What 2.x has in its place: it redirects, and changes nothing. */
    private Reply redirectToState(ReaperRequest request) {
        String state = request.query("state");
        UUID id = request.uuid("id");
        if (state == null) {
            return replies.of(new BadRequest("state argument missing"));
        }
        Optional<RunState> named = RunState.named(state);
        if (named.isEmpty()) {
            return replies.of(new BadRequest("invalid \"state\" argument: " + state));
        }
        return replies.of(
                runs.run(id), run -> ReaperReplies.located(303, location(request, run) + "/state/" + named.get()));
    }

    private Reply updateIntensity(ReaperRequest request) {
        String intensity = request.path("intensity");
        Outcome<RepairRun> updated = RepairParameters.intensity(intensity)
                .<Outcome<RepairRun>>map(Outcome::refused)
                .orElseGet(() -> runs.updateIntensity(request.uuid("id"), Double.parseDouble(intensity)));
        return replies.of(updated, run -> ReaperReplies.located(200, location(request, run)));
    }

    private Reply abortSegment(ReaperRequest request) {
        UUID id = request.uuid("id");
        Outcome<RepairSegment> aborted = runs.abortSegment(id, request.uuid("segment_id"), request.instance());
        return replies.of(
                aborted.then(segment ->
                        runs.run(id).map(run -> ReaperReplies.json(200, json -> views.segment(json, segment, run)))),
                reply -> reply);
    }

    private static String location(ReaperRequest request, RepairRun run) {
        return request.location("/repair_run/" + run.id());
    }
}
