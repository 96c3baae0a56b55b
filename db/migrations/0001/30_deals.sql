-- Readings, mentions, claims, deals: what articles state and what it comes to. NULL always means "not stated".

-- Who a name stands for; filled from config/companies.toml. A company without a row is known by its own name.
CREATE TABLE companies (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    ticker TEXT,
    exchange TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE company_names (
    normal_name TEXT PRIMARY KEY,       -- lower case, without legal suffixes
    company_key TEXT NOT NULL REFERENCES companies (key) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX company_names_by_company ON company_names (company_key);

-- One row per article that was read, also when it told no deal.
CREATE TABLE readings (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    extractor_version TEXT NOT NULL,
    read_at TEXT NOT NULL,
    is_deal_article INTEGER NOT NULL CHECK (is_deal_article IN (0, 1)),
    bull_points TEXT CHECK (bull_points IS NULL OR json_valid(bull_points)),
    bear_points TEXT CHECK (bear_points IS NULL OR json_valid(bear_points)),
    notes TEXT CHECK (notes IS NULL OR json_valid(notes))
) STRICT;

CREATE INDEX readings_by_version ON readings (extractor_version, article_id);

CREATE TABLE deals (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
    provider TEXT,
    provider_key TEXT,
    provider_kind TEXT NOT NULL CHECK (provider_kind IN
        ('miner', 'neocloud', 'hyperscaler', 'ai_lab', 'developer', 'chip_vendor', 'other', 'undisclosed')),
    customer TEXT,
    customer_key TEXT,
    customer_kind TEXT NOT NULL CHECK (customer_kind IN
        ('miner', 'neocloud', 'hyperscaler', 'ai_lab', 'developer', 'chip_vendor', 'other', 'undisclosed')),
    miner_hyperscaler INTEGER NOT NULL CHECK (miner_hyperscaler IN (0, 1)),
    deal_type TEXT NOT NULL CHECK (deal_type IN ('hosting_lease', 'cloud_contract', 'acquisition', 'joint_venture',
        'equipment_purchase', 'financing', 'equity_stake', 'power_supply', 'land', 'partnership', 'other')),
    status TEXT NOT NULL CHECK (status IN
        ('rumored', 'in_talks', 'loi', 'signed', 'expanded', 'closed', 'terminated', 'rejected')),
    value_usd INTEGER,
    value_qualifier TEXT CHECK (value_qualifier IN ('exact', 'approx', 'at_least', 'up_to')),
    value_max_usd INTEGER,
    value_original REAL,
    value_currency TEXT,
    term_years REAL,
    term_max_years REAL,
    announced_on TEXT,
    announced_on_precision TEXT CHECK (announced_on_precision IN ('day', 'month', 'quarter', 'half', 'year')),
    delivery_start TEXT,
    delivery_start_precision TEXT CHECK (delivery_start_precision IN ('day', 'month', 'quarter', 'half', 'year')),
    delivery_end TEXT,
    delivery_end_precision TEXT CHECK (delivery_end_precision IN ('day', 'month', 'quarter', 'half', 'year')),
    capacity_mw REAL,
    capacity_kind TEXT CHECK (capacity_kind IN ('it', 'gross', 'unspecified')),
    capacity_max_mw REAL,
    gpu_models TEXT CHECK (gpu_models IS NULL OR json_valid(gpu_models)),
    gpu_count INTEGER,
    site TEXT,
    annual_value_usd INTEGER,
    prepayment_pct REAL,
    noi_margin_pct REAL,
    escalator_pct REAL,
    lease_form TEXT CHECK (lease_form IN ('triple_net', 'modified_gross', 'gross', 'other')),
    capex_usd INTEGER,
    energy_source TEXT,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    day TEXT NOT NULL,                  -- announced_on, else the day of the first article: what lists sort by
    evidence_tier TEXT NOT NULL,
    source_count INTEGER NOT NULL,      -- independent ones: copies count once
    article_count INTEGER NOT NULL,
    conflicts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(conflicts)),
    first_seen_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    is_history INTEGER NOT NULL DEFAULT 0 CHECK (is_history IN (0, 1)),
    merged_into INTEGER REFERENCES deals (id) ON DELETE SET NULL,
    is_withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (is_withdrawn IN (0, 1))  -- no article tells it any more
) STRICT;

-- Only live deals are listed; each offered sort has its index.
CREATE INDEX deals_by_day ON deals (day DESC, id) WHERE merged_into IS NULL AND is_withdrawn = 0;
CREATE INDEX deals_by_value ON deals (value_usd DESC, id) WHERE merged_into IS NULL AND is_withdrawn = 0;
CREATE INDEX deals_by_capacity ON deals (capacity_mw DESC, id) WHERE merged_into IS NULL AND is_withdrawn = 0;
CREATE INDEX deals_by_update ON deals (updated_at DESC, id) WHERE merged_into IS NULL AND is_withdrawn = 0;
CREATE INDEX deals_by_provider ON deals (provider_key);
CREATE INDEX deals_by_customer ON deals (customer_key);
CREATE INDEX deals_by_merge ON deals (merged_into) WHERE merged_into IS NOT NULL;

-- Every slug a deal ever had; a slug never comes to mean another deal.
CREATE TABLE deal_slugs (
    slug TEXT PRIMARY KEY,
    deal_id INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX deal_slugs_by_deal ON deal_slugs (deal_id);

CREATE TABLE deal_parties (
    deal_id INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN
        ('supplier', 'guarantor', 'financier', 'underwriter', 'advisor', 'partner', 'investor', 'end_user')),
    PRIMARY KEY (deal_id, name, role)
) STRICT, WITHOUT ROWID;

-- A deal as ONE article states it. deal_id NULL: it waits unattached.
CREATE TABLE mentions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,          -- order within the article
    name TEXT NOT NULL,
    deal_id INTEGER REFERENCES deals (id) ON DELETE SET NULL,
    is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
    provider_key TEXT,
    customer_key TEXT,
    provider_block TEXT,                -- stem of the key: only mentions with the same blocks can be one deal
    customer_block TEXT,
    pin_deal_id INTEGER REFERENCES deals (id) ON DELETE SET NULL,   -- the operator put it into this deal
    record TEXT NOT NULL CHECK (json_valid(record)),                -- the mention as `extract --json` prints it
    UNIQUE (article_id, position)
) STRICT;

