-- Token buckets that nodes share; of a sender, only a hash. Not worth a wait for the disk: a crash fills them all.
CREATE ${unlogged} TABLE posthorn_rate_bucket (
  id ${id} PRIMARY KEY,
  -- When it will be full again, if nothing more is taken.
  full_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
