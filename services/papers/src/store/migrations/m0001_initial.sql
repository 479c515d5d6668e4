-- How many papers there are of a legal entity, a kind and a year. Whoever gives the next number holds the row.
CREATE TABLE series (
    legal_entity {text} NOT NULL,
    kind {text} NOT NULL,
    year bigint NOT NULL,
    last bigint NOT NULL CHECK (last >= 0),
    PRIMARY KEY (legal_entity, kind, year)
);
-- Papers, for ever. The content is what was issued; the columns beside it are for keys, filters and people. A paper is about something
-- (delivery, unit or traced), named as its kind needs it.
CREATE TABLE paper (
    legal_entity {text} NOT NULL,
    kind {text} NOT NULL,
    year bigint NOT NULL,
    place bigint NOT NULL CHECK (place > 0),
    warehouse {text} NOT NULL,
    about {text} NOT NULL,
    subject {text} NOT NULL,
    language {text} NOT NULL,
    issue_date {text} NOT NULL,
    issued_at bigint NOT NULL,
    corrects_year bigint,
    corrects_place bigint,
    digest {bytes} NOT NULL,
    content {bytes} NOT NULL,
    PRIMARY KEY (legal_entity, kind, year, place)
);
-- A paper has at most one correction.
CREATE UNIQUE INDEX paper_corrects ON paper (legal_entity, kind, corrects_year, corrects_place);
CREATE INDEX paper_subject ON paper (legal_entity, subject);
-- Answers, for ever: the same request is the same paper.
CREATE TABLE request (
    request_id {bytes} NOT NULL PRIMARY KEY,
    digest {bytes} NOT NULL,
    legal_entity {text} NOT NULL,
    kind {text} NOT NULL,
    year bigint NOT NULL,
    place bigint NOT NULL
);
