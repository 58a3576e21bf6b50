-- Finds what is due of the endpoints that have room, past any number of rows of one that has none.
CREATE INDEX posthorn_delivery_due_of_endpoint ON posthorn_delivery ${due_of_endpoint};
