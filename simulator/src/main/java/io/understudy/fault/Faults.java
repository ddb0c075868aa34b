package io.understudy.fault;

import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.journal.TextPattern;
import io.understudy.world.Entropy;
import io.understudy.world.Event;
import io.understudy.world.Kernel;
import io.understudy.world.Part;
import io.understudy.world.Timers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fault rules in force in a world. Rules are asked in the order in which they were added; each that strikes shapes the
 * exchange's {@link Course}. Safe to use from any thread.
 */
public final class Faults implements Part<Faults.State> {
    /** Every request is held against every rule, so their number is bounded. */
    public static final int MAX_RULES = 1_000;

    private final Kernel kernel;
    private final Timers timers;
    private final Map<String, FaultTarget> targets = new TreeMap<>();
    private final Map<String, ActiveRule> rules = new LinkedHashMap<>();
    private long nextNumber = 1;

    /**
     * A rule and what it has done.
     *
     * @param rule the rule, with its id, and with {@code until} in place of {@code lasting}
     * @param begun whether its time has come
     * @param matched how many requests it has matched while it was in force
     * @param struck how many of those it has struck
     */
    public record ActiveRule(FaultRule rule, boolean begun, long matched, long struck) {}

    /** The rules as a value. */
    public record State(List<ActiveRule> rules, long nextNumber) {}

    /** A rule comes into force. */
    record RuleBegins(String id) implements Event {}

    /** A rule has had its time. */
    record RuleEnds(String id) implements Event {}

    /** No rules. */
    public Faults(Kernel kernel) {
        this.kernel = kernel;
        this.timers = kernel.timers(this);
    }

    /** Makes a system known, so that its domain faults and typical errors can be named. */
    public void register(FaultTarget target) {
        kernel.step(() -> {
            targets.put(target.system(), target);
        });
    }

