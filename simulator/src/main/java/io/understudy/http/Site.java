package io.understudy.http;

/**
 * What answers on one listener: a node of a system.
 *
 * @param system the system's name
 * @param node the node's name within the system
 * @param api the system's API
 */
public record Site(String system, String node, Api api) {}
