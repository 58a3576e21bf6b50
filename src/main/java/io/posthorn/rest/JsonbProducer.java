package io.posthorn.rest;

import io.posthorn.config.Internal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;

/** JSON binding for the data of events and messages. */
@ApplicationScoped
class JsonbProducer {

    @Produces
    @Singleton
    @Internal
    Jsonb jsonb() {
        return JsonbBuilder.create();
    }

    void close(@Disposes @Internal Jsonb jsonb) throws Exception {
        jsonb.close();
    }
}
