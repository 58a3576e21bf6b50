/** The data source, its migrations and the encryption of stored secrets. Knows no feature. */
@NullMarked
package io.posthorn.persistence;

import org.jspecify.annotations.NullMarked;
