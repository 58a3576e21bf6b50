package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {

    private static final URI APP = URI.create("http://localhost/api/v1/app");

    @Test
    void tokenKeyPathAndQueryMakeRequestsDiffer() {
        List<String> ids = List.of(
                IdempotencyKeys.id("Bearer a", "k", APP),
                IdempotencyKeys.id("Bearer b", "k", APP),
                IdempotencyKeys.id("Bearer a", "", APP),
                IdempotencyKeys.id("Bearer a", "k", URI.create("http://localhost/api/v1/event-type")),
                IdempotencyKeys.id("Bearer a", "k", URI.create("http://localhost/api/v1/app?get_if_exists=true")));

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void theNodeThatIsAskedMakesNoDifference() {
        assertThat(IdempotencyKeys.id("Bearer a", "k", URI.create("https://node2:8443/api/v1/app")))
                .isEqualTo(IdempotencyKeys.id("Bearer a", "k", APP));
    }

    @Test
    void aSlashAtTheEndMakesNoDifference() {
        assertThat(IdempotencyKeys.id("Bearer a", "k", URI.create(APP + "/")))
                .isEqualTo(IdempotencyKeys.id("Bearer a", "k", APP));
    }

    @Test
    void aLongKeyFitsTheColumn() {
        assertThat(IdempotencyKeys.id("Bearer a", "k".repeat(300), APP)).hasSize(64);
    }
}
