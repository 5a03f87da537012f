"""What a reader says of events and origins goes before what the program finds, and holds over every extraction."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from briefing.compare import compare
from briefing.library import Library, LibraryError
from briefing.model.agreement import Agreement, Comparison
from briefing.model.claim_edit import ClaimEdit, TextPlace
from tests.compare.conftest import Made, Maker

Make = Callable[..., Maker]


@pytest.fixture
def pile(make: Make) -> list[Made]:
    """Two sources on one event, one on another."""
    texts = (
        ("a", "Nine boats", "Nine boats met off Port Alder on 4 May 2031.", 2031),
        ("b", "Nine boats", "In fair weather and before many people, Nine boats met there on 4 May 2031.", 2031),
        ("c", "Six boats", "Six boats met off Port Alder on 4 May 2019.", 2019),
    )
    numbers = {"Nine boats": 9, "Six boats": 6}
    return [
        make(name, text, date(year, 5, 5)).counts(words, numbers[words], "boat", category="ship").made()
        for name, words, text, year in texts
    ]


def counts(comparison: Comparison) -> list[Agreement]:
    return [group for group in comparison.groups if group.kind == "count"]


def place(made: Made, words: str) -> TextPlace:
    return TextPlace(source_id=made[0].id, start=made[0].text.index(words))


def event_of(comparison: Comparison, document: str) -> str | None:
    return next(g.event for g in counts(comparison) if any(i.document == document for i in g.items))


def test_events_are_joined_and_split(pile: list[Made]) -> None:
    plain = compare(pile)
    assert event_of(plain, "a") == event_of(plain, "b") != event_of(plain, "c")
    joining = ClaimEdit(action="join events", places=(place(pile[0], "Nine"), place(pile[2], "Six")))
    joined = compare(pile, edits=[joining])
    assert event_of(joined, "a") == event_of(joined, "c")
    assert len(joined.events) == len(plain.events) - 1
    splitting = ClaimEdit(action="split event", places=(TextPlace(source_id="b", start=0),))
    apart = compare(pile, edits=[splitting])
    assert event_of(apart, "a") != event_of(apart, "b")
    assert all(group.status == "single" for group in counts(apart))


def test_a_fact_is_moved_to_another_event_and_to_one_of_its_own(pile: list[Made]) -> None:
    moved = compare(pile, edits=[ClaimEdit(action="move", places=(place(pile[1], "Nine"),), to=place(pile[2], "Six"))])
    assert event_of(moved, "b") == event_of(moved, "c") != event_of(moved, "a")
    assert "b" in next(event for event in moved.events if event.id == event_of(moved, "c")).documents
    alone = compare(pile, edits=[ClaimEdit(action="move", places=(place(pile[1], "Nine"),))])
    assert event_of(alone, "b") not in {event_of(alone, "a"), event_of(alone, "c")}


def test_origins_are_joined_and_split(pile: list[Made]) -> None:
    plain = next(group for group in counts(compare(pile)) if len(group.items) == 2)
    assert plain.origins == 2
    places = (place(pile[0], "Nine"), place(pile[1], "Nine"))
    joined = compare(pile, edits=[ClaimEdit(action="join origins", places=places)])
    assert next(group for group in counts(joined) if len(group.items) == 2).origins == 1
    both = [ClaimEdit(action="join origins", places=places), ClaimEdit(action="split origin", places=places[1:])]
    assert next(group for group in counts(compare(pile, edits=both)) if len(group.items) == 2).origins == 2


def test_edits_of_other_sources_say_nothing(pile: list[Made]) -> None:
    elsewhere = TextPlace(source_id="other", start=3)
    edits = [
        ClaimEdit(action="move", places=(elsewhere,), to=place(pile[0], "Nine")),
        ClaimEdit(action="move", places=(place(pile[0], "Nine"),), to=elsewhere),
        ClaimEdit(action="join events", places=(elsewhere, elsewhere)),
        ClaimEdit(action="split event", places=(elsewhere,)),
        ClaimEdit(action="join origins", places=(elsewhere, elsewhere)),
    ]
    assert compare(pile, edits=edits) == compare(pile)


def test_a_library_keeps_them_over_another_extraction_until_they_are_taken_back(
    tmp_path: Path, pile: list[Made]
) -> None:
    from tests.library.made import make_source

    source = make_source("Nine boats met off Port Alder.")
    found = pile[0][1].model_copy(update={"source_id": source.id, "counts": ()})
    path = tmp_path / "l.db"
    at = TextPlace(source_id=source.id, start=0)
    with Library.open(path) as library:
        library.add(source, found)
        assert library.claim_edits.undo() is None
        with pytest.raises(LibraryError, match="at least two"):
            library.claim_edits.add("join events", [at])
        first = library.claim_edits.add("split event", [at], words="boats")
        library.claim_edits.add("move", [at], words="nine")
        library.add(source, found.model_copy(update={"extractor": "another"}))
    with Library.open(path) as library:
        kept = library.claim_edits.all()
        assert [(edit.action, edit.places, str(edit.words)) for edit in kept] == [
            ("split event", (at,), "boats"), ("move", (at,), "nine"),
        ]  # fmt: skip
        assert all(edit.by and edit.at for edit in kept)
        assert library.claim_edits.take_back(first.number).words == "boats"
        with pytest.raises(LibraryError, match="no edit"):
            library.claim_edits.take_back(first.number)
        taken = library.claim_edits.undo()
        assert taken is not None
        assert library.claim_edits.all() == []
