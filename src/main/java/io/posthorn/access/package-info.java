/** Tokens and authentication. */
@NullMarked
package io.posthorn.access;

import org.jspecify.annotations.NullMarked;
