-- Which steps this file has taken. `PRAGMA user_version` holds the newest number.
CREATE TABLE _schema_version (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;
