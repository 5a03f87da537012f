"""Commands on a library that can only be read."""

from pathlib import Path

import pytest

from briefing.library import Library
from briefing.model.facts import Extraction, Mention
from briefing.model.source import Source


@pytest.fixture
def locked(library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with Library.open(library) as made:
        source = Source(id="ab" * 32, path="/in/a.txt", title="A patrol", text="Norland Navy sailed.")
        mentions = (Mention(start=0, end=12, text="Norland Navy", type="ORG", name="Norland Navy"),)
        made.add(source, Extraction(source_id=source.id, extractor="f", mentions=mentions))
        made.searches.save("navy", "navy")
    for module in ("connection", "read_only"):
        monkeypatch.setattr(f"briefing.library.store.{module}.may_write", lambda path: False)
    return library


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",), ("show", "abab"), ("read", "abab"), ("search", "navy"), ("search", "navy", "--facets"),
        ("searches",), ("searches", "navy"), ("entities",), ("facts",), ("compare",), ("export", "-o", "-"),
        ("doctor",),
    ],
)  # fmt: skip
def test_what_reads(call, locked: Path, arguments: tuple[str, ...]) -> None:
    before = locked.read_bytes()
    done = call(*arguments)
    assert "nothing in it can be changed" not in done.err
    assert "Norland Navy" in done.out or "A patrol" in done.out or arguments[0] in {"compare", "searches", "doctor"}
    assert done.code == 0 or arguments == ("doctor",)
    assert "may only be read" in done.out or arguments != ("doctor",)
    assert locked.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "FILE"), ("remove", "abab"), ("entities", "remove", "Norland Navy"), ("search", "navy", "--save", "x"),
        ("searches", "navy", "--remove"),
    ],
)  # fmt: skip
def test_what_writes(call, locked: Path, arguments: tuple[str, ...]) -> None:
    file = locked.with_name("new.txt")
    file.write_text("Two boats sailed.\n")
    done = call(*(str(file) if word == "FILE" else word for word in arguments))
    assert done.code == 2
    assert "can only be read, so nothing in it can be changed. To work with it, copy it" in done.err
