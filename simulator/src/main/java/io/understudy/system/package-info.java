/**
 * What every emulated system brings with it, so that the rest of Understudy can treat all alike: its
 * {@link io.understudy.system.SystemDefinition} (catalogue, knobs, profiles, presets) and, in each world, its
 * {@link io.understudy.system.SystemInstance}.
 */
@NullMarked
package io.understudy.system;

import org.jspecify.annotations.NullMarked;
