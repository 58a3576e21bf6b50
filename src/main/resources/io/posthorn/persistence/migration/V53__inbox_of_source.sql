-- What the events of a source are stored under, which stays when it is renamed; null for its id. That of a source that is
-- here already is the name it has: so its events, and what duplicates of them are known by, stay where they are.
ALTER TABLE posthorn_source ADD COLUMN inbox ${key};
UPDATE posthorn_source SET inbox = COALESCE(uid, id);
CREATE UNIQUE INDEX posthorn_source_inbox ON posthorn_source (org_id, inbox);

-- What the source was called when the event came; null where it is what the event is stored under.
ALTER TABLE posthorn_inbox_event ADD COLUMN source_name ${key};
