package io.understudy.fault;

import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.world.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A system that faults can aim at: it has one typical error and one domain fault, and notes when its conditions change. */
public class Shop implements FaultTarget {
    public static final Reply SOLD_OUT = Reply.of(409, "text/plain", Bytes.utf8("sold out"));

    private final Kernel kernel;
    private final Faults faults;
    public final List<String> conditions = new ArrayList<>();

    public Shop(Kernel kernel, Faults faults) {
        this.kernel = kernel;
        this.faults = faults;
        faults.register(this);
    }

    public static Request request(String method, String path, String body) {
        return new Request(method, path, null, Headers.NONE, Bytes.utf8(body), "127.0.0.1");
    }

    @Override
    public String system() {
        return "shop";
    }

    @Override
    public Map<String, Reply> typicalErrors() {
        return Map.of("SOLD_OUT", SOLD_OUT);
    }

    @Override
    public List<DomainFaultType> domainFaults() {
        return List.of(new DomainFaultType(
                "tillJammed",
                "A till takes no money.",
                List.of(
                        new DomainFaultType.Parameter("till", true, "which till, from 1"),
                        new DomainFaultType.Parameter("loudly", false, "true or false"))));
    }

    @Override
    public void check(DomainFault fault) {
        if (!fault.arguments().getOrDefault("till", "").matches("[1-9]")) {
            throw new IllegalArgumentException("till is '" + fault.arguments().get("till") + "'; it is from 1 to 9");
        }
    }

    @Override
    public void conditionsWillChange() {
        note("before");
    }

    @Override
    public void conditionsChanged() {
        note("after");
    }

    private void note(String when) {
        int inForce = faults.inForce("shop", "tillJammed").size();
        conditions.add(kernel.clock().now() + " " + when + " " + inForce);
    }
}
