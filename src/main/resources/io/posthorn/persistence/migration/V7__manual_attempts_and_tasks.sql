-- Deliveries ----------------------------------------------------------------------------------------------------------

-- Attempts that somebody asked for and that are still to be made.
ALTER TABLE posthorn_delivery ADD COLUMN manual_due INTEGER DEFAULT 0 NOT NULL;
-- Whether any attempt has succeeded, whatever came later.
ALTER TABLE posthorn_delivery ADD COLUMN succeeded BOOLEAN DEFAULT FALSE NOT NULL;
-- The messages of an endpoint, newest first.
CREATE INDEX posthorn_delivery_of_endpoint ON posthorn_delivery (endpoint_id, message_id);
-- The dead letters of an organization, newest first.
CREATE INDEX posthorn_delivery_by_status ON posthorn_delivery (org_id, status, id);

-- When the first delivery ran out of attempts since the last success; null while all is well.
ALTER TABLE posthorn_endpoint ADD COLUMN failing_since TIMESTAMP(6) WITH TIME ZONE;

-- Long work -----------------------------------------------------------------------------------------------------------

CREATE TABLE posthorn_task (
  id ${id} PRIMARY KEY,
  org_id ${id} NOT NULL,
  task VARCHAR(64) NOT NULL,
  status VARCHAR(16) NOT NULL,
  -- JSON: what is to be done.
  parameters ${text} NOT NULL,
  -- Where the next batch begins; null at the beginning.
  reached ${key},
  done BIGINT NOT NULL,
  due_at TIMESTAMP(6) WITH TIME ZONE,
  claim ${id},
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX posthorn_task_due ON posthorn_task (due_at);
CREATE INDEX posthorn_task_by_org ON posthorn_task (org_id, id);
