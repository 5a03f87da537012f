"""Persons and national bodies in running text."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from briefing.extract.entities.doc_mentions import mentions_of
from briefing.extract.nlp.token_columns import View, view_of
from briefing.extract.persons.component import resolve_people
from briefing.model.facts import EntityType, Mention
from briefing.model.safetext import SafeText


def mention(text: str, words: str, kind: EntityType) -> Mention:
    start = text.index(words)
    safe = SafeText(words)
    return Mention(start=start, end=start + len(words), text=safe, type=kind, name=safe, confidence="medium")


def people(nlp: Language, text: str, *given: tuple[str, EntityType]) -> list[tuple[str, str]]:
    """Text and name of the persons, from these mentions only."""
    view: View = view_of(nlp.make_doc(text)) if not given else view_of(nlp(text))
    found = resolve_people(view, [mention(text, words, kind) for words, kind in given])
    return [(m.text, m.name) for m in found if m.type == "PERSON"]


def all_people(nlp: Language, text: str) -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(m.text, m.name) for m in resolve_people(view_of(doc), mentions_of(doc).all) if m.type == "PERSON"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rear Adm. Ida Brook waved.", [("Rear Adm. Ida Brook", "Ida Brook")]),
        ("Group Captain Aoife O'Dowd waved.", [("Group Captain Aoife O'Dowd", "Aoife O'Dowd")]),
        ("Lt. Col. Rashid al-Mansour waved.", [("Lt. Col. Rashid al-Mansour", "Rashid al-Mansour")]),
        (
            'Vice Adm. Wilma "Billie" van der Meer III waved.',
            [('Vice Adm. Wilma "Billie" van der Meer III', 'Wilma "Billie" van der Meer III')],
        ),
        (
            "Adm. Han Seo-yeon spoke first. Later Han said that Adm. Han was tired.",
            [("Adm. Han Seo-yeon", "Han Seo-yeon"), ("Han", "Han Seo-yeon"), ("Adm. Han", "Han Seo-yeon")],
        ),
        (
            "Gen. Ida Brook briefed reporters.\n\nGEN. BROOK: Good morning.\n\nQ: Is it late?\n\nGEN. BROOK: No.",
            [("Gen. Ida Brook", "Ida Brook"), ("GEN. BROOK", "Ida Brook"), ("GEN. BROOK", "Ida Brook")],
        ),
        (
            "(Reporting by Anna Kowal and Piet Brandsma; editing by Ida Brook)",
            [("Anna Kowal", "Anna Kowal"), ("Piet Brandsma", "Piet Brandsma"), ("Ida Brook", "Ida Brook")],
        ),
        (
            "Commodore Ida Brook RCN, Commander CTF 190, praised the team.",
            [("Commodore Ida Brook", "Ida Brook")],
        ),
        (
            "Fleet Chairman Gen. Han An-seo waved.",
            [("Chairman Gen. Han An-seo", "Han An-seo")],
        ),
        (
            "Capitaine de vaisseau Ida Brook waved.",
            [("Capitaine de vaisseau Ida Brook", "Ida Brook")],
        ),
        (
            "Four knots now.\n— Ida Laine (@ida_ais) December 26, 2024",
            [("Ida Laine", "Ida Laine"), ("@ida_ais", "Ida Laine")],
        ),
        (
            "Six of them so far.\n— Man Tollers (@GuyTollers) July 4, 2025",
            [("Man Tollers", "Guy Tollers"), ("@GuyTollers", "Guy Tollers")],
        ),
    ],
)
def test_persons_are_found_and_named(nlp: Language, text: str, found: list[tuple[str, str]]) -> None:
    assert all_people(nlp, text) == found


def test_the_base_models_boundaries_are_repaired(nlp: Language) -> None:
    text = "Brook and the crew met the Gen. Ida Brook's aides."
    given_ = (("Brook and the", "PERSON"), ("the Gen. Ida Brook's", "PERSON"))
    assert people(nlp, text, *given_) == [("Brook", "Ida Brook"), ("Gen. Ida Brook", "Ida Brook")]


def test_a_titled_name_cut_short_is_made_whole(nlp: Language) -> None:
    text = "Vice Admiral Ida Jasper Brook waved."
    assert people(nlp, text, ("Ida Jasper", "PERSON")) == [("Vice Admiral Ida Jasper Brook", "Ida Jasper Brook")]


def test_a_rank_inside_a_bodys_mention_shows_a_person(nlp: Language) -> None:
    text = "Fleet Chairman Gen. Ida Brook waved."
    assert people(nlp, text, ("Fleet Chairman Gen. Ida Brook", "ORG")) == [("Chairman Gen. Ida Brook", "Ida Brook")]


def test_a_service_before_the_rank_stays_a_mention_of_its_own(nlp: Language) -> None:
    text = "Then Air Force Gen. Ida Brook left."
    found = resolve_people(
        view_of(nlp(text)), [mention(text, "Air Force", "ORG"), mention(text, "Gen. Ida Brook", "PERSON")]
    )
    assert [(m.text, m.type) for m in found] == [("Air Force", "ORG"), ("Gen. Ida Brook", "PERSON")]


def test_a_portfolio_inside_a_title_is_no_body(nlp: Language) -> None:
    text = "Secretary of State Ida Brook left."
    found = resolve_people(view_of(nlp(text)), [mention(text, "State", "ORG"), mention(text, "Ida Brook", "PERSON")])
    assert [m.text for m in found] == ["Secretary of State Ida Brook"]


def test_a_name_that_things_are_in_is_a_place(nlp: Language) -> None:
    text = "Two strikes hit depots in Tel Wardi. Trucks left Tel Wardi later."
    first = mention(text, "Tel Wardi", "PERSON")
    again = first.model_copy(update={"start": text.rindex("Tel"), "end": text.rindex("Tel") + 9})
    found = resolve_people(view_of(nlp(text)), [first, again])
    assert [(m.text, m.type) for m in found] == [("Tel Wardi", "PLACE"), ("Tel Wardi", "PLACE")]


def test_a_person_taken_for_a_body_is_put_right(nlp: Language) -> None:
    text = "Orla Vexby, a fellow at the institute, disagreed."
    assert people(nlp, text, ("Orla Vexby", "ORG")) == [("Orla Vexby", "Orla Vexby")]


def test_words_without_a_name_are_dropped(nlp: Language) -> None:
    text = "General. Does it fly? Thursday's 2nd flight."
    assert people(nlp, text, ("Does", "PERSON"), ("Thursday", "PERSON"), ("2nd", "PERSON")) == []


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Kenya's defence ministry declined.", "Kenya's defence ministry", "Kenyan Ministry of Defence"),
        ("The Peruvian interior ministry declined.", "Peruvian interior ministry", "Peruvian Ministry of the Interior"),
        ("Ghana’s Ministry of Defence declined.", "Ghana’s Ministry of Defence", "Ghanaian Ministry of Defence"),
        ("The Chilean general staff declined.", "Chilean general staff", "Chilean General Staff"),
    ],
)
def test_national_bodies_are_named(nlp: Language, text: str, words: str, name: str) -> None:
    doc = nlp(text)
    found = resolve_people(view_of(doc), mentions_of(doc).all)
    assert [m.name for m in found if words in m.text] == [name]
    assert not [m for m in found if m.type == "NATION"]


def test_the_city_beside_a_ministry_tells_whose_it_is(nlp: Language) -> None:
    text = "Portugal's jets came.\n\nRelease, Ministry of Defence, Bucharest, 22 March 2024\n\nPortugal sent six jets."
    names = {str(m.name) for m in nlp(text)._.briefing_mentions}
    assert "Romanian Ministry of Defence" in names


def test_a_ministry_alone_is_that_of_the_one_nation_named(nlp: Language) -> None:
    doc = nlp("Kenya's defence ministry declined. The Defence Ministry later agreed.")
    found = resolve_people(view_of(doc), mentions_of(doc).all)
    assert {m.name for m in found if m.type == "ORG"} == {"Kenyan Ministry of Defence"}


def test_an_officer_of_a_staff_is_not_the_staff(nlp: Language) -> None:
    doc = nlp("A Chilean general staff officer declined.")
    assert [m.name for m in resolve_people(view_of(doc), mentions_of(doc).all)] == ["Chile"]


def test_a_surname_like_another_word_is_its_bearers(nlp: Language) -> None:
    doc = nlp('Ann Early sails on Friday. "We leave with the tide," Early shot back. Early called the pilot.')
    found = [str(m.name) for m in resolve_people(view_of(doc), mentions_of(doc).all) if m.type == "PERSON"]
    assert found == ["Ann Early"] * 3


def test_a_full_name_is_found_wherever_it_stands(nlp: Language) -> None:
    text = "Captain Orla Quist sails on Friday. In a Port Street Journal essay last week, Orla Quist wrote of the tide."
    doc = nlp(text)
    found = [str(m.text) for m in resolve_people(view_of(doc), mentions_of(doc).all) if m.type == "PERSON"]
    assert found == ["Captain Orla Quist", "Orla Quist"]


HOSTILE = st.text(st.sampled_from("AaBé .,'’\"-()@\n—:0Gen.\u202e\ufffd王"), max_size=80)


@example("0 ", [(1, 1)])
@settings(max_examples=60)
@given(HOSTILE, st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=6))
def test_any_text_gives_ordered_mentions_inside_it(nlp: Language, text: str, spans: list[tuple[int, int]]) -> None:
    made = [
        Mention(start=a, end=min(a + n, len(text)), text=SafeText(text[a : a + n]), type="PERSON", name=SafeText("x"))
        for a, n in spans
        if a < len(text)
    ]
    found = resolve_people(view_of(nlp(text)), made)
    assert [m.start for m in found] == sorted(m.start for m in found)
    persons = [m for m in found if m.type == "PERSON"]
    assert all(0 <= m.start < m.end <= len(text) and m.name for m in found)
    assert all(a.end <= b.start for a, b in pairwise(persons))
