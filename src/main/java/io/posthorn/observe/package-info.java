/** What operations look at: health. */
@NullMarked
package io.posthorn.observe;

import org.jspecify.annotations.NullMarked;
