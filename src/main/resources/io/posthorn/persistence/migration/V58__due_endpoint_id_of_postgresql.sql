-- PostgreSQL looked for what is due of an endpoint among all deliveries that the endpoint ever had, along another index that begins
-- with it, where it believed many of them to be due. This column has one index, and nothing but what is due in it.
${stored_due_endpoint_id}
