/** Long work: done in batches behind the request that asked for it, its progress stored. Knows no feature. */
@NullMarked
package io.posthorn.task;

import org.jspecify.annotations.NullMarked;
