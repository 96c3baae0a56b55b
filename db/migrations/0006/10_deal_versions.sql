-- What was known of each deal from which day on: a row per day on which an article or a correction changed what the
-- deal's mentions come to. Written anew with the deal; the last row of a deal is what `deals` says today.
CREATE TABLE deal_versions (
    deal_id INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    known_from TEXT NOT NULL,           -- day of publication (UTC)
    known_until TEXT,                   -- day from which it was known differently; NULL = still so
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
    day TEXT NOT NULL,
    evidence_tier TEXT NOT NULL,
    source_count INTEGER NOT NULL,
    article_count INTEGER NOT NULL,
    conflicts TEXT NOT NULL CHECK (json_valid(conflicts)),
    is_history INTEGER NOT NULL CHECK (is_history IN (0, 1)),
    parties TEXT NOT NULL CHECK (json_valid(parties)),      -- further parties: [[name, role], …]
    shown_claims TEXT NOT NULL CHECK (json_valid(shown_claims)),
    PRIMARY KEY (deal_id, known_from)
) STRICT, WITHOUT ROWID;

-- `WHERE known_from <= '2025-12-31' AND (known_until IS NULL OR known_until > '2025-12-31')` is the past of that day.
CREATE VIEW v_deal_history AS
SELECT d.slug, v.name, v.known_from, v.known_until, v.day,
       v.provider, v.provider_kind, v.customer, v.customer_kind, v.deal_type, v.status, v.value_usd,
       v.value_qualifier, v.value_max_usd, v.value_original, v.value_currency, v.term_years, v.term_max_years,
       v.capacity_mw, v.capacity_kind, v.capacity_max_mw, v.gpu_models, v.gpu_count, v.site, v.announced_on,
       v.announced_on_precision, v.delivery_start, v.delivery_start_precision, v.delivery_end,
       v.delivery_end_precision, v.annual_value_usd, v.prepayment_pct, v.noi_margin_pct, v.escalator_pct,
       v.lease_form, v.capex_usd, v.energy_source, v.miner_hyperscaler, v.evidence_tier, v.source_count,
       v.article_count, v.confidence, v.is_primary,
       json_array_length(v.conflicts) > 0 AS has_conflict, d.id AS deal_id
FROM deal_versions AS v
JOIN deals AS d ON d.id = v.deal_id
WHERE d.merged_into IS NULL AND d.is_withdrawn = 0;

INSERT INTO _columns (table_name, column_name, unit, meaning, example)
SELECT 'deal_versions', column_name, unit, meaning, example FROM _columns
WHERE table_name = 'deals' AND column_name NOT IN ('id', 'slug', 'first_seen_at', 'updated_at', 'merged_into', 'is_withdrawn');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('deal_versions', 'deal_id', 'deals.id', 'the deal', '12'),
    ('deal_versions', 'known_from', 'ISO date', 'day of the article or correction that said so first', '2025-11-03'),
    ('deal_versions', 'known_until', 'ISO date', 'day from which it was known differently; NULL = still so', '2025-11-12'),
    ('deal_versions', 'parties', 'JSON', 'further parties: name and role', '[["Dell", "supplier"]]'),
    ('deal_versions', 'shown_claims', 'JSON', 'numbers of the claims that said what was shown', '[4, 9]');

INSERT INTO _columns (table_name, column_name, unit, meaning, example)
SELECT 'v_deal_history', column_name, unit, meaning, example FROM _columns
WHERE table_name = 'v_deals' AND column_name IN ('slug', 'name', 'day', 'has_conflict', 'deal_id',
    'provider', 'provider_kind', 'customer', 'customer_kind', 'deal_type', 'status', 'value_usd',
    'value_qualifier', 'value_max_usd', 'value_original', 'value_currency', 'term_years', 'term_max_years',
    'capacity_mw', 'capacity_kind', 'capacity_max_mw', 'gpu_models', 'gpu_count', 'site', 'announced_on',
    'announced_on_precision', 'delivery_start', 'delivery_start_precision', 'delivery_end',
    'delivery_end_precision', 'annual_value_usd', 'prepayment_pct', 'noi_margin_pct', 'escalator_pct',
    'lease_form', 'capex_usd', 'energy_source', 'miner_hyperscaler', 'evidence_tier', 'source_count',
    'article_count', 'confidence', 'is_primary');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('v_deal_history', 'known_from', 'ISO date', 'day of the article or correction that said so first', '2025-11-03'),
    ('v_deal_history', 'known_until', 'ISO date', 'day from which it was known differently; NULL = still so', '2025-11-12');
