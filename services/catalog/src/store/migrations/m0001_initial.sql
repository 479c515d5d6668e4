-- A record is kept as the bytes that are published; the columns beside it are for keys, filters and people.
CREATE TABLE item (
    sku {text} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    item_class {text} NOT NULL,
    base_unit {text} NOT NULL,
    tracking {text} NOT NULL,
    negative_stock_policy {text} NOT NULL,
    state {text} NOT NULL,
    revision bigint NOT NULL,
    record {bytes} NOT NULL
);
CREATE TABLE item_gtin (
    gtin {text} NOT NULL PRIMARY KEY,
    sku {text} NOT NULL REFERENCES item (sku)
);
CREATE INDEX item_gtin_sku ON item_gtin (sku);
CREATE TABLE item_class (
    code {text} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    coding_rule {text} NOT NULL,
    state {text} NOT NULL,
    revision bigint NOT NULL,
    record {bytes} NOT NULL
);
CREATE TABLE coding_rule (
    code {text} NOT NULL PRIMARY KEY,
    state {text} NOT NULL,
    revision bigint NOT NULL,
    record {bytes} NOT NULL
);
CREATE TABLE warehouse (
    code {text} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    gln {text} NOT NULL,
    legal_entity {text} NOT NULL,
    time_zone {text} NOT NULL,
    currency {text} NOT NULL,
    state {text} NOT NULL,
    revision bigint NOT NULL,
    record {bytes} NOT NULL
);
CREATE TABLE location (
    warehouse {text} NOT NULL REFERENCES warehouse (code),
    code {text} NOT NULL,
    parent {text} NOT NULL,
    kind {text} NOT NULL,
    name {text} NOT NULL,
    state {text} NOT NULL,
    revision bigint NOT NULL,
    record {bytes} NOT NULL,
    PRIMARY KEY (warehouse, code)
);
-- One row. Every writer takes its lock first: revisions have no gaps and become visible in their order.
CREATE TABLE head (
    id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    revision bigint NOT NULL
);
INSERT INTO head (id, revision) VALUES (1, 0);
-- Every change, for ever: the outbox of the topic, and who asks later what a record was.
CREATE TABLE change (
    revision bigint NOT NULL PRIMARY KEY,
    record_key {text} NOT NULL,
    recorded_at bigint NOT NULL,
    traceparent {text} NOT NULL,
    change {bytes} NOT NULL
);
-- What was answered to a request id.
CREATE TABLE request (
    request_id {bytes} NOT NULL PRIMARY KEY,
    digest {bytes} NOT NULL,
    answer {bytes} NOT NULL
);
-- The last revision that is in the topic for sure.
CREATE TABLE relay_cursor (
    topic {text} NOT NULL PRIMARY KEY,
    revision bigint NOT NULL
);
INSERT INTO relay_cursor (topic, revision) VALUES ('entrepot.catalog.v1', 0);
