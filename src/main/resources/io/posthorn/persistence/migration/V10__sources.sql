-- Sources that were created by an operation, beside those of the configuration.
CREATE TABLE posthorn_source (
  id ${id} PRIMARY KEY,
  org_id ${id} NOT NULL,
  uid ${key},
  name ${text} NOT NULL,
  type VARCHAR(64) NOT NULL,
  -- JSON with secrets, encrypted.
  config ${binary} NOT NULL,
  metadata ${text} NOT NULL,
  -- Of the ingest URL, encrypted; it is looked up by its hash.
  token ${binary} NOT NULL,
  token_hash ${id} NOT NULL UNIQUE,
  -- The token before it, which goes on working for a while; null if there is none.
  old_token_hash ${id},
  old_token_expires_at TIMESTAMP(6) WITH TIME ZONE,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  UNIQUE (org_id, uid)
);
CREATE INDEX posthorn_source_old_token ON posthorn_source (old_token_hash);

-- How often an event was handed to its observers anew, since somebody asked for it.
ALTER TABLE posthorn_inbox_event ADD COLUMN replays INTEGER DEFAULT 0 NOT NULL;
