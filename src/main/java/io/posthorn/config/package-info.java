/** The typed view of the settings, checked at start. Knows no feature. */
@NullMarked
package io.posthorn.config;

import org.jspecify.annotations.NullMarked;
