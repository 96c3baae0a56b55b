-- The day on which a second reader held a row of the bundled history against its pages.

ALTER TABLE history_rows ADD COLUMN checked_on TEXT;

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('history_rows', 'checked_on', 'ISO date', 'day on which somebody else held the row against its pages; NULL = not yet', '2026-11-29');
