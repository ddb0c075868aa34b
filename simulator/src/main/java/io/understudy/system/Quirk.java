package io.understudy.system;

/**
 * A deviation that can be switched alone: {@code --quirk undermoon.documented-statuses=on}. It is nothing but a short name for
 * the setting of a knob.
 *
 * @param id its id, {@code <system>.<name>}
 * @param summary what is different when it is on
 * @param knob the knob it sets
 * @param on the knob's value when it is on
 * @param off the knob's value when it is off
 */
public record Quirk(String id, String summary, String knob, String on, String off) {}
