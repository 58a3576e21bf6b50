/** What the benchmark adds to the WAR that it measures. */
@NullMarked
package io.posthorn.bench.inside;

import org.jspecify.annotations.NullMarked;
