package io.understudy.undermoon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The worlds the tests begin in. */
final class Worlds {
    static final String MY_CLUSTER = "mycluster";

    private Worlds() {}

    /** World W of spec undermoon 10: six proxies on six hosts, nodes 7001 … 7012. */
    static Broker sixProxies(BrokerConfig config) {
        return singleProxyHosts(config, 6);
    }

    static Broker singleProxyHosts(BrokerConfig config, int proxies) {
        Broker broker = new Broker(config);
        for (int i = 1; i <= proxies; i++) {
            accepted(broker.registerProxy(serverProxy(i)));
        }
        return broker;
    }

    static ProxyRegistration serverProxy(int i) {
        return ProxyRegistration.of(sp(i), node(2 * i - 1), node(2 * i)).withIndex(i - 1);
    }

    /** {@code server_proxy3:6003}. */
    static String sp(int i) {
        return "server_proxy" + i + ":600" + i;
    }

    /** Node 1 is {@code server_proxy1:7001}, node 12 is {@code server_proxy6:7012}. */
    static String node(int n) {
        return "server_proxy" + (n + 1) / 2 + ":" + (7000 + n);
    }

    /** {@code hosts} hosts 127.0.0.1 … with {@code proxiesPerHost} proxies 7001 … each, host by host. */
    static Broker hosts(BrokerConfig config, int hosts, int proxiesPerHost) {
        Broker broker = new Broker(config);
        for (int host = 1; host <= hosts; host++) {
            for (int proxy = 1; proxy <= proxiesPerHost; proxy++) {
                accepted(broker.registerProxy(onHost("127.0.0." + host, 7000 + proxy)));
            }
        }
        return broker;
    }

    static ProxyRegistration onHost(String host, int port) {
        return ProxyRegistration.of(host + ":" + port, host + ":1" + port, host + ":2" + port);
    }

    static <T> T accepted(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted<T>) outcome).value();
    }

    static ErrorCode refusal(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).rejection().code();
    }

    /** A commit of these slots at this epoch, with addresses that nobody looks at (P17). */
    static MigrationTask task(String cluster, long epoch, Range... ranges) {
        MigrationMeta meta = new MigrationMeta(epoch, "", "", "", "");
        return new MigrationTask(
                cluster, new SlotRange(new RangeList(List.of(ranges)), new SlotRangeTag.Migrating(meta)));
    }

    static MigrationTask task(long epoch, long start, long end) {
        return task(MY_CLUSTER, epoch, new Range(start, end));
    }

    static long clusterEpoch(Broker broker) {
        return broker.cluster(MY_CLUSTER).orElseThrow().epoch();
    }

    /** {@code node_number/node_number_with_slots/is_migrating}. */
    static String info(Broker broker) {
        ClusterInfo info = accepted(broker.clusterInfo(MY_CLUSTER));
        return info.nodeNumber() + "/" + info.nodeNumberWithSlots() + "/" + info.isMigrating();
    }
}
