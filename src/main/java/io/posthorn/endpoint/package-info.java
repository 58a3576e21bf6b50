/** Applications, their endpoints and the event types: who receives what. */
@NullMarked
package io.posthorn.endpoint;

import org.jspecify.annotations.NullMarked;
