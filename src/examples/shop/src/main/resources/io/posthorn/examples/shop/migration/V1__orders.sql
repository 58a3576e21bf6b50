CREATE TABLE shop_order (
    order_id VARCHAR(64) PRIMARY KEY,
    amount NUMERIC(12, 2) NOT NULL,
    currency VARCHAR(3) NOT NULL
);
