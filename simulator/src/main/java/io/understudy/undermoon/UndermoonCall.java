package io.understudy.undermoon;

import io.understudy.http.Call;
import io.understudy.journal.Reply;
import io.understudy.undermoon.Outcome.Done;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** One call on its way through the broker: what it says becomes a command, what comes of that a reply. */
record UndermoonCall(
        MemBrokerService service, WireSettings settings, UndermoonReplies replies, Dialect dialect, Call call) {

    /** The reply; empty if it comes later. */
    Optional<Reply> answer(UndermoonEndpoints endpoint) {
        if (endpoint == UndermoonEndpoints.AUTO_SCALE) {
            return autoScale();
        }
        return Optional.of(reply(endpoint));
    }

    /** Numbers as in spec undermoon 1. */
    private Reply reply(UndermoonEndpoints endpoint) {
        return switch (endpoint) {
            case GET_VERSION -> Dialect.text(200, settings.versionString());
            case GET_METADATA -> replies.json(out -> UndermoonJson.metaStore(out, broker().metadata()));
            case RESTORE_METADATA -> body(dialect.metaStore(), store -> done(service.restore(store)));
            case LIST_CLUSTER_NAMES -> page("names", Broker::clusterNames);
            case GET_CLUSTER -> orNull("cluster", broker().cluster(cluster()), this::cluster);
            case GET_CLUSTER_INFO -> replies.json(broker().clusterInfo(cluster()), UndermoonJson::clusterInfo);
            case CREATE_CLUSTER ->
                body(UndermoonBodies.CREATE_CLUSTER, nodes -> saved(broker -> broker.createCluster(cluster(), nodes)));
            case DELETE_CLUSTER -> saved(broker -> broker.deleteCluster(cluster()));
            case ADD_NODES ->
                body(UndermoonBodies.ADD_NODES, nodes -> added(broker -> broker.addNodes(cluster(), nodes)));
            case GROW_NODES ->
                body(UndermoonBodies.GROW_NODES, total -> added(broker -> broker.scaleUpNodes(cluster(), total)));
            case DELETE_FREE_NODES -> saved(broker -> broker.deleteFreeNodes(cluster()));
            case EXPAND -> saved(broker -> broker.expand(cluster()));
            case SHRINK -> saved(broker -> broker.shrink(cluster(), number("node_number")));
            case AUTO_SCALE -> throw new IllegalStateException("may have to wait");
            case COMMIT_MIGRATION ->
                body(UndermoonBodies.MIGRATION_TASK, task -> saved(broker -> broker.commitMigration(task)));
            case CHANGE_CONFIG ->
                body(
                        UndermoonBodies.CONFIG_CHANGES,
                        changes -> saved(broker -> broker.changeConfig(cluster(), changes)));
            case BALANCE -> saved(broker -> broker.balanceMasters(cluster()));
            case LIST_PROXIES -> page("addresses", Broker::proxyAddresses);
            case GET_PROXY -> orNull("proxy", broker().proxy(address()), dialect::proxy);
            case REGISTER_PROXY -> body(UndermoonBodies.PROXY, this::register);
            case UNREGISTER_PROXY -> saved(broker -> broker.removeProxy(address()));
            case LIST_FAILED_PROXIES -> named("addresses", broker().failedProxies());
            case FAILOVER -> failover();
            case REPORT_FAILURE -> saved(service.reportFailure(address(), call.parameter("reporter_id")));
            case LIST_FAILURES -> named("addresses", service.failures());
            case CHECK_RESOURCES -> replies.of(broker().checkResource(), hosts -> named("hosts_cannot_fail", hosts));
            case GET_CONFIG -> named("replica_addresses", broker().replicaAddresses());
            case SET_CONFIG -> body(UndermoonBodies.BROKER_CONFIG, this::setConfig);
            case GET_EPOCH -> dialect.epoch(broker().globalEpoch());
            case SET_EPOCH -> saved(broker -> broker.forceEpoch(number("epoch")));
            case RECOVER_EPOCH -> recoverEpoch();
        };
    }

    /** What answers a wait that has ended; also the persist step of endpoint 14. */
    static Reply finished(MemBrokerService service, UndermoonReplies replies, Dialect dialect, Outcome<Done> outcome) {
        return replies.of(outcome.flatMap(done -> service.triggerUpdate()), done -> dialect.empty());
    }

    private Optional<Reply> autoScale() {
        String ticket = new AutoScaleTicket(call.id(), dialect.version()).toString();
        Outcome<AutoScale.Step> begun = service.update(broker -> {
            AutoScale.Step step = broker.beginAutoScale(cluster(), number("node_number"), ticket);
            // A refusal must be seen as one by the storage, which forgets what refused commands did.
            return step instanceof AutoScale.Step.Finished finished
                    ? finished.outcome().map(done -> step)
                    : Outcome.accepted(step);
        });
        if (begun instanceof Outcome.Accepted<AutoScale.Step> accepted
                && accepted.value() instanceof AutoScale.Step.Waiting waiting) {
            service.waitForProxyEpoch(waiting.waiting());
            return Optional.empty();
        }
        return Optional.of(finished(service, replies, dialect, begun.map(step -> Done.DONE)));
    }

    /** The persist step comes even if the registration was refused, and its error outranks the refusal's. */
    private Reply register(ProxyRegistration registration) {
        Outcome<Done> registered = service.registerProxy(registration);
        return done(service.triggerUpdate().flatMap(saved -> registered));
    }

    /** The persist step comes even if the failover was refused, but the refusal outranks its error. */
    private Reply failover() {
        Outcome<Optional<ProxyView>> replaced = service.failover(address());
        Outcome<Done> saved = service.triggerUpdate();
        return replies.of(
                replaced.flatMap(proxy -> saved.map(done -> proxy)), proxy -> orNull("proxy", proxy, dialect::proxy));
    }

    private Reply setConfig(List<String> replicaAddresses) {
        service.setReplicaAddresses(replicaAddresses);
        return dialect.empty();
    }

    private Reply recoverEpoch() {
        EpochAnswers answers = service.fetchEpochs(broker().proxyAddresses());
        return replies.of(
                service.update(broker -> Outcome.accepted(broker.recoverEpoch(answers))),
                unreachable -> named("failed_addresses", unreachable));
    }

    // --- what calls say ---

    private Broker broker() {
        return service.broker();
    }

    private String cluster() {
        return call.parameter("cluster");
    }

    private String address() {
        return call.parameter("address");
    }

    private long number(String parameter) {
        return Epoch.parse(call.parameter(parameter)).orElseThrow();
    }

    private <B> Reply body(SerdeShape<B> shape, Function<B, Reply> then) {
        Optional<Reply> refused = dialect.refusedUnread(call.request());
        if (refused.isPresent()) {
            return refused.get();
        }
        B body;
        try {
            body = shape.readDocument(call.request().body().toArray());
        } catch (SerdeException e) {
            return dialect.unreadable(e);
        }
        return then.apply(body);
    }

    // --- what is replied ---

    /** Executes a command whose success is stored and has nothing to say. */
    private Reply saved(Function<Broker, Outcome<Done>> command) {
        return saved(service.update(command));
    }

    private Reply saved(Outcome<Done> outcome) {
        return done(outcome.flatMap(done -> service.triggerUpdate()));
    }

    private Reply done(Outcome<Done> outcome) {
        return replies.of(outcome, done -> dialect.empty());
    }

    private Reply added(Function<Broker, Outcome<List<NodeView>>> command) {
        Outcome<List<NodeView>> added =
                service.update(command).flatMap(nodes -> service.triggerUpdate().map(saved -> nodes));
        return replies.json(added, this::nodes);
    }

    private void nodes(JsonText out, List<NodeView> nodes) {
        out.list(nodes, (o, node) -> dialect.node(o, cluster(), node));
    }

    private void cluster(JsonText out, ClusterView view) {
        out.open('{').name("name").string(view.name()).name("epoch").unsigned(view.epoch());
        out.name("nodes").list(view.nodes(), (o, node) -> dialect.node(o, view.name(), node));
        out.name("config");
        UndermoonJson.config(out, view.config());
        out.close('}');
    }

    private <T> Reply orNull(String name, Optional<T> value, BiConsumer<JsonText, T> write) {
        return replies.json(out -> {
            out.open('{').name(name);
            value.ifPresentOrElse(it -> write.accept(out, it), out::nothing);
            out.close('}');
        });
    }

    private Reply named(String name, List<String> texts) {
        return replies.json(out -> UndermoonJson.named(out, name, texts));
    }

    private Reply page(String name, Function<Broker, List<String>> all) {
        PageQuery query;
        try {
            query = PageQuery.parse(call.request().query());
        } catch (SerdeException e) {
            return dialect.badQuery(e.getMessage());
        }
        return named(name, query.of(all.apply(broker())));
    }
}
