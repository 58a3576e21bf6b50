-- Headers that go with a message, a JSON object; null for none.
ALTER TABLE posthorn_message ADD COLUMN headers ${text};
-- Through how many gateways it has come.
ALTER TABLE posthorn_message ADD COLUMN hops INTEGER DEFAULT 0 NOT NULL;
