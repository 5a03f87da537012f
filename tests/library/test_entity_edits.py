"""What the reader says of entities, and what follows."""

from pathlib import Path

import pytest

from briefing.library import Library, LibraryError
from briefing.model.facts import Count, Extraction, Mention, Participant, Quote
from briefing.model.source import Source

from .made import make_extraction, make_source


def names(library: Library, source: Source) -> list[tuple[str, str]]:
    """Types and names of the mentions in a source."""
    return [(one.type, str(one.name)) for one in library.extraction(source.id).mentions]


def test_merging(library: Library, sources: list[Source]) -> None:
    edit = library.entity_edits.merge("NATION", "Japan", "United States")
    assert edit.described == "Japan is United States"
    assert ("NATION", "Japan") not in names(library, sources[0])
    card = library.entity("United States", "NATION")
    assert (card.mentions, card.sources) == (3, 2)
    assert [(str(way.text), way.mentions) for way in card.ways] == [("American", 1), ("Japan", 1), ("U.S.", 1)]
    assert library.entities("japan") == [("United States", "NATION", 2)]
    assert library.search('nation:"united states"').total == 2
    text = str(sources[0].text)
    assert (text.index("Japan"), text.index("Japan") + 5) in library.matches("nation:japan", sources[0].id)


def test_undo_is_exact(library: Library, sources: list[Source]) -> None:
    before = [library.extraction(one.id) for one in sources], library.entities(limit=99), library.sources()
    edits = library.entity_edits
    edits.merge("NATION", "Japan", "United States")
    edits.rename("NATION", "United States", "America")
    edits.remove("PLACE", "Guam")
    edits.retype("PERSON", "Dan Caine", "ORG")
    assert [str(edits.undo()) for _ in range(4)] == [
        "Dan Caine is of type org, not person",
        "Guam is no place",
        "United States is called America",
        "Japan is United States",
    ]
    assert edits.undo() is None
    assert before == ([library.extraction(one.id) for one in sources], library.entities(limit=99), library.sources())


def test_no_entity(library: Library, sources: list[Source]) -> None:
    library.entity_edits.remove("PERSON", "Dan Caine")
    found = library.extraction(sources[0].id)
    assert "PERSON" in {one.type for one in found.mentions}
    assert "Dan Caine" not in {one.name for one in found.mentions}
    assert [one.name for one in found.participants] == ["Kim Myung-soo"]
    assert found.quotes[0].speaker is None
    assert found.quotes[0].speaker_kind is None
    assert found.quotes[0].text == "We stand ready for ballistic-missile tests,"
    assert library.entities("caine") == []
    assert library.search("speaker:caine").total == 0
    assert library.search("Caine").total == 1
    assert library.row(sources[0].id).participants == 1
    assert library.search('quote:"stand ready"').total == 1


def test_another_type(library: Library, sources: list[Source]) -> None:
    library.entity_edits.retype("PERSON", "Kim Myung-soo", "ORG")
    found = library.extraction(sources[0].id)
    assert ("ORG", "Kim Myung-soo") in names(library, sources[0])
    assert {one.name: one.kind for one in found.participants}["Kim Myung-soo"] == "organisation"
    assert {one.speaker: one.speaker_kind for one in found.quotes}["Kim Myung-soo"] == "organisation"
    assert library.search("org:kim").total == 1
    library.entity_edits.retype("AIRCRAFT", "F-2", "SHIP")
    counted = library.extraction(sources[0].id).counts
    assert [(one.item, one.category) for one in counted] == [("B-52Hs", "aircraft"), ("F-2", "ship")]
    library.entity_edits.retype("PERSON", "Dan Caine", "PLACE")
    assert "Dan Caine" not in {one.name for one in library.extraction(sources[0].id).participants}


def test_a_way_of_writing_is_taken_out(library: Library, sources: list[Source]) -> None:
    library.entity_edits.split("NATION", "United States", "American", "America (continent)", "PLACE")
    assert names(library, sources[1])[-1] == ("PLACE", "America (continent)")
    assert ("NATION", "United States") in names(library, sources[0])
    assert library.entity("United States", "NATION").sources == 1
    later = make_source("American words.\n\nThe U.S. said nothing.")
    library.add(later, make_extraction(later))
    assert names(library, later) == [("PLACE", "America (continent)"), ("NATION", "United States")]


