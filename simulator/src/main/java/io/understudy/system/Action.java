package io.understudy.system;

import java.util.List;

/**
 * A domain control that a system offers, under the name it has in Java.
 *
 * @param name its name
 * @param summary what it does
 * @param parameters what it takes
 */
public record Action(String name, String summary, List<Parameter> parameters) {
    /**
     * One parameter.
     *
     * @param name its name
     * @param required whether it must be given
     * @param summary what it means, with its unit and default
     */
    public record Parameter(String name, boolean required, String summary) {}
}
