CREATE TABLE posthorn_revoked_token (
  hash ${key} PRIMARY KEY,
  revoked_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
