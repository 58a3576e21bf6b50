/** Receiving: verify, drop duplicates, store in the inbox, and dispatch to CDI observers. */
@NullMarked
package io.posthorn.inbound;

import org.jspecify.annotations.NullMarked;
