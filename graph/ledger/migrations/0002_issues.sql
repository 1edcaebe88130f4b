-- "values" is an SQL keyword, hence "details" for an issue's values.
CREATE TABLE issue (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    place TEXT NOT NULL,
    quote TEXT NOT NULL,
    details TEXT NOT NULL
);

CREATE INDEX issue_by_source ON issue (source_id);
