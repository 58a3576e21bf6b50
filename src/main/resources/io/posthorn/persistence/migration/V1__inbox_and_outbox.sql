-- What differs between H2 and PostgreSQL stands in placeholders; see Migrations.

-- Inbound ------------------------------------------------------------------------------------------------------------

CREATE TABLE posthorn_inbox_event (
  id ${id} PRIMARY KEY,
  org_id ${id} NOT NULL,
  source ${key} NOT NULL,
  external_id ${key},
  event_type ${key} NOT NULL,
  occurred_at TIMESTAMP(6) WITH TIME ZONE,
  received_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  headers ${text} NOT NULL,
  body ${binary} NOT NULL,
  status VARCHAR(16) NOT NULL,
  -- When the event may be claimed: the next dispatch, or the end of the lease of the node that holds it. Null when done.
  due_at TIMESTAMP(6) WITH TIME ZONE,
  claim ${id},
  dispatches INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  last_error ${text},
  note VARCHAR(64),
  finished_at TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX posthorn_inbox_due ON posthorn_inbox_event (due_at);
CREATE INDEX posthorn_inbox_by_source ON posthorn_inbox_event (org_id, source, id);

-- The memory of duplicates, apart from the events so that its own time can outlast theirs.
CREATE TABLE posthorn_inbox_key (
  org_id ${id} NOT NULL,
  source ${key} NOT NULL,
  dedupe_key ${key} NOT NULL,
  event_id ${id} NOT NULL,
  expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (org_id, source, dedupe_key)
);

-- Outbound -----------------------------------------------------------------------------------------------------------

CREATE TABLE posthorn_application (
  id ${id} PRIMARY KEY,
  org_id ${id} NOT NULL,
  -- Null once deleted, so that the uid can be used again.
  uid ${key},
  name ${text} NOT NULL,
  throttle_rate INTEGER,
  metadata ${text} NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  deleted_at TIMESTAMP(6) WITH TIME ZONE,
  UNIQUE (org_id, uid)
);

CREATE TABLE posthorn_event_type (
  org_id ${id} NOT NULL,
  name ${key} NOT NULL,
  description ${text} NOT NULL,
  archived BOOLEAN NOT NULL,
  deprecated BOOLEAN NOT NULL,
  feature_flag ${key},
  schemas ${text},
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (org_id, name)
);

CREATE TABLE posthorn_endpoint (
  id ${id} PRIMARY KEY,
  org_id ${id} NOT NULL,
  app_id ${id} NOT NULL REFERENCES posthorn_application (id),
  uid ${key},
  url ${text} NOT NULL,
  version INTEGER NOT NULL,
  description ${text} NOT NULL,
  -- Null takes every event type, or every channel.
  event_types ${text},
  channels ${text},
  disabled BOOLEAN NOT NULL,
  disabled_reason ${text},
  throttle_rate INTEGER,
  metadata ${text} NOT NULL,
  secret ${binary} NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  deleted_at TIMESTAMP(6) WITH TIME ZONE,
  UNIQUE (app_id, uid)
);
CREATE INDEX posthorn_endpoint_by_app ON posthorn_endpoint (app_id, id);

CREATE TABLE posthorn_message (
  id ${id} PRIMARY KEY,
  org_id ${id} NOT NULL,
  app_id ${id} NOT NULL REFERENCES posthorn_application (id),
  event_type ${key} NOT NULL,
  event_id ${key},
  channels ${text},
  payload ${binary} NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  UNIQUE (app_id, event_id)
);
CREATE INDEX posthorn_message_by_app ON posthorn_message (app_id, id);

CREATE TABLE posthorn_delivery (
  id ${id} PRIMARY KEY,
  org_id ${id} NOT NULL,
  message_id ${id} NOT NULL REFERENCES posthorn_message (id),
  endpoint_id ${id} NOT NULL REFERENCES posthorn_endpoint (id),
  status VARCHAR(16) NOT NULL,
  attempts INTEGER NOT NULL,
  -- As in the inbox: the next attempt, or the end of the lease of the node that sends. Null when done.
  due_at TIMESTAMP(6) WITH TIME ZONE,
  claim ${id},
  reason ${text},
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  UNIQUE (message_id, endpoint_id)
);
CREATE INDEX posthorn_delivery_due ON posthorn_delivery (due_at);
CREATE INDEX posthorn_delivery_by_endpoint ON posthorn_delivery (endpoint_id, status);

CREATE TABLE posthorn_attempt (
  id ${id} PRIMARY KEY,
  org_id ${id} NOT NULL,
  message_id ${id} NOT NULL,
  endpoint_id ${id} NOT NULL,
  url ${text} NOT NULL,
  status VARCHAR(16) NOT NULL,
  -- 0 where no answer came.
  response_status INTEGER NOT NULL,
  response ${text} NOT NULL,
  duration_millis BIGINT NOT NULL,
  trigger_type VARCHAR(16) NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX posthorn_attempt_by_message ON posthorn_attempt (message_id, id);
CREATE INDEX posthorn_attempt_by_endpoint ON posthorn_attempt (endpoint_id, id);
