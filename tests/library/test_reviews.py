"""Verdicts: kept, taken back, and carried to the facts of a new extraction."""

from pathlib import Path

import pytest

from briefing.library import Library, LibraryError
from briefing.library.judging import reviews_of
from briefing.library.notes import note_on, write_note
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


def test_verdicts_of_several_sources_at_once(library: Library, source: Source) -> None:
    other = make_source(f"{source.text} And so it went on.")
    for each in (source, other):
        put(library, each, "f1", count(0, "B-52H"))
        library.review(each.id, "count", count(0, "B-52H").key, "accepted")
    library.review(other.id, "count", count(0, "B-52H").key, "rejected")
    found = reviews_of(library, [source.id, other.id, "f" * 64, "none"])
    assert found == {each.id: library.reviews(each.id) for each in (source, other)} | {"f" * 64: {}, "none": {}}
    assert [next(iter(found[each.id].values())).state for each in (source, other)] == ["accepted", "rejected"]
    assert reviews_of(library, []) == {}


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


KIM = (TEXT.index("Kim"), TEXT.index("Kim") + 3)


def own_count(words: str, item: str, low: int | None = None) -> Count:
    start = TEXT.index(words)
    return Count(
        start=start, end=start + len(words), evidence=words, low=low, high=low, item=item, category="aircraft"
    )  # fmt: skip


def test_an_added_fact_is_a_fact_with_its_verdict(library: Library, source: Source) -> None:
    found = count(0, "B-52H")
    put(library, source, "f1", found)
    own, review = library.add_fact(source.id, own_count("two F-2 fighters", "F-2", 2), by="Ada")
    assert (own.added_by, review.state, review.by, review.key) == ("Ada", "accepted", "Ada", own.key)
    assert [(one.item, one.added_by) for one in library.extraction(source.id).counts] == [
        ("B-52H", None),
        ("F-2", "Ada"),
    ]
    assert [one.key for one in library.marked(source.id, source.text)[0].counts] == [found.key, own.key]
    library.review(source.id, "count", own.key, "rejected")
    assert states(library, source) == {own.key: "rejected"}
    assert len(library.extraction(source.id).counts) == 2
    library.undo_review()
    assert states(library, source) == {own.key: "accepted"}
    library.undo_review()
    assert library.reviews(source.id) == {}
    assert [one.item for one in library.extraction(source.id).counts] == ["B-52H"]


def test_an_added_fact_outlives_extractions_that_find_nothing_there_or_the_same(
    library: Library, source: Source
) -> None:
    put(library, source, "f1")
    own, _ = library.add_fact(source.id, own_count("two F-2 fighters", "F-2", 2))
    speaker, _ = library.add_fact(source.id, Participant(name="Kim", kind="person", mentions=(KIM,)))
    said, _ = library.add_fact(source.id, quote("Kim"))
    before = library.reviews(source.id)
    assert set(before) == {own.key, speaker.key, said.key}
    put(library, source, "f2")
    assert library.reviews(source.id) == before
    put(library, source, "f3", own_count("two F-2 fighters", "fighter", 2), Participant(name="Kim", kind="person"))
    found = library.extraction(source.id)
    assert [(one.item, one.added_by) for one in found.counts] == [("F-2", own.added_by)]
    assert [(one.name, one.mentions) for one in found.participants] == [("Kim", speaker.mentions)]
    assert library.reviews(source.id) == before
    assert library.totals().counts == 1  # what was extracted is counted
    library.remove(source.id)
    assert library.totals().counts == 0


def test_an_added_fact_follows_its_words_into_another_text(library: Library, source: Source) -> None:
    put(library, source, "f1", count(0, "B-52H"))
    own, _ = library.add_fact(source.id, own_count("two F-2 fighters", "F-2", 2))
    gone, _ = library.add_fact(source.id, own_count("bombers and two", "bomber"))
    library.review(source.id, "count", count(0, "B-52H").key, "edited", {"start": 4, "end": 17, "evidence": TEXT[4:17]})
    other = source.model_copy(update={"text": "Seoul. " + TEXT.replace("bombers and", "bombers with")})
    library.add(
        other,
        Extraction(
            source_id=source.id, extractor="f2", counts=(count(0, "B-52H").model_copy(update={"start": 7, "end": 16}),)
        ),
    )
    assert [(one.start, one.evidence) for one in library.extraction(source.id).counts if one.added_by] == [
        (other.text.index("two F-2"), own.evidence)
    ]
    verdicts = library.reviews(source.id)
    assert gone.key not in verdicts
    assert verdicts["count:7-16"].edited == {"start": 11, "end": 24, "evidence": TEXT[4:17]}
    library.add(source, Extraction(source_id=source.id, extractor="f3"))
    assert {one.evidence for one in library.extraction(source.id).counts} == {own.evidence, gone.evidence}


