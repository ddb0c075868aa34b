package io.understudy.reaper;

import java.util.HashMap;
import java.util.Map;

/** Everything that answers from the model, by operation id. */
final class ReaperResources {
    private ReaperResources() {}

    static Map<String, Resource> of(ReaperProcess process, ReaperReplies replies) {
        AppContext context = process.context();
        ReaperViews views =
                new ReaperViews(context, new ReaperJson(context.configuration().release()));
        RepairRequests requests = new RepairRequests(context);
        Map<String, Resource> all = new HashMap<>();
        all.putAll(new ClusterResource(process.clusters(), process.registration(), process.deletion(), views, replies)
                .resources());
        all.putAll(new RepairRunResource(requests, process.runs(), process.runLists(), process.purge(), views, replies)
                .resources());
        all.putAll(new RepairScheduleResource(requests, process.schedules(), process.percentRepaired(), views, replies)
                .resources());
        all.putAll(new SnapshotResource(process.snapshots(), replies).resources());
        all.putAll(new NodeStatsResource(process.nodeStats(), replies).resources());
        all.putAll(new DiagEventSubscriptionResource(process.diagEvents(), replies).resources());
        return all;
    }
}
