/** Sending on what was received: an event becomes a message to the endpoints of its source. */
@NullMarked
package io.posthorn.forward;

import org.jspecify.annotations.NullMarked;
