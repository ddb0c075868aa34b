package io.understudy.reaper;

import io.understudy.http.Outbound;
import io.understudy.journal.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Subscriptions of diagnostic events, and how events reach those who subscribed (spec reaper 1.9, 1.10). */
final class DiagEventService {
    private final AppContext context;
    private final SseBroadcaster broadcaster;
    private final Outbound outbound;

    DiagEventService(AppContext context, SseBroadcaster broadcaster, Outbound outbound) {
        this.context = context;
        this.broadcaster = broadcaster;
        this.outbound = outbound;
    }

    /**
     * A subscription as it is asked for; null = absent.
     *
     * @param nodes comma list
     * @param events comma list
     */
    record Wish(
            @Nullable String clusterName,
            @Nullable String description,
            @Nullable String nodes,
            @Nullable String events,
            boolean exportSse,
            @Nullable String exportFileLogger,
            @Nullable String exportHttpEndpoint) {}

    /** Those of a cluster of exactly that name; null = all. */
    List<DiagEventSubscription> subscriptions(@Nullable String clusterName) {
        return context.store().subscriptions().stream()
                .filter(one -> clusterName == null || one.cluster().equals(clusterName))
                .toList();
    }

    Outcome<Written<DiagEventSubscription>> subscribe(Wish wish) {
        if (wish.clusterName() == null) {
            return Outcome.refused(new Refusal.Unexpected());
        }
        Optional<DiagEventSubscription> existing = context.store().subscriptions().stream()
                .filter(one -> one.cluster().equals(wish.clusterName())
                        && isSameSet(one.nodes(), wish.nodes())
                        && isSameSet(one.events(), wish.events()))
                .findFirst();
        if (existing.isPresent()) {
            return Outcome.of(Written.unchanged(existing.get()));
        }
        boolean exportsAreThere = wish.exportFileLogger() != null && wish.exportHttpEndpoint() != null;
        if (!exportsAreThere && !context.configuration().lenientDiagParams()) {
            return Outcome.refused(new Refusal.Unexpected());
        }
        if (wish.nodes() == null || wish.events() == null) {
            return Outcome.refused(new Refusal.Unexpected());
        }
        DiagEventSubscription created = new DiagEventSubscription(
                context.chance("diag-event-subscription").nextUuid(),
                wish.clusterName(),
                wish.description(),
                Names.set(elements(wish.nodes())),
                Names.set(elements(wish.events())),
                wish.exportSse(),
                emptyIsNone(wish.exportFileLogger()),
                emptyIsNone(wish.exportHttpEndpoint()));
        context.store().put(created);
        return Outcome.of(Written.created(created));
    }

    private static boolean isSameSet(List<String> set, @Nullable String commaList) {
        return commaList != null && Set.copyOf(set).equals(Set.copyOf(Names.set(elements(commaList))));
    }

    /** An empty value is one empty element, and blanks stay (spec reaper 1.9). */
    private static List<String> elements(String commaList) {
        return List.of(commaList.split(","));
    }

    private static @Nullable String emptyIsNone(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** Nothing, on a storage that does not tell (spec reaper 0.2): 200 with an empty body. */
    Outcome<Optional<DiagEventSubscription>> subscription(UUID id) {
        Optional<DiagEventSubscription> found = context.store().subscription(id);
        return found.isEmpty() && isCassandraStorage() ? Outcome.refused(new Refusal.NotFound("")) : Outcome.of(found);
    }

    Outcome<UUID> unsubscribe(UUID id) {
        if (context.store().subscription(id).isEmpty() && isCassandraStorage()) {
            return Outcome.refused(new Refusal.NotFound(""));
        }
        context.store().removeSubscription(id);
        broadcaster.end(id);
        return Outcome.of(id);
    }

    /** The subscriptions of a cluster go with it. */
    void clusterDeleted(String clusterName) {
        subscriptions(clusterName).forEach(one -> unsubscribe(one.id()));
    }

    private boolean isCassandraStorage() {
        return context.configuration().storageFlavour() == StorageFlavour.CASSANDRA;
    }

    /** Those that somebody listens to. */
    Outcome<List<DiagEventSubscription>> adhoc() {
        List<DiagEventSubscription> found = context.store().subscriptions().stream()
                .filter(one -> broadcaster.hasListeners(one.id()))
                .toList();
        return found.isEmpty() ? Outcome.refused(new Refusal.NotFound("")) : Outcome.of(found);
    }

    /** How many nodes are polled: those of registered clusters whose events somebody gets. */
    Outcome<Integer> pollers() {
        long polled = context.store().subscriptions().stream()
                .filter(one -> context.store().cluster(one.cluster()).isPresent())
                .filter(one -> broadcaster.hasListeners(one.id()) || isAlwaysActive(one))
                .flatMap(one -> one.nodes().stream().map(node -> one.cluster() + "/" + node))
                .distinct()
                .count();
        return polled == 0 ? Outcome.refused(new Refusal.NotFound("")) : Outcome.of(Math.toIntExact(polled));
    }

    private static boolean isAlwaysActive(DiagEventSubscription subscription) {
        return subscription.exportFileLogger() != null || subscription.exportHttpEndpoint() != null;
    }

    /**
     * Has a call listen to a subscription from now on.
     *
     * @param id as given; whatever is wrong with it is an exception upstream
     */
    Outcome<DiagEventSubscription> listen(long callId, String id) {
        UUID parsed;
        try {
            parsed = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return Outcome.refused(new Refusal.Unexpected());
        }
        Optional<DiagEventSubscription> found = context.store().subscription(parsed);
        if (found.isEmpty()) {
            return Outcome.refused(new Refusal.Unexpected());
        }
        broadcaster.listen(parsed, callId);
        return Outcome.of(found.get());
    }

    /** The client of that call has gone. */
    void gone(long callId) {
        broadcaster.gone(callId);
    }

    /** An event has happened on a node: everybody gets it who subscribed to it. Says how many subscriptions that were. */
    int publish(DiagEvent event) {
        List<DiagEventSubscription> subscribed = context.store().subscriptions().stream()
                .filter(one -> one.cluster().equals(event.cluster())
                        && one.nodes().contains(event.node())
                        && one.events().contains(event.eventClass()))
                .toList();
        String json = subscribed.isEmpty() ? "" : event.json();
        for (DiagEventSubscription one : subscribed) {
            broadcaster.event(one.id(), json);
            log(one, event);
            post(one, json);
        }
        return subscribed.size();
    }

    private void log(DiagEventSubscription subscription, DiagEvent event) {
        String logger = subscription.exportFileLogger();
        if (logger != null) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("logger", logger);
            details.putAll(event.fields());
            context.emit("diagEventLogged", details);
        }
    }

    private void post(DiagEventSubscription subscription, String json) {
        String url = subscription.exportHttpEndpoint();
        if (url != null) {
            context.emit("diagEventPosted", Map.of("url", url));
            context.kernel().afterStep(() -> outbound.post(url, "application/json", Bytes.utf8(json)));
        }
    }

    /** All live nodes of a registered cluster tell that another one went down or came back. */
    void gossip(String cluster, List<String> observers, String endpoint, boolean isUp) {
        String type = isUp ? "REAL_MARKED_ALIVE" : "CONVICTED";
        for (String observer : observers) {
            publish(new DiagEvent(
                    cluster, observer, DiagEvent.GOSSIPER_EVENT, type, context.now(), Map.of("endpoint", endpoint)));
        }
    }
}