CREATE INDEX mentions_by_parties ON mentions (provider_block, customer_block);
CREATE INDEX mentions_by_customer ON mentions (customer_block, provider_block);
CREATE INDEX mentions_by_deal ON mentions (deal_id);
CREATE INDEX mentions_by_pin ON mentions (pin_deal_id) WHERE pin_deal_id IS NOT NULL;

-- One stated fact of one mention.
CREATE TABLE claims (
    id INTEGER PRIMARY KEY,
    mention_id INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    deal_id INTEGER REFERENCES deals (id) ON DELETE SET NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    value_number REAL,
    qualifier TEXT CHECK (qualifier IN ('exact', 'approx', 'at_least', 'up_to')),
    sentence TEXT,                      -- at most 300 characters, stays when the text is forgotten
    is_shown INTEGER NOT NULL DEFAULT 0 CHECK (is_shown IN (0, 1)),
    UNIQUE (mention_id, field)
) STRICT;

CREATE INDEX claims_by_deal ON claims (deal_id, field);

-- The characters that state a claim.
CREATE TABLE evidence (
    claim_id INTEGER NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    place TEXT NOT NULL CHECK (place IN ('title', 'text')),
    start INTEGER NOT NULL CHECK (start >= 0),  -- Unicode characters from the beginning of the title or text
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (claim_id, position),
    CHECK (end > start)
) STRICT, WITHOUT ROWID;

