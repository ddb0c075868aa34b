package io.understudy.examples;

import static io.understudy.journal.Match.operation;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.World;
import io.understudy.fault.FaultRule;
import io.understudy.fault.LoseReply;
import io.understudy.junit.Understudy;
import io.understudy.undermoon.UndermoonSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/**
 * How somebody tests a client of Undermoon's memory broker.
 *
 * <p>The broker gzips three of its GETs whatever the client accepts, and java.net.http leaves that to its users. The client here
 * is too simple for it, so the knob switches it off.
 */
@Understudy(seed = 42, preset = "undermoon=worldSixProxies", set = "undermoon.gzip=never")
class BrokerClientTest {
    @Test
    void createsACluster(UndermoonSimulator undermoon) throws Exception {
        BrokerClient client = new BrokerClient(undermoon.baseUrl());

        client.createCluster("orders", 4);

        assertThat(undermoon.clusterNames()).containsExactly("orders");
        assertThat(client.cluster("orders")).contains("\"name\":\"orders\"");
    }

    @Test
    void aLostReplyIsNoReasonToFail(UndermoonSimulator undermoon, World world) throws Exception {
        // the broker creates the cluster, but its answer never arrives
        world.faults()
                .add(FaultRule.on(operation("undermoon.createCluster")).first(1).inject(new LoseReply()));

        new BrokerClient(undermoon.baseUrl()).createCluster("orders", 4);

        assertThat(undermoon.clusterNames()).containsExactly("orders");
        world.journal().verify(operation("undermoon.createCluster").times(2));
    }

    /** The client under test: it asks once more when the connection dies, and knows that its first try may have worked. */
    private record BrokerClient(URI broker) {
        String cluster(String name) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(broker.resolve("/api/v3/clusters/meta/" + name))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        }

        void createCluster(String name, int nodes) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(broker.resolve("/api/v3/clusters/meta/" + name))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"node_number\":" + nodes + "}"))
                    .build();
            HttpClient http = HttpClient.newHttpClient();
            HttpResponse<String> reply;
            boolean again = false;
            try {
                reply = http.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                reply = http.send(request, HttpResponse.BodyHandlers.ofString());
                again = true;
            }
            boolean isDone = reply.statusCode() == 200 || (again && reply.body().contains("ALREADY_EXISTED"));
            if (!isDone) {
                throw new IOException(reply.statusCode() + " " + reply.body());
            }
        }
    }
}
