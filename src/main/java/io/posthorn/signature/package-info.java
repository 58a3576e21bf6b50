/** Signature schemes: what signs and verifies a webhook. Pure code that depends on nothing else here. */
@NullMarked
package io.posthorn.signature;

import org.jspecify.annotations.NullMarked;
