"""A list of names is looked up in one go."""

import csv
import io
import json
from pathlib import Path

import pytest


@pytest.fixture
def names(tmp_path: Path):
    """Writes a list and gives its path."""

    def write(text: str) -> Path:
        path = tmp_path / "names.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_who_was_found_where(call, folder: Path, names) -> None:
    done = call("search", "--queries", names("name,note\ndrones,x\nNobody Atall,y\n"), folder)
    assert done.code == 0
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [(row["name"], row["title"]) for row in rows] == [("drones", "Release")]
    assert "four drones" in rows[0]["snippet"]
    assert "1 of 2 names found" in done.err


def test_queries_of_ones_own(call, folder: Path, names) -> None:
    path = names('name,query\njets or drones,"three OR drones"\n')
    made = json.loads(call("search", "--queries", path, folder, "--format", "json").out)
    assert made[0]["name"] == "jets or drones"
    assert {hit["title"] for hit in made[0]["hits"]} == {"Release", "Wire report"}


def test_a_plain_list_of_lines(call, folder: Path, names) -> None:
    rows = list(csv.DictReader(io.StringIO(call("search", "--queries", names("drones\n\njets\n"), folder).out)))
    assert {row["name"] for row in rows} == {"drones", "jets"}


def test_in_the_library(call, folder: Path, library: Path, names) -> None:
    call("add", folder)
    assert "four drones" in call("search", "--queries", names("drones\n")).out


def test_what_no_spreadsheet_should_run(call, folder: Path, names) -> None:
    rows = list(
        csv.reader(io.StringIO(call("search", "--queries", names("name,query\n=HYPERLINK(1),drones\n"), folder).out))
    )
    assert rows[1][0] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("text", ["", "\n\n", "name,query\n"])
def test_an_empty_list(call, folder: Path, names, text: str) -> None:
    done = call("search", "--queries", names(text), folder)
    assert done.code == 2
    assert "holds no names" in done.err


def test_a_query_is_wanted_without_a_list(call) -> None:
    assert call("search").code == 2


def test_a_list_is_kept_run_again_and_removed(call, folder: Path, names, tmp_path: Path) -> None:
    at = ("--library", tmp_path / "own.db")
    call("add", folder, *at)
    first = call("search", "--queries", names("drones\n"), "--save", "Watch", *at).out
    assert call("searches", "watch", *at).out == first
    assert "a list of 1 name" in call("searches", *at).out
    assert call("search", "--queries", names("drones\n"), folder, "--save", "Watch").code == 2
    assert call("searches", "watch", "--remove", *at).code == 0
    assert "Watch" not in call("searches", *at).out
    assert call("searches", "watch", *at).code
