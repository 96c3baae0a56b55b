-- Articles: entries with their full text. Retention may null the text; its hash and the evidence sentences stay.

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER UNIQUE REFERENCES entries (id) ON DELETE SET NULL,
    feed_id INTEGER REFERENCES feeds (id) ON DELETE SET NULL,
    url TEXT,
    canonical_url TEXT,
    title TEXT NOT NULL,
    text TEXT,                          -- NULL after retention
    text_hash TEXT NOT NULL,            -- of the words alone: case, spacing and punctuation do not count
    word_count INTEGER NOT NULL,
    published_at TEXT,
    fetched_at TEXT NOT NULL,
    language TEXT,
    publisher TEXT NOT NULL,
    tier TEXT NOT NULL CHECK (tier IN ('filing', 'press_release', 'newswire', 'trade_press', 'blog', 'history')),
    alerting INTEGER NOT NULL DEFAULT 1 CHECK (alerting IN (0, 1)),
    duplicate_of INTEGER REFERENCES articles (id) ON DELETE SET NULL
) STRICT;

CREATE INDEX articles_by_hash ON articles (text_hash);
CREATE INDEX articles_by_canonical_url ON articles (canonical_url) WHERE canonical_url IS NOT NULL;
CREATE INDEX articles_by_feed ON articles (feed_id);
CREATE INDEX articles_by_duplicate_of ON articles (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX articles_by_time ON articles (fetched_at);

-- Fingerprints for finding near-duplicates: each band of an article's MinHash signature.
CREATE TABLE article_bands (
    band INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (band, article_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_bands_by_article ON article_bands (article_id);
