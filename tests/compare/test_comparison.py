"""What several small sources say of each other."""

from collections.abc import Callable, Sequence
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.compare import compare
from briefing.model.agreement import Agreement, Comparison
from briefing.model.facts import Count, Extraction, Mention, Participant, Quote
from briefing.model.source import Source

from .conftest import Made, Maker

Make = Callable[..., Maker]


def _group(comparison: Comparison, kind: str, document: str, start: int) -> Agreement:
    (found,) = [
        group
        for group in comparison.groups
        if group.kind == kind and any(item.document == document and item.start == start for item in group.items)
    ]
    return found


def _values(group: Agreement) -> dict[str, str]:
    return {item.document: item.value for item in group.items}


def _count_group(comparison: Comparison, made: Made, number: int = 0) -> Agreement:
    return _group(comparison, "count", made[0].id, made[1].counts[number].start)


def test_equal_counts_of_one_type_agree(make: Make) -> None:
    a = make("a", "Two B-52H bombers took off.").counts("Two B-52H bombers", 2, "B-52H", "United States").made()
    b = make("b", "A pair of B-52s flew by.").counts("A pair of B-52s", 2, "B-52").made()
    c = make("c", "Nothing flew.").made()
    group = _count_group(compare([a, b, c]), a)
    assert (group.status, _values(group), group.silent) == ("agree", {"a": "2", "b": "2"}, ("c",))
    assert group.claim.startswith("B-52H, United States")
    assert group.origins == 2


def test_only_sources_on_the_same_event_are_silent(make: Make) -> None:
    a = make("a", "Two B-52H bombers took off.").counts("Two B-52H bombers", 2, "B-52H").made()
    near = make("near", "Nothing flew.").made()
    far = [Maker(f"far{n}", f"The mayor of Town {n} resigned.").names((f"Town {n}", "PLACE")).made() for n in range(8)]
    assert _count_group(compare([a, near, *far[:2]]), a).silent == ("near",)
    assert _count_group(compare([a, near, *far]), a).silent == ("near",)


def test_variants_that_exclude_each_other_are_two_claims(make: Make) -> None:
    a = make("a", "Two F-35As took off.").counts("Two F-35As", 2, "F-35A").made()
    b = make("b", "Two F-35Bs took off.").counts("Two F-35Bs", 2, "F-35B").made()
    assert _count_group(compare([a, b]), a).status == "single"


def test_other_operators_are_other_claims(make: Make) -> None:
    a = make("a", "Two Gripens came.").counts("Two Gripens", 2, "Gripen", "Sweden").made()
    b = make("b", "Two Czech Gripens came.").counts("Two Czech Gripens", 2, "Gripen", "Czech Republic").made()
    assert _count_group(compare([a, b]), a).status == "single"


def test_a_copy_counts_what_its_model_counts(make: Make) -> None:
    a = make("a", "Two Gripens came.").counts("Two Gripens", 2, "Gripen", "Sweden").made()
    b = make("b", "Two Gripens came.").counts("Two Gripens", 2, "Gripen", "Czech Republic").made()
    assert _count_group(compare([a, b]), a).status == "agree"


def test_a_service_belongs_to_its_nation(make: Make) -> None:
    a = make("a", "Six Typhoons of the RAF came.").counts("Six Typhoons", 6, "Typhoon", "Royal Air Force")
    a.takes_part("RAF", "organisation", "Royal Air Force", "United Kingdom")
    b = make("b", "Six British Typhoons came.").counts("Six British Typhoons", 6, "Typhoon", "United Kingdom")
    group = _count_group(compare([a.made(), b.made()]), b.made())
    assert (group.status, group.claim) == ("agree", "Typhoon, Royal Air Force")


def test_a_nation_in_the_name_of_a_service_is_its_nation(make: Make) -> None:
    a = make("a", "Two P-1s of the Japan Fleet.").counts("Two P-1s", 2, "P-1", "Japan Fleet")
    b = make("b", "Two P-1s of Japan.").counts("Two P-1s", 2, "P-1", "Japan").takes_part("Japan", "nation")
    assert _count_group(compare([a.made(), b.made()]), a.made()).status == "agree"


