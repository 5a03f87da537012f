"""Notes of the readers in briefs, bundles and JSON: only where they are wanted."""

import json
from dataclasses import replace

import pytest

from briefing.export import render_bytes
from briefing.export.bundle.annotations import annotations, decisions, source_notes
from briefing.export.facts import document_json
from briefing.export.selection import Selection
from briefing.model.listing import Note
from briefing.model.review import Review
from briefing.model.safetext import SafeText


@pytest.fixture
def noted(selection: Selection) -> Selection:
    source, found = selection.documents[0]
    first, second = found.counts[:2]
    reviews = {
        first.key: Review(source_id=source.id, kind="count", key=first.key, state="unreviewed", note="who *counted*?"),
        second.key: Review(source_id=source.id, kind="count", key=second.key, state="rejected", note="of no use"),
    }
    notes = {source.id: Note(SafeText("ask [Lena](http://x)"), SafeText("Kim"))}
    return replace(selection, reviews={source.id: reviews}, notes=notes)


def test_a_brief_has_notes_where_they_are_wanted(noted: Selection) -> None:
    brief = json.loads(render_bytes(noted, "json"))
    first = noted.documents[0][1].counts[0]
    assert [(one["source"], one["about"], one["text"], one["by"]) for one in brief["reader_notes"]] == [
        (1, None, "ask [Lena](http://x)", "Kim"),
        (1, first.evidence, "who *counted*?", None),
    ]
    markdown = render_bytes(noted, "markdown").decode()
    assert "- S1: ask \\[Lena\\]" in markdown
    assert "who \\*counted\\*?" in markdown
    assert "ask [Lena](http://x)" in render_bytes(noted, "html").decode()
    without = replace(noted, notes=None)
    for form in ("json", "markdown", "html"):
        made = render_bytes(without, form).decode()
        assert "Lena" not in made
        assert "counted*?" not in made


def test_a_bundle_takes_notes_along(noted: Selection) -> None:
    text = annotations(noted.documents, noted.reviews, noted.notes)
    source = noted.documents[0][0]
    assert source_notes(text) == {source.id: Note(SafeText("ask [Lena](http://x)"), SafeText("Kim"))}
    assert [(one.state, one.note) for one in decisions(text)] == [
        ("unreviewed", "who *counted*?"),
        ("rejected", "of no use"),
    ]
    without = annotations(noted.documents, noted.reviews)
    assert not source_notes(without)
    assert [one.state for one in decisions(without)] == ["rejected"]


def test_facts_as_json_have_their_notes(noted: Selection) -> None:
    source, _ = noted.documents[0]
    assert noted.notes is not None
    shape = document_json(
        "a",
        noted.documents[0],
        notes=lambda key: (noted.notes[key], noted.reviews[key]),  # type: ignore[index]
    )
    assert shape["note"] == {"text": "ask [Lena](http://x)", "by": "Kim", "at": None}
    assert [one.get("note") for one in shape["counts"]][:2] == ["who *counted*?", "of no use"]
    assert "note" not in document_json("a", noted.documents[0])
    assert source.id in noted.notes
