package io.understudy.scenarios;

import io.understudy.fault.FaultScope;
import io.understudy.undermoon.UndermoonSimulator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One step of a random history in the world of six proxies, with all that can happen to it: requests, domain faults that come
 * and go, controls. It looks at nothing, so that two worlds are treated the same whatever they answer.
 */
record Deed(int what, int a, int b) {
    private static final List<String> TARGETS = List.of(
            "GET /api/v3/metadata",
            "GET /api/v3/clusters/meta/mycluster",
            "GET /api/v2/clusters/meta/mycluster",
            "GET /api/v3/clusters/info/mycluster",
            "GET /api/v3/failures",
            "GET /api/v3/proxies/failed/addresses",
            "GET /api/v2/epoch",
            "GET /api/v3/nope",
            "POST /api/v3/clusters/migrations/auto/mycluster/4",
            "POST /api/v3/clusters/migrations/auto/mycluster/8",
            "POST /api/v3/clusters/migrations/auto/mycluster/12",
            "POST /api/v2/clusters/migrations/shrink/mycluster/4",
            "DELETE /api/v3/clusters/free_nodes/mycluster",
            "POST /api/v3/clusters/meta/other {\"node_number\":4}",
            "DELETE /api/v3/clusters/meta/other",
            "PATCH /api/v3/clusters/config/mycluster {\"migration_scan_count\":\"16\"}",
            "PUT /api/v3/clusters/balance/mycluster",
            "PUT /api/v3/epoch/recovery",
            "POST /api/v3/clusters/meta/x {\"node_number\":");

    static Arbitrary<List<Deed>> histories() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 113),
                        Arbitraries.integers().between(1, 6))
                .as(Deed::new)
                .list()
                .ofMinSize(30)
                .ofMaxSize(60);
    }

    private String proxy() {
        return "server_proxy" + b + ":600" + b;
    }

    /** Does it, and says what was answered. */
    String in(UndermoonSimulator undermoon, Client client, Deque<FaultScope> faults) {
        return switch (what) {
            case 7 -> {
                faults.push(
                        // none that could keep auto waiting for ever: its client would wait as long
                        switch (a % 4) {
                            case 0 -> undermoon.proxySilent(proxy());
                            case 1 -> undermoon.hostDown("server_proxy" + b);
                            case 2 -> undermoon.migrationStuck("mycluster");
                            default -> undermoon.slowCommit(b);
                        });
                yield "begun " + faults.element().id();
            }
            case 8 -> {
                FaultScope last = faults.poll();
                if (last != null) {
                    last.close();
                }
                yield "ended";
            }
            case 9 ->
                switch (a % 4) {
                    case 0 ->
                        client.sendApart(Ask.parse("POST /api/v3/failures/" + proxy() + "/r" + a % 3))
                                .toString();
                    case 1 ->
                        client.sendApart(Ask.parse("POST /api/v3/proxies/failover/" + proxy()))
                                .toString();
                    case 2 ->
                        client.sendApart(Ask.parse("POST /api/v3/proxies/meta {\"proxy_address\":\"" + proxy()
                                        + "\",\"nodes\":[\"a\",\"b\"]}"))
                                .toString();
                    default -> "committed " + undermoon.commitShownMigrations("mycluster");
                };
            default -> {
                Answer answer = client.sendApart(Ask.parse(TARGETS.get(a % TARGETS.size())));
                yield answer.head() + answer;
            }
        };
    }

    /** Does all of them, and says what was answered to each. */
    static List<String> all(List<Deed> deeds, UndermoonSimulator undermoon, Client client) {
        Deque<FaultScope> faults = new ArrayDeque<>();
        return deeds.stream().map(deed -> deed.in(undermoon, client, faults)).toList();
    }
}
