/** Publishing: one message, stored with the caller's transaction. */
@NullMarked
package io.posthorn.message;

import org.jspecify.annotations.NullMarked;
