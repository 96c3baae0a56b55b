-- Share moves measured from daily closes, beside those that articles report. The two are never mixed: reported moves
-- stay in `reactions`, what is measured here names its window, its prices and what else happened.

-- Daily closes as a price source gave them, adjusted for splits and dividends. A cache: it may be emptied at any time.
CREATE TABLE prices (
    symbol TEXT NOT NULL,               -- EXCHANGE:SYMBOL, or BTC-USD
    day TEXT NOT NULL,                  -- the exchange's own day
    close REAL NOT NULL CHECK (close > 0),
    PRIMARY KEY (symbol, day)
) STRICT, WITHOUT ROWID;

-- One row per symbol: what was asked last, when, and whether it came.
CREATE TABLE price_fetches (
    symbol TEXT PRIMARY KEY,
    source TEXT NOT NULL,               -- csv or yahoo
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'failed')),
    reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- A deal becoming known, seen from the shares of one of its parties.
CREATE TABLE market_events (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    deal_id INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    company TEXT NOT NULL,
    company_key TEXT NOT NULL,
    symbol TEXT NOT NULL,
    announced_at TEXT NOT NULL,
    time_known INTEGER NOT NULL CHECK (time_known IN (0, 1)),   -- 0: only the day is known
    event_day TEXT,                     -- first session whose close follows; NULL = cannot be measured, see reason
    reason TEXT NOT NULL DEFAULT '',
    confounders TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(confounders)),
    source TEXT NOT NULL,
    is_complete INTEGER NOT NULL CHECK (is_complete IN (0, 1)),
    computed_at TEXT NOT NULL,
    UNIQUE (deal_id, company_key)
) STRICT;

CREATE TABLE market_moves (
    event_id INTEGER NOT NULL REFERENCES market_events (id) ON DELETE CASCADE,
    window TEXT NOT NULL CHECK (window IN ('day', 'before', 'after', 'around')),
    from_day TEXT NOT NULL,             -- the close the window starts from
    to_day TEXT NOT NULL,               -- the close it ends with
    price_from REAL,
    price_to REAL,
    pct REAL NOT NULL,                  -- signed
    btc_pct REAL,
    peers_pct REAL,
    peer_count INTEGER NOT NULL,
    PRIMARY KEY (event_id, window)
) STRICT, WITHOUT ROWID;

CREATE VIEW v_measured_reactions AS
SELECT e.company AS name, e.symbol, d.slug, d.name AS deal_name, e.announced_at, e.time_known, e.event_day, m.window,
       m.from_day, m.to_day, round(m.pct, 2) AS measured_pct, round(m.btc_pct, 2) AS btc_pct,
       round(m.pct - m.btc_pct, 2) AS minus_btc_points, round(m.peers_pct, 2) AS peers_pct, m.peer_count,
       round(m.pct - m.peers_pct, 2) AS minus_peers_points, e.confounders, m.price_from, m.price_to, e.source,
       e.computed_at, e.deal_id
FROM market_events AS e
JOIN deals AS d ON d.id = e.deal_id
JOIN market_moves AS m ON m.event_id = e.id
WHERE d.merged_into IS NULL AND d.is_withdrawn = 0;

-- Side by side, each in columns of its own: what an article says and what the closes say of the same day.
CREATE VIEW v_reactions_compared AS
SELECT r.name, r.slug, r.deal_name, r.signed_pct AS reported_pct, r.qualifier AS reported_qualifier,
       r.session AS reported_session, r.publisher, r.sentence, r.evidence_url, m.event_day, m.measured_pct,
       m.minus_btc_points, m.minus_peers_points,
       -- An article of another day speaks of that day's move.
       CASE WHEN r.session IN ('close', 'intraday', 'unspecified')
                 AND substr(r.published_at, 1, 10) BETWEEN m.event_day AND date(m.event_day, '+1 day')
            THEN round(m.measured_pct - r.signed_pct, 2) END AS measured_minus_reported_points,
       m.confounders, r.reaction_id
