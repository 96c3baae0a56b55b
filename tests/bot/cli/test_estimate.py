"""`market-pulse estimate`, `assumptions` and `calibrate` as a person and as a program use them."""

import json

import pytest
from click.testing import CliRunner

from bot.cli.group import cli


@pytest.fixture
def run(tmp_path):
    def invoke(*args, stdin=None):
        return CliRunner().invoke(cli, ["--db", str(tmp_path / "none.db"), *args], input=stdin)

    return invoke


def lines(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_words_are_answered_with_figures_drivers_and_assumptions(run):
    shown = run("estimate", "200 MW GB300 for 5 years at $9.7bn", "--draws", "500")
    assert shown.exit_code == 0
    for part in ("GPUs", "What moves", "Assumptions", "not investment advice"):
        assert part in shown.stdout


def test_options_and_words_go_together(run):
    found = lines(run("estimate", "200 MW", "--use", "lease", "--term", "15", "--json", "--draws", "500"))[0]
    assert found["use"] == "lease"
    assert found["value_usd"]["p50"] == pytest.approx(5.6e9, rel=0.02)


def test_json_lines_are_answered_in_order(run):
    stdin = '{"id": "a", "use": "lease", "mw_it": 245, "term_years": 15}\n\n{"use": "mining", "mw_gross": 100}\n'
    first, second = lines(run("estimate", "--json", "--draws", "500", stdin=stdin))
    assert first["id"] == "a"
    assert first["value_usd"]["from"] == "derived"
    assert {"p10", "p50", "p90", "unit", "from"} == set(first["mw_it"])
    assert second["hashrate_ph"]["unit"] == "PH/s"


def test_a_line_that_cannot_be_used_is_answered_with_its_reason(run):
    result = run("estimate", "--json", "--draws", "500", stdin='{"id": 1, "mw_it": -3}\nx\n[1]\n{"mw_it": 100}\n')
    answers = lines(result)
    assert result.exit_code == 2
    assert "more than zero" in answers[0]["error"]
    assert answers[0]["id"] == 1
    assert "not JSON" in answers[1]["error"]
    assert "not a JSON object" in answers[2]["error"]
    assert "error" not in answers[3]


def test_a_key_not_known_is_said_and_left_out(run):
    found = lines(run("estimate", "--json", "--draws", "500", stdin='{"mw_it": 100, "colour": "blue"}'))[0]
    assert "the key 'colour' is not known and was left out" in found["warnings"]


def test_a_what_if_changes_one_thing(run):
    result = run(
        "estimate", "200 MW GB300 for 5 years", "--what-if", "at $2.40 per GPU-hour", "--json", "--draws", "500"
    )
    found = lines(result)[0]
    other = found["what_if"]["at $2.40 per GPU-hour"]
    assert other["gpu_count"] == found["gpu_count"]
    assert other["value_usd"]["p50"] / found["value_usd"]["p50"] == pytest.approx(2.4 / 2.85, rel=0.01)


def test_a_what_if_reads_for_people(run):
    shown = run("estimate", "100 MW gross lease", "--what-if", "escalator 2.5%", "--compare", "--draws", "500")
    assert shown.exit_code == 0
    assert "What if escalator 2.5%" in shown.stdout
    assert "crossover" in shown.stdout


def test_three_uses_are_compared_for_programs(run):
    found = lines(run("estimate", "100 MW gross", "--compare", "--json", "--draws", "500"))[0]["comparison"]
    assert set(found["uses"]) == {"mining_sunk", "mining_new", "lease", "gpu_cloud"}
    assert found["crossover_hashprice"]["cash_y1"]["base"] == pytest.approx(78, rel=0.01)


def test_an_assumption_is_changed(run):
    found = lines(run("estimate", "100 MW lease", "--assume", "rent_y1=2", "--assume", "escalator=0", "--json"))[0]
    assert found["usd_per_mw_year"]["p50"] == pytest.approx(2e6)


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        pytest.param(("estimate",), "say what is known", id="nothing"),
        pytest.param(("estimate", "hello"), "nothing in 'hello' could be read", id="no-quantity"),
        pytest.param(("estimate", "0 MW lease"), "more than zero", id="zero"),
        pytest.param(("estimate", "10 MW", "--assume", "pue"), "KEY=VALUE", id="assume-form"),
        pytest.param(("estimate", "10 MW", "--assume", "nonsense=1"), "no assumption is called", id="assume-key"),
        pytest.param(("estimate", "10 MW", "--gpu", "Z80"), "not known", id="gpu"),
        pytest.param(("assumptions", "nonsense"), "no assumption has", id="assumptions"),
        pytest.param(("calibrate", "--stored"), "without --stored", id="no-database"),
    ],
)
def test_a_mistake_is_answered_in_a_sentence(run, args, reason):
    result = run(*args)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert "Traceback" not in result.output


def test_words_not_understood_are_said(run):
    assert "left out: blue" in run("estimate", "10 MW blue lease", "--draws", "500").stderr


def test_the_sensitivity_chart_is_a_picture(run, tmp_path):
    path = tmp_path / "tornado.png"
    assert run("estimate", "100 MW lease", "--chart", str(path), "--draws", "500").exit_code == 0
    assert path.read_bytes().startswith(b"\x89PNG")


def test_assumptions_are_listed_with_date_and_source(run):
    rows = lines(run("assumptions", "gb300", "--json"))
    assert {row["key"] for row in rows} == {"kw_it_gb300", "capex_gb300", "price_gb300"}
    assert all(row["source"] and row["as_of"] for row in rows)
    assert "gross_per_it" in run("assumptions", "gross").stdout


def test_the_calibration_prints_error_and_coverage(run):
    result = run("calibrate", "--bundled", "--deals")
    assert result.exit_code == 0
    assert "median error" in result.stdout
    summary = lines(run("calibrate", "--json"))[-1]
    assert summary["use"] == "all"
    assert summary["median_error"] < 0.10
