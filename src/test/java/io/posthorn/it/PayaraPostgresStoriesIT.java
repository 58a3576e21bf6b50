package io.posthorn.it;

import java.util.Map;

class PayaraPostgresStoriesIT extends GatewayStories {

    @Override
    ServerKind kind() {
        return ServerKind.PAYARA;
    }

    @Override
    Map<String, String> database() {
        return Postgres.newDatabase("payara_stories");
    }
}
