"""Entities: each case is a text of our own, and mentions that must be found in it, or must not."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from briefing.extract.entities.doc_mentions import mentions_of
from briefing.model.facts import Mention
from briefing.model.safetext import SafeText


def found(nlp: Language, text: str) -> tuple[Mention, ...]:
    text = str(SafeText(text))
    mentions: tuple[Mention, ...] = nlp(text)._.briefing_mentions
    assert list(mentions) == sorted(mentions, key=lambda m: m.start)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
    for one, two in pairwise(mentions):
        assert one.end <= two.start
    return mentions


CASES = [
    # Aircraft: variants, maker and designation as one span, plurals, hyphen habits, popular names.
    ("Two Boeing C-17 Globemaster IIIs landed.", "Boeing C-17 Globemaster IIIs", "AIRCRAFT", "C-17 Globemaster III"),
    ("A Lockheed Martin F-35A took off.", "Lockheed Martin F-35A", "AIRCRAFT", "F-35A"),
    ("Three IL-76s flew in.", "IL-76s", "AIRCRAFT", "Il-76"),
    ("The bomber, a B52, turned back.", "B52", "AIRCRAFT", "B-52"),
    ("It met two Su-30SM2s over the sea.", "Su-30SM2s", "AIRCRAFT", "Su-30SM2"),
    ("The F/A-18E/F Super Hornet's wing broke.", "F/A-18E/F Super Hornet", "AIRCRAFT", "F/A-18E/F Super Hornet"),
    ("KF-16s roar over the field.", "KF-16s", "AIRCRAFT", "KF-16"),
    ("Four C-130J-30s and an A400M came.", "C-130J-30s", "AIRCRAFT", "C-130J-30"),
    ("The Tu-95MS was followed.", "Tu-95MS", "AIRCRAFT", "Tu-95MS"),
    ("Six Mi-8AMTSh helicopters went.", "Mi-8AMTSh", "AIRCRAFT", "Mi-8AMTSh"),
    ("A new F-55 fighter was shown.", "F-55", "AIRCRAFT", "F-55"),
    ("Two Swedish Gripens took over.", "Gripens", "AIRCRAFT", "JAS 39"),
    ("He flew the MQ-9B for years.", "MQ-9B", "AIRCRAFT", "MQ-9B"),
    # Vehicles and weapons.
    ("Ten T-72B3 tanks were lost.", "T-72B3", "VEHICLE", "T-72B3"),
    ("It fired an AGM-158 at the ship.", "AGM-158", "WEAPON", "AGM-158"),
    ("A VBIED went off at the gate.", "VBIED", "WEAPON", "VBIED"),
    ("Iran used Shahed-136 drones.", "Shahed-136", "AIRCRAFT", "Shahed-136"),
    # Ships look like persons and places.
    ("The carrier USS Gerald R. Ford sailed.", "USS Gerald R. Ford", "SHIP", "USS Gerald R. Ford"),
    ("HMS Prince of Wales left the port.", "HMS Prince of Wales", "SHIP", "HMS Prince of Wales"),
    ("The navy sent JS Izumo and the frigate Nordlys.", "Nordlys", "SHIP", "Nordlys"),
    ("The destroyer USS Cole (DDG 67) fired.", "DDG 67", "SHIP", "USS Cole"),
    ("The submarine, the Georgia, dived.", "Georgia", "SHIP", "Georgia"),
    ("Two destroyers, Bulkeley and Cole, fired.", "Cole", "SHIP", "Cole"),
    ("The carriers Liaoning (16) and Shandong (17) left port.", "Shandong", "SHIP", "Shandong"),
    ("The Virginia-class submarine dived.", "Virginia-class", "SHIP", "Virginia class"),
    ("Su-30 MKI jets of the air force flew.", "Su-30 MKI", "AIRCRAFT", "Su-30 MKI"),
    # Bases.
    ("The ship called at HMAS Stirling.", "HMAS Stirling", "PLACE", "HMAS Stirling"),
    ("They flew to Andersen AFB on Guam.", "Andersen AFB", "PLACE", "Andersen Air Force Base"),
    ("It left RAF Fairford at dawn.", "RAF Fairford", "PLACE", "RAF Fairford"),
    ("Jets from Misawa joined in.", "Misawa", "PLACE", "Misawa Air Base"),
    ("They trained at Camp Ostrava.", "Camp Ostrava", "PLACE", "Camp Ostrava"),
    # Exercises without their year, operations.
    ("Exercise Talisman Sabre 25 began.", "Talisman Sabre", "EVENT", "Talisman Sabre"),
    ("Troops left for exercise Silver Lynx 24.", "Silver Lynx", "EVENT", "Silver Lynx"),
    ("Jets of Operation HARVEST MOON returned.", "Operation HARVEST MOON", "EVENT", "Operation Harvest Moon"),
    # Organisations under one name.
    ("The ROK Air Force took part.", "ROK Air Force", "ORG", "Republic of Korea Air Force"),
    ("The ROKAF took part.", "ROKAF", "ORG", "Republic of Korea Air Force"),
    ("The Defense Department and the Pentagon agreed.", "Defense Department", "ORG", "U.S. Department of Defense"),
    ("Da’esh fell back.", "Da’esh", "ORG", "ISIS"),
    ("The Kenyan Air Force flew.", "Kenyan Air Force", "ORG", "Kenyan Air Force"),
    ("Peru’s Navy sailed.", "Peru’s Navy", "ORG", "Peruvian Navy"),
    ("Airmen of the 28th Bomb Wing left.", "28th Bomb Wing", "ORG", "28th Bomb Wing"),
    ("A P-8A of VP-45 circled.", "VP-45", "ORG", "VP-45"),
    ("They belong to 101 Squadron.", "101 Squadron", "ORG", "101 Squadron"),
    ("The New Hampshire Air National Guard came.", "New Hampshire Air National Guard", "ORG",
     "New Hampshire Air National Guard"),
    ("Strike Fighter Squadron (VFA) 102 came.", "Strike Fighter Squadron (VFA) 102", "ORG",
     "Strike Fighter Squadron (VFA) 102"),
    ("The FBI and Justice Department agreed.", "Justice Department", "ORG", "U.S. Department of Justice"),
    ("He works for the EU Delegation to Syria.", "EU Delegation to Syria", "ORG", "EU Delegation to Syria"),
    ("Men and Women of the 407th AEG met.", "407th AEG", "ORG", "407th AEG"),
    # Nations by any of their words.
    ("KYIV, Ukraine (AP) - It rained.", "Ukraine", "NATION", "Ukraine"),
    ("The US would act.", "US", "NATION", "United States"),
    ("U.S. jets left.", "U.S.", "NATION", "United States"),
    ("French officers met Danes.", "Danes", "NATION", "Denmark"),
    ("The DPRK protested.", "DPRK", "NATION", "North Korea"),
    # Money with its sign, dates.
    ("It cost $4 million.", "$4 million", "MONEY", "$4 million"),
    ("They paid £1.2bn for it.", "£1.2bn", "MONEY", "£1.2bn"),
    ("Jets cost Rs 62,370 crore.", "Rs 62,370 crore", "MONEY", "Rs 62,370 crore"),
    ("He pledged up to $25 million.", "$25 million", "MONEY", "$25 million"),
    ("They met on 3 May 2024 in Oslo.", "3 May 2024", "DATE", "3 May 2024"),
    ("The 2021 general election was close.", "2021 general election", "EVENT", "2021 general election"),
    # Capitals.
    ("POLAND ORDERS JETS FROM SOUTH KOREA", "SOUTH KOREA", "NATION", "South Korea"),
    ("PARIS, April 2 - The minister left.", "PARIS", "PLACE", "Paris"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written", "kind", "name"), CASES)
def test_found(nlp: Language, text: str, written: str, kind: str, name: str) -> None:
    mentions = [(str(m.text), str(m.type), str(m.name)) for m in found(nlp, text)]
    assert (written, kind, name) in mentions


NOT = [
    ("Traffic on the A-10 motorway stood still as jets flew over.", "AIRCRAFT"),
    ("He entered on an H-1B visa on page F-16 of the file.", "AIRCRAFT"),
    ("Typhoon Hagupit hit the coast.", "AIRCRAFT"),
    ("The Eagles won the cup.", "AIRCRAFT"),
    ("B-52s Escorted by Allies", "PERSON"),
    ("Some 200 Marines left the camp.", "NATION"),
    ("It is scheduled to last 45 minutes.", "EVENT"),
    ("Soldiers carried a spirit level and a hawk.", "AIRCRAFT"),
]


@pytest.mark.parametrize(("text", "kind"), NOT)
def test_not_found(nlp: Language, text: str, kind: str) -> None:
    assert not [m for m in found(nlp, text) if m.type == kind]


def test_a_variant_gives_its_family_one_name(nlp: Language) -> None:
    text = "Two B-52H Stratofortress bombers left. The B-52s met a B-1B and an F-15E; F-15Cs waited. An F-15 led."
    names = [str(m.name) for m in found(nlp, text) if m.type == "AIRCRAFT"]
    assert names == ["B-52H Stratofortress", "B-52H Stratofortress", "B-1B", "F-15E", "F-15C", "F-15"]


def test_items_keep_the_mentions_own_words(nlp: Language) -> None:
    doc = nlp("Two B-52H Stratofortress bombers left. The B-52s came back with Mitsubishi F-2s.")
    mentions = mentions_of(doc)
    aircraft = [m for m in mentions.all if m.type == "AIRCRAFT"]
    assert [mentions.item(m) for m in aircraft] == ["B-52H Stratofortress", "B-52", "F-2"]
    entry = mentions.info(aircraft[2])
    assert entry is not None
    assert (entry.category, entry.maker, entry.nation) == ("aircraft", "Mitsubishi", "Japan")


def test_acronyms_are_learnt_for_one_text(nlp: Language) -> None:
    text = "The Norwegian Ice Patrol Board (NIPB) met. The NIPB will report."
    assert [str(m.name) for m in found(nlp, text) if m.type == "ORG"] == ["Norwegian Ice Patrol Board"] * 3
    assert not [m for m in found(nlp, "An NIPB is unknown here.") if m.name == "Norwegian Ice Patrol Board"]


def test_small_words_of_other_tongues_are_no_letters_of_an_acronym(nlp: Language) -> None:
    text = "The Skerry Fishers Majlis-e Harbour (SFMH) met on Friday. Nobody from SFMH stayed."
    assert [str(m.name) for m in found(nlp, text) if m.type == "ORG"] == ["Skerry Fishers Majlis-e Harbour"] * 3


def test_a_people_is_no_place(nlp: Language) -> None:
    text = "The Inuit spoke first. A flight to Iqaluit left on Friday. The crew slept in Iqaluit."
    types = {str(m.text): m.type for m in found(nlp, text)}
    assert (types["Inuit"], types["Iqaluit"]) == ("NATION", "PLACE")


def test_a_name_is_found_again_where_the_model_missed_it(nlp: Language) -> None:
    text = "They sailed from Dorvath to Oslo. Dorvath: no wind. The Dorvath pier burnt, and Dorvath wept."
    assert [m.type for m in found(nlp, text) if m.text == "Dorvath"] == ["PLACE"] * 4


def test_no_name_ends_with_a_small_word(nlp: Language) -> None:
    text = "North Korea fired shells. The South fired back, officials of North and South Korea said."
    assert not [m for m in found(nlp, text) if str(m.text).endswith((" and", " of"))]


def test_a_ship_keeps_its_type_under_its_short_name(nlp: Language) -> None:
    text = "The frigate FS Forbin joined the navy group. Forbin is glad, said the captain of Forbin."
    assert [str(m.name) for m in found(nlp, text) if m.type == "SHIP"] == ["FS Forbin"] * 3


def test_a_bare_service_is_the_one_the_text_means(nlp: Language) -> None:
    text = "The U.S. Air Force sent jets. The Air Force said no more. Navy ships followed."
    assert [str(m.name) for m in found(nlp, text) if m.type == "ORG"] == [
        "U.S. Air Force",
        "U.S. Air Force",
        "U.S. Navy",
    ]


def test_a_staff_is_the_nations_named_before_it(nlp: Language) -> None:
    text = "He met South Korean Chairman of the Joint Chiefs of Staff Adm. Kim Myung-soo in the United States."
    names = {str(m.name) for m in found(nlp, text)}
    assert "Joint Chiefs of Staff of South Korea" in names


def test_both_koreas_by_half(nlp: Language) -> None:
    text = "North Korea fired shells. The South fired back at the North, officials of North and South Korea said."
    names = [str(m.name) for m in found(nlp, text) if m.type == "NATION"]
    assert names == ["North Korea", "South Korea", "North Korea", "North Korea", "South Korea"]


@settings(max_examples=40)
@given(st.text(max_size=120))
def test_odd_text_never_crashes(nlp: Language, text: str) -> None:
    found(nlp, text)


ODD = [
    "", " ", "\n\n\n", "[@click=app.quit]x[/]", "[/nope]", "USS ", "USS\u00a0Cole (", "(" * 50 + "ROKAF" + ")" * 50,
    "Operation", "Exercise ", "-class destroyer", "F-" * 40, "\ufffd]52;c;aGk=\ufffd", "A" * 3000, "The Ministry of of",
    "B-52" * 200, "1st 2nd 3rd 4th", "$", "U.S." * 30, "(((", "Task Force", "May", "’’’ ‘‘‘", "São Tomé and",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_hostile_text_never_crashes(nlp: Language, text: str) -> None:
    found(nlp, text)


def test_a_town_is_a_person_where_the_text_says_so(nlp: Language) -> None:
    text = "Senator Clark Lyons spoke first. Lyons said the base would stay. Jets left Clark in the Philippines."
    mentions = [(str(m.text), str(m.type)) for m in found(nlp, text)]
    assert ("Lyons", "PERSON") in mentions
    assert ("Clark", "PLACE") in mentions


def test_a_ministry_is_the_nations_the_text_is_about(nlp: Language) -> None:
    text = "Poland ordered jets. The Polish president agreed. The Ministry of Defence signed in Warsaw."
    names = [str(m.name) for m in found(nlp, text) if m.type == "ORG"]
    assert names == ["Polish Ministry of Defence"]


def test_a_list_is_no_single_body(nlp: Language) -> None:
    text = "Forces of the U.S. and Royal Navy met the Iraqi Armed Forces, the Popular Mobilization Forces and militias."
    names = {str(m.name) for m in found(nlp, text)}
    assert {"United States", "Royal Navy", "Popular Mobilization Forces"} <= names


def test_korean_alone_is_south_korean_where_the_text_names_south_korea(nlp: Language) -> None:
    text = "Korean jets took off first. South Korea sent four of them, and North Korea protested."
    assert [str(m.name) for m in found(nlp, text) if m.type == "NATION"] == [
        "South Korea",
        "South Korea",
        "North Korea",
    ]
    assert [str(m.name) for m in found(nlp, "The Korean question stayed open.") if m.type == "NATION"] == ["Korea"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SAS cancelled nine flights to Oslo.", "SAS"),
        ("The SAS led the raid on the airfield.", "Special Air Service"),
        ("The Special Air Service trains there; the SAS is small.", "Special Air Service"),
    ],
)
def test_an_abbreviation_that_others_bear_needs_soldiers_near(nlp: Language, text: str, name: str) -> None:
    assert {str(m.name) for m in nlp(text)._.briefing_mentions if m.text == "SAS"} == {name}
