/** What the fault tests deploy with Posthorn. */
@NullMarked
package io.posthorn.faults.inside;

import org.jspecify.annotations.NullMarked;
