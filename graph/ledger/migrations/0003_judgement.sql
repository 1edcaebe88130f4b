-- What people decided about who is who. A row is never deleted: one that no longer stands says since when.
CREATE TABLE judgement (
    id INTEGER PRIMARY KEY,
    left_id TEXT NOT NULL,
    right_id TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
    note TEXT NOT NULL,
    author TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    withdrawn_at TEXT,
    CHECK (left_id < right_id)
);

CREATE UNIQUE INDEX judgement_standing ON judgement (left_id, right_id) WHERE withdrawn_at IS NULL;

CREATE INDEX judgement_by_pair ON judgement (left_id, right_id);
