/** What an application touches: publish with {@link io.posthorn.Webhooks}, observe {@link io.posthorn.WebhookEvent}. */
@NullMarked
package io.posthorn;

import org.jspecify.annotations.NullMarked;