def test_facts_that_are_not_written_there_follow_the_mentions(library: Library) -> None:
    text = "Navy boats sailed."
    source = make_source(text)
    found = Extraction(
        source_id=source.id,
        extractor="f",
        mentions=(Mention(start=0, end=4, text=text[:4], type="ORG", name="Norland Navy"),),
        counts=(
            Count(
                start=5, end=10, evidence="boats", low=2, high=2, item="boat", category="ship", operator="Norland Navy"
            ),
        ),
        participants=(
            Participant(name="Norland Navy", kind="unit", aliases=("Navy",), mentions=((0, 4),)),
            Participant(name="Falk", kind="person", affiliation="Norland Navy"),
        ),
        quotes=(Quote(start=5, end=10, text="boats", speaker="Norland Navy", speaker_kind="organisation"),),
    )
    library.add(source, found)
    library.entity_edits.split("ORG", "Norland Navy", "Navy", "Sudria Navy")
    shown = library.extraction(source.id)
    assert shown.counts[0].operator == "Sudria Navy"
    assert shown.quotes[0].speaker == "Sudria Navy"
    assert [(one.name, one.kind, one.affiliation) for one in shown.participants] == [
        ("Sudria Navy", "unit", None),
        ("Falk", "person", "Sudria Navy"),
    ]
    library.entity_edits.remove("ORG", "Sudria Navy")
    shown = library.extraction(source.id)
    assert shown.counts[0].operator is None
    assert [(one.name, one.affiliation) for one in shown.participants] == [("Falk", None)]


def test_participants_that_are_one_are_joined(library: Library, sources: list[Source]) -> None:
    library.entity_edits.merge("PERSON", "Dan Caine", "Kim Myung-soo")
    (one,) = library.extraction(sources[0].id).participants
    assert (one.name, one.aliases) == ("Kim Myung-soo", ("Gen. Caine",))
    assert len(one.mentions) == 2
    assert library.row(sources[0].id).participants == 1


def test_edits_hold_for_what_comes_later(library: Library, sources: list[Source]) -> None:
    library.entity_edits.rename("PLACE", "Guam", "Guåhan")
    library.remove(sources[0].id)
    assert library.entities("guåhan") == []
    library.add(sources[0], make_extraction(sources[0], "f2"))
    assert ("PLACE", "Guåhan") in names(library, sources[0])
    assert library.entities("guam") == [("Guåhan", "PLACE", 1)]
    library.entity_edits.undo()
    assert library.entities("guam") == [("Guam", "PLACE", 1)]


def test_a_name_that_was_given_up_may_be_given_again(library: Library, sources: list[Source]) -> None:
    edits = library.entity_edits
    edits.rename("PLACE", "Guam", "Island")
    edits.rename("NATION", "Japan", "Nippon")
    edits.retype("NATION", "Nippon", "PLACE")
    edits.rename("PLACE", "Nippon", "Guam")
    places = [name for kind, name in names(library, sources[0]) if kind == "PLACE"]
    assert places == ["Island", "Guam"]
    edits.rename("PLACE", "Island", "Isle")
    edits.rename("PLACE", "Guam", "Island")
    assert [name for kind, name in names(library, sources[0]) if kind == "PLACE"] == ["Isle", "Island"]


def test_one_in_the_middle_is_taken_back_where_nothing_builds_on_it(library: Library) -> None:
    edits = library.entity_edits
    first = edits.rename("PLACE", "Guam", "Guåhan")
    second = edits.rename("NATION", "Japan", "Nippon")
    third = edits.rename("NATION", "Nippon", "Yamato")
    with pytest.raises(
        LibraryError, match="“Japan is called Nippon” cannot be taken back before “Nippon is called Yamato”"
    ):
        edits.take_back(second.number)
    edits.take_back(first.number)
    assert edits.all() == [second, third]
    assert library.entities("guam") == [("Guam", "PLACE", 1)]
    with pytest.raises(LibraryError, match="There is no edit 77"):
        edits.take_back(77)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda edits: edits.merge("PLACE", "Atlantis", "Guam"), "No source mentions place “Atlantis”"),
        (lambda edits: edits.merge("PLACE", "Guam", "Atlantis"), "To call Guam so, rename it"),
        (lambda edits: edits.merge("PLACE", "Guam", "Guam"), "Guam is that already"),
        (lambda edits: edits.rename("NATION", "Japan", "United States"), "merge them"),
        (lambda edits: edits.rename("PLACE", "Guam", "  "), "needs a name"),
        (lambda edits: edits.split("PLACE", "Guam", "Gwam", "Other"), "nowhere written as “Gwam”"),
    ],
)  # fmt: skip
def test_what_cannot_be_said(library: Library, edit: object, said: str) -> None:
    with pytest.raises(LibraryError, match=said):
        edit(library.entity_edits)  # type: ignore[operator]
    assert library.entity_edits.all() == []


