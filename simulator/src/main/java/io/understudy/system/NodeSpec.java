package io.understudy.system;

/**
 * A node of a system: something that listens.
 *
 * @param name its name within the system
 * @param defaultPort the port it has unless told otherwise
 */
public record NodeSpec(String name, int defaultPort) {}
