/** Puts the features together: the REST applications, the checks at start and the banner. */
@NullMarked
package io.posthorn.boot;

import org.jspecify.annotations.NullMarked;
