package io.understudy.undermoon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;

/** Counting spare proxies gives the same answer as playing every failure through (spec undermoon 5.10). */
final class ResourceCheckProperties {
    @Property(tries = 500)
    void countingAgreesWithPlayingThrough(
            @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 4) Integer> proxiesPerHost,
            @ForAll @Size(max = 3) List<@IntRange(min = 1, max = 4) Integer> clusterChunks,
            @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 23) Integer> failovers,
            @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 23) Integer> back,
            @ForAll @Size(max = 3) List<@IntRange(min = 0, max = 23) Integer> reported) {
        Broker broker = new Broker(BrokerConfig.DEFAULT);
        for (int host = 0; host < proxiesPerHost.size(); host++) {
            for (int i = 0; i < proxiesPerHost.get(host); i++) {
                broker.registerProxy(Worlds.onHost("h" + host, 7000 + i));
            }
        }
        List<String> addresses = broker.proxyAddresses();
        for (int i = 0; i < clusterChunks.size(); i++) {
            broker.createCluster("c" + i, 4L * clusterChunks.get(i));
        }
        reported.forEach(i -> broker.reportFailure(addresses.get(i % addresses.size()), "r", 0));
        failovers.forEach(i -> broker.failover(addresses.get(i % addresses.size())));

        back.forEach(i -> {
            String address = addresses.get(i % addresses.size());
            broker.registerProxy(ProxyRegistration.of(address, "", ""));
            broker.failover(addresses.get(i * 7 % addresses.size()));
        });
        LinkTable links = new LinkTable(broker.store());
        Statistics.label("a chunk has both halves on one host")
                .collect(broker.store().hosts().stream().anyMatch(links::isLinkedToItself));

        ResourceCheck check = new ResourceCheck(broker.store(), TieOrder.REGISTRATION);

        List<String> playedThrough = new ArrayList<>();
        for (String host : broker.store().hosts()) {
            if (!Worlds.accepted(check.canFail(host))) {
                playedThrough.add(host);
            }
        }
        assertThat(Worlds.accepted(check.hostsThatCannotFail())).isEqualTo(playedThrough);
    }
}
