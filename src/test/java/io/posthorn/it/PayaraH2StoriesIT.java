package io.posthorn.it;

import java.util.Map;

class PayaraH2StoriesIT extends GatewayStories {

    @Override
    ServerKind kind() {
        return ServerKind.PAYARA;
    }

    @Override
    Map<String, String> database() {
        return Map.of();
    }
}
