-- Who wants to hear what (watches), what has to be sent (outbox), and where each deal was announced (alert_messages).
-- Nothing here is ever published.

CREATE TABLE guilds (
    guild_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    joined_at TEXT NOT NULL,
    left_at TEXT                        -- its rows are deleted 30 days later
) STRICT;

CREATE TABLE watches (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    guild_id TEXT REFERENCES guilds (guild_id) ON DELETE CASCADE,
    channel_id TEXT,                    -- a Discord channel, or 'console'
    webhook_setting TEXT,               -- the NAME of the setting that holds the webhook's address, never the address
    events TEXT NOT NULL DEFAULT '["new","change"]' CHECK (json_valid(events)),
    companies TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(companies)),     -- names; empty = all
    deal_types TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(deal_types)),   -- empty = all
    min_value_usd INTEGER CHECK (min_value_usd >= 0),
    min_capacity_mw REAL CHECK (min_capacity_mw >= 0),
    min_confidence REAL NOT NULL DEFAULT 0 CHECK (min_confidence BETWEEN 0 AND 1),
    quiet_from TEXT CHECK (quiet_from GLOB '[0-2][0-9]:[0-5][0-9]'),        -- local time
    quiet_until TEXT CHECK (quiet_until GLOB '[0-2][0-9]:[0-5][0-9]'),
    role_id TEXT,                       -- the one role an alert may mention
    number_format TEXT NOT NULL DEFAULT 'en',
    time_zone TEXT NOT NULL DEFAULT 'UTC',
    digest TEXT NOT NULL DEFAULT 'none' CHECK (digest IN ('none', 'daily', 'weekly', 'both')),
    digest_at TEXT NOT NULL DEFAULT '08:00' CHECK (digest_at GLOB '[0-2][0-9]:[0-5][0-9]'),
    is_operator INTEGER NOT NULL DEFAULT 0 CHECK (is_operator IN (0, 1)),   -- also hears notices about the service
    starts_at TEXT NOT NULL,            -- articles published earlier are no news here
    created_at TEXT NOT NULL,
    disabled_at TEXT,
    disabled_reason TEXT,
    CHECK ((channel_id IS NULL) <> (webhook_setting IS NULL)),
    CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
) STRICT;

CREATE INDEX watches_by_guild ON watches (guild_id);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                 -- what it is, for people
    watch_id INTEGER REFERENCES watches (id) ON DELETE CASCADE,
    target TEXT NOT NULL,               -- 'channel:<id>' or 'webhook:<setting>'; order is kept within one target
    kind TEXT NOT NULL CHECK (kind IN ('alert', 'edit', 'reply', 'digest', 'notice')),
    deal_id INTEGER REFERENCES deals (id) ON DELETE CASCADE,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    key TEXT NOT NULL,                  -- what this row is about; the same thing is never enqueued twice to a target
    nonce TEXT NOT NULL CHECK (length(nonce) <= 25),
    state TEXT NOT NULL DEFAULT 'pending'
        CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'uncertain', 'folded')),
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before TEXT,
    attempted_at TEXT,
    message_id TEXT,
    reason TEXT,
    created_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;

-- An edit may come again and again, but only one waits at a time (the newest content); everything else comes once.
CREATE UNIQUE INDEX outbox_once ON outbox (target, key) WHERE kind <> 'edit';
CREATE UNIQUE INDEX outbox_one_waiting_edit ON outbox (target, key) WHERE kind = 'edit' AND state = 'pending';
CREATE INDEX outbox_by_key ON outbox (target, key);
CREATE INDEX outbox_open ON outbox (target, id) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_by_deal ON outbox (deal_id);
CREATE INDEX outbox_by_watch ON outbox (watch_id);
CREATE INDEX outbox_by_state ON outbox (state, id) WHERE state IN ('failed', 'uncertain');

CREATE TABLE alert_messages (
    deal_id INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    watch_id INTEGER REFERENCES watches (id) ON DELETE CASCADE,
    message_id TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    edited_at TEXT,
    rendering_hash TEXT,                -- of what is shown now; an edit that changes nothing is not sent
    deleted_at TEXT,                    -- somebody deleted it: it is not posted again
    PRIMARY KEY (deal_id, target)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_messages_by_watch ON alert_messages (watch_id);
CREATE INDEX alert_messages_by_message ON alert_messages (message_id);