def test_other_numbers_of_one_type_differ(make: Make) -> None:
    a = make("a", "Two Typhoon FGR4s went first. In all, four Typhoons were used.")
    a.counts("Two Typhoon FGR4s", 2, "Typhoon FGR4").counts("four Typhoons", 4, "Typhoon")
    b = make("b", "Six Typhoons were used on Monday.").counts("Six Typhoons", 6, "Typhoon")
    comparison = compare([a.made(), b.made()])
    group = _count_group(comparison, b.made())
    assert (group.status, _values(group)) == ("differ", {"a": "4", "b": "6"})
    assert _count_group(comparison, a.made(), 0).status == "single"


def test_who_agrees_is_found_before_who_differs(make: Make) -> None:
    texts = {"a": 3, "b": 5, "c": 5}
    made = [make(k, f"The {n} Rafales landed.").counts(f"{n} Rafales", n, "Rafale").made() for k, n in texts.items()]
    group = _count_group(compare(made), made[0])
    assert (group.status, _values(group)) == ("differ", {"a": "3", "b": "5", "c": "5"})


def test_a_bound_agrees_with_what_lies_within(make: Make) -> None:
    a = make("a", "More than 300 aircraft join.").counts("More than 300 aircraft", 300, "aircraft", high=None)
    b = make("b", "Some 320 planes join.").counts("Some 320 planes", 320, "plane", approx=True)
    group = _count_group(compare([a.made(), b.made()]), a.made())
    assert (group.status, _values(group)) == ("compatible", {"a": "300+", "b": "about 320"})


def test_a_type_named_without_a_number_is_less_precise(make: Make) -> None:
    a = make("a", "Two KF-16s came.").counts("Two KF-16s", 2, "KF-16").made()
    b = make("b", "It sent KF-16 fighters.").names(("KF-16", "AIRCRAFT")).made()
    group = _count_group(compare([a, b]), a)
    assert (group.status, _values(group), group.silent) == ("less_precise", {"a": "2", "b": "KF-16"}, ())


def test_a_common_noun_for_a_type(make: Make) -> None:
    a = make("a", "Two B-52H bombers came.").counts("Two B-52H bombers", 2, "B-52H").made()
    b = make("b", "The two bombers flew on.").counts("two bombers", 2, "bomber").made()
    assert _count_group(compare([a, b]), a).status == "agree"


def test_the_dead_are_not_the_wounded(make: Make) -> None:
    a = make("a", "Seven people were killed and 30 people were injured in the fire.")
    a.counts("Seven people", 7, "person", category="personnel").counts("30 people", 30, "person", category="personnel")
    b = make("b", "The fire killed ten people, and seven people were injured in it.")
    b.counts("ten people", 10, "person", category="personnel").counts("seven people", 7, "person", category="personnel")
    comparison = compare([a.made(), b.made()])
    assert _values(_count_group(comparison, a.made(), 0)) == {"a": "7", "b": "10"}
    assert _values(_count_group(comparison, a.made(), 1)) == {"a": "30", "b": "7"}


def test_people_in_other_connections_do_not_contradict(make: Make) -> None:
    a = make("a", "Four people watched from the pier.").counts("Four people", 4, "person", category="personnel").made()
    b = make("b", "Its cook serves 90 people daily.").counts("90 people", 90, "person", category="personnel").made()
    assert _count_group(compare([a, b]), a).status == "single"


def test_sources_on_other_matters_are_not_held_against_each_other() -> None:
    a = Maker("a", "Two F-16s at Lake Erie for Iron Fork.").counts("Two F-16s", 2, "F-16")
    b = Maker("b", "Five F-16s at Mount Kea for Blue Owl.").counts("Five F-16s", 5, "F-16")
    a.names(("Lake Erie", "PLACE"), ("Iron Fork", "EVENT"))
    b.names(("Mount Kea", "PLACE"), ("Blue Owl", "EVENT"))
    assert {group.status for group in compare([a.made(), b.made()]).groups} == {"single"}


