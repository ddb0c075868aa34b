/**
 * The front door of Understudy: what users read first.
 *
 * <p>{@link io.understudy.Understudy#world} begins a {@link io.understudy.WorldBuilder}; its
 * {@link io.understudy.WorldBuilder#start} brings up a {@link io.understudy.Simulation}, which is a
 * {@link io.understudy.World} with listeners. The rooms behind, from the ground up: {@code world} (time, chance, the lock),
 * {@code json}, {@code journal}, {@code fault}, {@code http}, {@code system}, and one room for each emulated system.
 */
@NullMarked
package io.understudy;

import org.jspecify.annotations.NullMarked;
