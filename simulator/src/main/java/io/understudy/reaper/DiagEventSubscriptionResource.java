package io.understudy.reaper;

import io.understudy.http.Answer;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code /diag_event} (spec reaper 1.9, 1.10). */
final class DiagEventSubscriptionResource {
    private final DiagEventService events;
    private final ReaperReplies replies;

    DiagEventSubscriptionResource(DiagEventService events, ReaperReplies replies) {
        this.events = events;
        this.replies = replies;
    }

    Map<String, Resource> resources() {
        return Map.of(
                "reaper.getEventSubscriptions", Resource.of(this::list),
                "reaper.createEventSubscription", Resource.of(this::create),
                "reaper.getAdhocSubscriptions", Resource.of(request -> replies.of(events.adhoc(), this::array)),
                "reaper.getPollerCount", Resource.of(this::pollers),
                "reaper.getEventSubscription", Resource.of(this::get),
                "reaper.deleteEventSubscription", Resource.of(this::delete),
                "reaper.listenSse", this::listen);
    }

    private Reply list(ReaperRequest request) {
        return array(events.subscriptions(request.query("clusterName")));
    }

    private Reply array(List<DiagEventSubscription> found) {
        return ReaperReplies.json(200, json -> json.array(found, one -> ReaperJson.subscription(json, one)));
    }

    private Reply create(ReaperRequest request) {
        Function<Written<DiagEventSubscription>, Reply> located = written -> ReaperReplies.located(
                ReaperReplies.status(written.change()),
                request.location("/diag_event/subscription/" + written.value().id()));
        return replies.of(
                events.subscribe(new DiagEventService.Wish(
                        request.query("clusterName"),
                        request.query("description"),
                        request.query("nodes"),
                        request.query("events"),
                        request.queryFlag("exportSse"),
                        request.query("exportFileLogger"),
                        request.query("exportHttpEndpoint"))),
                located);
    }

    private Reply pollers(ReaperRequest request) {
        return replies.of(events.pollers(), number -> ReaperReplies.json(200, json -> json.number(number)));
    }

    private Reply get(ReaperRequest request) {
        return replies.of(
                events.subscription(request.uuid("id")),
                found -> found.map(one -> ReaperReplies.json(200, json -> ReaperJson.subscription(json, one)))
                        .orElseGet(() -> ReaperReplies.empty(200)));
    }

    private Reply delete(ReaperRequest request) {
        return replies.of(events.unsubscribe(request.uuid("id")), gone -> ReaperReplies.deleted());
    }

    private Answer listen(ReaperRequest request) {
        Outcome<DiagEventSubscription> listening = events.listen(request.id(), request.path("id"));
        if (listening instanceof Outcome.Refused<DiagEventSubscription> refused) {
            return Answer.now(replies.of(refused.refusal()));
        }
        return Answer.stream(ReaperReplies.typed(200, MediaRange.EVENTS, Bytes.EMPTY));
    }
}
