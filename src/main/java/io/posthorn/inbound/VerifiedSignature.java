package io.posthorn.inbound;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Lets a resource method run only for a request whose signature is that of its source: the method's path parameter
 * names the source, its {@link io.posthorn.rest.RequestBody} is what was signed.
 */
@InterceptorBinding
@Retention(RUNTIME)
@Target({METHOD, TYPE})
@interface VerifiedSignature {}
