"""Facets of a search, and searches that are kept: on the command line."""

import json
from pathlib import Path

import pytest

from briefing.library import Library


@pytest.fixture
def filled(call, folder: Path, library: Path) -> Path:
    assert call("add", folder).code == 0
    return library


def test_facets(call, filled: Path) -> None:
    out = call("search", "drones", "--facets").out
    assert "\nNations\n" in out
    assert "SOURCES  NAME" in out
    made = json.loads(call("search", "drones", "--facets", "--format", "json").out)["facets"]
    assert made["exact"] is True
    assert made["counted"] == 1
    facet = made["groups"][0]["facets"][0]
    assert call("search", f"drones {facet['term']}").out.startswith("1 of 2 sources")


def test_saved_listed_run_and_removed(call, filled: Path) -> None:
    assert call("searches").out == "NAME  NEW  FOUND  QUERY\n"
    assert call("search", "drones", "--save", "Drones").code == 0
    with Library.open(filled) as library, library.store.write() as db:
        db.execute("UPDATE saved_search SET seen = 0")
    assert call("searches").out.splitlines()[1].split() == ["Drones", "1", "1", "drones"]
    assert call("search", "drones", "--save", "Drones").err == ""
    assert call("search", "jets", "--save", "Drones").err == "briefing: Drones was kept before, for: drones\n"
    assert call("search", "drones", "--save", "Drones").code == 0
    with Library.open(filled) as library, library.store.write() as db:
        db.execute("UPDATE saved_search SET seen = 0")
    assert call("searches", "drones").out.startswith("1 of 2 sources")
    made = json.loads(call("searches", "--format", "json").out)["searches"]
    assert made == [{"name": "Drones", "query": "drones", "total": 1, "exact": True, "new": 0, "new_exact": True}]
    assert json.loads(call("searches", "Drones", "--format", "json").out)["total"] == 1
    assert call("searches", "Drones", "--remove").code == 0
    assert call("searches").out == "NAME  NEW  FOUND  QUERY\n"


def test_wrong_use_is_said(call, filled: Path, folder: Path) -> None:
    done = call("searches", "nothing")
    assert (done.code, done.out) == (2, "")
    assert "there is no saved search 'nothing'" in done.err
    assert call("searches", "nothing", "--remove").code == 2
    assert call("searches", "--remove").code == 2
    assert call("search", "jets", folder, "--save", "x").code == 2
    assert "needs a name" in call("search", "jets", "--save", " ").err


def test_nothing_is_kept_where_there_is_no_library(call, library: Path) -> None:
    done = call("search", "jets", "--save", "x")
    assert done.code == 2
    assert "no library yet" in done.err
    assert not library.exists()
