-- "inno" in ASCII: marks the file as a ledger of innograph.
PRAGMA application_id = 1768844911;

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

INSERT INTO meta VALUES
    ('workspace', lower(hex(randomblob(6)))),
    ('generation', '0'),
    ('state', lower(hex(randomblob(4))));

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    origin TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    loader TEXT NOT NULL,
    loader_version TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    position INTEGER NOT NULL
);

CREATE INDEX source_by_content ON source (sha256);

CREATE TABLE assertion (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('node', 'edge')),
    type TEXT NOT NULL,
    subject TEXT NOT NULL,
    from_id TEXT,
    to_id TEXT,
    key TEXT,
    properties TEXT NOT NULL,
    place TEXT NOT NULL,
    quote TEXT NOT NULL,
    confidence REAL NOT NULL,
    CHECK (kind = 'node' OR (from_id IS NOT NULL AND to_id IS NOT NULL AND key IS NOT NULL))
);

CREATE INDEX assertion_by_subject ON assertion (subject);

CREATE INDEX assertion_by_source ON assertion (source_id);