STATEMENT = "We pass the contact to a friend, we moor, we take on stores, and we can put to sea again before noon."


def test_quotations_alike_in_part_and_altered(make: Make) -> None:
    a = make("a", f"“{STATEMENT}”").says(STATEMENT, "Jane Doe").made()
    part = "we moor, we take on stores, and we can put to sea again"
    b = make("b", f"She said “{part}”.").says(part, "Jane Doe").made()
    other = STATEMENT.replace("before noon", "by midday")
    c = make("c", f"“{other}”").says(other, "Jane Doe").made()
    alike = _group(compare([a, b]), "quote", "a", 1)
    assert (alike.status, alike.origins) == ("shortened", 1)
    altered = _group(compare([a, b, c]), "quote", "a", 1)
    assert (altered.status, len(altered.items), altered.origins) == ("altered", 3, 1)
    assert altered.claim.startswith("Jane Doe: We pass the contact")


def test_a_machine_paraphrase_is_an_altered_quotation(make: Make) -> None:
    original = "The patrol builds trust, deepens cooperation and shows the common will to keep the strait open and calm"
    spun = "The patrol constructs belief, deepens cooperation and reveals the frequent will to keep the strait calm"
    a = make("a", f"“{original}”").says(original, "Fleet Command").made()
    b = make("b", f"“{spun}”").says(spun, "Fleet Command").made()
    assert _group(compare([a, b]), "quote", "a", 1).status == "altered"


def test_two_parts_that_overlap_are_one_wording(make: Make) -> None:
    first, second = STATEMENT[: STATEMENT.index(" before")], STATEMENT[STATEMENT.index("we moor") :]
    a = make("a", f"“{first}”").says(first).made()
    b = make("b", f"“{second}”").says(second).made()
    assert _group(compare([a, b]), "quote", "a", 1).status == "shortened"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("She will be the next president of the United States", "He wants to be president of the United States"),
        ("This is a big night for us", "This is a big day for them"),
        ("Thank you very much", "Thank you"),
    ],
)
def test_phrases_that_anyone_uses_are_no_statement(make: Make, one: str, two: str) -> None:
    a = make("a", f"“{one}”").says(one).made()
    b = make("b", f"“{two}”").says(two).made()
    assert _group(compare([a, b]), "quote", "a", 1).status == "single"


def test_names_in_several_spellings(make: Make) -> None:
    a = make("a", "Wing Commander Elin Rhydderch at Brynmor Air Station; Lee Sang Ho; Mia Stone.")
    a.names(("Wing Commander Elin Rhydderch", "PERSON"), as_="Elin Rhydderch")
    a.names(("Brynmor Air Station", "PLACE"), ("Lee Sang Ho", "PERSON"), ("Mia Stone", "PERSON"))
    b = make("b", "Elin Rhyderch at Brynmer AS, that is Brynmer Air Station; Lee Sang-ho; Mia Stone.")
    b.names(("Elin Rhyderch", "PERSON"), ("Lee Sang-ho", "PERSON"), ("Mia Stone", "PERSON"))
    b.names(("Brynmer AS", "PLACE"), as_="Brynmer Air Station")
    groups = {group.claim: group for group in compare([a.made(), b.made()]).groups if group.kind == "name"}
    assert set(groups) == {
        "Elin Rhydderch / Elin Rhyderch",
        "Brynmer Air Station / Brynmor Air Station",
        "Lee Sang Ho / Lee Sang-ho",
    }
    person = groups["Elin Rhydderch / Elin Rhyderch"]
    assert person.status == "spelling"
    assert {a.source.text[i.start : i.end] for i in person.items if i.document == "a"} == {"Elin Rhydderch"}


