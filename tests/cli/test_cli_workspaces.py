"""``workspace``: named selections, exported as bundles and taken in by a colleague."""

import json
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.model.facts import Count, Extraction
from briefing.model.source import Source

TEXTS = ("Two Norland ferries burnt.", "Three Norland ferries burnt.", "A Sudria tug sank.")


def source(text: str) -> Source:
    from hashlib import sha256

    name = f"{text.split()[0]}.txt"
    return Source(id=sha256(text.encode()).hexdigest(), text=text, title=text, path=name, publisher="Wire")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "own.db") as library:
        for text in TEXTS:
            library.add(source(text), Extraction(source_id=source(text).id, extractor="f1"))
    return tmp_path / "own.db"


def test_made_changed_listed_and_removed(call, own: Path) -> None:
    at = ("--library", str(own))
    assert call("workspace", "new", "Ferries", "--query", "ferries", *at).out == "Ferries: 2 sources\n"
    call("workspace", "put", "ferries", "--source", source(TEXTS[2]).id[:8], *at)
    call("workspace", "set", "ferries", "--bottom-line", "They burnt.", "--grade", "Wire=b", "--title", "Fires", *at)
    call("workspace", "duplicate", "Ferries", "Ships", *at)
    call("workspace", "take", "ships", "--query", "tug", *at)
    call("workspace", "archive", "ferries", *at)
    listed = call("workspace", *at).out
    assert "Ships" in listed
    assert "Ferries" not in listed
    assert "Ferries (archived)" in call("workspace", "list", "--all", *at).out
    shape = json.loads(call("workspace", "show", "ships", "--format", "json", *at).out)
    assert (shape["bottom_line"], shape["title"], len(shape["sources"])) == ("They burnt.", "Fires", 2)
    assert shape["grades"] == {"publishers": {"Wire": "B"}}
    call("workspace", "rename", "ships", "Ferry fires", *at)
    assert "removed" in call("workspace", "remove", "ferry fires", *at).out
    assert json.loads(call("workspace", "list", "--format", "json", *at).out) == {"workspaces": []}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("show", "trains"), "No workspace is called “trains”"),
        (("new", "ferries"), "already"),
        (("set", "ferries", "--grade", "Wire=Z"), "no grade"),
        (("set", "ferries"), "nothing to set"),
        (("put", "ferries"), "name the sources"),
        (("put", "ferries", "--query", "zeppelin"), "nothing has zeppelin"),
        (("put", "ferries", "--source", "ffff"), "ffff"),
    ],
)
def test_what_cannot_be_done_is_said(call, own: Path, given: tuple[str, ...], said: str) -> None:
    call("workspace", "new", "Ferries", "--library", str(own))
    result = call("workspace", *given, "--library", str(own))
    assert result.code
    assert said in result.err


def test_a_colleague_takes_it_in_with_what_was_added(call, own: Path, tmp_path: Path) -> None:
    at, bundle = ("--library", str(own)), str(tmp_path / "ferries.zip")
    first = source(TEXTS[0])
    with Library.open(own) as library:
        made = Count(start=0, end=11, evidence=TEXTS[0][:11], low=2, high=2, item="ferry", category="ship")
        library.add_fact(first.id, made, by="Ada", note="seen on the quay")
    call("workspace", "new", "Ferries", "--query", "ferries", *at)
    call("workspace", "set", "ferries", "--bottom-line", "They burnt.", *at)
    brief = call("export", "--workspace", "ferries", *at).out
    assert brief.startswith("# Ferries")
    assert "They burnt." in brief
    assert "added in review" in brief
    assert call("export", "--workspace", "ferries", "-o", bundle, *at).code == 0
    theirs = ("--library", str(tmp_path / "theirs.db"))
    assert "workspace Ferries" in call("import", bundle, *theirs).out
    with Library.open(tmp_path / "theirs.db") as library:
        (fact,) = library.extraction(first.id).counts
        assert (fact.added_by, fact.item) == ("Ada", "ferry")
        assert library.reviews(first.id)[fact.key].note == "seen on the quay"
        assert library.workspaces.get("ferries").bottom_line == "They burnt."
        library.workspaces.change("ferries", {"bottom_line": "Nothing burnt."})
    for _ in range(2):
        result = call("import", bundle, *theirs)
        assert "workspace Ferries (2)" in result.out
    with Library.open(tmp_path / "theirs.db") as library:
        assert [one.bottom_line for one in library.workspaces.all()] == ["Nothing burnt.", "They burnt."]
    call("workspace", "remove", "ferries (2)", *theirs)
    result = call("import", bundle, *theirs)
    assert '"Nothing burnt." by you, "They burnt." in the bundle; yours stays' in result.err
    assert "1 conflict" in result.out
