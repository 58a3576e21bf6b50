/** Sources: the configured senders whose webhooks are received. */
@NullMarked
package io.posthorn.source;

import org.jspecify.annotations.NullMarked;
