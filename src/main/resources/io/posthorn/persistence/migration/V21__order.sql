-- The line that an event stands in until it is done, where its source keeps events in order; null elsewhere.
ALTER TABLE posthorn_inbox_event ADD COLUMN line ${id};

-- Who stands in which line. Only the first has a time at which it is due.
CREATE TABLE posthorn_inbox_place (
  event_id ${id} PRIMARY KEY REFERENCES posthorn_inbox_event (id),
  line ${id} NOT NULL,
  place BIGINT NOT NULL,
  UNIQUE (line, place)
);

-- Whoever changes a line holds the row that its first two digits lead to, until the transaction ends.
CREATE TABLE posthorn_inbox_lock (slot INTEGER PRIMARY KEY);
INSERT INTO posthorn_inbox_lock (slot) VALUES
  (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15),
  (16), (17), (18), (19), (20), (21), (22), (23), (24), (25), (26), (27), (28), (29), (30), (31),
  (32), (33), (34), (35), (36), (37), (38), (39), (40), (41), (42), (43), (44), (45), (46), (47),
  (48), (49), (50), (51), (52), (53), (54), (55), (56), (57), (58), (59), (60), (61), (62), (63);
