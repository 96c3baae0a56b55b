-- What a merged deal handed over (messages, waiting rows, corrections, share moves), so that undoing gives it back.
ALTER TABLE desk_acts ADD COLUMN handed_over TEXT CHECK (handed_over IS NULL OR json_valid(handed_over));

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('desk_acts', 'handed_over', 'JSON', 'what the merged deal handed over: numbers of rows, and waiting rows that were taken back', '{"reactions": [4]}');
