/** The kernel of a world: one lock, virtual time, seeded chance, and the parts that live in them. */
@NullMarked
package io.understudy.world;

import org.jspecify.annotations.NullMarked;
