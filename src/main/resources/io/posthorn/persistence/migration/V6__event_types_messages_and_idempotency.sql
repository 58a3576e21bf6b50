-- Messages ------------------------------------------------------------------------------------------------------------

-- Null once the content has been expunged.
ALTER TABLE posthorn_message ALTER COLUMN payload DROP NOT NULL;
-- Null for the usual payload, a JSON object; set where the client gave a raw text.
ALTER TABLE posthorn_message ADD COLUMN content_type ${key};
ALTER TABLE posthorn_message ADD COLUMN tags ${text};
-- Null where the retention of the whole installation applies.
ALTER TABLE posthorn_message ADD COLUMN payload_expires_at TIMESTAMP(6) WITH TIME ZONE;
CREATE INDEX posthorn_message_expiry ON posthorn_message (payload_expires_at);

-- Idempotency keys ----------------------------------------------------------------------------------------------------

CREATE TABLE posthorn_idempotency_key (
  -- A hash of token, key and URL.
  id ${id} PRIMARY KEY,
  -- Who works on the request, so that nobody who has outlived the lease can answer for its successor.
  claim ${id} NOT NULL,
  -- The answer's; null while the request runs.
  status INTEGER,
  -- The answer's, encrypted: it may hold a token.
  body ${binary},
  -- The end of the lease while the request runs, then the end of the answer's time.
  expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX posthorn_idempotency_key_expiry ON posthorn_idempotency_key (expires_at);
