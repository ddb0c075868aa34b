/** The Cassandra clusters that Reaper manages. */
@NullMarked
package io.understudy.reaper.cassandra;

import org.jspecify.annotations.NullMarked;
