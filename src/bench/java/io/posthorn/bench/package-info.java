/** Measures Posthorn against ceilings of the same run; see {@code src/docs/benchmarks.md}. */
@NullMarked
package io.posthorn.bench;

import org.jspecify.annotations.NullMarked;
