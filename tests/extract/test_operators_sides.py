"""Owners by side, speaker, seller, ship and unit, in sentences of our own: a text and the operator of each count."""

import pytest
from spacy.language import Language

OWNED = [
    ("Kenya bought 12 helicopters from Italy in 2019.", ["Kenya"]),
    ("Six frigates and two patrol aircraft from Chile, Peru and Spain searched the bay.", [None, None]),
    ("Saudi and Danish owners have ordered three crude carriers of 90,000 dwt each from South Korea.", [None]),
    ("The raids destroyed a Houthi-held depot, nine rockets, a fuel truck and a bunker.", ["Houthi"] * 4),
    ("The drill drew 80 jets from 14 nations to Chile.", [None]),
    ("Ten Marines from the Chilean Navy's brigade came ashore.", ["Chilean Navy"]),
    ("Its last user is the Chilean Air Force, with about 12 F-5s at Antofagasta.", ["Chilean Air Force"]),
    ("The Chilean fleet's three frigates are in dock.", ["Chile"]),
    ("A drone flew near the Spanish tanker Castillo de Lorca on Monday. Its 28 crew were unhurt.", [None, "Spain"]),
    ("An MQ-4C assigned to Unmanned Patrol Squadron 11 landed.", ["U.S. Navy"]),
    ("Fourteen sailors from USS Halsey painted a school.", ["United States"]),
    ("Four of our ships took turns. At the moment it is HMAS Perth.", ["Australia"]),
    ("Near Hajjah one strike engaged a Houthi tactical unit and suppressed two mortar positions.", ["Houthi"]),
    ("Two technicians from the maker, Airbus, are expected on Monday.", ["Airbus"]),
    ("Royal Marines went alongside in two fast boats.", ["Royal Marines"]),
    (
        "Ten submarines and two corvettes sailed, along with 8 F-16s from the Turkish Air Force.",
        ["Turkey", "Turkey", "Turkish Air Force"],
    ),
    ("An Argentine Navy helicopter with four people on board was lost.", ["Argentine Navy", "Argentine Navy"]),
    ("A pair of ex-Russian airframes replaced them.", [None]),
]


@pytest.mark.parametrize(("text", "operators"), OWNED, ids=[t[:45] for t, _ in OWNED])
def test_owner(nlp: Language, text: str, operators: list[str | None]) -> None:
    assert [c.operator for c in nlp(text)._.briefing_counts] == operators
