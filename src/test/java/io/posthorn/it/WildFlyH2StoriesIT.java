package io.posthorn.it;

import java.util.Map;

class WildFlyH2StoriesIT extends GatewayStories {

    @Override
    ServerKind kind() {
        return ServerKind.WILDFLY;
    }

    @Override
    Map<String, String> database() {
        return Map.of();
    }
}
