"""Who takes part by role, designation and grammar: institutions, units, agencies, bystanders; their roles."""

import pytest
from spacy.language import Language

from briefing.model.facts import Participant


def _cast(nlp: Language, text: str) -> dict[str, Participant]:
    return {str(p.name): p for p in nlp(text)._.briefing_participants}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Chile's military said the boats had left the bay.", "Chile's military"),
        (
            "Kenya sent three boats to Lamu. The defence ministry said they would stay in Kenya's waters.",
            "defence ministry",
        ),
        ("Namibia's fisheries ministry said the trawler had turned.", "Namibia's fisheries ministry"),
        ("The provincial hospital said nobody was left in the wards.", "provincial hospital"),
        ("A coalition airstrike hit the depot before dawn.", "coalition"),
        ("China's embassy in Lusaka said the ship had engine trouble.", "China's embassy"),
    ],
)
def test_an_institution_named_by_its_role_acts(nlp: Language, text: str, written: str) -> None:
    found = [p for p in nlp(text)._.briefing_participants if written in p.aliases]
    assert [p.core for p in found] == [True]


def test_a_role_before_a_noun_names_nobody(nlp: Language) -> None:
    assert not any("military" in p.aliases for p in nlp("The military hospital stood empty.")._.briefing_participants)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The 64th and 66th Aggressor Squadrons flew first.", ["64th Aggressor Squadron", "66th Aggressor Squadron"]),
        ("Eight jets of Esquadra 401 and Esquadra 402 took part.", ["Esquadra 401", "Esquadra 402"]),
        ("Army Space Support Team 9 left the valley.", ["Army Space Support Team 9"]),
        ("Two vessels, BRP Datu Lumad of the Coast Guard and BRP Luna, were hit.", ["BRP Datu Lumad", "BRP Luna"]),
    ],
)
def test_units_by_number_and_in_lists(nlp: Language, text: str, names: list[str]) -> None:
    units = [str(p.name) for p in nlp(text)._.briefing_participants if p.kind == "unit"]
    assert units == names


def test_the_agency_of_a_dateline_only_reports(nlp: Language) -> None:
    found = _cast(nlp, "OSLO, May 6 (Skerry Coast Wire) - Norway sent two ships to Chile.")
    assert not found["Skerry Coast Wire"].core
    assert found["Norway"].core


@pytest.mark.parametrize(
    "text",
    [
        "Smoke could be seen from the border with Chile.",
        "The fight against Chile is an old one.",
        "The report is dated May 2025. In 1914 Chile waited.",
        "One Chilean official said the bay was closed.",
    ],
)
def test_who_does_not_take_part(nlp: Language, text: str) -> None:
    assert not _cast(nlp, text)["Chile"].core


def test_a_participant_has_the_rule_that_makes_it_act(nlp: Language) -> None:
    found = _cast(nlp, "Norway waited. A spokesman for the Harbour Police said nothing. Peru is far away.")
    assert (found["Norway"].rule, found["Harbour Police"].rule) == ("subject", "spoken for")


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Jana Novak, a glazier, waited by the door.", "Jana Novak", "glazier"),
        ("Captain Jana Novak, the flight lead of the pair, waved.", "Jana Novak", "flight lead of the pair"),
        ("President of Poland Marek Zielinski waved.", "Marek Zielinski", "President of Poland"),
        ("A spokesman in Lima, Jorge Quispe, waved.", "Jorge Quispe", "spokesman in Lima"),
    ],
)
def test_roles_in_apposition(nlp: Language, text: str, name: str, role: str) -> None:
    assert _cast(nlp, text)[name].role == role
