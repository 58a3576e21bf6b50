-- Every dispatch of a received event, and what its observers made of it. Removed with the event.
CREATE TABLE posthorn_inbox_dispatch (
  event_id ${id} NOT NULL REFERENCES posthorn_inbox_event (id) ON DELETE CASCADE,
  -- How often the event had been replayed before; dispatches are counted anew after each.
  replay INTEGER NOT NULL,
  dispatch INTEGER NOT NULL,
  started_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  duration_millis BIGINT NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  error ${text},
  -- A JSON array.
  observers ${text} NOT NULL,
  PRIMARY KEY (event_id, replay, dispatch)
);
