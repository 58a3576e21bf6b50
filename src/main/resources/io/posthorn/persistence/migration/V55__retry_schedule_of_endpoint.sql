-- A comma list of seconds, empty for no retry. Null for the installation's.
ALTER TABLE posthorn_endpoint ADD COLUMN retry_schedule ${text};
