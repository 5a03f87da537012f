"""Whose the counted things are, in sentences of our own: a text, and the operator of each of its counts in order."""

import pytest
from spacy.language import Language

STATED = [
    ("Three Japan Air Self-Defense Force F-15J fighters took off.", ["Japan Air Self-Defense Force"]),
    ("Three Norwegian F-35As and six Danish F-16s joined.", ["Norway", "Denmark"]),
    ("Six British Typhoons were scrambled.", ["United Kingdom"]),
    ("Three U.S. Navy cruisers and two frigates sailed.", ["U.S. Navy", "U.S. Navy"]),
    ("Three RAAF C-17As and one C-130J took off.", ["Royal Australian Air Force", "Royal Australian Air Force"]),
    ("Nine vessels of the PLA Navy were seen.", ["People's Liberation Army Navy"]),
    ("Russia's two newest frigates sailed.", ["Russia"]),
    ("About 10,000 North Korean troops were sent.", ["North Korea"]),
    ("The strike destroyed an ISIL-held tank.", ["ISIL"]),
    ("Two Iranian-made drones hit a bridge.", [None]),
    ("Three Chinese-built J-7 jets, operated by Bangladesh, took part.", ["Bangladesh"]),
    ("Four F-16s of the Royal Danish Air Force landed.", ["Royal Danish Air Force"]),
    ("Six Dutch and two Belgian jets flew.", ["Netherlands", "Belgium"]),
    ("Hezbollah lost 12 fighters in the raid.", ["Hezbollah"]),
    ("Three Israeli soldiers and a Lebanese officer died.", ["Israel", "Lebanon"]),
    ("A French Navy frigate escorted the convoy.", ["French Navy"]),
]

NEAR = [
    ("The Royal Navy has sent two minehunters to the Gulf.", ["Royal Navy"]),
    ("India will deploy six warships.", ["India"]),
    ("Iran fired about 200 ballistic missiles on Tuesday.", ["Iran"]),
    ("Ukraine has lost two Su-25s this week.", ["Ukraine"]),
    ("Poland ordered 96 helicopters last year.", ["Poland"]),
    ("Two U.S. Navy destroyers fired a dozen interceptors.", ["U.S. Navy", "U.S. Navy"]),
    ("Turkey said it had moved 40 tanks to the border.", ["Turkey"]),
    ("The Luftwaffe operates three A400Ms there.", ["German Air Force"]),
    ("Air France operates 40 of the jets.", ["Air France"]),
    ("France has sold Iraq 133 Mirage F-1s.", ["Iraq"]),
    ("Germany has sent three jets and the Netherlands two Patriot batteries.", ["Germany", "Netherlands"]),
    ("Israel struck the port with about 60 jets.", ["Israel"]),
    ("Three KC-135s from the 909th Air Refueling Squadron met the Indian Air Force.", ["U.S. Air Force"]),
    ("Two P-8As of VP-47 flew with the Philippine Navy.", ["U.S. Navy"]),
    ("A Merlin helicopter of 814 Naval Air Squadron joined the Royal Navy ship; the RAF stayed.", ["Royal Navy"]),
    ("The UK would send another 600 military experts to Romania.", ["United Kingdom"]),
    ("Two B-1B Lancers assigned to the 34th Expeditionary Bomb Squadron flew.", ["U.S. Air Force"]),
    ("HMS Bulwark carries three Lynx helicopters.", ["United Kingdom"]),
    ("Lufthansa said it would buy 15 Airbus A340-200 aircraft.", ["Lufthansa"]),
    ("Poland: 250 T-72M1; Spain: 20 Leopard 2A4s.", ["Poland", "Spain"]),
    ("Pakistan said it downed five Indian aircraft, namely three Rafales and one MiG-29.", ["India", "India", "India"]),
    ("A Norwegian tanker was hit by two rocket-propelled grenades.", ["Norway", None]),
    ("The coalition delivered 558 munitions.", ["Coalition"]),
    ("Riyadh's six tankers landed.", ["Saudi Arabia"]),
    ("Kenya's military lost 12 soldiers on Monday.", ["Kenya"]),
    ("Iran said three of its gunboats were near.", ["Iran"]),
    ("* CANADA: two CH-149 helicopters and 30 medics.\n* ITALY: one C-27J.", ["Canada", "Canada", "Italy"]),
]

