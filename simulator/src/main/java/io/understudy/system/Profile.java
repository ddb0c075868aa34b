package io.understudy.system;

import java.util.Map;

/**
 * A way a system may behave as a whole, as data: other defaults for its knobs.
 *
 * @param name its name
 * @param summary whom it is faithful to
 * @param knobs for each knob that has another default under it, that default as text
 */
public record Profile(String name, String summary, Map<String, String> knobs) {}
