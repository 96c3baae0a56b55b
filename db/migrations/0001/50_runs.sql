-- What the scheduler did and when it was due, and who holds the right to collect and deliver.

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                 -- 'tick', 'digest:daily:3', 'retention' …
    due_at TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT NOT NULL DEFAULT 'running' CHECK (outcome IN ('running', 'ok', 'failed', 'missed', 'abandoned')),
    counts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(counts)),
    reason TEXT,
    UNIQUE (name, due_at)
) STRICT;

CREATE INDEX runs_by_start ON runs (started_at);

CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    acquired_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
