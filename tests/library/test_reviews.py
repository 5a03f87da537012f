"""Verdicts: kept, taken back, and carried to the facts of a new extraction."""

from pathlib import Path

import pytest

from briefing.library import Library, LibraryError
from briefing.model.facts import Count, Extraction, Participant, Quote
from briefing.model.source import Source

from .made import make_source

TEXT = 'Two B-52H bombers and two F-2 fighters flew. "All went well," said Kim.'


def count(start: int, item: str, low: int = 2, operator: str | None = None, length: int = 9) -> Count:
    evidence = TEXT[start : start + length]
    return Count(
        start=start,
        end=start + length,
        evidence=evidence,
        low=low,
        high=low,
        item=item,
        category="aircraft",
        operator=operator,
    )


def quote(speaker: str | None, shift: int = 0) -> Quote:
    start = TEXT.index("All")
    return Quote(start=start, end=start + 14 + shift, text=TEXT[start : start + 14 + shift], speaker=speaker)


@pytest.fixture
def source() -> Source:
    return make_source(TEXT)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "l.db")


def put(library: Library, source: Source, extractor: str, *facts: Count | Quote | Participant) -> None:
    library.add(
        source,
        Extraction(
            source_id=source.id,
            extractor=extractor,
            counts=tuple(f for f in facts if isinstance(f, Count)),
            participants=tuple(f for f in facts if isinstance(f, Participant)),
            quotes=tuple(f for f in facts if isinstance(f, Quote)),
        ),
    )


def states(library: Library, source: Source) -> dict[str, str]:
    return {key: review.state for key, review in library.reviews(source.id).items()}


def test_verdicts_and_undo(library: Library, source: Source) -> None:
    fact = count(0, "B-52H")
    put(library, source, "f1", fact)
    assert library.undo_review() is None
    made = library.review(source.id, "count", fact.key, "accepted")
    assert (made.state, made.key, made.at is not None) == ("accepted", fact.key, True)
    library.review(source.id, "count", fact.key, "edited", {"low": 3, "operator": None})
    assert library.reviews(source.id)[fact.key].edited == {"low": 3, "operator": None}
    library.review(source.id, "count", fact.key, "unreviewed")
    assert library.reviews(source.id) == {}
    back = library.undo_review()
    assert back is not None
    assert (back.state, back.edited) == ("edited", {"low": 3, "operator": None})
    assert states(library, source) == {fact.key: "edited"}
    back = library.undo_review()
    assert back is not None
    assert library.reviews(source.id) == {fact.key: back}
    assert back.state == "accepted"
    back = library.undo_review()
    assert back is not None
    assert back.state == "unreviewed"
    assert library.reviews(source.id) == {}
    assert library.undo_review() is None


def test_a_fact_that_is_not_there(library: Library, source: Source) -> None:
    put(library, source, "f1")
    with pytest.raises(LibraryError, match="has no fact count:0-9"):
        library.review(source.id, "count", "count:0-9", "accepted")


def test_a_verdict_moves_to_the_fact_that_says_the_same(library: Library, source: Source) -> None:
    old = count(0, "B-52H"), count(22, "F-2"), quote("Kim"), Participant(name="Kim", kind="person")
    put(library, source, "f1", *old)
    for fact, kind in zip(old, ("count", "count", "quote", "participant"), strict=True):
        library.review(source.id, kind, fact.key, "accepted")  # type: ignore[arg-type]
    new = (
        count(0, "b-52h", length=17),
        count(22, "F-2", low=3),
        quote("Kim", -1),
        Participant(name="Kim", kind="person"),
    )
    put(library, source, "f2", *new)
    assert set(states(library, source)) == {new[0].key, new[2].key, new[3].key}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (count(0, "B-52H"), count(0, "B-52H", operator="United States")),
        (count(0, "B-52H"), count(22, "B-52H")),
        (quote("Kim"), quote("Lee")),
    ],
)
def test_another_claim_is_not_accepted_unseen(
    library: Library, source: Source, old: Count | Quote, new: Count | Quote
) -> None:
    kind = "count" if isinstance(old, Count) else "quote"
    put(library, source, "f1", old)
    library.review(source.id, kind, old.key, "accepted")  # type: ignore[arg-type]
    put(library, source, "f2", new)
    assert library.reviews(source.id) == {}
    put(library, source, "f3", old)
    assert states(library, source) == {old.key: "accepted"}


def test_a_correction_stays_with_its_place(library: Library, source: Source) -> None:
    old, new = count(0, "B-52H"), count(0, "bomber", low=5, length=17)
    put(library, source, "f1", old)
    library.review(source.id, "count", old.key, "edited", {"low": 4})
    put(library, source, "f2", new)
    assert library.reviews(source.id)[new.key].edited == {"low": 4}


def test_undo_after_a_move(library: Library, source: Source) -> None:
    old, new = count(0, "B-52H"), count(0, "B-52H", length=17)
    put(library, source, "f1", old)
    library.review(source.id, "count", old.key, "accepted")
    library.review(source.id, "count", old.key, "rejected")
    put(library, source, "f2", new)
    assert states(library, source) == {new.key: "rejected"}
    back = library.undo_review()
    assert back is not None
    assert (back.key, back.state) == (new.key, "accepted")
    assert states(library, source) == {new.key: "accepted"}


def test_two_facts_do_not_share_a_verdict(library: Library, source: Source) -> None:
    one, other = count(0, "B-52H"), count(5, "B-52H")
    put(library, source, "f1", one, other)
    library.review(source.id, "count", one.key, "accepted")
    library.review(source.id, "count", other.key, "rejected")
    merged = count(0, "B-52H", length=14)
    put(library, source, "f2", merged)
    assert len(library.reviews(source.id)) == 1
    put(library, source, "f3", one, other)
    assert states(library, source) == {one.key: "accepted", other.key: "rejected"}


def test_removed_with_the_source(library: Library, source: Source) -> None:
    fact = count(0, "B-52H")
    put(library, source, "f1", fact)
    library.review(source.id, "count", fact.key, "accepted")
    library.remove(source.id)
    put(library, source, "f1", fact)
    assert library.reviews(source.id) == {}
    assert library.undo_review() is None


def test_reviewed_and_read(library: Library, source: Source) -> None:
    put(library, source, "f1")
    library.mark_read(source.id)
    library.mark_reviewed(source.id)
    assert (library.row(source.id).read, library.row(source.id).reviewed) == (True, True)
    library.mark_reviewed(source.id, False)
    assert not library.row(source.id).reviewed
