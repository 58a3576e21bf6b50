package io.posthorn.access;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A resource that a token of one application does not reach. Goes with {@link Authenticated}. */
@NameBinding
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface OrganizationOnly {}
