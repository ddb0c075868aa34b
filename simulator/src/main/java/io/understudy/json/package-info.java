/**
 * How the kernel's values are written and read as JSON: fault rules, journal entries, snapshots. The systems' own wire formats
 * are none of its business.
 */
@NullMarked
package io.understudy.json;

import org.jspecify.annotations.NullMarked;
