package io.posthorn.delivery;

import io.posthorn.endpoint.SecretText;
import java.time.Instant;

/** @param until when another one should be asked for */
record AccessToken(SecretText text, Instant until) {}