    /**
     * Puts a rule in force.
     *
     * @throws IllegalArgumentException if it names something that the world does not have, or its id is taken
     * @throws IllegalStateException if there are {@link #MAX_RULES} already
     */
    public FaultScope add(FaultRule rule) {
        String id = kernel.step(() -> {
            check(rule);
            if (rules.size() >= MAX_RULES) {
                throw new IllegalStateException("a world has at most " + MAX_RULES + " fault rules");
            }
            String chosen = rule.id() == null ? freeId() : rule.id();
            if (rules.containsKey(chosen)) {
                throw new IllegalArgumentException("there is already a fault rule with the id " + chosen);
            }
            Instant now = kernel.clock().now();
            FaultRule added = rule.withId(chosen).addedAt(now);
            if (added.trigger().isOverBy(now)) {
                throw new IllegalArgumentException(
                        "the fault rule ends at " + added.trigger().until() + ", but it is already " + now);
            }
            boolean begun = added.trigger().hasBegunBy(now);
            if (begun) {
                changing(added);
            }
            rules.put(chosen, new ActiveRule(added, begun, 0, 0));
            Instant from = added.trigger().from();
            if (from != null && from.isAfter(now)) {
                timers.at(from, new RuleBegins(chosen));
            }
            Instant until = added.trigger().until();
            if (until != null) {
                timers.at(until, new RuleEnds(chosen));
            }
            if (begun) {
                changed(added);
            }
            return chosen;
        });
        return new FaultScope() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public void close() {
                remove(id);
            }
        };
    }

    private String freeId() {
        String id;
        do {
            id = "fault-" + nextNumber++;
        } while (rules.containsKey(id));
        return id;
    }

    private void check(FaultRule rule) {
        String system = rule.match().system();
        if (system != null && !targets.containsKey(system)) {
            throw new IllegalArgumentException(
                    "there is no system '" + system + "' in this world; there are " + targets.keySet());
        }
        List<FaultTarget> where = system == null ? List.copyOf(targets.values()) : List.of(target(system));
        TextPattern operation = rule.match().operation();
        if (operation != null) {
            check(operation, where);
        }
        if (rule.fault() instanceof DomainFault domain) {
            check(domain, target(system));
        }
        if (rule.fault() instanceof TypicalError error) {
            check(error, where);
        }
    }

    /** A rule for an operation that does not exist would never strike, and nobody would know. */
    private static void check(TextPattern operation, List<FaultTarget> where) {
        boolean everyOneTold = !where.isEmpty()
                && where.stream().noneMatch(target -> target.operations().isEmpty());
        boolean meansSomething = where.stream()
                .anyMatch(target -> operation.matches(target.system() + ".unrouted")
                        || target.operations().stream().anyMatch(operation::matches));
        if (everyOneTold && !meansSomething) {
            throw new IllegalArgumentException("there is no operation '" + operation + "'; "
                    + where.stream()
                            .map(target -> target.system() + " has " + new TreeSet<>(target.operations()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static void check(TypicalError error, List<FaultTarget> where) {
        if (where.stream().noneMatch(target -> target.typicalErrors().containsKey(error.code()))) {
            throw new IllegalArgumentException("there is no typical error '" + error.code() + "'; "
                    + where.stream()
                            .map(target -> target.system() + " has "
                                    + new TreeSet<>(target.typicalErrors().keySet()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private FaultTarget target(@Nullable String system) {
        FaultTarget target = system == null ? null : targets.get(system);
        if (target == null) {
            throw new IllegalArgumentException("there is no system '" + system + "' in this world");
        }
        return target;
    }

    private static void check(DomainFault fault, FaultTarget target) {
        DomainFaultType type = target.domainFaults().stream()
                .filter(known -> known.name().equals(fault.name()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(target.system() + " has no domain fault '" + fault.name()
                                + "'; it has "
                                + target.domainFaults().stream()
                                        .map(DomainFaultType::name)
                                        .toList()));
        List<String> known =
                type.parameters().stream().map(DomainFaultType.Parameter::name).toList();
        for (String argument : fault.arguments().keySet()) {
            if (!known.contains(argument)) {
                throw new IllegalArgumentException(
                        fault.name() + " has no parameter '" + argument + "'; it has " + known);
            }
        }
        for (DomainFaultType.Parameter parameter : type.parameters()) {
            if (parameter.required() && !fault.arguments().containsKey(parameter.name())) {
                throw new IllegalArgumentException(
                        fault.name() + " needs the argument '" + parameter.name() + "': " + parameter.summary());
            }
        }
        target.check(fault);
    }

    /** Removes the rule of that id and says whether there was one. */
    public boolean remove(String id) {
        return kernel.step(() -> {
            ActiveRule removed = rules.get(id);
            if (removed == null) {
                return false;
            }
            if (removed.begun()) {
                changing(removed.rule());
            }
            rules.remove(id);
            kernel.entropy().forget(stream(id));
            Trigger trigger = removed.rule().trigger();
            if (trigger.from() != null || trigger.until() != null) {
                timers.cancelIf(event ->
                        event instanceof RuleBegins begins && begins.id().equals(id)
                                || event instanceof RuleEnds ends && ends.id().equals(id));
            }
            if (removed.begun()) {
                changed(removed.rule());
            }
            return true;
        });
    }

    /** Removes all rules. */
    public void clear() {
        kernel.step(() -> List.copyOf(rules.keySet()).forEach(this::remove));
    }

    /** The rules there are, in the order in which they are asked; also those whose time has not come. */
    public List<ActiveRule> rules() {
        return kernel.step(() -> List.copyOf(rules.values()));
    }

    /** The domain faults of that name that are in force in the system now, in the order in which they were added. */
    public List<DomainFault> inForce(String system, String name) {
        return kernel.step(() -> {
            if (rules.isEmpty()) {
                return List.of();
            }
            List<DomainFault> found = new ArrayList<>();
            for (ActiveRule active : rules.values()) {
                if (active.rule().fault() instanceof DomainFault domain
                        && domain.name().equals(name)
                        && system.equals(active.rule().match().system())
                        && active.begun()) {
                    found.add(domain);
                }
            }
            return found;
        });
    }

    /** What becomes of a request: the ordinary course, shaped by every rule that strikes it. Inside a step of the world. */
    public Course course(String system, String node, String operation, Request request) {
        Course course = new Course();
        if (rules.isEmpty()) {
            return course;
        }
        Instant now = kernel.clock().now();
        rules.replaceAll((id, active) -> {
            FaultRule rule = active.rule();
            if (rule.fault() instanceof DomainFault
                    || !rule.trigger().inForceAt(now)
                    || !rule.match().matches(system, node, operation, request)) {
                return active;
            }
            long number = active.matched() + 1;
            Entropy.Stream random = kernel.entropy().stream(stream(id));
            if (!rule.trigger().strikes(number, random)) {
                return new ActiveRule(rule, true, number, active.struck());
            }
            course.struckBy(id);
            rule.fault().shape(course, struck(system, random));
            return new ActiveRule(rule, true, number, active.struck() + 1);
        });
        return course;
    }

    private Fault.Struck struck(String system, RandomGenerator random) {
        return new Fault.Struck() {
            @Override
            public RandomGenerator random() {
                return random;
            }

            @Override
            public @Nullable Reply typicalError(String code) {
                FaultTarget target = targets.get(system);
                return target == null ? null : target.typicalErrors().get(code);
            }
        };
    }

    private static String stream(String id) {
        return "fault/" + id;
    }

    /** Before it changes what is in force: the past keeps the conditions that it had. */
    private void changing(FaultRule rule) {
        if (rule.fault() instanceof DomainFault) {
            target(rule.match().system()).conditionsWillChange();
        }
    }

    private void changed(FaultRule rule) {
        if (rule.fault() instanceof DomainFault) {
            target(rule.match().system()).conditionsChanged();
        }
    }

    // ---- a part of the world ----

    @Override
    public String name() {
        return "faults";
    }

    @Override
    public void reset() {
        rules.clear();
        nextNumber = 1;
    }

    @Override
    public State state() {
        return new State(List.copyOf(rules.values()), nextNumber);
    }

    @Override
    public void restore(State state) {
        rules.clear();
        state.rules()
                .forEach(
                        active -> rules.put(Objects.requireNonNull(active.rule().id()), active));
        nextNumber = state.nextNumber();
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Set<Class<? extends Event>> eventTypes() {
        return Set.of(RuleBegins.class, RuleEnds.class);
    }

    @Override
    public void handle(Event event) {
        if (event instanceof RuleEnds ends) {
            remove(ends.id());
        } else if (event instanceof RuleBegins begins) {
            ActiveRule waiting = Objects.requireNonNull(rules.get(begins.id()));
            changing(waiting.rule());
            rules.put(begins.id(), new ActiveRule(waiting.rule(), true, 0, 0));
            changed(waiting.rule());
        }
    }
}
