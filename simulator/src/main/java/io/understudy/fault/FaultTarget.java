package io.understudy.fault;

import io.understudy.journal.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a system tells the faults about itself. */
public interface FaultTarget {
    /** The system's name. */
    String system();

    /** The ids of its operations; without any, rules for this system's operations are not checked. */
    default Set<String> operations() {
        return Set.of();
    }

    /** The replies by which the system tells its errors, by code. */
    Map<String, Reply> typicalErrors();

    /** The domain faults it knows. */
    List<DomainFaultType> domainFaults();

    /**
     * Checks the arguments of a domain fault of a known type beyond presence.
     *
     * @throws IllegalArgumentException saying what is wrong with which argument
     */
    void check(DomainFault fault);

    /** Called in a step of the world before domain faults of this system come into force or go. */
    void conditionsWillChange();

    /** Called in a step of the world after domain faults of this system have come into force or gone. */
    void conditionsChanged();
}
