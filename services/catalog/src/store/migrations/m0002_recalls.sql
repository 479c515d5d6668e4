CREATE TABLE recall (
  sku {text} NOT NULL,
  lot {text} NOT NULL,
  state {text} NOT NULL,
  revision bigint NOT NULL,
  record {bytes} NOT NULL,
  PRIMARY KEY (sku, lot)
);
