"""What Datasette is told: every view's columns with unit and meaning, facets that exist, queries that run."""

import re
from pathlib import Path

import pytest

from bot.explore.metadata import DATABASE, metadata_of, said_of, view_order
from db.canned_queries import QUERIES
from db.connection import open_memory
from db.dictionary import Column, columns_of, inner_tables

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def empty():
    db = open_memory()
    yield db
    db.close()


@pytest.fixture
def told(empty):
    return metadata_of(columns_of(empty), inner_tables(empty))["databases"][DATABASE]


def test_every_column_of_every_view_is_explained(empty, told):
    for view in empty.view_names():
        there = {row[0] for row in empty.execute("SELECT name FROM pragma_table_info(?)", (view,))}
        assert set(told["tables"][view]["columns"]) == there
        assert set(told["tables"][view]["facets"]) <= there
        assert told["tables"][view].get("sort_desc", "day") in {*there, "day"}


def test_the_tables_behind_the_views_are_folded_away(empty, told):
    assert all(told["tables"][table] == {"hidden": True} for table in empty.table_names())


def test_a_column_is_said_with_unit_and_example():
    column = Column(table_name="v", column_name="c", unit="MW", meaning="power of this deal", example="200")
    assert said_of(column) == "power of this deal (MW), such as 200"


def test_the_deals_come_first_and_unknown_views_last():
    assert sorted(["v_new", "v_runs", "v_deals"], key=view_order) == ["v_deals", "v_runs", "v_new"]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.key)
def test_every_question_can_be_asked(empty, query):
    empty.execute(query.sql, dict.fromkeys(re.findall(r":(\w+)", query.sql), "coreweave")).fetchall()


def test_the_readmes_queries_are_among_them():
    recipes = README.partition("<!-- recipes -->")[2].partition("<!-- /recipes -->")[0]
    asked = re.findall(r'market-pulse\.db "(SELECT [^"]+)"', recipes)
    offered = [query.sql.replace(", slug FROM", " FROM") for query in QUERIES]
    assert asked
    assert [sql for sql in asked if sql not in offered] == []
