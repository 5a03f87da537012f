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
    ("arguments", "words"),
    [
        (("list",), "A patrol"), (("show", "abab"), "Norland Navy"), (("read", "abab"), "Norland Navy"),
        (("search", "navy"), "A patrol"), (("search", "navy", "--facets"), "Norland Navy"), (("searches",), ""),
        (("searches", "navy"), ""), (("entities",), "Norland Navy"), (("facts",), "Norland Navy"), (("compare",), ""),
        (("export", "-o", "-"), "A patrol"),
    ],
)  # fmt: skip
def test_what_reads(call, locked: Path, arguments: tuple[str, ...], words: str) -> None:
    before = locked.read_bytes()
    done = call(*arguments)
    assert "nothing in it can be changed" not in done.err
    assert words in done.out
    assert done.code == 0
    assert locked.read_bytes() == before


def test_the_doctor_says_so(call, locked: Path) -> None:
    before = locked.read_bytes()
    assert "may only be read" in call("doctor").out
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