FROM v_reactions AS r
JOIN reactions AS stored ON stored.id = r.reaction_id
JOIN market_events AS e ON e.deal_id = stored.deal_id AND e.company_key = stored.company_key
JOIN v_measured_reactions AS m ON m.deal_id = e.deal_id AND m.symbol = e.symbol AND m.window = 'day'
WHERE r.deal_related = 1 AND r.pct IS NOT NULL;

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('prices', 'symbol', NULL, 'share as EXCHANGE:SYMBOL, or BTC-USD', 'NASDAQ:IREN'),
    ('prices', 'day', 'ISO date', 'trading day of the exchange', '2025-11-03'),
    ('prices', 'close', 'currency of the share', 'closing price, adjusted for splits and dividends', '67.75'),
    ('price_fetches', 'symbol', NULL, 'share as EXCHANGE:SYMBOL, or BTC-USD', 'NASDAQ:IREN'),
    ('price_fetches', 'source', NULL, 'where the prices come from: csv or yahoo', 'csv'),
    ('price_fetches', 'from_day', 'ISO date', 'first day asked for', '2025-10-01'),
    ('price_fetches', 'to_day', 'ISO date', 'last day asked for', '2025-11-30'),
    ('price_fetches', 'fetched_at', 'UTC', 'when it was asked', '2025-11-30T03:00:00Z'),
    ('price_fetches', 'outcome', NULL, 'ok or failed', 'ok'),
    ('price_fetches', 'reason', NULL, 'why it failed', ''),
    ('market_events', 'id', NULL, 'number of the row', '17'),
    ('market_events', 'name', NULL, 'what the row is, for people', 'IREN on IREN – Microsoft'),
    ('market_events', 'deal_id', 'deals.id', 'the deal', '12'),
    ('market_events', 'company', NULL, 'party whose shares are measured', 'IREN'),
    ('market_events', 'company_key', 'companies.key', 'the same as a key', 'iren'),
    ('market_events', 'symbol', NULL, 'share as EXCHANGE:SYMBOL', 'NASDAQ:IREN'),
    ('market_events', 'announced_at', 'UTC', 'when the deal became known, as far as this file knows', '2025-11-03T11:00:00Z'),
    ('market_events', 'time_known', '0 or 1', 'whether the time of day is known; 0 = only the day', '1'),
    ('market_events', 'event_day', 'ISO date', 'first session whose close follows the announcement; NULL = not measured', '2025-11-03'),
    ('market_events', 'reason', NULL, 'why nothing is measured', 'no session has closed since'),
    ('market_events', 'confounders', 'JSON list', 'what else concerned the company within five sessions: kind, name, sessions from the event day', '[{"kind": "financing", "name": "IREN – note investors", "sessions_away": 0}]'),
    ('market_events', 'source', NULL, 'where the prices come from: csv or yahoo', 'csv'),
    ('market_events', 'is_complete', '0 or 1', 'whether all windows have closed', '1'),
    ('market_events', 'computed_at', 'UTC', 'when it was measured', '2025-11-30T03:00:00Z'),
    ('market_moves', 'event_id', 'market_events.id', 'the event', '17'),
    ('market_moves', 'window', NULL, 'day = previous close to the event day''s close; before = the five sessions before; after = the five after; around = all eleven', 'day'),
    ('market_moves', 'from_day', 'ISO date', 'the close the window starts from', '2025-10-31'),
    ('market_moves', 'to_day', 'ISO date', 'the close the window ends with', '2025-11-03'),
    ('market_moves', 'price_from', 'currency of the share', 'that first close; empty in an edition', '60.75'),
    ('market_moves', 'price_to', 'currency of the share', 'that last close; empty in an edition', '67.75'),
    ('market_moves', 'pct', 'percent', 'signed move of the share', '11.5'),
    ('market_moves', 'btc_pct', 'percent', 'move of bitcoin in dollars between the same days', '-3.1'),
    ('market_moves', 'peers_pct', 'percent', 'mean move of the peer basket between the same days, parties of the deal left out', '1.4'),
    ('market_moves', 'peer_count', 'companies', 'peers that had prices', '9'),
    ('v_measured_reactions', 'name', NULL, 'company whose shares are measured', 'IREN'),
    ('v_measured_reactions', 'symbol', NULL, 'share as EXCHANGE:SYMBOL', 'NASDAQ:IREN'),
    ('v_measured_reactions', 'slug', NULL, 'permanent address of the deal; after a merge it leads to the survivor', 'iren-microsoft-2025-11'),
    ('v_measured_reactions', 'deal_name', NULL, 'name of the deal', 'IREN – Microsoft'),
    ('v_measured_reactions', 'announced_at', 'UTC', 'when the deal became known, as far as this file knows', '2025-11-03T11:00:00Z'),
    ('v_measured_reactions', 'time_known', '0 or 1', 'whether the time of day is known; 0 = only the day', '1'),
    ('v_measured_reactions', 'event_day', 'ISO date', 'first session whose close follows the announcement', '2025-11-03'),
    ('v_measured_reactions', 'window', NULL, 'day = previous close to the event day''s close; before = the five sessions before; after = the five after; around = all eleven', 'day'),
    ('v_measured_reactions', 'from_day', 'ISO date', 'the close the window starts from', '2025-10-31'),
    ('v_measured_reactions', 'to_day', 'ISO date', 'the close the window ends with', '2025-11-03'),
    ('v_measured_reactions', 'measured_pct', 'percent', 'signed move of the share, from closing prices', '11.5'),
    ('v_measured_reactions', 'btc_pct', 'percent', 'move of bitcoin in dollars between the same days', '-3.1'),
    ('v_measured_reactions', 'minus_btc_points', 'percentage points', 'move of the share less that of bitcoin', '14.6'),
    ('v_measured_reactions', 'peers_pct', 'percent', 'mean move of the peer basket between the same days, parties of the deal left out', '1.4'),
    ('v_measured_reactions', 'peer_count', 'companies', 'peers that had prices', '9'),
    ('v_measured_reactions', 'minus_peers_points', 'percentage points', 'move of the share less that of the peers', '10.1'),
    ('v_measured_reactions', 'confounders', 'JSON list', 'what else concerned the company within five sessions: kind, name, sessions from the event day', '[]'),
    ('v_measured_reactions', 'price_from', 'currency of the share', 'first close; empty in an edition', '60.75'),
    ('v_measured_reactions', 'price_to', 'currency of the share', 'last close; empty in an edition', '67.75'),
    ('v_measured_reactions', 'source', NULL, 'where the prices come from: csv or yahoo', 'csv'),
    ('v_measured_reactions', 'computed_at', 'UTC', 'when it was measured', '2025-11-30T03:00:00Z'),
    ('v_measured_reactions', 'deal_id', 'deals.id', 'the deal', '12'),
    ('v_reactions_compared', 'name', NULL, 'company whose shares moved', 'IREN'),
    ('v_reactions_compared', 'slug', NULL, 'permanent address of the deal; after a merge it leads to the survivor', 'iren-microsoft-2025-11'),
    ('v_reactions_compared', 'deal_name', NULL, 'name of the deal', 'IREN – Microsoft'),
    ('v_reactions_compared', 'reported_pct', 'percent', 'signed move as an article reports it', '30'),
    ('v_reactions_compared', 'reported_qualifier', NULL, 'how firmly it is stated: exact, approx, at_least, up_to', 'at_least'),
    ('v_reactions_compared', 'reported_session', NULL, 'window of the reported move: premarket, intraday, close …', 'premarket'),
    ('v_reactions_compared', 'publisher', NULL, 'who published it', 'Reuters'),
    ('v_reactions_compared', 'sentence', NULL, 'the sentence that says so, at most 300 characters', 'Shares of IREN rose more than 30%.'),
    ('v_reactions_compared', 'evidence_url', NULL, 'address of the sentence: a browser scrolls to it and marks it', 'https://example.com/a#:~:text=Shares%20of%20IREN'),
    ('v_reactions_compared', 'event_day', 'ISO date', 'first session whose close follows the announcement', '2025-11-03'),
    ('v_reactions_compared', 'measured_pct', 'percent', 'signed move from the previous close to the event day''s close', '11.5'),
    ('v_reactions_compared', 'minus_btc_points', 'percentage points', 'measured move less that of bitcoin', '14.6'),
    ('v_reactions_compared', 'minus_peers_points', 'percentage points', 'measured move less that of the peers', '10.1'),
    ('v_reactions_compared', 'measured_minus_reported_points', 'percentage points', 'how far the two are apart; NULL where the article speaks of another day or window', '-18.5'),
    ('v_reactions_compared', 'confounders', 'JSON list', 'what else concerned the company within five sessions: kind, name, sessions from the event day', '[]'),
    ('v_reactions_compared', 'reaction_id', 'reactions.id', 'the reported share move', '4');
