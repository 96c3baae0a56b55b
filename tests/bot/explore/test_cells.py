"""How values look: dollars in words, units behind numbers, links that lead to proofs, foreign text made harmless."""

import re
from html import unescape

import pytest

from bot.explore.cells import cell


def shown(html):
    return None if html is None else unescape(re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize(
    ("column", "value", "unit", "text"),
    [
        pytest.param("value_usd", 9_700_000_000, "USD", "$9.7 billion", id="dollars"),
        pytest.param("usd_per_gpu_hour", 2.9, "USD per GPU and hour", "$2.90", id="small-dollars"),
        pytest.param("capacity_mw", 200.0, "MW", "200 MW", id="megawatts"),
        pytest.param("share_of_mw_pct", 62.5, "percent", "62.5%", id="percent"),
        pytest.param("minus_btc_points", -6.29, "percentage points", "-6.29 points", id="points"),
        pytest.param("is_shown", 1, "0 or 1", "yes", id="flag"),
        pytest.param("source_count", 4, "sources", None, id="a-plain-count"),
        pytest.param("value_usd", None, "USD", None, id="not-stated"),
        pytest.param("gpu_models", '["GB300", "B200"]', "JSON list", "GB300; B200", id="list"),
        pytest.param("confounders", '[{"kind": "financing", "name": "X – Y", "sessions_away": 0}]', "JSON list", "financing X – Y (same day)", id="confounder"),
        pytest.param("confounders", '[{"kind": "deal", "name": "X", "sessions_away": -2}]', "JSON list", "deal X (-2 sessions)", id="earlier"),
        pytest.param("gpu_models", "[broken", "JSON list", None, id="broken-list"),
        pytest.param("published_at", "2025-11-03T12:05:00Z", "UTC", "2025-11-03 12:05", id="instant"),
        pytest.param("publisher", "Reuters", None, None, id="plain-text"),
        pytest.param("slug", "iren-microsoft-2025-11", None, "iren-microsoft-2025-11", id="slug"),
        pytest.param("url", "https://news.example/a", None, "news.example", id="address"),
        pytest.param("url", "javascript:alert(1)", None, None, id="no-web-address"),
    ],
)  # fmt: skip
def test_cell(column, value, unit, text):
    assert shown(cell(column, value, unit)) == text


def test_a_claims_value_is_said_in_the_unit_of_its_field():
    assert shown(cell("value", "9700000000", None, field="value_usd")) == "$9.7 billion"
    assert shown(cell("value", "2026-01-01 (half)", None, field="delivery_start")) == "H1 2026"


def test_a_proof_leads_to_its_sentence_and_a_slug_to_its_deal():
    proof = cell("evidence_url", "https://news.example/a#:~:text=It%20is,%249.7%20billion.", None)
    assert 'href="https://news.example/a#:~:text=It%20is,%249.7%20billion."' in proof
    assert 'href="/market-pulse/deal?slug=iren-microsoft-2025-11"' in cell("slug", "iren-microsoft-2025-11", None)


@pytest.mark.parametrize("column", ["slug", "url", "evidence_url", "value", "gpu_models"])
def test_foreign_text_makes_no_markup(column):
    evil = '["<script>alert(1)</script>"]' if column == "gpu_models" else '"><script>alert(1)</script>'
    html = cell(
        column, evil, "JSON list" if column == "gpu_models" else None, field="site" if column == "value" else None
    )
    assert "<script" not in (html or "")
