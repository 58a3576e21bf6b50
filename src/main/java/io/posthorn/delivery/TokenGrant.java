package io.posthorn.delivery;

import io.posthorn.endpoint.Authorization.OAuth2;
import io.posthorn.endpoint.TlsIdentity;

/** What an endpoint's token is asked for with; as long as it stays the same, a token does too. */
record TokenGrant(String endpointId, OAuth2 client, TlsIdentity tls) {}
