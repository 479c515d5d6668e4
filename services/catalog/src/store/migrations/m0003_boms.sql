CREATE TABLE bom (
  sku {text} NOT NULL,
  version {text} NOT NULL,
  kind {text} NOT NULL,
  valid_from {text} NOT NULL,
  valid_until {text} NOT NULL,
  state {text} NOT NULL,
  revision bigint NOT NULL,
  record {bytes} NOT NULL,
  PRIMARY KEY (sku, version)
);
