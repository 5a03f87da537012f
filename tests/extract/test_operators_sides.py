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
    # losers: the subject of a passive, and of both sides nobody
    (
        "Chilean troops have destroyed Peruvian guns.\n\nNine lorries and four boats have been destroyed, they said.",
        ["Peru", "Peru"],
    ),
    (
        "More than 90 Taliban members were killed. The army hit two lorries. Six mortars were struck by Kenyan troops.",
        ["Taliban", "Taliban", "Taliban"],
    ),
    ("Peru bombed Chilean posts, Chile struck Peruvian ones. Nine lorries were destroyed.", [None]),
    ("Nine Taliban militants and six soldiers died. The Kenyan navy sent 40 men.", ["Taliban", "Kenya", "Kenyan Navy"]),
    # whom goods go to
    ("Chile approved the sale of nine tugs to Peru.\n\nThe sale includes two spare engines.", ["Peru", "Peru"]),
    ("The yard will deliver nine tugs to the Chilean Navy and two to Peru.", ["Chilean Navy"]),
    ("The council backed the procurement of nine helicopters for the Kenyan Navy.", ["Kenyan Navy"]),
    ("Chile needs the nine tugs that Peru bought.", ["Peru"]),
    # places they come from
    ("Eighty jets from Luleå, Bodø and Rovaniemi took off.", [None]),
    ("Nine jets of the Chilean air forces took off.", ["Chile"]),
    ("The crew of a Panamanian-flagged tanker were safe, as were 26 crew members of a Liberian-flagged one.", [None]),
    # what others had
    ("Kenyan soldiers discovered three bombs and recovered nine rifles.", [None, None]),
    ("NATO holds a drill that brings together five carriers.", [None]),
    ("A group of fifty Mayi rebels attacked the Kenyan post.", ["Mayi"]),
    ("Peru's navy shot down nine drones launched by Chile. Peru's army was on alert.", ["Chile"]),
    ("Taliban fighters were killed. Two soldiers were wounded, the Kenyan army said.", ["Kenya"]),
    ("Kenya's army fled. Taliban posts were hit and four army lorries were burnt.", ["Kenya"]),
    ("The ships were attacked by nine drones. The Houthis said nothing.", ["Houthis"]),
    ("The army hit nine lorries of the Taliban. Two of the lorries targeted by Kenya burnt.", ["Taliban", "Taliban"]),
    ("Al-Shabaab destroyed a post of the mission and killed nine of its soldiers.", [None]),
    ("Kenya's army hit Al-Shabaab posts. Hundreds of gang members were wounded.", ["Al-Shabaab"]),
    # the clause's own subject
    ("Chile's navy was at sea. Peru's troops lost 90 men.", ["Peru"]),
    (
        "Denmark sent two frigates. The British carrier HMS Kent leads a group of eight ships.",
        ["Denmark", "United Kingdom"],
    ),
    ("Three tugs were sent by the Chilean Navy.", ["Chilean Navy"]),
    ("A detachment of 90 men from across the Chilean Navy came.", ["Chilean Navy"]),
    ("The tanker's 22 crew were unhurt. HMS Kent has 200 sailors.", [None, "United Kingdom"]),
    # whither forces go is not whose they are
    ("Irish officers left. Some 200 soldiers were sent to Lebanon, said the army.", ["Ireland"]),
]


@pytest.mark.parametrize(("text", "operators"), OWNED, ids=[t[:45] for t, _ in OWNED])
def test_owner(nlp: Language, text: str, operators: list[str | None]) -> None:
    assert [c.operator for c in nlp(text)._.briefing_counts] == operators
