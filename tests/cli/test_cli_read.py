"""The plain mode: one source as lines, evidence numbered, nothing drawn."""

import unicodedata
from pathlib import Path

import pytest

from briefing.cli.read_command import page
from briefing.model.review import Review
from tests.tui.conftest import patrol


def test_a_file_as_lines(call, folder: Path) -> None:
    done = call("read", folder / "b-wire.txt")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "Wire report"
    assert lines[1:4] == ["Length: 12 words", f"File: {folder / 'b-wire.txt'}", lines[3]]
    assert "The USA [1] sent three jets [2]. “We saw them, [3]” one said." in lines
    facts = lines[lines.index("Facts") + 2 :]
    assert facts == [
        "1. Participant: United States, nation; is mentioned. Paragraph 2, sentence 1.",
        "2. Count: 3 jet. As written: “three jets”. Paragraph 2, sentence 1.",
        "3. Quote: speaker not named: “We saw them,”. Paragraph 2, sentence 1.",
    ]
    assert not any(unicodedata.name(char, "").startswith("BOX DRAWINGS") or char == "\x1b" for char in done.out)


def test_several_sources_and_the_library(call, folder: Path, library: Path) -> None:
    call("add", folder)
    key = call("list").out.splitlines()[1].split()[0]
    one = call("read", key)
    assert one.code == 0
    assert f"Id: {key}" in one.out
    both = call("read", key, folder)
    assert both.out.startswith(one.out)
    assert both.out.count("\nFacts\n") == 3
    assert call("read", "0000").code == 1
    assert call("read").code == 2


def test_width(call, folder: Path) -> None:
    out = call("read", folder / "b-wire.txt", "--width", "30").out
    assert "The USA [1] sent three jets\n[2]. “We saw them, [3]” one\nsaid.\n" in out
    assert all(len(line) <= 30 for line in out.splitlines() if " " in line)


def test_a_source_that_cannot_be_read(call, folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02" * 50)
    done = call("read", folder)
    assert done.code == 1
    assert "bad.txt" in done.err
    assert "Wire report" in done.out


def test_verdicts_are_followed() -> None:
    source, found = patrol()
    count, other, third = found.counts
    reviews = {
        count.key: Review(source_id=source.id, kind="count", key=count.key, state="rejected"),
        other.key: Review(source_id=source.id, kind="count", key=other.key, state="edited", edited={"low": 125}),
        found.quotes[0].key: Review(source_id=source.id, kind="quote", key=found.quotes[0].key, state="accepted"),
    }
    text = "\n".join(page((source, found), reviews))
    assert "As written: “Two Kestrel" not in text
    assert "Count: 125+ sailor." in text
    assert "Paragraph 3, sentence 1. Corrected." in text
    assert "Medium" not in text
    assert "Count: 3 Kestrel boat. As written: “three Kestrel boats”. Paragraph 5, sentence 1. Low confidence." in text
    assert "nobody was in danger”. Paragraph 4, sentence 1. Accepted." in text
    assert third.confidence == "low"


def test_marks_go_up_through_the_text() -> None:
    lines = page(patrol(), {})
    text = "\n".join(lines[lines.index("Text") : lines.index("Facts")])
    places = [text.index(f"[{number}]") for number in range(1, 7)]
    assert places == sorted(places)


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_a_source_without_facts(call, tmp_path: Path, text: str) -> None:
    (tmp_path / "plain.txt").write_text("Nothing here" + text)
    assert call("read", tmp_path / "plain.txt").out.endswith("Facts\n\nNone were found.\n")


def test_lines_are_broken_by_columns(call, tmp_path: Path) -> None:
    text = (
        "日本の船は北に向かった。" * 9
        + "\n\n"
        + "x" * 90
        + "\n\nThe coast-guard went to Za\u0308rich and the F-16 left it there.\n"
    )
    (tmp_path / "wide.txt").write_text(text, encoding="utf-8")
    lines = call("read", tmp_path / "wide.txt", "--width", "30").out.splitlines()
    text_lines = lines[lines.index("Text") : lines.index("Facts")]
    assert "日本の船は北に向かった。日本の" in text_lines
    assert "x" * 90 in text_lines
    assert "coast-guard" in " ".join(text_lines)
    assert not any(line.endswith("-") for line in text_lines)
