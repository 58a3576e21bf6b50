/** Delivering: fan-out, claim, sign, send, record the attempt, retry or dead-letter. */
@NullMarked
package io.posthorn.delivery;

import org.jspecify.annotations.NullMarked;
