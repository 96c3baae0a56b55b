-- Execution, not only signings: what articles say has begun or is on, and each deal's milestones with their slips.

-- What ONE article says of the work on a deal it mentions.
CREATE TABLE progress (
    id INTEGER PRIMARY KEY,
    mention_id INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('under_construction', 'energised')),
    capacity_mw REAL,
    happened_on TEXT NOT NULL,
    happened_on_precision TEXT NOT NULL CHECK (happened_on_precision IN ('day', 'month', 'quarter', 'half', 'year')),
    sentence TEXT,
    text_directive TEXT                 -- where on its page the sentence stands, as in claims
) STRICT;

CREATE INDEX progress_by_mention ON progress (mention_id);

-- Every date that is planned or reached, one row each; `until_day` is the last day the stated precision allows.
CREATE VIEW v_milestones AS
WITH told AS (
    -- contracted: the first step of agreement
    SELECT d.id AS deal_id, 1 AS step, 'contracted' AS milestone, 0 AS is_planned,
           e.at AS from_day, e.precision, d.capacity_mw, NULL AS field,
           e.article_id, e.detail, NULL AS text_directive
    FROM deals AS d
    JOIN deal_events AS e ON e.id = (
        SELECT x.id FROM deal_events AS x
        WHERE x.deal_id = d.id AND x.is_computed = 1 AND x.kind IN ('signed', 'expanded', 'closed')
        ORDER BY x.at, x.id LIMIT 1)
    UNION ALL
    -- financed: another deal that pays for this one
    SELECT l.to_deal_id, 2, 'financed', 0, f.day, coalesce(f.announced_on_precision, 'day'), NULL, NULL, NULL, f.name, NULL
    FROM deal_links AS l
    JOIN deals AS f ON f.id = l.from_deal_id
    WHERE l.kind = 'finances' AND f.status IN ('signed', 'expanded', 'closed')
    UNION ALL
    -- under construction, energised: what articles say has happened
    SELECT m.deal_id, CASE p.stage WHEN 'under_construction' THEN 3 ELSE 5 END, p.stage, 0, p.happened_on,
           p.happened_on_precision, p.capacity_mw, NULL, m.article_id, p.sentence, p.text_directive
    FROM progress AS p
    CROSS JOIN mentions AS m ON m.id = p.mention_id     -- CROSS: few statements of progress, many mentions
    JOIN articles AS a ON a.id = m.article_id
    WHERE m.deal_id IS NOT NULL AND a.duplicate_of IS NULL
    UNION ALL
    -- energising: when the first capacity is due; energised: when all of it is
    SELECT d.id, 4, 'energising', 1, d.delivery_start, d.delivery_start_precision, NULL, 'delivery_start', NULL,
           NULL, NULL
    FROM deals AS d WHERE d.delivery_start IS NOT NULL
    UNION ALL
    SELECT d.id, 5, 'energised', 1, d.delivery_end, d.delivery_end_precision, d.capacity_mw, 'delivery_end', NULL,
           NULL, NULL
    FROM deals AS d WHERE d.delivery_end IS NOT NULL
), claimed AS (
    SELECT t.*,
           -- the claim that states the date shown
           (SELECT c.id FROM claims AS c JOIN mentions AS m ON m.id = c.mention_id
            JOIN articles AS a ON a.id = m.article_id
            WHERE c.deal_id = t.deal_id AND c.field = t.field AND c.is_shown = 1
            ORDER BY coalesce(a.published_at, a.fetched_at), c.id LIMIT 1) AS shown_claim,
           -- what was promised first; a blog's word counts only where it is shown
           (SELECT c.id FROM claims AS c JOIN mentions AS m ON m.id = c.mention_id
            JOIN articles AS a ON a.id = m.article_id
            WHERE c.deal_id = t.deal_id AND c.field = t.field AND (a.tier <> 'blog' OR c.is_shown = 1)
            ORDER BY coalesce(a.published_at, a.fetched_at), c.id LIMIT 1) AS first_claim
    FROM told AS t
), ranged AS (
    SELECT s.*, substr(f.value, 1, 10) AS first_from_day,
           date(s.from_day, CASE s.precision WHEN 'month' THEN '+1 month' WHEN 'quarter' THEN '+3 months'
                WHEN 'half' THEN '+6 months' WHEN 'year' THEN '+12 months' ELSE '+1 day' END, '-1 day') AS until_day,
           date(substr(f.value, 1, 10), CASE rtrim(substr(f.value, 13), ')') WHEN 'month' THEN '+1 month'
                WHEN 'quarter' THEN '+3 months' WHEN 'half' THEN '+6 months' WHEN 'year' THEN '+12 months'
                ELSE '+1 day' END, '-1 day') AS first_until_day
    FROM claimed AS s
    LEFT JOIN claims AS f ON f.id = s.first_claim
)
SELECT d.slug, d.name, d.provider, d.customer, d.deal_type, d.status, r.step, r.milestone, r.is_planned,
       r.from_day, r.until_day, r.precision, r.capacity_mw,
       CASE WHEN r.capacity_mw IS NOT NULL THEN d.capacity_kind END AS capacity_kind,
       r.first_from_day, r.first_until_day,
       -- a finer date inside the promised period is no slip
       CASE WHEN r.from_day > r.first_until_day OR r.until_day < r.first_from_day
            THEN CAST(julianday(r.until_day) - julianday(r.first_until_day) AS INTEGER) END AS slipped_days,
       coalesce(c.sentence, r.detail) AS statement, a.publisher,
       substr(coalesce(a.canonical_url, a.url), 1, instr(coalesce(a.canonical_url, a.url) || ':~:', ':~:') - 1)
           || coalesce(CASE WHEN instr(coalesce(a.canonical_url, a.url), '#') THEN '' ELSE '#' END
                       || ':~:' || coalesce(c.text_directive, r.text_directive), '') AS evidence_url,
       coalesce(a.canonical_url, a.url) AS url,
       coalesce(a.published_at, a.fetched_at) AS told_at, d.is_history, r.deal_id
