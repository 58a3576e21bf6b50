-- An index of H2 has the rows that are due no more as well, thousands for each endpoint, and they would have to be passed
-- one by one; so it is made of a column that is null in these. PostgreSQL's index is partial.
${due_endpoint_id}
