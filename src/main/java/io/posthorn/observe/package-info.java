/** What operations look at: health and metrics. */
@NullMarked
package io.posthorn.observe;

import org.jspecify.annotations.NullMarked;
