package io.understudy.bench;

import io.understudy.BehindTheSockets;
import io.understudy.Understudy;
import io.understudy.World;
import io.understudy.fault.WireStep;
import io.understudy.http.Answer;
import io.understudy.http.Call;
import io.understudy.http.Gateway;
import io.understudy.http.Route;
import io.understudy.http.Site;
import io.understudy.http.Wire;
import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Journal;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.world.ClockMode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What lock, clock, fault rules and a full journal add to a request; no sockets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class GatewayBenchmark {
    private static final Request REQUEST = new Request(
            "GET",
            Server.PATH,
            null,
            Headers.of("Host", "127.0.0.1:7799", "Accept", "*/*", "User-Agent", "benchmark"),
            Bytes.EMPTY,
            "127.0.0.1");

    private Gateway gateway;
    private Site site;
    private final LastReply wire = new LastReply();

    /** A client who only looks at what came last. */
    private static final class LastReply implements Wire {
        private @Nullable Reply reply;

        @Override
        public void carryOut(@Nullable Reply said, Instant at, List<WireStep> steps, boolean last) {
            reply = said;
        }

        @Override
        public long backlog() {
            return 0;
        }

        @Override
        public void drop() {}
    }

    @Setup
    public void aWorldWhoseJournalIsFull() {
        World world =
                Understudy.world().system("undermoon").clock(ClockMode.real(1)).build();
        gateway = BehindTheSockets.gateway(world);
        site = BehindTheSockets.site(world, "undermoon", "broker");
        for (int i = 0; i < Journal.MAX_ENTRIES; i++) {
            exchange();
        }
        if (wire.reply == null || wire.reply.status() != 200) {
            throw new IllegalStateException("it answers " + wire.reply);
        }
    }

    @Benchmark
    public Object exchange() {
        gateway.accept(site, REQUEST, false, wire);
        return wire.reply;
    }

    @Benchmark
    public Answer handler() {
        Route route = site.api().route("broker", REQUEST);
        return route.handler().handle(new Call(1, "broker", REQUEST, route.parameters()));
    }
}