@pytest.mark.parametrize(
    ("one", "two"),
    [("Kim Jong Un", "Kim Jong Il"), ("Port Norfolk", "Port Suffolk"), ("Anna Berg", "Anna Bergson"), ("Iran", "Iraq")],
)
def test_near_names_of_others(make: Make, one: str, two: str) -> None:
    a = make("a", f"{one} was named.").names((one, "PERSON")).made()
    b = make("b", f"{two} was named.").names((two, "PERSON")).made()
    assert [group for group in compare([a, b]).groups if group.kind == "name"] == []


def test_an_inhabitant_is_not_his_country(make: Make) -> None:
    a = make("a", "Ruritania voted.").names(("Ruritania", "PLACE")).made()
    b = make("b", "A Ruritanian voted.").names(("Ruritanian", "PLACE")).made()
    assert [group for group in compare([a, b]).groups if group.kind == "name"] == []


def test_participants(make: Make) -> None:
    a = make("a", "Sweden sent Elin Rhydderch of the Ministry of Defence.").takes_part("Sweden", "nation")
    a.takes_part("Elin Rhydderch", "person")
    a.takes_part("Ministry of Defence", "organisation", affiliation="United Kingdom")
    b = make("b", "Sweden met Rhydderch of the British Ministry of Defence and Poland.").takes_part("Sweden", "nation")
    b.takes_part("Rhydderch", "person").takes_part("Poland", "nation")
    b.takes_part("British Ministry of Defence", "organisation", affiliation="United Kingdom")
    groups = {group.claim: group for group in compare([a.made(), b.made()]).groups if group.kind == "participant"}
    assert {claim: group.status for claim, group in groups.items()} == {
        "Sweden": "agree",
        "Elin Rhydderch": "agree",
        "British Ministry of Defence": "agree",
        "Poland": "single",
    }
    assert groups["Sweden"].items[0].start == 0


def test_a_surname_of_two_persons_is_left_alone(make: Make) -> None:
    a = (
        make("a", "Jane Doe and John Doe came.")
        .takes_part("Jane Doe", "person")
        .takes_part("John Doe", "person")
        .made()
    )
    b = make("b", "Doe came.").takes_part("Doe", "person").made()
    assert _group(compare([a, b]), "participant", "b", 0).status == "single"


def test_copies_are_one_origin(make: Make) -> None:
    text = "Two Rafales landed. " + " ".join(f"word{n}" for n in range(200))
    a = make("a", text).counts("Two Rafales", 2, "Rafale").made()
    b = make("b", f"{text} More.").counts("Two Rafales", 2, "Rafale").made()
    c = make("c", "The two Rafales were seen.").counts("two Rafales", 2, "Rafale").made()
    comparison = compare([a, b, c])
    assert _count_group(comparison, a).origins == 2
    assert [copy.documents for copy in comparison.near_duplicates] == [("a", "b")]


def test_a_shared_statement_shows_that_sources_speak_of_one_matter() -> None:
    a = Maker("a", f"Four Rafales came. “{STATEMENT}”").counts("Four Rafales", 4, "Rafale").says(STATEMENT).made()
    b = Maker("b", f"Six Rafales came. “{STATEMENT}”").counts("Six Rafales", 6, "Rafale").says(STATEMENT).made()
    assert _count_group(compare([a, b]), a).status == "differ"


def test_how_a_name_is_set_is_no_spelling(make: Make) -> None:
    a = make("a", "George W. Stone and MIA O’HARA.").names(("George W. Stone", "PERSON"), ("MIA O’HARA", "PERSON"))
    b = make("b", "George\u00a0W Stone and Mia O'Hara.").names(
        ("George\u00a0W Stone", "PERSON"), ("Mia O'Hara", "PERSON")
    )
    assert [group for group in compare([a.made(), b.made()]).groups if group.kind == "name"] == []


def test_one_source_and_none() -> None:
    alone = Maker("a", "Two Rafales landed.").counts("Two Rafales", 2, "Rafale").made()
    (group,) = compare([alone, alone]).groups
    assert (group.status, group.origins, group.silent) == ("single", 1, ())
    assert compare([]).groups == ()


