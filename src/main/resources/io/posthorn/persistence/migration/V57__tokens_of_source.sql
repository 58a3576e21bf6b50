-- The tokens of ingest URLs, by their hashes. One that was followed by another goes on working until it expires; null for
-- the one that is shown.
CREATE TABLE posthorn_source_token (
  hash ${id} PRIMARY KEY,
  source_id ${id} NOT NULL REFERENCES posthorn_source (id) ON DELETE CASCADE,
  expires_at TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX posthorn_source_token_source ON posthorn_source_token (source_id);
INSERT INTO posthorn_source_token (hash, source_id) SELECT token_hash, id FROM posthorn_source;
INSERT INTO posthorn_source_token (hash, source_id, expires_at)
  SELECT old_token_hash, id, old_token_expires_at FROM posthorn_source WHERE old_token_hash IS NOT NULL;
DROP INDEX posthorn_source_old_token;
ALTER TABLE posthorn_source DROP COLUMN token_hash;
ALTER TABLE posthorn_source DROP COLUMN old_token_hash;
ALTER TABLE posthorn_source DROP COLUMN old_token_expires_at;
