package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Simulation;
import io.understudy.World;
import io.understudy.journal.Exchange;
import io.understudy.journal.Match;
import io.understudy.journal.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** What many callers ask at once, at random; each says who it is, so that its exchanges are found in the journal. */
final class Chat {
    private static final String CALLER = "X-Caller";

    private final int each;
    private final Talker talker;
    private final Map<String, Answer> answers = new HashMap<>();

    /** Says what is asked next. */
    interface Talker {
        /** @param heard what was answered to the same caller so far */
        Ask next(Random random, List<Answer> heard);
    }

    /** @param each how much each of them asks */
    Chat(int each, Talker talker) {
        this.each = each;
        this.talker = talker;
    }

    void all(Crowd crowd) {
        crowd.all(this::mine).forEach(answers::putAll);
    }

    private Map<String, Answer> mine(int number, Client client) {
        Random random = new Random(number);
        Map<String, Answer> mine = new HashMap<>();
        List<Answer> heard = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            String caller = number + "/" + i;
            Answer answer = client.send(talker.next(random, heard).with(CALLER + ": " + caller));
            heard.add(answer);
            mine.put(caller, answer);
        }
        return mine;
    }

    /** Nothing of it is lost, and each got what the journal says. */
    void check(World world) {
        List<Exchange> exchanges = world.journal().exchanges(Match.ANY);
        assertThat(exchanges).hasSize(Crowd.SIZE * each);
        exchanges.forEach(exchange -> {
            String caller = exchange.request().headers().first(CALLER).orElseThrow();
            assertThat(told(exchange)).as(caller).isEqualTo(String.valueOf(answers.get(caller)));
        });
    }

    /** Asked one after the other in the order of the journal, another such world goes the same way. */
    void checkOrder(World world, Supplier<Simulation> another) {
        List<Exchange> exchanges = world.journal().exchanges(Match.ANY);
        try (Simulation fresh = another.get();
                Client client = new Client(fresh.nodes().get(0).url())) {
            exchanges.forEach(exchange -> client.send(ask(exchange)));
            assertThat(fresh.world().journal().exchanges(Match.ANY)).isEqualTo(exchanges);
        }
    }

    private static String told(Exchange exchange) {
        Reply reply = exchange.reply();
        return reply == null || exchange.repliedAt() == null
                ? "lost"
                : new Answer(reply.status(), "", reply.body().text()).toString();
    }

    private static Ask ask(Exchange exchange) {
        List<String> fields = exchange.request().headers().fields().stream()
                .filter(field -> !List.of("Host", "Content-Length").contains(field.name()))
                .map(field -> field.name() + ": " + field.value())
                .toList();
        return new Ask(
                exchange.request().method(),
                exchange.request().target(),
                fields,
                exchange.request().body().text());
    }
}
