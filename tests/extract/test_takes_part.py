"""Who takes part by standing in a list, an apposition or a label, and what only looks like somebody."""

import pytest
from spacy.language import Language

TAKES_PART = [
    ("The exercise is taking place mainly in Chile, Peru and Spain.", "Peru"),
    ("The meeting was held in Norway.", "Norway"),
    ("The guns were shown in the presence of the minister, Nirmala Rao.", "Nirmala Rao"),
    ("The release was handed to Halyard Rescue Services on Monday.", "Halyard Rescue Services"),
    ("Losses were heavy, according to a Kenyan Navy statement.", "Kenyan Navy"),
    ("Participants\n\nKenya: 120 soldiers and two boats.\nChile and Peru: two observers.\n", "Peru"),
    ("A spokesman for the port, Lt. Col. Ida Brook, confirmed the attack.", "Ida Brook"),
    ("A crew of ten came from Halyard Rescue Services.", "Halyard Rescue Services"),
    (
        "The Kenyan Navy's Halyard Carrier Strike Group sailed. Our strike group is ready.",
        "Halyard Carrier Strike Group",
    ),
]

ONLY_NAMED = [
    ("The tanker left with three Filipinos and two Danes on board.", "Philippines"),
    ("On 3 May 2020 the port was shut. In 1945 two Soviet submarines had lain there.", "Soviet Union"),
    ("Chile is a customer, along with the alliance's members Peru and Spain.", "Peru"),
    ("Militias associated with Ruritania and Peru fled.", "Peru"),
    ("Two posts stand along the blue line with Israel.", "Israel"),
    ("The team came home from Kabul, Afghanistan, on Monday.", "Afghanistan"),
    ("Kenya and Chile are not present this year; Peru sent a frigate.", "Chile"),
    ("In May a Maltese-flagged bulk carrier struck the pier.", "Malta"),
    ("For details, media may contact the Kenyan Coast Guard.", "Kenyan Coast Guard"),
]

NOBODY = [
    ("The cutter sailed with one RHIB. The RHIB was launched at dawn.", "RHIB"),
    ("Media reports in English, which are many, differ.", "United Kingdom"),
    ("Kenya hosted Exercise Golden Spear, which began on Monday.", "Exercise Golden Spear"),
]


def parts(nlp: Language, text: str) -> dict[str, bool]:
    return {str(p.name): p.core for p in nlp(text)._.briefing_participants}


@pytest.mark.parametrize(("text", "name"), TAKES_PART)
def test_who_takes_part(nlp: Language, text: str, name: str) -> None:
    assert parts(nlp, text).get(name) is True


@pytest.mark.parametrize(("text", "name"), ONLY_NAMED)
def test_who_is_only_named(nlp: Language, text: str, name: str) -> None:
    assert not parts(nlp, text).get(name)


@pytest.mark.parametrize(("text", "name"), NOBODY)
def test_what_is_nobody(nlp: Language, text: str, name: str) -> None:
    assert name not in parts(nlp, text)


def test_a_body_of_the_people_is_one(nlp: Language) -> None:
    found = parts(nlp, "The People's Defence Force claims that it shelled the town.")
    assert "People's Defence Force" in found
    assert "People" not in found


def test_a_company_that_begins_like_a_ship_is_one(nlp: Language) -> None:
    found = {
        str(p.name): p.kind for p in nlp("The navy's contract lets BAE Systems build 30 boats.")._.briefing_participants
    }
    assert found["BAE Systems"] == "organisation"


def test_a_name_of_a_body_ends_before_its_people(nlp: Language) -> None:
    assert "Air Mobility Command" in parts(nlp, "Air Mobility Command Airmen worked around the clock in Tartus.")
