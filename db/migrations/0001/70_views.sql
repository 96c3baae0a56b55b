-- Views for people: flat, named, with units. Only live deals; what was merged or withdrawn is not shown.

CREATE VIEW v_deals AS
SELECT d.slug, d.name, d.day, d.provider, d.provider_kind, d.customer, d.customer_kind, d.deal_type, d.status,
       d.value_usd, d.value_qualifier, d.value_max_usd, d.value_original, d.value_currency,
       d.term_years, d.term_max_years, d.capacity_mw, d.capacity_kind, d.capacity_max_mw, d.gpu_models, d.gpu_count,
       d.site, d.announced_on, d.announced_on_precision, d.delivery_start, d.delivery_start_precision,
       d.delivery_end, d.delivery_end_precision, d.annual_value_usd, d.prepayment_pct, d.noi_margin_pct,
       d.escalator_pct, d.lease_form, d.capex_usd, d.energy_source, d.miner_hyperscaler,
       (SELECT v.p50 FROM estimates AS e JOIN estimate_values AS v ON v.estimate_id = e.id
        WHERE e.deal_id = d.id AND e.is_current = 1 AND v.key = 'usd_per_mw_year') AS usd_per_mw_year,
       (SELECT v.p50 FROM estimates AS e JOIN estimate_values AS v ON v.estimate_id = e.id
        WHERE e.deal_id = d.id AND e.is_current = 1 AND v.key = 'rent_usd_per_kw_month') AS usd_per_kw_month,
       (SELECT v.p50 FROM estimates AS e JOIN estimate_values AS v ON v.estimate_id = e.id
        WHERE e.deal_id = d.id AND e.is_current = 1 AND v.key IN ('usd_per_gpu_hour', 'price_usd_per_gpu_hour')
        LIMIT 1) AS usd_per_gpu_hour,
       (SELECT r.company || ' ' || r.direction || coalesce(' ' || r.pct || ' %', '') FROM reactions AS r
        WHERE r.deal_id = d.id AND r.deal_related = 1 ORDER BY r.pct DESC LIMIT 1) AS reaction,
       d.evidence_tier, d.source_count, d.article_count,
       json_array_length(d.conflicts) > 0 AS has_conflict, d.confidence, d.is_primary, d.is_history,
       d.first_seen_at, d.updated_at, d.id AS deal_id
FROM deals AS d
WHERE d.merged_into IS NULL AND d.is_withdrawn = 0;

CREATE VIEW v_deal_facts AS
SELECT d.slug, d.name, c.field, c.value, c.qualifier, c.is_shown, a.publisher, a.tier, a.published_at,
       c.sentence, coalesce(a.canonical_url, a.url) AS url, a.duplicate_of IS NOT NULL AS is_copy,
       d.id AS deal_id, m.article_id
FROM claims AS c
JOIN deals AS d ON d.id = c.deal_id
JOIN mentions AS m ON m.id = c.mention_id
JOIN articles AS a ON a.id = m.article_id
WHERE d.merged_into IS NULL AND d.is_withdrawn = 0;

-- Leases and cloud contracts apart: their dollars are not alike. Only what is agreed counts.
CREATE VIEW v_league AS
SELECT d.provider AS name, d.provider_kind, d.deal_type, count(*) AS deals,
       sum(d.capacity_mw) AS contracted_mw, sum(d.value_usd) AS contracted_value_usd,
       sum(d.capacity_mw IS NULL) AS deals_without_mw, sum(d.value_usd IS NULL) AS deals_without_value,
       count(DISTINCT d.customer_key) AS customers, max(d.day) AS last_deal_day
FROM deals AS d
WHERE d.merged_into IS NULL AND d.is_withdrawn = 0 AND d.provider IS NOT NULL AND d.miner_hyperscaler = 1
  AND d.deal_type IN ('hosting_lease', 'cloud_contract') AND d.status IN ('signed', 'expanded', 'closed')
GROUP BY d.provider_key, d.deal_type;

CREATE VIEW v_tenants AS
SELECT d.provider AS name, coalesce(d.customer, 'unnamed') AS tenant, count(*) AS deals,
       sum(d.capacity_mw) AS contracted_mw, sum(d.value_usd) AS contracted_value_usd,
       round(100.0 * sum(d.capacity_mw) / nullif(sum(sum(d.capacity_mw)) OVER (PARTITION BY d.provider_key), 0), 1)
           AS share_of_mw_pct,
       round(100.0 * sum(d.value_usd) / nullif(sum(sum(d.value_usd)) OVER (PARTITION BY d.provider_key), 0), 1)
           AS share_of_value_pct
FROM deals AS d
WHERE d.merged_into IS NULL AND d.is_withdrawn = 0 AND d.provider IS NOT NULL AND d.miner_hyperscaler = 1
  AND d.deal_type IN ('hosting_lease', 'cloud_contract') AND d.status IN ('signed', 'expanded', 'closed')
GROUP BY d.provider_key, d.customer_key;

CREATE VIEW v_reactions AS
SELECT r.company AS name, r.ticker, r.direction, r.pct,
       CASE r.direction WHEN 'down' THEN -r.pct ELSE r.pct END AS signed_pct,
       r.qualifier, r.session, r.deal_related, r.price_from, r.price_to, d.slug, d.name AS deal_name,
       a.publisher, a.published_at, coalesce(a.canonical_url, a.url) AS url, r.id AS reaction_id
FROM reactions AS r
JOIN articles AS a ON a.id = r.article_id
LEFT JOIN deals AS d ON d.id = r.deal_id
WHERE a.duplicate_of IS NULL;

CREATE VIEW v_timeline AS
SELECT e.at, e.precision, d.name, d.slug, e.kind, e.detail, a.publisher, coalesce(a.canonical_url, a.url) AS url,
       e.id AS event_id
FROM deal_events AS e
JOIN deals AS d ON d.id = e.deal_id
LEFT JOIN articles AS a ON a.id = e.article_id
WHERE d.merged_into IS NULL AND d.is_withdrawn = 0;

CREATE VIEW v_feed_health AS
SELECT f.title AS name, f.group_name, f.tier, f.health, f.health_since, f.health_reason, f.failures,
       f.last_success_at, f.last_entry_at, f.typical_gap_hours, f.next_due_at, f.is_paused, f.url, f.id AS feed_id
FROM feeds AS f
WHERE f.removed_by IS NULL;

CREATE VIEW v_alerts AS
SELECT o.created_at, o.kind, o.state, o.name, d.slug, o.target, o.attempts, o.finished_at, o.reason,
       round((julianday(o.finished_at) - julianday(o.created_at)) * 86400) AS waited_s, o.id AS outbox_id
FROM outbox AS o
LEFT JOIN deals AS d ON d.id = o.deal_id;

CREATE VIEW v_runs AS
SELECT r.name, r.due_at, r.started_at, r.finished_at, r.outcome,
       round((julianday(r.finished_at) - julianday(r.started_at)) * 86400) AS took_s, r.counts, r.reason, r.id AS run_id
FROM runs AS r;