FAR = [
    ("The RAF has kept four Typhoons in Poland since May. On Monday two Typhoons were scrambled.",
     ["Royal Air Force", "Royal Air Force"]),
    ("Strikes against ISIL went on. Near Mosul, one strike destroyed two vehicles and a mortar system.",
     ["ISIL", "ISIL"]),
    ("Coalition jets struck ISIL. One strike engaged two ISIL tactical units and destroyed three bunkers.",
     ["ISIL", "ISIL"]),
    ("The Finnish Air Force said Russian aircraft came close. The first was an Il-20M.",
     ["Russia"]),
    ("Raid\n\nNAIROBI, Kenya, Jan 9 - The army said nine soldiers were killed. Somalia's army, Somalia's press left.",
     ["Kenya"]),
    ("The Polish air force left. The Air Force base near Lima keeps nine helicopters.", ["Peruvian Air Force"]),
    ("The Polish army left. The navy in Nairobi sent four boats. The Army in Nairobi sent six trucks.",
     ["Kenyan navy", "Kenyan Army"]),
    ("Sale\n\nLISBON, July 11 - The Navy lost three boats. The crews of two Australian ships came from Brisbane.",
     ["Portuguese Navy", "Australia"]),
    ("The Ministry of Defence in Canberra said that the army had bought 33 tractors.", ["Australian Army"]),
    ("Members of the Sungusi sect fled. Later 19 militants were killed.", ["Sungusi"]),
]  # fmt: skip

HELD = [
    ("Rheinmetall employs 600 people and has two tugs.", ["Rheinmetall", "Rheinmetall"]),
    ("Three tugs were sent by the Chilean Navy.", ["Chilean Navy"]),
    ("The boats replace 14 craft which the Chilean Navy has operated.", ["Chilean Navy"]),
    ("Israel's first two F-35s landed in the U.S. ally's south.", ["Israel"]),
    ("In the Philippines, the coast guard searched on. Two of its boats were hit.", ["Philippine Coast Guard"]),
    ("Kenya cleared 14 mines.", [None]),
    ("A Maltese-flagged tanker was hit and four of its seamen were hurt.", [None, None]),
    ("Twenty Chilean and Peruvian seamen were saved.", [None]),
]

NOBODYS = [
    "Norway took part last year. About 1,800 personnel and nine ships are taking part this week.",
    "More than 300 aircraft from 20 nations take part in the exercise.",
    "Fourteen people were injured, police in Germany said.",
    "At least 33 passengers died off the coast of Greece.",
    "Some 25,000 personnel and 38 warships are at the exercise off Hawaii, the Philippine Navy said.",
    "The ship carried 30 lorries home from Syria.",
    "Several hundred vessels have been hit by Iran and Iraq.",
]


ALL = STATED + NEAR + FAR + HELD


@pytest.mark.parametrize(("text", "operators"), ALL, ids=[t[:40] for t, _ in ALL])
def test_operators(nlp: Language, text: str, operators: list[str | None]) -> None:
    found = nlp(text)._.briefing_counts
    assert [c.operator for c in found] == operators


@pytest.mark.parametrize("text", NOBODYS)
def test_no_operator_is_made_up(nlp: Language, text: str) -> None:
    found = nlp(text)._.briefing_counts
    assert found
    assert all(c.operator is None for c in found)


def test_what_is_inferred_says_so(nlp: Language) -> None:
    text = "Kenyan ships at sea\n\nTwo Swedish Gripens left. Two frigates sailed on Monday. Norway watched."
    stated, inferred = nlp(text)._.briefing_counts
    assert (stated.operator, stated.confidence) == ("Sweden", "medium")
    assert (inferred.operator, inferred.confidence) == ("Kenya", "low")
