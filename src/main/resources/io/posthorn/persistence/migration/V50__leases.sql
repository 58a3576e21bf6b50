-- How long a claim holds. It was due_at that moved to the end of the lease, and with it every index of the row.
ALTER TABLE posthorn_inbox_event ADD COLUMN leased_until TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE posthorn_delivery ADD COLUMN leased_until TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE posthorn_task ADD COLUMN leased_until TIMESTAMP(6) WITH TIME ZONE;

-- Where the database knows partial indexes, what is finished leaves the index of what is due.
DROP INDEX posthorn_inbox_due;
CREATE INDEX posthorn_inbox_due ON posthorn_inbox_event ${due};
DROP INDEX posthorn_delivery_due;
CREATE INDEX posthorn_delivery_due ON posthorn_delivery ${due};

-- The dead letters of an organization, newest first.
DROP INDEX posthorn_delivery_by_status;
CREATE INDEX posthorn_delivery_dead ON posthorn_delivery ${dead};

-- posthorn_delivery_of_endpoint finds the same rows for what is asked rarely.
DROP INDEX posthorn_delivery_by_endpoint;

-- For the claimed version of a row beside the first one, so that a claim touches no index.
${make_room}
