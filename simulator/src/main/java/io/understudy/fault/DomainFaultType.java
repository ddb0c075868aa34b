package io.understudy.fault;

import java.util.List;

/**
 * A kind of {@link DomainFault} that a system knows.
 *
 * @param name its name, in the system's own words
 * @param summary what it does
 * @param parameters what it takes
 */
public record DomainFaultType(String name, String summary, List<Parameter> parameters) {
    /**
     * One parameter.
     *
     * @param name its name
     * @param required whether it must be given
     * @param summary what it means, with its unit and default
     */
    public record Parameter(String name, boolean required, String summary) {}
}
