/** Operational webhooks: what Posthorn has to say about endpoints and attempts, sent as webhooks. */
@NullMarked
package io.posthorn.operational;

import org.jspecify.annotations.NullMarked;
