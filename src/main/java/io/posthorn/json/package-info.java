/** The entry to Jakarta JSON Processing for all other packages; depends on nothing else here. */
@NullMarked
package io.posthorn.json;

import org.jspecify.annotations.NullMarked;