def test_verdicts_stay_with_participants(library: Library, sources: list[Source]) -> None:
    key = sources[0].id
    library.review(key, "participant", "participant:person:Dan Caine", "accepted")
    library.entity_edits.rename("PERSON", "Dan Caine", "General Caine")
    assert library.reviews(key)["participant:person:General Caine"].state == "accepted"
    review = library.review(key, "participant", "participant:person:General Caine", "rejected")
    assert review.key == "participant:person:General Caine"
    library.add(sources[0], make_extraction(sources[0], "f2"))
    assert library.reviews(key)["participant:person:General Caine"].state == "rejected"
    undone = library.undo_review()
    assert undone is not None
    assert (undone.key, undone.state) == ("participant:person:General Caine", "accepted")
    library.entity_edits.remove("PERSON", "General Caine")
    assert library.reviews(key) == {}
    library.entity_edits.undo()
    library.entity_edits.undo()
    assert library.reviews(key)["participant:person:Dan Caine"].state == "accepted"


def test_verdicts_stay_with_what_an_edit_has_made(library: Library, sources: list[Source]) -> None:
    key = sources[0].id
    library.entity_edits.split("PERSON", "Dan Caine", "Gen. Caine", "Bo Caine")
    library.review(key, "participant", "participant:person:Bo Caine", "accepted")
    library.add(sources[0], make_extraction(sources[0], "f2"))
    assert library.reviews(key)["participant:person:Bo Caine"].state == "accepted"
    library.review(key, "quote", library.extraction(key).quotes[0].key, "accepted")
    library.entity_edits.undo()
    library.add(sources[0], make_extraction(sources[0], "f3"))
    assert sorted(one.state for one in library.reviews(key).values()) == ["accepted", "accepted"]


def test_two_programs_edit_one_library(library: Library, sources: list[Source], tmp_path: Path) -> None:
    with Library.open(library.path) as other:
        other.entity_edits.rename("PLACE", "Guam", "Guåhan")
        assert ("PLACE", "Guåhan") in names(library, sources[0])
        library.entity_edits.rename("NATION", "Japan", "Nippon")
        later = make_source("Japan and Guam again")
        other.add(later, make_extraction(later))
        assert names(other, later) == [("NATION", "Nippon"), ("PLACE", "Guåhan")]
        assert len(other.entity_edits.all()) == 2


def test_an_edit_that_is_interrupted_is_not_made(
    library: Library, sources: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.library.store.name_counts import Counters

    before = library.entities(limit=99)

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Counters, "flush", broken)
    with pytest.raises(KeyboardInterrupt):
        library.entity_edits.remove("PLACE", "Guam")
    monkeypatch.undo()
    assert library.entity_edits.all() == []
    assert library.entities(limit=99) == before
    assert ("PLACE", "Guam") in names(library, sources[0])


def test_another_program_edits_between_working_out_and_writing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.library.entities import edits

    real = edits.work_out
    once = [True]

    def beaten(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        if once.pop() if once else False:
            with Library.open(library.path) as other:
                other.entity_edits.rename("NATION", "United States", "America")

    monkeypatch.setattr(edits, "work_out", beaten)
    library.entity_edits.merge("NATION", "Japan", "Guam", "PLACE")
    assert len(library.entity_edits.all()) == 2
    assert (library.entity("Guam", "PLACE").mentions, library.entity("America", "NATION").mentions) == (2, 2)
