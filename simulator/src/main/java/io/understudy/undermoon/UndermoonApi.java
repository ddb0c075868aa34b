package io.understudy.undermoon;

import io.understudy.http.Answer;
import io.understudy.http.Api;
import io.understudy.http.Call;
import io.understudy.http.Endpoint;
import io.understudy.http.HttpTraits;
import io.understudy.http.HttpTraits.HeadPart;
import io.understudy.http.Replies;
import io.understudy.http.Route;
import io.understudy.journal.Headers;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.undermoon.Outcome.Done;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The broker's HTTP API (spec undermoon 1–3): v3 as warp serves it and v2 as actix did, over one and the same broker. */
final class UndermoonApi implements Api, AutoScaleListener {
    /**
     * Upstream's v3 has no limit on bodies (spec undermoon 2.1), a simulator must have one: the dump of a store of a hundred
     * thousand chunks is a third of this.
     */
    static final int MAX_BODY_BYTES = 256 << 20;

    /** What hyper 0.14 reads of a request head at most: its default {@code max_buf_size}. */
    static final int MAX_HEADER_BYTES = 8192 + 4096 * 100;

    private final MemBrokerService service;
    private final WireSettings settings;
    private final Replies replies;
    private final UndermoonReplies rendering;
    private final UndermoonRouter router;

    UndermoonApi(MemBrokerService service, WireSettings settings, Replies replies) {
        this.service = service;
        this.settings = settings;
        this.replies = replies;
        this.rendering = new UndermoonReplies(settings.documentedStatuses());
        this.router = new UndermoonRouter(settings.dialects());
    }

    @Override
    public List<Endpoint> endpoints() {
        return UndermoonEndpoints.catalogue(settings.apiPrefixes());
    }

    @Override
    public Route route(String node, Request request) {
        UndermoonRouter.Found found = router.find(request);
        if (found instanceof UndermoonRouter.Found.Operation operation) {
            return new Route(operation.endpoint().operation(), operation.parameters(), call -> handle(operation, call));
        }
        Reply reply = found instanceof UndermoonRouter.Found.Nothing nothing
                ? nothing.dialect().notRouted(nothing.badNumber())
                : Reply.empty(404);
        return new Route(UndermoonEndpoints.SYSTEM + ".unrouted", Map.of(), call -> Answer.now(reply));
    }

    private Answer handle(UndermoonRouter.Found.Operation operation, Call call) {
        Dialect dialect = operation.dialect();
        return new UndermoonCall(service, settings, rendering, dialect, call)
                .answer(operation.endpoint())
                .map(reply -> dialect.compressed(
                        reply, operation.endpoint(), takesGzip(call.request().headers())))
                .map(Answer::now)
                .orElseGet(Answer::later);
    }

    private static boolean takesGzip(Headers headers) {
        return headers.all("accept-encoding").stream()
                .flatMap(value -> List.of(value.toLowerCase(Locale.ROOT).split(",")).stream())
                .map(String::strip)
                .anyMatch(coding -> coding.matches("(gzip|x-gzip|\\*)( *; *q=(1(\\.0*)?|0\\.0*[1-9][0-9]*))?"));
    }

    /**
     * Answers a call of endpoint 14 whose wait has ended; inside a step of the world.
     *
     * @param ticket what {@link AutoScale#ticket} said
     */
    @Override
    public void autoScaleFinished(String ticket, Outcome<Done> outcome) {
        AutoScaleTicket waited = AutoScaleTicket.parse(ticket);
        settings.dialects().stream()
                .filter(dialect -> dialect.version().equals(waited.apiVersion()))
                .forEach(dialect ->
                        replies.reply(waited.callId(), UndermoonCall.finished(service, rendering, dialect, outcome)));
    }

    @Override
    public void autoScaleLost(String ticket) {
        replies.drop(AutoScaleTicket.parse(ticket).callId());
    }

    /** Upstream drops a waiting scale-out with its client, and with it the lock (spec undermoon 3.5; unconfirmed). */
    @Override
    public void abandoned(long id) {
        boolean waits = service.broker()
                .autoScale()
                .filter(waiting -> AutoScaleTicket.parse(waiting.ticket()).callId() == id)
                .isPresent();
        if (waits) {
            service.broker().abortAutoScale();
        }
    }

    /** As hyper: names in lower case, always a date, and that at the end. */
    @Override
    public HttpTraits traits() {
        return new HttpTraits(
                MAX_BODY_BYTES,
                MAX_HEADER_BYTES,
                Dialect.text(413, "The request payload is too large"),
                List.of(HeadPart.FIELDS, HeadPart.FRAMING, HeadPart.DATE),
                true);
    }

    /** The reply to each error code, as v3 sends it. */
    Map<String, Reply> typicalErrors() {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code != ErrorCode.INVALID_CONFIG) // says more than its code
                .collect(Collectors.toMap(
                        ErrorCode::name, code -> rendering.of(Outcome.refused(code), never -> Reply.empty(200))));
    }
}
