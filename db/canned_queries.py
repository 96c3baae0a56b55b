"""Questions that people ask the file again and again, as queries of their own. Those of the README stand here too.

QUERIES -> one CannedQuery each, in the order they are offered; `:name` marks what the reader fills in
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedQuery:
    """One question: its key in an address, what it is called, what to know when reading the answer, the SQL."""

    key: str
    title: str
    description: str
    sql: str


QUERIES: tuple[CannedQuery, ...] = (
    CannedQuery(
        key="largest",
        title="The largest deals",
        description="By the value of the committed initial term. A lease and a cloud contract sell different things.",
        sql=(
            "SELECT day, provider, customer, deal_type, value_usd, capacity_mw, usd_per_mw_year, slug"
            " FROM v_deals ORDER BY value_usd DESC LIMIT 10"
        ),
    ),
    CannedQuery(
        key="deal",
        title="One deal and its proof",
        description="What each source states of it, the shown value first. The link opens the article at the sentence.",
        sql=(
            "SELECT field, value, qualifier, is_shown, sentence, evidence_url, publisher, tier, published_at"
            " FROM v_deal_facts WHERE slug = :slug ORDER BY is_shown DESC,"
            " CASE field WHEN 'value_usd' THEN 1 WHEN 'capacity_mw' THEN 2 WHEN 'term_years' THEN 3"
            " WHEN 'customer' THEN 4 WHEN 'provider' THEN 5 WHEN 'status' THEN 6 ELSE 7 END,"
            " field, sentence IS NULL, published_at"
        ),
    ),
    CannedQuery(
        key="search",
        title="Search the deals",
        description="Words of parties, sites and proving sentences, best match first. “fluidstack OR anthropic”.",
        sql=(
            "SELECT d.day, d.name, d.deal_type, d.status, d.value_usd, d.capacity_mw, d.slug FROM deal_search AS s"
            " JOIN v_deals AS d ON d.deal_id = s.rowid WHERE deal_search MATCH :words ORDER BY s.rank"
        ),
    ),
    CannedQuery(
        key="values",
        title="Which sentence states each value",
        description="Every value that a deal shows, with the sentence that states it.",
        sql="SELECT name, field, value, sentence, evidence_url FROM v_deal_facts WHERE field = 'value_usd' AND is_shown",
    ),
    CannedQuery(
        key="history",
        title="What was known when",
        description="Each deal as it stood at a time; an empty known_until means that it still does.",
        sql=(
            "SELECT known_from, known_until, name, status, value_usd, capacity_mw, slug FROM v_deal_history"
            " ORDER BY slug, known_from LIMIT 20"
        ),
    ),
    CannedQuery(
        key="milestones",
        title="What is due, and what has slipped",
        description="Dates that sources promise, the next first; how far each has moved since it was promised first.",
        sql=(
            "SELECT until_day, name, milestone, capacity_mw, slipped_days, statement, evidence_url, slug"
            " FROM v_milestones WHERE is_planned ORDER BY until_day >= date('now') DESC, until_day"
        ),
    ),
    CannedQuery(
        key="prices",
        title="Dollars a megawatt-year",
        description="Leases and cloud contracts apart: never compare across them. Medians of the capacity model.",
        sql=(
            "SELECT deal_type, capacity_kind, count(*) AS deals, min(usd_per_mw_year) AS usd_per_mw_year_low,"
            " avg(usd_per_mw_year) AS usd_per_mw_year_mean, max(usd_per_mw_year) AS usd_per_mw_year_high"
            " FROM v_deals WHERE usd_per_mw_year IS NOT NULL GROUP BY deal_type, capacity_kind"
        ),
    ),
    CannedQuery(
        key="league",
        title="Who has contracted most",
        description="Agreed leases and cloud contracts; deals without a figure add nothing.",
        sql=(
            "SELECT name, sum(contracted_mw) AS contracted_mw, sum(contracted_value_usd) AS contracted_value_usd,"
            " sum(deals) AS deals FROM v_league GROUP BY name ORDER BY contracted_mw DESC"
        ),
    ),
    CannedQuery(
        key="tenants",
        title="How much rests on one tenant",
        description="A provider's contracted power by customer.",
        sql="SELECT name, tenant, deals, contracted_mw, share_of_mw_pct FROM v_tenants ORDER BY name, contracted_mw DESC",
    ),
    CannedQuery(
        key="conflicts",
        title="Where sources disagree",
        description="Figures of which more than one value is stated, each with its source.",
        sql=(
            "SELECT name, field, value, is_shown, publisher, sentence, evidence_url, slug FROM v_deal_facts"
            " WHERE is_copy = 0 AND (deal_id, field) IN (SELECT deal_id, field FROM v_deal_facts WHERE is_copy = 0"
            " AND field IN ('value_usd', 'capacity_mw', 'term_years') GROUP BY deal_id, field"
            " HAVING count(DISTINCT value) > 1) ORDER BY name, field, is_shown DESC"
        ),
    ),
    CannedQuery(
        key="reactions",
        title="Share moves, reported and measured",
        description="Side by side, never mixed; what else happened on those days is named.",
        sql=(
            "SELECT event_day, name, reported_pct, reported_session, measured_pct, minus_btc_points,"
            " minus_peers_points, confounders, sentence, evidence_url, slug FROM v_reactions_compared"
            " ORDER BY event_day DESC"
        ),
    ),
)
