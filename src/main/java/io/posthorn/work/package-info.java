/** Durable work shared by nodes: leases and wake-ups. Knows no feature. */
@NullMarked
package io.posthorn.work;

import org.jspecify.annotations.NullMarked;
