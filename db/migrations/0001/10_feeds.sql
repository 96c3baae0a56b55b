-- Feeds: what is followed, what the last answer was, how the feed is doing, and what is kept for politeness.

CREATE TABLE feeds (
    id INTEGER PRIMARY KEY,
    key TEXT UNIQUE,                    -- the key in config/feeds.toml; NULL for a feed added by a person
    url TEXT NOT NULL UNIQUE,           -- the address fetched now; an adopted permanent redirect changes it
    configured_url TEXT NOT NULL,       -- the address as it was configured or added
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    site_url TEXT,
    group_name TEXT NOT NULL,
    tier TEXT NOT NULL CHECK (tier IN ('filing', 'press_release', 'newswire', 'trade_press', 'blog', 'history')),
    poll_minutes REAL NOT NULL CHECK (poll_minutes > 0),
    added_at TEXT NOT NULL,
    alert_after TEXT,                   -- entries published before this never alert; NULL = the collector's default
    is_paused INTEGER NOT NULL DEFAULT 0 CHECK (is_paused IN (0, 1)),
    removed_by TEXT CHECK (removed_by IN ('person', 'config')),  -- NULL = followed; kept so that its history stays
    -- what the last answers said
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT,
    last_fetched_at TEXT,
    last_success_at TEXT,
    last_entry_at TEXT,                 -- newest publication date seen
    typical_gap_hours REAL,             -- the feed's own rhythm
    ttl_minutes REAL,                   -- the publisher's wishes for polling, from the feed's document
    skip_hours TEXT NOT NULL DEFAULT '',
    skip_days TEXT NOT NULL DEFAULT '',
    next_due_at TEXT,                   -- NULL = never again (gone)
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    -- a permanent redirect being watched
    redirect_url TEXT,
    redirect_since TEXT,
    redirect_last_at TEXT,
    -- health
    health TEXT NOT NULL DEFAULT 'ok' CHECK (health IN ('ok', 'quiet', 'failing', 'gone', 'blocked')),
    health_since TEXT NOT NULL,
    health_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX feeds_by_due ON feeds (next_due_at) WHERE is_paused = 0 AND removed_by IS NULL;

-- One row per state change, announced once to the operators' channel.
CREATE TABLE feed_health_changes (
    id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    changed_at TEXT NOT NULL,
    health_before TEXT NOT NULL,
    health_after TEXT NOT NULL,
    reason TEXT NOT NULL,
    next_due_at TEXT,
    announced_at TEXT
) STRICT;

CREATE INDEX feed_health_changes_by_feed ON feed_health_changes (feed_id);
CREATE INDEX feed_health_changes_unannounced ON feed_health_changes (id) WHERE announced_at IS NULL;

-- One row per request that told something: a change, new entries, a failure. Plain "not modified" is only counted.
CREATE TABLE feed_fetches (
    id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    fetched_at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    http_status INTEGER,
    body_bytes INTEGER,
    duration_ms INTEGER,
    new_entries INTEGER NOT NULL DEFAULT 0,
    repeats INTEGER NOT NULL DEFAULT 1, -- how many times in a row the same outcome came, the last at fetched_at
    reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX feed_fetches_by_feed ON feed_fetches (feed_id, id);

-- What a host asked of us: a pause after 429 or 503, and its robots.txt for 24 hours.
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    paused_until TEXT,
    pause_reason TEXT
) STRICT;

CREATE TABLE robots_files (
    origin TEXT PRIMARY KEY,            -- scheme://host[:port]
    fetched_at TEXT NOT NULL,
    http_status INTEGER,                -- NULL = no answer
    body TEXT NOT NULL
) STRICT;

-- Entries: the items of the feeds.
CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    identity TEXT NOT NULL,             -- hash of the GUID, else of the cleaned address, else of title and day
    url_identity TEXT,                  -- hash of the cleaned address; NULL when the address names no single entry
    guid TEXT NOT NULL,
    url TEXT,
    title TEXT NOT NULL,
    content TEXT,                       -- plain text; NULL after retention
    content_is_full INTEGER NOT NULL CHECK (content_is_full IN (0, 1)),
    publisher TEXT,                     -- whom an aggregator names as the source; NULL = the feed's publisher
    published_at TEXT,
    seen_at TEXT NOT NULL,
    lag_s REAL,                         -- from publication to being seen; NULL on the first fetch of a feed
    alerting INTEGER NOT NULL CHECK (alerting IN (0, 1)),
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'skipped', 'failed')),
    reason TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT,
    UNIQUE (feed_id, identity)
) STRICT;

CREATE INDEX entries_by_url_identity ON entries (feed_id, url_identity) WHERE url_identity IS NOT NULL;
CREATE INDEX entries_pending ON entries (alerting DESC, id) WHERE state = 'new';
