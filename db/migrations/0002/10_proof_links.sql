-- Proof in one click: where on its page a sentence stands, and views that give the address of the very place.
-- Rows stored before this step have no directive until their article is read again; their link leads to the page.

ALTER TABLE claims ADD COLUMN text_directive TEXT;      -- text=…, percent-encoded; NULL = cannot be pointed at
ALTER TABLE reactions ADD COLUMN sentence TEXT;         -- at most 300 characters, stays when the text is forgotten
ALTER TABLE reactions ADD COLUMN text_directive TEXT;

DROP VIEW v_deal_facts;
DROP VIEW v_reactions;

CREATE VIEW v_deal_facts AS
SELECT d.slug, d.name, c.field, c.value, c.qualifier, c.is_shown, a.publisher, a.tier, a.published_at,
       c.sentence,
       -- An address that carries a directive already loses it; a fragment of its own stays.
       substr(coalesce(a.canonical_url, a.url), 1, instr(coalesce(a.canonical_url, a.url) || ':~:', ':~:') - 1)
           || coalesce(CASE WHEN instr(coalesce(a.canonical_url, a.url), '#') THEN '' ELSE '#' END
                       || ':~:' || c.text_directive, '') AS evidence_url,
       coalesce(a.canonical_url, a.url) AS url, a.duplicate_of IS NOT NULL AS is_copy,
       d.id AS deal_id, m.article_id
FROM claims AS c
JOIN deals AS d ON d.id = c.deal_id
JOIN mentions AS m ON m.id = c.mention_id
JOIN articles AS a ON a.id = m.article_id
WHERE d.merged_into IS NULL AND d.is_withdrawn = 0;

CREATE VIEW v_reactions AS
SELECT r.company AS name, r.ticker, r.direction, r.pct,
       CASE r.direction WHEN 'down' THEN -r.pct ELSE r.pct END AS signed_pct,
       r.qualifier, r.session, r.deal_related, r.price_from, r.price_to, d.slug, d.name AS deal_name,
       a.publisher, a.published_at, r.sentence,
       substr(coalesce(a.canonical_url, a.url), 1, instr(coalesce(a.canonical_url, a.url) || ':~:', ':~:') - 1)
           || coalesce(CASE WHEN instr(coalesce(a.canonical_url, a.url), '#') THEN '' ELSE '#' END
                       || ':~:' || r.text_directive, '') AS evidence_url,
       coalesce(a.canonical_url, a.url) AS url, r.id AS reaction_id
FROM reactions AS r
JOIN articles AS a ON a.id = r.article_id
LEFT JOIN deals AS d ON d.id = r.deal_id
WHERE a.duplicate_of IS NULL;

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('claims', 'text_directive', NULL, 'what goes behind "#:~:" of the article''s address so that a browser lands on the sentence', 'text=The%20contract%20is%20worth%20%249.7%20billion.'),
    ('reactions', 'sentence', NULL, 'the sentence that says so, at most 300 characters', 'Shares of IREN rose more than 30%.'),
    ('reactions', 'text_directive', NULL, 'what goes behind "#:~:" of the article''s address so that a browser lands on the sentence', 'text=Shares%20of%20IREN'),
    ('v_deal_facts', 'evidence_url', NULL, 'address of the sentence: a browser scrolls to it and marks it', 'https://example.com/a#:~:text=The%20contract'),
    ('v_reactions', 'sentence', NULL, 'the sentence that says so, at most 300 characters', 'Shares of IREN rose more than 30%.'),
    ('v_reactions', 'evidence_url', NULL, 'address of the sentence: a browser scrolls to it and marks it', 'https://example.com/a#:~:text=Shares%20of%20IREN');
