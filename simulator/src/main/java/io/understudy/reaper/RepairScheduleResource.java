package io.understudy.reaper;

import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.reaper.RepairScheduleService.Creation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /repair_schedule} (spec reaper 1.5). */
final class RepairScheduleResource {
    private final RepairRequests requests;
    private final RepairScheduleService schedules;
    private final PercentRepairedMonitor percentRepaired;
    private final ReaperViews views;
    private final ReaperReplies replies;

    RepairScheduleResource(
            RepairRequests requests,
            RepairScheduleService schedules,
            PercentRepairedMonitor percentRepaired,
            ReaperViews views,
            ReaperReplies replies) {
        this.requests = requests;
        this.schedules = schedules;
        this.percentRepaired = percentRepaired;
        this.views = views;
        this.replies = replies;
    }

    Map<String, Resource> resources() {
        return Map.of(
                "reaper.listSchedules", Resource.of(this::list),
                "reaper.getRepairSchedulesForCluster", Resource.of(this::ofCluster),
                "reaper.createRepairSchedule", Resource.of(this::create),
                "reaper.startRepairSchedule", Resource.of(this::start),
                "reaper.getRepairSchedule", Resource.of(this::get),
                "reaper.modifyState", Resource.of(this::updateState),
                "reaper.patchRepairSchedule", Resource.of(this::patch),
                "reaper.deleteRepairSchedule", Resource.of(this::delete),
                "reaper.getPercentRepairedMetricsPerSchedule", Resource.of(this::percentRepaired));
    }

    private Reply list(ReaperRequest request) {
        return array(schedules.schedules(request.query("clusterName"), request.query("keyspace")));
    }

    private Reply ofCluster(ReaperRequest request) {
        return array(schedules.schedules(request.path("cluster_name"), null));
    }

    private Reply array(List<RepairSchedule> found) {
        return ReaperReplies.json(200, json -> json.array(found, schedule -> views.schedule(json, schedule)));
    }

    private Reply create(ReaperRequest request) {
        Outcome<Creation> created = requests.read(request)
                .then(wish -> schedules.create(
                        wish.cluster(),
                        new RepairScheduleService.Wish(
                                wish.unit(),
                                wish.owner(),
                                request.queryInt("scheduleDaysBetween").stream()
                                        .boxed()
                                        .findFirst()
                                        .orElse(null),
                                request.query("scheduleTriggerTime"),
                                wish.segmentCountPerNode().orElse(0),
                                wish.parallelism(),
                                wish.intensity(),
                                request.queryFlag("adaptive"),
                                request.queryInt("percentUnrepairedThreshold").orElse(-1),
                                wish.force())));
        return replies.of(created, creation -> reply(request, creation));
    }

    private static Reply reply(ReaperRequest request, Creation creation) {
        if (creation instanceof Creation.Created created) {
            return ReaperReplies.located(201, location(request, created.schedule()));
        } else if (creation instanceof Creation.Existing existing) {
            return ReaperReplies.located(204, location(request, existing.schedule()));
        } else if (creation instanceof Creation.Conflicting conflicting) {
            return ReaperReplies.located(
                    409, location(request, conflicting.schedule()), Bytes.utf8(conflicting.message()));
        }
        return ReaperReplies.empty(204);
    }

    private static String location(ReaperRequest request, RepairSchedule schedule) {
        return request.location("/repair_schedule/" + schedule.id());
    }

    private Reply get(ReaperRequest request) {
        return shown(schedules.schedule(request.uuid("id")));
    }

    private Reply start(ReaperRequest request) {
        return shown(schedules.start(request.uuid("id")));
    }

    private Reply shown(Outcome<RepairSchedule> outcome) {
        return replies.of(outcome, schedule -> ReaperReplies.json(200, json -> views.schedule(json, schedule)));
    }

    private Reply updateState(ReaperRequest request) {
        return replies.of(
                schedules.updateState(request.uuid("id"), request.query("state")),
                written -> ReaperReplies.located(
                        ReaperReplies.status(written.change()), location(request, written.value())));
    }

    private Reply patch(ReaperRequest request) {
        Optional<SchedulePatch> patch = SchedulePatchJson.read(request.json().text());
        if (patch.isEmpty()) {
            return invalid(List.of("The request body must not be null"));
        }
        List<String> violations = patch.get().violations();
        return violations.isEmpty() ? shown(schedules.patch(request.uuid("id"), patch.get())) : invalid(violations);
    }

    private static Reply invalid(List<String> errors) {
        return ReaperReplies.json(422, json -> json.object(() -> json.field("errors", errors)));
    }

    private Reply delete(ReaperRequest request) {
        return replies.of(
                schedules.delete(request.uuid("id"), request.query("owner")), gone -> ReaperReplies.deleted());
    }

    private Reply percentRepaired(ReaperRequest request) {
        UUID id = request.uuid("id");
        List<PercentRepairedMetric> metrics = percentRepaired.metrics(request.path("clusterName"), id);
        return ReaperReplies.json(200, json -> json.array(metrics, metric -> ReaperJson.metric(json, metric)));
    }
}
