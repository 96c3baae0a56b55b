-- The bundled history: rows of config/history.toml become mentions of their sources, marked by the row's id.

CREATE TABLE history_rows (
    id TEXT PRIMARY KEY,                -- the row's id in config/history.toml
    name TEXT NOT NULL,
    deal_id INTEGER REFERENCES deals (id) ON DELETE SET NULL,
    expands TEXT,                       -- id of the row to which this one adds capacity
    doubt TEXT,
    content_hash TEXT NOT NULL,
    imported_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX history_rows_by_deal ON history_rows (deal_id);
CREATE INDEX history_rows_by_expansion ON history_rows (expands) WHERE expands IS NOT NULL;

ALTER TABLE mentions ADD COLUMN history_id TEXT;
ALTER TABLE mentions ADD COLUMN happened_on TEXT;
ALTER TABLE mentions ADD COLUMN happened_on_precision TEXT
    CHECK (happened_on_precision IN ('day', 'month', 'quarter', 'half', 'year'));
ALTER TABLE reactions ADD COLUMN history_id TEXT;

CREATE INDEX mentions_by_history ON mentions (history_id) WHERE history_id IS NOT NULL;
CREATE INDEX reactions_by_history ON reactions (history_id) WHERE history_id IS NOT NULL;

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('history_rows', 'id', NULL, 'permanent id of the row in the bundled history', 'iren-microsoft-childress-2025-11'),
    ('history_rows', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('history_rows', 'deal_id', 'deals.id', 'the deal', '12'),
    ('history_rows', 'expands', 'history_rows.id', 'the row to which this one adds capacity', 'iren-microsoft-childress-2025-11'),
    ('history_rows', 'doubt', NULL, 'what was left out of the row, and why', 'Whether the 300 MW are IT load is not said.'),
    ('history_rows', 'content_hash', NULL, 'hash of the row; equal = nothing to import', 'ab12…'),
    ('history_rows', 'imported_at', 'UTC', 'when the row was imported last', '2026-11-29T12:00:00Z'),
    ('mentions', 'history_id', 'history_rows.id', 'the row of the bundled history it comes from; NULL = read by the extractor', 'iren-microsoft-childress-2025-11'),
    ('mentions', 'happened_on', 'ISO date', 'day the status was reached where the source dates it; first day of the period', '2025-11-03'),
    ('mentions', 'happened_on_precision', NULL, 'how exact happened_on is', 'day'),
    ('reactions', 'history_id', 'history_rows.id', 'the row of the bundled history it comes from; NULL = read by the extractor', NULL);

UPDATE _columns SET meaning = 'when it was published; a page of the bundled history that shows no date carries the day of what it tells'
WHERE table_name = 'articles' AND column_name = 'published_at';
UPDATE _columns SET meaning = 'when this file first held the deal; a deal of the bundled history: the day it became public'
WHERE table_name = 'deals' AND column_name = 'first_seen_at';
