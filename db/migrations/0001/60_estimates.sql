-- What the capacity model said of a deal when it was stored, with everything needed to compute it again.
CREATE TABLE estimates (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    deal_id INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    model_version TEXT NOT NULL,
    computed_at TEXT NOT NULL,
    inputs TEXT NOT NULL CHECK (json_valid(inputs)),
    assumptions TEXT NOT NULL CHECK (json_valid(assumptions)),
    warnings TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(warnings)),
    is_current INTEGER NOT NULL DEFAULT 1 CHECK (is_current IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX estimates_current ON estimates (deal_id) WHERE is_current = 1;
CREATE INDEX estimates_by_deal ON estimates (deal_id);

CREATE TABLE estimate_values (
    estimate_id INTEGER NOT NULL REFERENCES estimates (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    p10 REAL NOT NULL,
    p50 REAL NOT NULL,
    p90 REAL NOT NULL,
    unit TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('stated', 'derived', 'assumed')),
    PRIMARY KEY (estimate_id, key)
) STRICT, WITHOUT ROWID;

-- What a Discord server assumes differently from the shipped tables, for its own /estimate answers only.
CREATE TABLE server_assumptions (
    guild_id TEXT NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    low REAL NOT NULL,
    base REAL NOT NULL,
    high REAL NOT NULL CHECK (low <= base AND base <= high),
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    PRIMARY KEY (guild_id, key)
) STRICT, WITHOUT ROWID;
