-- Companies that go by another name: who says so, and what that comes to for names the list of companies does not have.
CREATE TABLE renames (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    old_name TEXT NOT NULL,
    new_name TEXT NOT NULL,
    old_normal_name TEXT NOT NULL,
    new_normal_name TEXT NOT NULL,
    sentence TEXT,
    UNIQUE (article_id, old_normal_name, new_normal_name)
) STRICT;

CREATE INDEX renames_by_names ON renames (old_normal_name, new_normal_name);

-- Computed from `renames` and `company_names` whenever one of them changes.
CREATE TABLE renamed_names (
    normal_name TEXT PRIMARY KEY,
    block TEXT NOT NULL,                -- stem of the name, by which its short forms are found
    company_key TEXT NOT NULL           -- of a listed company, else the newest name
) STRICT, WITHOUT ROWID;

CREATE INDEX renamed_names_by_block ON renamed_names (block);

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('renames', 'id', NULL, 'number of the row', '3'),
    ('renames', 'article_id', 'articles.id', 'the article that says so', '345'),
    ('renames', 'name', NULL, 'what the row is, for people', 'Iris Energy is now IREN'),
    ('renames', 'old_name', NULL, 'what the company was called', 'Iris Energy'),
    ('renames', 'new_name', NULL, 'what it is called', 'IREN'),
    ('renames', 'old_normal_name', NULL, 'the old name in lower case, without legal suffixes', 'iris energy'),
    ('renames', 'new_normal_name', NULL, 'the new name in lower case, without legal suffixes', 'iren'),
    ('renames', 'sentence', NULL, 'the sentence that says so, at most 300 characters', 'IREN, formerly Iris Energy, leased 50 MW.'),
    ('renamed_names', 'normal_name', NULL, 'a name that a renamed company has or had, which the list of companies lacks', 'iris energy'),
    ('renamed_names', 'block', NULL, 'stem of the name: short forms with the same stem are the same company', 'iris'),
    ('renamed_names', 'company_key', NULL, 'which company the name stands for: a key of companies, else the newest name', 'iren');
