"""Who takes part in a text, and who is only mentioned."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from briefing.model.facts import Participant


def cast(nlp: Language, text: str) -> dict[str, Participant]:
    return {str(p.name): p for p in nlp(text)._.briefing_participants}


def test_a_nation_gathers_its_names_and_adjectives(nlp: Language) -> None:
    text = "Kenya sent a frigate on Monday. Kenyan sailors helped, and Kenya's government agreed."
    kenya = cast(nlp, text)["Kenya"]
    assert kenya.kind == "nation"
    assert [text[a:b] for a, b in kenya.mentions] == ["Kenya", "Kenyan", "Kenya"]
    assert kenya.aliases == ("Kenya", "Kenyan")
    assert kenya.core


def test_a_capital_that_acts_is_its_nation(nlp: Language) -> None:
    found = cast(nlp, "Nairobi denied the report on Monday. Kenya had asked for help.")
    assert "Nairobi" in found["Kenya"].aliases
    assert "Nairobi" not in found


def test_a_capital_where_things_happen_takes_no_part(nlp: Language) -> None:
    assert "Kenya" not in cast(nlp, "The two officers met in Nairobi on Monday.")


def test_a_person_has_kind_role_and_aliases(nlp: Language) -> None:
    text = "Col. Ida Brook, commander of the wing, said it was over. Brook later left."
    brook = cast(nlp, text)["Ida Brook"]
    assert (brook.kind, brook.role, brook.core) == ("person", "commander of the wing", True)
    assert brook.aliases == ("Col. Ida Brook", "Ida Brook", "Brook")
    assert [text[a:b] for a, b in brook.mentions] == ["Col. Ida Brook", "Brook"]


def test_a_person_belongs_to_the_body_named_after_of(nlp: Language) -> None:
    found = cast(nlp, "Ida Brook of the Lowbridge Shipping Company declined.")
    assert found["Ida Brook"].affiliation == "Lowbridge Shipping Company"


def test_a_president_in_the_name_of_a_reign_is_no_participant(nlp: Language) -> None:
    assert "Truman" not in cast(nlp, "Truman administration officials left the room.")


def test_a_ministry_of_a_nation_is_one_body(nlp: Language) -> None:
    found = cast(nlp, "Kenya's defence ministry said on Monday that two jets had landed.")
    assert found["Kenyan Ministry of Defence"].kind == "organisation"
    assert found["Kenyan Ministry of Defence"].core


def test_writers_are_listed_aside(nlp: Language) -> None:
    found = cast(nlp, "Two jets landed at dawn.\n\n(Reporting by Anna Kowal; editing by Piet Brandsma)")
    assert {name: p.core for name, p in found.items()} == {"Anna Kowal": False, "Piet Brandsma": False}


def test_those_who_sign_posts_are_listed_aside(nlp: Language) -> None:
    text = "Six of them so far.\n— Harbour Ship Log (@harbour_ships) July 4, 2025"
    found = cast(nlp, text)
    assert (found["Harbour Ship Log"].kind, found["Harbour Ship Log"].core) == ("organisation", False)
    assert "@harbour_ships" in found["Harbour Ship Log"].aliases


def test_a_short_name_joins_the_full_one(nlp: Language) -> None:
    found = cast(nlp, "Lowbridge Shipping Company lost a tug. Lowbridge Shipping said it would search on.")
    assert [name for name in found if name.startswith("Lowbridge")] == ["Lowbridge Shipping Company"]


def test_a_units_initials_are_the_unit(nlp: Language) -> None:
    found = cast(nlp, "The 714th Air Refueling Wing sent two jets. The 714th ARW flew all night.")
    assert "714th ARW" in found["714th Air Refueling Wing"].aliases
    assert "714th ARW" not in found


@pytest.mark.parametrize("text", ["", " ", "\n\n", "It rained.", "The general met the minister in the city."])
def test_a_text_without_names_has_no_participants(nlp: Language, text: str) -> None:
    assert cast(nlp, text) == {}


HOSTILE = st.text(st.sampled_from("Kenya’s Gen.BCo (@x)\n—\u202e\ud7ff王,\"'1"), max_size=120)


@settings(max_examples=60)
@given(HOSTILE)
def test_any_text_gives_mentions_inside_it(nlp: Language, text: str) -> None:
    for participant in nlp(text)._.briefing_participants:
        assert participant.name
        assert participant.mentions
        assert all(0 <= a < b <= len(text) for a, b in participant.mentions)
        assert list(participant.mentions) == sorted(participant.mentions)
        assert len(set(participant.aliases)) == len(participant.aliases)
