-- What people decided about findings. A row is never changed or deleted: the last one about a finding stands.
CREATE TABLE triage (
    id INTEGER PRIMARY KEY,
    finding TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'confirmed', 'dismissed')),
    note TEXT NOT NULL,
    author TEXT NOT NULL,
    decided_at TEXT NOT NULL
);

CREATE INDEX triage_by_finding ON triage (finding);
