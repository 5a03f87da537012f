"""Facts as JSON and CSV: the exact shape, names that differ, cells that no spreadsheet runs."""

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import __version__
from briefing.export import Names, Selection, facts_json, render
from briefing.export.table import COLUMNS, guarded, rows
from briefing.model.listing import Failure
from briefing.model.safetext import SafeText


def test_shape(lake, wire) -> None:
    failure = Failure(path=SafeText("bad.pdf"), reason=SafeText("no text in it"))
    made = json.loads(facts_json([("lake", lake), ("wire", wire)], [failure], text=True))
    assert list(made) == ["version", "documents", "errors"]
    assert made["version"] == __version__
    assert made["errors"] == [{"path": "bad.pdf", "error": "no text in it"}]
    one = made["documents"][0]
    assert list(one) == ["id", "sha256", "path", "title", "publisher", "author", "published", "published_from",
                         "published_inferred", "made", "language", "words", "warnings",
                         "entities", "counts", "participants", "quotes", "text"]  # fmt: skip
    assert one["id"] == "lake"
    assert one["published"] == "2025-07-12"
    assert one["entities"] == [
        {"start": 28, "end": 34, "text": "Gripen", "type": "AIRCRAFT", "name": "JAS 39 Gripen", "confidence": "high"}
    ]
    assert one["counts"][2] == {
        "start": 160, "end": 176, "evidence": "Dozens of drones", "low": None, "high": None, "approx": True,
        "item": "drone", "category": "aircraft", "operator": None, "what": None,
        "asserted_by": None, "confidence": "medium", "rule": None, "added_by": None,
    }  # fmt: skip
    assert one["participants"][0] == {
        "name": "Ada Lind", "kind": "person", "role": "wing commander", "affiliation": None, "aliases": ["Lind"],
        "core": True, "mentions": [[118, 131]], "confidence": "high", "rule": None, "added_by": None,
    }  # fmt: skip
    assert one["quotes"][0] == {
        "start": 98, "end": 116, "text": "We saw them early,", "speaker": "Ada Lind", "speaker_kind": "person",
        "speaker_start": 118, "speaker_end": 131, "cue": "said", "relay": None, "confidence": "high", "rule": None,
        "added_by": None,
    }  # fmt: skip
    assert one["text"][98:116] == "We saw them early,"
    assert made["documents"][1]["warnings"] == [
        {"kind": "machine-paraphrased", "message": "Reads as machine-paraphrased.", "evidence": []}
    ]


def test_no_text_unless_asked_and_nothing_from_nothing(lake) -> None:
    assert "text" not in json.loads(facts_json([("a", lake)], []))["documents"][0]
    assert json.loads(facts_json([], [])) == {"version": __version__, "documents": [], "errors": []}


def test_names_are_stems_made_unique() -> None:
    names = Names()
    given_ = ["a/release.txt", "b/release.html", "release-2.md", "-", "https://example.org/news/item.html?x=1",
              "https://example.org/", "C:\\files\\note.txt", ".hidden", "folder/"]  # fmt: skip
    assert [names.of(path) for path in given_] == [
        "release", "release-2", "release-2-2", "stdin", "item", "example", "note", ".hidden", "folder",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=6)))
def test_names_never_repeat(paths: list[str]) -> None:
    names = Names()
    made = [names.of(path) for path in paths]
    assert len(set(made)) == len(made)
    assert all(made)


def test_rows(lake) -> None:
    made = list(rows(lake, "lake"))
    assert [row["kind"] for row in made] == ["entity"] + ["count"] * 4 + ["participant"] * 3 + ["quote"]
    assert all(set(row) <= set(COLUMNS) for row in made)
    assert [(row["paragraph"], row["sentence"]) for row in made] == [
        (2, 1), (2, 1), (2, 1), (3, 2), (3, 3), (2, 2), (2, 1), (2, 1), (2, 2),
    ]  # fmt: skip


def test_csv_reads_back(selection: Selection) -> None:
    made = list(csv.DictReader(io.StringIO(render(selection, "csv"))))
    assert len(made) == 11
    assert made[0]["evidence"] == "Three Gripen fighters"
    assert (made[0]["low"], made[0]["number"], made[0]["operator"]) == ("3", "3", "Swedish Air Force")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\n=1", "\tx"])
def test_formulas_are_text(cell: str) -> None:
    assert guarded(cell) == "'" + cell


@given(st.text() | st.integers() | st.booleans() | st.none())
def test_no_cell_starts_a_formula(cell: str | int | bool | None) -> None:
    made = guarded(cell)
    assert isinstance(made, int) or not made.lstrip().startswith(tuple("=+-@"))


def test_hostile_csv(document) -> None:
    words = '=HYPERLINK("http://example.org")'
    one = document(f"{words}\n\nTwo jets.", counts=[("Two jets", 2, words, "@x")], publisher="+x", path="-y")
    selection = Selection((one,), day=date(2025, 1, 1))
    for row in csv.reader(io.StringIO(render(selection, "csv"))):
        assert not [cell for cell in row if cell.startswith(tuple("=+-@"))]


def test_names_of_what_is_in_files() -> None:
    names = Names()
    paths = ["a.zip » in/note.txt", "note.md", "all.mbox » message 12", "https://a.example/feed » 1 Title - part"]
    assert [names.of(path) for path in paths] == ["note", "note-2", "message 12", "1 Title - part"]