def test_earlier_sources_come_first(make: Make) -> None:
    late = make("a", "Two Rafales.", date(2025, 7, 2)).counts("Two Rafales", 2, "Rafale").made()
    early = make("b", "Two Rafales.", date(2025, 7, 1)).counts("Two Rafales", 2, "Rafale").made()
    assert [item.document for item in _count_group(compare([late, early]), late).items] == ["b", "a"]


WORDS = [
    "Rhydderch",
    "Rhyderch",
    "Typhoon",
    "Typhoons",
    "two",
    "six",
    "bombers",
    "people",
    "killed",
    "injured",
    "port",
    "we",
    "go",
]
NAMES = ("Elin Rhydderch", "Elin Rhyderch", "Rhydderch", "Port Alder", "Grey Heron", "Sweden")
ITEMS = ("Typhoon", "Typhoon FGR4", "B-52H", "B-52", "bomber", "person")


@st.composite
def corpora(draw: st.DrawFn) -> Sequence[Made]:
    """A few sources of few words, with whatever facts."""
    made = []
    for number in range(draw(st.integers(0, 5))):
        text = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=12, max_size=30)))
        starts = st.integers(0, len(text) - 12)
        found = draw(st.lists(st.tuples(starts, st.sampled_from(NAMES)), max_size=5))
        amounts = st.sampled_from([(1, 1), (2, 2), (6, 6), (2, None), (None, 6), (None, None)])
        counted = draw(st.lists(st.tuples(starts, amounts, st.sampled_from(ITEMS)), max_size=5))
        quoted = draw(st.lists(st.tuples(starts, st.integers(2, 120)), max_size=4))
        made.append(
            (
                Source(id=f"s{number}", path="p", title=text[:9], text=text),
                Extraction(
                    source_id=f"s{number}",
                    extractor="test",
                    mentions=tuple(Mention(start=s, end=s + 5, text=n, type="PERSON", name=n) for s, n in found),
                    participants=tuple(
                        Participant(name=name, kind="person", mentions=((start, start + 5),))
                        for name, start in {n: s for s, n in found}.items()
                    ),
                    counts=tuple(
                        Count(
                            start=s,
                            end=s + 4,
                            evidence="two of them",
                            low=low,
                            high=high,
                            item=item,
                            category="aircraft",
                        )
                        for s, (low, high), item in {s: (s, a, i) for s, a, i in counted}.values()
                    ),
                    quotes=tuple(
                        Quote(start=s, end=s + len(text[s : s + n]), text=text[s : s + n])
                        for s, n in {s: (s, n) for s, n in quoted}.values()
                    ),
                ),
            )
        )
    return made


@given(corpora(), st.randoms(use_true_random=False))
def test_every_fact_in_one_group_whatever_the_order(made: Sequence[Made], chance: Random) -> None:
    comparison = compare(made)
    shuffled = list(made)
    chance.shuffle(shuffled)
    assert compare(shuffled) == comparison
    for source, extraction in made:
        for kind, facts in (("count", extraction.counts), ("quote", extraction.quotes)):
            for fact in facts:
                homes = [
                    group
                    for group in comparison.groups
                    if group.kind == kind
                    for item in group.items
                    if (item.document, item.start, item.end) == (source.id, fact.start, fact.end)
                ]
                assert len(homes) == 1
    for group in comparison.groups:
        speaking = {item.document for item in group.items}
        assert speaking.isdisjoint(group.silent)
        assert 1 <= group.origins <= len(speaking)
        assert (len(speaking) == 1) == (group.status == "single") or group.kind == "name"


def test_a_name_in_a_list_of_places_is_a_places(make: Make) -> None:
    a = make("a", "They flew from Bases Norwell, Tindale and Amble.").names(("Tindale", "PERSON")).made()
    b = make("b", "They flew from Base Tyndale.").names(("Base Tyndale", "PLACE")).made()
    (name,) = (group for group in compare([a, b]).groups if group.kind == "name")
    assert name.status == "spelling"
