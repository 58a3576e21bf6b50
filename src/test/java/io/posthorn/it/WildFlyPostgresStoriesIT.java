package io.posthorn.it;

import java.util.Map;

class WildFlyPostgresStoriesIT extends GatewayStories {

    @Override
    ServerKind kind() {
        return ServerKind.WILDFLY;
    }

    @Override
    Map<String, String> database() {
        return Postgres.newDatabase("wildfly_stories");
    }
}