CREATE TABLE reactions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    deal_id INTEGER REFERENCES deals (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    company TEXT NOT NULL,
    company_key TEXT,
    ticker TEXT,
    direction TEXT NOT NULL CHECK (direction IN ('up', 'down', 'flat')),
    pct REAL,
    qualifier TEXT CHECK (qualifier IN ('exact', 'approx', 'at_least', 'up_to')),
    session TEXT NOT NULL CHECK (session IN
        ('premarket', 'intraday', 'close', 'after_hours', 'week', 'month', 'year', 'unspecified')),
    deal_related INTEGER NOT NULL CHECK (deal_related IN (0, 1)),
    price_from REAL,
    price_to REAL,
    evidence TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(evidence))
) STRICT;

CREATE INDEX reactions_by_article ON reactions (article_id);
CREATE INDEX reactions_by_deal ON reactions (deal_id);
CREATE INDEX reactions_by_company ON reactions (company_key);

-- The dated history of a deal: statuses reached, corrections, merges.
CREATE TABLE deal_events (
    id INTEGER PRIMARY KEY,
    deal_id INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    precision TEXT NOT NULL DEFAULT 'day' CHECK (precision IN ('day', 'month', 'quarter', 'half', 'year')),
    kind TEXT NOT NULL,                 -- a status, or 'value', 'capacity', 'term', 'correction', 'merge', 'split' …
    detail TEXT NOT NULL,
    article_id INTEGER REFERENCES articles (id) ON DELETE SET NULL,
    is_computed INTEGER NOT NULL CHECK (is_computed IN (0, 1)),     -- follows from the mentions; written anew with them
    recorded_at TEXT NOT NULL
) STRICT;

CREATE INDEX deal_events_by_deal ON deal_events (deal_id, at);
CREATE INDEX deal_events_by_time ON deal_events (at);
CREATE INDEX deal_events_by_article ON deal_events (article_id);

CREATE TABLE deal_links (
    from_deal_id INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    to_deal_id INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('expands', 'finances', 'supplies', 'rejects', 'accompanies', 'follows')),
    PRIMARY KEY (from_deal_id, to_deal_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX deal_links_by_target ON deal_links (to_deal_id);

-- The operator's word overrides a field; anyone else's waits as a proposal.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    deal_id INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),      -- null = the field is not stated after all
    previous TEXT CHECK (previous IS NULL OR json_valid(previous)),
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined', 'undone')),
    decided_by TEXT,
    decided_at TEXT
) STRICT;

CREATE INDEX corrections_by_deal ON corrections (deal_id);
CREATE INDEX corrections_open ON corrections (id) WHERE state = 'proposed';

-- What the operator merged and split, so that it can be undone.
CREATE TABLE desk_acts (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
    deal_id INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    other_deal_id INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    pins_before TEXT NOT NULL CHECK (json_valid(pins_before)),      -- mention id -> deal id or null
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    undone_at TEXT
) STRICT;

CREATE INDEX desk_acts_by_deal ON desk_acts (deal_id);
CREATE INDEX desk_acts_by_other ON desk_acts (other_deal_id);

-- Words of deals, for finding them (bm25); articles have their own.
CREATE VIRTUAL TABLE deal_search USING fts5 (slug, name, parties, facts, sentences, tokenize = 'porter unicode61');

CREATE VIRTUAL TABLE article_search USING fts5 (
    title, text, content = 'articles', content_rowid = 'id', tokenize = 'porter unicode61'
);

CREATE TRIGGER articles_found_after_insert AFTER INSERT ON articles BEGIN
    INSERT INTO article_search (rowid, title, text) VALUES (new.id, new.title, new.text);
END;

CREATE TRIGGER articles_found_after_delete AFTER DELETE ON articles BEGIN
    INSERT INTO article_search (article_search, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;

CREATE TRIGGER articles_found_after_update AFTER UPDATE OF title, text ON articles BEGIN
    INSERT INTO article_search (article_search, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO article_search (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