def test_what_was_added_is_found_by_what_it_says_until_it_is_taken_back(library: Library, source: Source) -> None:
    other = make_source("Nothing of that kind.")
    put(library, source, "f1")
    put(library, other, "f1")
    queries = [
        'quote:"went well"', "quote:(well went)", "speaker:kim", "speaker:k*", "person:Kim", "-quote:going bombers",
        "quote:wel* speaker:kim", 'quote:"all well"~3', "speaker:kim OR speaker:nobody",
    ]  # fmt: skip
    before = [library.search(query).total for query in queries]
    library.add_fact(source.id, Participant(name="Kim", kind="person", mentions=(KIM,)))
    said, _ = library.add_fact(source.id, quote("Kim"))
    hits = [[hit.source.id for hit in library.search(query).hits] for query in queries]
    assert hits == [[source.id]] * len(queries)
    assert library.search("-speaker:kim").total == 1
    assert library.search('quote:"well all"').total == 0
    assert library.search("speaker:kin").total == library.search("org:kim").total == 0
    assert library.matches("speaker:kim", source.id) == [said_of(said)]
    (hit,) = library.search('quote:"went well"').hits
    assert [hit.snippet[slice(*mark)] for mark in hit.marks] == ["All went well,"]
    card = library.entity("Kim", "PERSON")
    assert [(one.source_id, one.fact.key) for one in card.facts] == [
        (source.id, "participant:person:Kim"),
        (source.id, said.key),
    ]
    library.undo_review()
    library.undo_review()
    assert [library.search(query).total for query in queries] == before
    assert library.entity("Kim", "PERSON").facts == ()


def said_of(said: object) -> tuple[int, int]:
    assert isinstance(said, Quote)
    return said.start, said.end


def test_what_cannot_be_added_is_said(library: Library, source: Source) -> None:
    put(library, source, "f1", count(0, "B-52H"))
    with pytest.raises(LibraryError, match="listed already"):
        library.add_fact(source.id, count(0, "bomber"))
    with pytest.raises(LibraryError, match="does not stand there"):
        library.add_fact(source.id, own_count("two F-2", "F-2").model_copy(update={"evidence": "two F-3"}))
    with pytest.raises(LibraryError, match="no characters"):
        library.add_fact(source.id, Participant(name="Kim", kind="person", mentions=((5000, 5003),)))
    assert library.reviews(source.id) == {}


def test_what_came_with_added_facts_is_kept_as_extracted(library: Library, source: Source) -> None:
    put(library, source, "f1", count(0, "B-52H"))
    library.add_fact(source.id, own_count("two F-2", "F-2"))
    with_own = library.extraction(source.id)
    library.remove(source.id)
    library.add(source, with_own)
    assert [one.item for one in library.extraction(source.id).counts] == ["B-52H"]


def test_a_corrected_and_accepted_fact_stays_with_what_stands_at_its_place(library: Library, source: Source) -> None:
    put(library, source, "f1", count(0, "B-52H"))
    library.review(source.id, "count", "count:0-9", "accepted", {"item": "bomber"}, note="seen")
    put(library, source, "f2", count(0, "aircraft", low=3))
    held = library.reviews(source.id)["count:0-9"]
    assert (held.state, held.edited, held.note) == ("accepted", {"item": "bomber"}, "seen")


def test_a_note_on_a_fact_needs_no_verdict_and_outlives_one(library: Library, source: Source) -> None:
    fact = count(0, "B-52H")
    put(library, source, "f1", fact)
    library.review(source.id, "count", fact.key, "unreviewed", note="ask the desk", by="Kim")
    (noted,) = library.reviews(source.id).values()
    assert (noted.state, noted.note, noted.by) == ("unreviewed", "ask the desk", "Kim")
    library.review(source.id, "count", fact.key, "accepted", note="ask the desk")
    library.review(source.id, "count", fact.key, "unreviewed", note="ask the desk")
    assert states(library, source) == {fact.key: "unreviewed"}
    put(library, source, "f2", count(0, "B-52H"))
    assert [one.note for one in library.reviews(source.id).values()] == ["ask the desk"]
    for _ in range(3):
        library.undo_review()
    assert not library.reviews(source.id)


def test_a_note_on_a_source_is_kept_shown_and_taken_away(library: Library, source: Source) -> None:
    put(library, source, "f1", count(0, "B-52H"))
    assert note_on(library, source.id) is None
    write_note(library, source.id, "  The “desk” doubts\nit ", by="Kim")
    note = note_on(library, source.id)
    assert note is not None
    assert (note.words, note.by) == ("The “desk” doubts it", "Kim")
    assert note.at is not None
    assert library.row(source.id).note == note.words
    assert not library.reviews(source.id)  # it is no verdict
    write_note(library, source.id, "It holds")
    put(library, source, "f2")
    assert library.row(source.id).note == "It holds"
    write_note(library, source.id, " ")
    assert library.row(source.id).note is None
    with pytest.raises(LibraryError):
        write_note(library, "ab" * 32, "of nothing")


def test_notes_are_found(library: Library, source: Source) -> None:
    other = make_source("Nothing of note.")
    fact = count(0, "B-52H")
    put(library, source, "f1", fact)
    put(library, other, "f1")
    write_note(library, other.id, "Ask the harbour desk")
    library.review(source.id, "count", fact.key, "unreviewed", note="Harbours are closed")

    def found(query: str) -> set[str]:
        return {hit.source.id for hit in library.search(query).hits}

    assert found("note:desk") == found('note:"harbour desk"') == {other.id}
    assert found("note:harbour*") == found("note:*") == {source.id, other.id}
    assert found("note:harbour* bombers") == {source.id}
    assert found("-note:desk") == {source.id}
    assert found("note:nothing") == set()
    assert library.matches("bombers note:harbours", source.id) == [(10, 17)]
