/** What every HTTP resource shares: bodies, errors, ids and pages. Knows no feature. */
@NullMarked
package io.posthorn.rest;

import org.jspecify.annotations.NullMarked;
