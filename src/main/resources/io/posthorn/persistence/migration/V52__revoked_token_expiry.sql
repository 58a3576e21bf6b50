-- When the token ends by itself; nothing need be known of it from then on. Null for never, and where it was not written
-- down: of a token that was logged out before this version there is only a hash.
ALTER TABLE posthorn_revoked_token ADD COLUMN expires_at TIMESTAMP(6) WITH TIME ZONE;
CREATE INDEX posthorn_revoked_token_expiry ON posthorn_revoked_token (expires_at);