FROM ranged AS r
JOIN deals AS d ON d.id = r.deal_id
LEFT JOIN claims AS c ON c.id = r.shown_claim
LEFT JOIN mentions AS m ON m.id = c.mention_id
LEFT JOIN articles AS a ON a.id = coalesce(r.article_id, m.article_id)
WHERE d.merged_into IS NULL AND d.is_withdrawn = 0;

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('progress', 'id', NULL, 'number of the row', '17'),
    ('progress', 'mention_id', 'mentions.id', 'the mention of the deal the work is for', '78'),
    ('progress', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft: energised'),
    ('progress', 'stage', NULL, 'under_construction or energised', 'energised'),
    ('progress', 'capacity_mw', 'MW', 'power that is built or on, as the sentence has it; NULL = not stated', '50'),
    ('progress', 'happened_on', 'ISO date', 'when it happened; first day of the period; the article''s day where the sentence gives none', '2026-07-29'),
    ('progress', 'happened_on_precision', NULL, 'how exact happened_on is', 'day'),
    ('progress', 'sentence', NULL, 'the sentence that says so, at most 300 characters', 'The first 50 MW were energised on July 29.'),
    ('progress', 'text_directive', NULL, 'what goes behind "#:~:" of the article''s address so that a browser lands on the sentence', 'text=The%20first%2050%20MW'),
    ('v_milestones', 'slug', NULL, 'permanent address of the deal; after a merge it leads to the survivor', 'iren-microsoft-2025-11'),
    ('v_milestones', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('v_milestones', 'provider', NULL, 'who supplies', 'IREN'),
    ('v_milestones', 'customer', NULL, 'who uses; NULL = unnamed', 'Microsoft'),
    ('v_milestones', 'deal_type', NULL, 'lease of space and power, cloud of GPUs …', 'cloud_contract'),
    ('v_milestones', 'status', NULL, 'where the deal stands', 'signed'),
    ('v_milestones', 'step', NULL, 'order of the milestones, from 1', '5'),
    ('v_milestones', 'milestone', NULL, 'contracted, financed, under_construction, energising (first capacity) or energised (all, or as much as capacity_mw says)', 'energised'),
    ('v_milestones', 'is_planned', '0 or 1', '1 = a date that sources promise; 0 = a source says it has happened', '1'),
    ('v_milestones', 'from_day', 'ISO date', 'first day of the period stated', '2026-07-01'),
    ('v_milestones', 'until_day', 'ISO date', 'last day of the period stated', '2026-12-31'),
    ('v_milestones', 'precision', NULL, 'how exact the date is: day, month, quarter, half or year', 'half'),
    ('v_milestones', 'capacity_mw', 'MW', 'power the milestone is about; NULL = not stated', '200'),
    ('v_milestones', 'capacity_kind', NULL, 'what the deal''s megawatts count: it, gross, unspecified', 'it'),
    ('v_milestones', 'first_from_day', 'ISO date', 'first day of the period promised first', '2026-01-01'),
    ('v_milestones', 'first_until_day', 'ISO date', 'last day of the period promised first', '2026-06-30'),
    ('v_milestones', 'slipped_days', 'days', 'from the end promised first to the end promised now; NULL = the periods overlap', '184'),
    ('v_milestones', 'statement', NULL, 'the sentence or step that says so', 'Delivery is now expected in the second half.'),
    ('v_milestones', 'publisher', NULL, 'who says so', 'Reuters'),
    ('v_milestones', 'evidence_url', NULL, 'address of the sentence: a browser scrolls to it and marks it', 'https://example.com/a#:~:text=Delivery%20is%20now'),
    ('v_milestones', 'url', NULL, 'address', 'https://example.com/a'),
    ('v_milestones', 'told_at', 'UTC', 'when it was said', '2026-03-03T12:00:00Z'),
    ('v_milestones', 'is_history', '0 or 1', 'told only by the bundled history', '0'),
    ('v_milestones', 'deal_id', 'deals.id', 'the deal', '12');

UPDATE _columns SET meaning = 'a status reached, or value, capacity, term, customer, delivery, correction, merge, split'
WHERE table_name = 'deal_events' AND column_name = 'kind';
