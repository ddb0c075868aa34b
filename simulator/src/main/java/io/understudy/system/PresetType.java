package io.understudy.system;

/**
 * A preset, or a step of one, that a system knows.
 *
 * @param form how it is written, such as {@code cluster(NAME,NODES)}
 * @param summary the state it brings about
 */
public record PresetType(String form, String summary) {}
