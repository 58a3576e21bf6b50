-- Encrypted. Null for none.
ALTER TABLE posthorn_endpoint ADD COLUMN credentials ${binary};
