CREATE INDEX posthorn_inbox_key_expiry ON posthorn_inbox_key (expires_at);
CREATE INDEX posthorn_inbox_key_event ON posthorn_inbox_key (event_id);

-- Tokens that were created by an operation; of the text of each, only a hash.
CREATE TABLE posthorn_token (
  id ${id} PRIMARY KEY,
  org_id ${id} NOT NULL,
  name ${text} NOT NULL,
  role VARCHAR(16) NOT NULL,
  hash ${id} NOT NULL UNIQUE,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  -- Null for never.
  expires_at TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX posthorn_token_by_org ON posthorn_token (org_id, id);
