package io.understudy.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something goes wrong inside the system, in its own words: a node is down, a migration is stuck. It is in force from the rule's
 * {@code from} to its {@code until} and strikes no request by itself.
 *
 * @param name its name in the system's list of domain faults, such as {@code proxySilent}
 * @param arguments what it is about, by parameter name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DomainFault(String name, Map<String, String> arguments) implements Fault {
    public DomainFault {
        // JSON may leave them out
        arguments = arguments == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(arguments));
    }

    @Override
    public void shape(Course course, Struck struck) {
        throw new IllegalStateException("a domain fault strikes no request");
    }
}
