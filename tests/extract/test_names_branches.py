"""Services, units, firms, ships and exercises that only the words around their names tell."""

import pytest
from spacy.language import Language


def _participants(nlp: Language, text: str) -> dict[str, tuple[str, str | None]]:
    """Kind and role of each participant by name."""
    found = nlp(text)._.briefing_participants
    return {str(p.name): (p.kind, None if p.role is None else str(p.role)) for p in found}


@pytest.mark.parametrize(
    ("text", "name", "nation"),
    [
        ("The Kenyan navy freed the dhow.", "Kenyan Navy", "Kenya"),
        ("Chile's navy sent three ships to the search.", "Chilean Navy", "Chile"),
        ("A Bangladesh AF transport brought the doctors.", "Bangladesh Air Force", "Bangladesh"),
        ("Pilots of the royal Thai army joined the flight.", "Royal Thai Army", "Thailand"),
        ("The frigates of the Norwegian navy left port.", "Royal Norwegian Navy", "Norway"),
        ("Jets of Russia's Naval Aviation flew over the ships.", "Russian Naval Aviation", "Russia"),
    ],
)
def test_a_service_in_lower_case_is_the_nations_service(nlp: Language, text: str, name: str, nation: str) -> None:
    found = _participants(nlp, text)
    assert found[name][0] == "organisation"
    assert nation not in found


def test_labels_in_a_report_about_one_nation_are_its_services(nlp: Language) -> None:
    text = (
        "Relief after the storm in Mozambique\n\nThe forces of Mozambique helped.\n\n"
        "– ARMY: 600 soldiers.\n– NAVY: two boats.\n– AIR FORCE: one helicopter.\n"
    )
    assert {"Mozambican Army", "Mozambican Navy", "Mozambican Air Force"} <= set(_participants(nlp, text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Marines of 3rd Battalion, 7th Marines, went ashore.", "3rd Battalion, 7th Marines"),
        ("The crews of INAS 311 watched the strait.", "INAS 311"),
        ("Two drones of VUP 21 flew to the island.", "VUP 21"),
        ("The soldiers of Company B took the bridge.", "Company B"),
        ("The mortars of Weapons Company fired first.", "Weapons Company"),
        ("Long-range aviation crews flew over the sea.", "Long-Range Aviation"),
        ("Commander, Task Force 71, thanked the crews.", "Task Force 71"),
        ("The Brazilian ship NAM Pernambuco sailed with the frigates.", "NAM Pernambuco"),
        ("Two frigates, the Skarv and the Ternen, left the harbour.", "Ternen"),
        ("Gunboats fired on the supertanker Almanzora near the strait.", "Almanzora"),
    ],
)
def test_units_and_ships_by_their_form(nlp: Language, text: str, name: str) -> None:
    assert _participants(nlp, text)[name][0] == "unit"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The newspaper Aurora reported the loss.", "Aurora"),
        ("Rates fell, according to Tidewatch, a London-based tracking group.", "Tidewatch"),
        ("Rates rose, said a broker with K.L. Stensen A/S yesterday.", "K.L. Stensen A/S"),
        ("Two engineers from the maker, Danish Helicopters, arrived.", "Danish Helicopters"),
        ("The South African Air Force sent two helicopters.", "South African Air Force"),
    ],
)
def test_what_stands_beside_a_name_makes_it_a_body(nlp: Language, text: str, name: str) -> None:
    assert _participants(nlp, text)[name][0] == "organisation"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The ministry posted the pictures on Telegram.", "Telegram"),
        ("The crews trained for the exercise Amber Falcon 24. Amber Falcon 24 ended well.", "Amber Falcon"),
        ("The patrol fell near Wadi Halim in the morning.", "Wadi Halim"),
        ("The bombers flew over the White and Kara Seas.", "Kara Seas"),
        ("They landed at Almirante Zar naval air base.", "Almirante Zar"),
        ("JOURNALIST: What happened?\nMINISTER: Nothing.\nJOURNALIST: Really?", "Journalist"),
    ],
)
def test_channels_exercises_and_places_take_no_part(nlp: Language, text: str, name: str) -> None:
    assert not any(name in found for found in _participants(nlp, text))


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ('"We hid below," said the cook, Ben Ortega.', "Ben Ortega", "cook"),
        ("Lina Fawzi, who studies tides at the Sound Institute, agreed.", "Lina Fawzi", "studies tides at the Sound"),
        ("Jordan Pike, a mortarman with Alpha Company, waited.", "Jordan Pike", "mortarman with Alpha Company"),
        ("Lt. Col. Ryan Doe, commanding officer of the wing, agreed.", "Ryan Doe", "commanding officer"),
    ],
)
def test_occupations_are_roles(nlp: Language, text: str, name: str, role: str) -> None:
    assert (_participants(nlp, text)[name][1] or "").startswith(role)


def test_the_service_before_a_class_is_no_part_of_it(nlp: Language) -> None:
    found = nlp("A Kenyan Navy Shujaa-class patrol ship met the frigates.")._.briefing_mentions
    assert [str(m.name) for m in found if m.type in ("ORG", "SHIP")] == ["Kenyan Navy", "Shujaa class"]


@pytest.mark.parametrize(
    "text",
    [
        "Orla Vexby, a company spokeswoman, disagreed.",
        "Orla Vexby, a fellow at the institute, disagreed.",
        "Tom Marsh, a builder from the village, disagreed.",
    ],
)
def test_a_person_in_the_service_of_a_firm_is_none(nlp: Language, text: str) -> None:
    name = " ".join(text.split()[:2]).rstrip(",")
    assert _participants(nlp, text)[name][0] == "person"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The Kawthay Independence Army shot the helicopter down.", "Kawthay Independence Army", "organisation"),
        ("Two jets of Fliegerstaffel 19 took off.", "Fliegerstaffel 19", "unit"),
        ("Los Halcones, a gang, owned the load.", "Los Halcones", "organisation"),
        ("The website Horizonte published a video.", "Horizonte", "organisation"),
    ],
)
def test_armed_groups_and_foreign_units(nlp: Language, text: str, name: str, kind: str) -> None:
    assert _participants(nlp, text)[name][0] == kind


def test_the_abbreviation_of_a_ministry_is_the_same_ministry(nlp: Language) -> None:
    text = (
        "Turkish jets and Turkish ships trained with Turkish tanks, the Ministry of National Defence (MSB) said. "
        "The MSB praised the Turkish crews."
    )
    assert [name for name in _participants(nlp, text) if "Ministry" in name] == ["Turkish Ministry of Defence"]
