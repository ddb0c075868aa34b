package io.understudy.undermoon;

import io.understudy.http.Answer;
import io.understudy.http.Call;
import io.understudy.http.Replies;
import io.understudy.http.Route;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.undermoon.Outcome.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A broker behind its API without a network: time, server proxies and the disk are as simple as they can be. Proxies are in
 * sync with the broker whenever they are asked, unless told otherwise.
 */
final class InProcess implements Client, MemBrokerService, Replies {
    /** Virtual unix seconds at the beginning: 2026-01-01T00:00:00Z. */
    static final long START = 1767225600;

    private final Map<Long, Reply> replies = new HashMap<>();
    private final Set<String> unreachable = new HashSet<>();
    private final Map<String, Long> fixedEpochs = new HashMap<>();
    private final Broker broker;
    private final UndermoonApi api;
    private long now = START;
    private long calls;
    private Optional<ErrorCode> diskError = Optional.empty();

    InProcess(BrokerConfig config, WireSettings settings) {
        broker = new Broker(config);
        api = new UndermoonApi(this, settings, this);
    }

    InProcess() {
        this(BrokerConfig.DEFAULT, WireSettings.DEFAULT);
    }

    UndermoonApi api() {
        return api;
    }

    void makeUnreachable(String proxyAddress) {
        unreachable.add(proxyAddress);
    }

    void fixEpoch(String proxyAddress, long epoch) {
        fixedEpochs.put(proxyAddress, epoch);
    }

    void thaw() {
        unreachable.clear();
        fixedEpochs.clear();
    }

    /** From now on the persist step fails with that. */
    void failToPersistWith(ErrorCode error) {
        diskError = Optional.of(error);
    }

    // --- the client ---

    @Override
    public Sent send(Request request) {
        long id = ++calls;
        Route route = api.route("broker", request);
        Answer answer = route.handler().handle(new Call(id, "broker", request, route.parameters()));
        if (answer instanceof Answer.Now it) {
            replies.put(id, it.reply());
        }
        return new Sent() {
            @Override
            public Optional<Reply> reply() {
                return Optional.ofNullable(replies.get(id));
            }

            @Override
            public void hangUp() {
                api.abandoned(id);
            }
        };
    }

    @Override
    public void advance(Duration by) {
        for (long end = now + by.toSeconds(); now < end; ) {
            now++;
            broker.autoScale().ifPresent(this::round);
        }
    }

    private void round(AutoScale waiting) {
        if (broker.autoScaleRound(fetchEpochs(waiting.proxies())) instanceof AutoScale.Step.Finished finished) {
            api.autoScaleFinished(waiting.ticket(), finished.outcome());
        }
    }

    @Override
    public void reply(long id, Reply reply) {
        replies.put(id, reply);
    }

    @Override
    public void send(long id, Bytes part) {
        throw new AssertionError("a broker streams nothing");
    }

    @Override
    public void end(long id) {
        throw new AssertionError("a broker streams nothing");
    }

    @Override
    public void drop(long id) {
        replies.remove(id);
    }

    // --- the process ---

    @Override
    public Broker broker() {
        return broker;
    }

    @Override
    public Outcome<Done> restore(MetaStoreData data) {
        return broker.restore(data);
    }

    @Override
    public Outcome<Done> registerProxy(ProxyRegistration registration) {
        return broker.registerProxy(registration);
    }

    @Override
    public Outcome<Done> reportFailure(String address, String reporterId) {
        broker.reportFailure(address, reporterId, now);
        return Outcome.done();
    }

    @Override
    public List<String> failures() {
        return broker.failures(now);
    }

    @Override
    public void setReplicaAddresses(List<String> addresses) {
        broker.setReplicaAddresses(addresses);
    }

    @Override
    public <T> Outcome<T> update(Function<Broker, Outcome<T>> command) {
        return command.apply(broker);
    }

    @Override
    public Outcome<Optional<ProxyView>> failover(String address) {
        return update(failing -> failing.failover(address));
    }

    @Override
    public Outcome<Done> triggerUpdate() {
        return diskError.<Outcome<Done>>map(Outcome::refused).orElseGet(Outcome::done);
    }

    @Override
    public EpochAnswers fetchEpochs(List<String> proxyAddresses) {
        Map<String, Long> epochs = new LinkedHashMap<>();
        List<String> silent = new ArrayList<>();
        for (String address : proxyAddresses) {
            Optional<Long> known = broker.proxy(address).map(ProxyView::epoch);
            if (unreachable.contains(address)) {
                silent.add(address);
            } else {
                epochs.put(address, fixedEpochs.getOrDefault(address, known.orElse(0L)));
            }
        }
        return new EpochAnswers(epochs, silent);
    }

    @Override
    public void waitForProxyEpoch(AutoScale waiting) {
        // advance() looks for itself who waits
    }
}
