-- Both encrypted. Null for no headers of its own.
ALTER TABLE posthorn_endpoint ADD COLUMN headers ${binary};
-- Null where no secret has been rotated out that still signs.
ALTER TABLE posthorn_endpoint ADD COLUMN old_secrets ${binary};
-- Whether the plain scheme is sent beside the standard one.
ALTER TABLE posthorn_application ADD COLUMN plain_signature BOOLEAN DEFAULT FALSE NOT NULL;
