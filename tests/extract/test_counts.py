"""Counts in sentences of our own: each case is a text and what it counts, as "low-high item category"."""

from collections.abc import Iterable

import pytest
from spacy.language import Language

from briefing.extract.counts.component import Counts
from briefing.model.facts import Count

Expected = tuple[int | None, int | None, str, str]


def counts(nlp: Language, text: str) -> tuple[Count, ...]:
    found: tuple[Count, ...] = nlp(text)._.briefing_counts
    return found


def values(found: Iterable[Count]) -> list[Expected]:
    return [(c.low, c.high, str(c.item), c.category) for c in found]


DIRECT: list[tuple[str, list[Expected]]] = [
    ("Six corvettes left Tartus at dawn.", [(6, 6, "corvette", "ship")]),
    ("The plant made 10<sup>6</sup> shells.", [(1_000_000, 1_000_000, "shell", "munition")]),
    ("The plant made 10⁶ fuses.", [(1_000_000, 1_000_000, "fuse", "other")]),
    ("They hold 2 x 10^6 rounds.", [(2_000_000, 2_000_000, "round", "munition")]),
    ("The battery had 3 score guns.", [(60, 60, "gun", "other")]),
    ("The regiment fields 12 155-mm guns.", [(12, 12, "gun", "other")]),
    ("Three LST ships left the port.", [(3, 3, "LST ship", "ship")]),
    ("The battalion lost 31 soldiers in the ambush.", [(31, 31, "soldier", "personnel")]),
    ("Thirty-two people were rescued from the ferry.", [(32, 32, "person", "personnel")]),
    ("Crews unloaded 1,150 pallets in a week.", [(1150, 1150, "pallet", "other")]),
    ("Rebels seized two dozen trucks near Sebha.", [(24, 24, "truck", "vehicle")]),
    ("More than 4,500 troops took part.", [(4500, None, "troops", "personnel")]),
    ("The fleet operates up to 18 frigates.", [(None, 18, "frigate", "ship")]),
    ("About 70 vehicles crossed the bridge.", [(70, 70, "vehicle", "vehicle")]),
    ("Dozens of tanks were parked outside the town.", [(None, None, "tank", "vehicle")]),
    ("Several hundred soldiers deserted.", [(None, None, "soldier", "personnel")]),
    ("Between 40 and 50 rockets hit the port.", [(40, 50, "rocket", "munition")]),
    ("Three or four speedboats approached the tanker.", [(3, 4, "speedboat", "ship")]),
    ("The navy fired as many as 60 cruise missiles.", [(None, 60, "cruise missile", "munition")]),
    ("At least one helicopter was hit.", [(1, None, "helicopter", "aircraft")]),
    ("They carried a half dozen machine guns.", [(6, 6, "machine gun", "other")]),
    ("Some 24K troops are dug in along the river.", [(24000, 24000, "troops", "personnel")]),
    ("A pair of destroyers shadowed the convoy.", [(2, 2, "destroyer", "ship")]),
    ("A trio of minesweepers sailed from Zeebrugge.", [(3, 3, "minesweeper", "ship")]),
    ("The force has 85 or so tanks left.", [(85, 85, "tank", "vehicle")]),
    ("The force has 30-odd tanks left.", [(30, 30, "tank", "vehicle")]),
    ("A further six patrol boats were ordered.", [(6, 6, "patrol boat", "ship")]),
    ("A total of 19 drones were launched overnight.", [(19, 19, "drone", "aircraft")]),
    ("It killed eleven women and nine men.", [(11, 11, "woman", "personnel"), (9, 9, "man", "personnel")]),
    ("Seven of the drones turned back.", [(7, 7, "drone", "aircraft")]),
    ("No fewer than 14 bunkers were destroyed.", [(14, None, "bunker", "other")]),
    ("The brigade received 10 to 12 self-propelled howitzers.", [(10, 12, "self-propelled howitzer", "other")]),
    ("Inspectors found 3 tunnel entrances and 2 weapons caches.",
     [(3, 3, "tunnel entrance", "other"), (2, 2, "weapons cache", "other")]),
    ("Nine crew members and 41 passengers were aboard.",
     [(9, 9, "crew member", "personnel"), (41, 41, "passenger", "personnel")]),
    ("Over 10,000 evacuees have been flown out.", [(10000, None, "evacuee", "personnel")]),
    ("Two rescue dogs searched the ruins.", [(2, 2, "rescue dog", "other")]),
    ("Two hundred and fifty commandos trained there.", [(250, 250, "commando", "personnel")]),
    ("The port shipped 1.75 million barrels in May at $80 a barrel, and it has 14 barrels of tar.",
     [(1_750_000, 1_750_000, "barrel", "other"), (14, 14, "barrel", "other")]),
    ("Four hovercraft stay at the base.", [(4, 4, "hovercraft", "ship")]),
    ("Three launches patrol the river. The harbour police have five launches.",
     [(3, 3, "launch", "ship"), (5, 5, "launch", "ship")]),
    ("The range saw nine rocket launches. The navy saw six launches of satellites. The firm plans 12 launches.", []),
    ("It has 1.2 million conscripts.", [(1_200_000, 1_200_000, "conscript", "personnel")]),
    ("Ten Palestinians and two Israelis were killed.",
     [(10, 10, "Palestinian", "personnel"), (2, 2, "Israeli", "personnel")]),
    ("Hundreds of demonstrators marched on the palace.", [(None, None, "demonstrator", "personnel")]),
    ("The cache held 36 mortar rounds and 12 rocket-propelled grenades.",
     [(36, 36, "mortar round", "munition"), (12, 12, "rocket-propelled grenade", "munition")]),
    ("Gunners fired dozens of rounds of artillery.", [(None, None, "artillery round", "munition")]),
    ("Two (2) lorries were stopped at the border.", [(2, 2, "lorry", "vehicle")]),
    ("At its peak the wing flew 200-plus helicopters.", [(200, None, "helicopter", "aircraft")]),
    ("Nearly 90 armoured personnel carriers were shipped.",
     [(None, 90, "armoured personnel carrier", "vehicle")]),
    ("One sailor is missing.", [(1, 1, "sailor", "personnel")]),
    ("Fewer than 200 guerrillas remain.", [(None, 200, "guerrilla", "personnel")]),
    ("It bought 15 long-range transport planes.", [(15, 15, "long-range transport plane", "aircraft")]),
    ("Four search and rescue helicopters were on call.", [(4, 4, "search and rescue helicopter", "aircraft")]),
    ("Twelve remotely piloted aircraft are based there.", [(12, 12, "remotely piloted aircraft", "aircraft")]),
]  # fmt: skip

TYPES: list[tuple[str, list[Expected]]] = [
    ("Three F-35Bs landed on the deck.", [(3, 3, "F-35B", "aircraft")]),
    ("Two B-52H bombers flew over the gulf.", [(2, 2, "B-52H", "aircraft")]),
    ("Eight Su-34 fighter-bombers took off.", [(8, 8, "Su-34", "aircraft")]),
    ("Four Eurofighter Typhoons were scrambled.", [(4, 4, "Typhoon", "aircraft")]),
    ("The airline ordered 15 Boeing Co 767-300 planes.", [(15, 15, "767-300", "aircraft")]),
    ("Two CH-47F Chinooks lifted the guns.", [(2, 2, "CH-47F Chinook", "aircraft")]),
    ("It shot down nine MQ-9 Reaper drones.", [(9, 9, "MQ-9 Reaper", "aircraft")]),
    ("The detachment has 6 KC-135R tankers.", [(6, 6, "KC-135R", "aircraft")]),
    ("Poland will receive 28 M1A2 tanks.", [(28, 28, "M1A2", "vehicle")]),
    ("Two Patriot launchers were damaged.", [(2, 2, "Patriot launcher", "other")]),
    ("The jets dropped four GBU-31 bombs.", [(4, 4, "GBU-31", "munition")]),
    ("Ukraine asked for 40 F-16 fighter jets.", [(40, 40, "F-16", "aircraft")]),
    ("A total of 24 KC-135 and KC-46 tankers moved east.", [(24, 24, "KC-135 and KC-46", "aircraft")]),
    ("Twelve J-11 ‘Flanker’ fighters were seen.", [(12, 12, "J-11", "aircraft")]),
    ("Two P-8A (Poseidon) aircraft searched the area.", [(2, 2, "P-8A", "aircraft")]),
]  # fmt: skip

SHAPES: list[tuple[str, list[Expected]]] = [
    ("J-16 fighters x 6 crossed the line.", [(6, 6, "J-16", "aircraft")]),
    ("Detected: J-16 x 4, KJ-500 x 1.", [(4, 4, "J-16", "aircraft"), (1, 1, "KJ-500", "aircraft")]),
    ("4 x F-16 and 2x C-130J arrived.", [(4, 4, "F-16", "aircraft"), (2, 2, "C-130J", "aircraft")]),
    ("Su-30 - 4\nSu-35 - 2\nTu-95 - 1\n",
     [(4, 4, "Su-30", "aircraft"), (2, 2, "Su-35", "aircraft"), (1, 1, "Tu-95", "aircraft")]),
    ("Losses so far:\nTanks: 12\nArmoured vehicles: 31\nDrones: 7\n",
     [(12, 12, "tank", "vehicle"), (31, 31, "armoured vehicle", "vehicle"), (7, 7, "drone", "aircraft")]),
    ("* Aircraft sorties: 12 J-10\n* Ships: 5\n", [(12, 12, "J-10", "aircraft"), (5, 5, "ship", "ship")]),
    ("A 3,000-strong brigade is moving north.", [(3000, 3000, "personnel", "personnel")]),
    ("The garrison, about 700 strong, held out.", [(700, 700, "personnel", "personnel")]),
    ("The base sent up a four-ship of F-15Cs.", [(4, 4, "F-15C", "aircraft")]),
    ("A two-ship formation of Rafales overflew the parade.", [(2, 2, "Rafale", "aircraft")]),
    ("A 12-man crew lives on board.", [(12, 12, "man", "personnel")]),
    ("A 40-vehicle convoy left the border.", [(40, 40, "vehicle", "vehicle")]),
    ("Two each of the F-15C and F-15E took part.", [(2, 2, "F-15C", "aircraft"), (2, 2, "F-15E", "aircraft")]),
    ("Nine Dutch and ten Swiss jets joined.", [(9, 9, "jet", "aircraft"), (10, 10, "jet", "aircraft")]),
    ("Tankers and transports numbering 14 crossed the ocean.", [(14, 14, "tanker and transport", "aircraft")]),
    ("The wing sent F-15s, eight in all, to the coast.", [(8, 8, "F-15", "aircraft")]),
    ("Halyard Air ordered 10 A350-900s last year.", [(10, 10, "A350-900", "aircraft")]),
    ("It has 20 unsold 737 MAX jets.", [(20, 20, "737 MAX", "aircraft")]),
    ("The yard repaired tanks, 9 of which were burnt.", [(9, 9, "tank", "vehicle")]),
    ("14 October Port Lavaca Police said that two men were held.", [(2, 2, "man", "personnel")]),
    ("The number of shells delivered to the front now totals 6,602.", [(6602, 6602, "shell", "munition")]),
    ("One of the nine C-17s was late.", [(1, 1, "C-17", "aircraft"), (9, 9, "C-17", "aircraft")]),
    ("A convoy of 30 fuel trucks was hit.", [(30, 30, "fuel truck", "vehicle")]),
]  # fmt: skip

LISTS: list[tuple[str, list[Expected]]] = [
    ("The strike destroyed two artillery systems, a VBIED and a UAV.",
     [(2, 2, "artillery system", "other"), (1, 1, "VBIED", "munition"), (1, 1, "UAV", "aircraft")]),
    ("Troops found a mortar, three rifles and a grenade launcher.",
     [(1, 1, "mortar", "other"), (3, 3, "rifle", "other"), (1, 1, "grenade launcher", "other")]),
    ("The blast killed two policemen and a teacher.",
     [(2, 2, "policeman", "personnel"), (1, 1, "teacher", "personnel")]),
    ("It burned four houses, a church, and a bus.",
     [(4, 4, "house", "other"), (1, 1, "church", "other"), (1, 1, "bus", "vehicle")]),
]  # fmt: skip

ARTICLES: list[tuple[str, list[Expected]]] = [
    ("A destroyer was sent to the strait.", [(1, 1, "destroyer", "ship")]),
    ("An Il-76 transport crashed near Belgorod.", [(1, 1, "Il-76", "aircraft")]),
    ("The strike destroyed a tank outside the village.", [(1, 1, "tank", "vehicle")]),
    ("A seventh tanker joined them over the ocean.", [(1, 1, "tanker", "aircraft")]),
    ("The jets intercepted a Russian Tu-134 transport.", [(1, 1, "Tu-134", "aircraft")]),
    ("Rebels shot down a government helicopter on Friday.", [(1, 1, "helicopter", "aircraft")]),
    ("They were supported by a KC-46 Pegasus.", [(1, 1, "KC-46 Pegasus", "aircraft")]),
    ("On Monday, a P-8A searched the channel.", [(1, 1, "P-8A", "aircraft")]),
]  # fmt: skip

MIXED: list[tuple[str, list[Expected]]] = [
    ("Nine Dutch and ten Swiss jets took part, with two each of the Gripen and Hornet held in reserve.",
     [(9, 9, "jet", "aircraft"), (10, 10, "jet", "aircraft"), (2, 2, "Gripen", "aircraft"),
      (2, 2, "Hornet", "aircraft")]),
    ("The 3,000-strong division has lost 85 or so tanks and 30-odd howitzers since May.",
     [(3000, 3000, "personnel", "personnel"), (85, 85, "tank", "vehicle"), (30, 30, "howitzer", "other")]),
    ("A four-ship of Rafales met a two-ship of Typhoons over the Channel.",
     [(4, 4, "Rafale", "aircraft"), (2, 2, "Typhoon", "aircraft")]),
    ("The bomber was escorted by two pairs of Su-30s.", [(4, 4, "Su-30", "aircraft")]),
    ("The seven-ship Middle East Force is at sea.", [(7, 7, "ship", "ship")]),
    ("Iran has only about 60 of its original 226 U.S.-built Phantoms airworthy.",
     [(60, 60, "Phantom", "aircraft"), (226, 226, "Phantom", "aircraft")]),
    ("The carrier left with 75 aircraft and a crew of 4,600.",
     [(75, 75, "aircraft", "aircraft"), (4600, 4600, "crew member", "personnel")]),
    ("The ministry fired -- call it about 40 -- cruise missiles.", [(40, 40, "cruise missile", "munition")]),
    ("Of 16 Leopards promised by Norway, eight have arrived.", [(16, 16, "Leopard", "vehicle")]),
    ("Three ships (two destroyers, one oiler) will take part.",
     [(3, 3, "ship", "ship"), (2, 2, "destroyer", "ship"), (1, 1, "oiler", "ship")]),
    ("The brigade (about 4,000 soldiers) is equipped with 58 Leopard 2A4s.",
     [(4000, 4000, "soldier", "personnel"), (58, 58, "Leopard 2A4", "vehicle")]),
    ("Dozens of civilians, including at least nine children, have been killed.",
     [(None, None, "civilian", "personnel"), (9, None, "child", "personnel")]),
    ("The airline will buy seven Boeing 747-400s.", [(7, 7, "747-400", "aircraft")]),
    ("Soldiers of 33 Engineer Regiment are building two temporary bridges.", [(2, 2, "temporary bridge", "other")]),
    ("The strike destroyed two weapons storage bunkers, a crude oil collection point and three homemade bomb clusters.",
     [(2, 2, "weapons storage bunker", "other"), (1, 1, "crude oil collection point", "other"),
      (3, 3, "homemade bomb cluster", "other")]),
    ("It hit two ISIL-held building and a rocket propelled grenade launcher.",
     [(2, 2, "building", "other"), (1, 1, "rocket propelled grenade launcher", "other")]),
    ("The raid killed 12 fighters of the Islamic State group.", [(12, 12, "fighter", "personnel")]),
    ("Twelve fighters took off from the runway.", [(12, 12, "fighter", "aircraft")]),
    ("Iraqi jets hit two tankers laden with crude oil.", [(2, 2, "tanker", "ship")]),
    ("Two tankers refuelled the jets over the sea.", [(2, 2, "tanker", "aircraft")]),
    ("The Houthis fired at a Greek-owned tanker.", [(1, 1, "tanker", "ship")]),
    ("Two men in a van attacked a police patrol.", [(2, 2, "man", "personnel"), (1, 1, "van", "vehicle")]),
    ("KINGSTON, Jamaica -- A C-130J Super Hercules landed here July 6.",
     [(1, 1, "C-130J Super Hercules", "aircraft")]),
    ("The Pentagon said a P-8 was intercepted by a Chinese J-11.",
     [(1, 1, "P-8", "aircraft"), (1, 1, "J-11", "aircraft")]),
    ("The task group, made up of a destroyer, two frigates and a tanker, sailed at noon.",
     [(1, 1, "destroyer", "ship"), (2, 2, "frigate", "ship"), (1, 1, "tanker", "ship")]),
    ("In total 24 plane are on the apron.", [(24, 24, "plane", "aircraft")]),
    ("Two Chinese H-6K and four Russian Tu-95 bombers entered the zone.",
     [(2, 2, "H-6K", "aircraft"), (4, 4, "Tu-95", "aircraft")]),
    ("Air group: 18 F-35Bs, 5 E-2D.", [(18, 18, "F-35B", "aircraft"), (5, 5, "E-2D", "aircraft")]),
    ("U.S. forces in Syria number around 900.", [(900, 900, "personnel", "personnel")]),
    ("The blast injured two and killed 17.", [(2, 2, "person", "personnel"), (17, 17, "person", "personnel")]),
    ("It was one of eighteen B-17s built there.", [(18, 18, "B-17", "aircraft")]),
    ("Seventy-one killed, 12 wounded.", [(71, 71, "person", "personnel"), (12, 12, "person", "personnel")]),
]  # fmt: skip

NOTHING = [
    "The battalion has Leopard 2 tanks.",
    "Crews trained on Challenger 2 tanks and on Leopard 2 tanks.",
    "The F-16 flew from Aviano.",
    "Task Force 50 is led by a commodore.",
    "Resolution 1701 was adopted on August 11, 2006.",
    "He is 47 years old.",
    "The 44-hour mission ended at 0615 local time.",
    "The ship is 155 metres long and displaces 9,000 tonnes.",
    "It cost $2.4 billion, or about 3 percent of the budget.",
    "The coalition flew 34 sorties and conducted 11 strikes.",
    "Nine nations signed the pact.",
    "USS Mahan (DDG 72) left port at 9:54 a.m.",
    "Flight 272 is a civil service.",
    "The 101st Airborne Division returned.",
    "See page 14, paragraph 3.",
    "The team won 3-2 after two overtimes.",
    "Runway 27 is 2,600 m long.",
    "No ships were seen.",
    "In 2016 troops returned home.",
    "One of them refused.",
    "Call 314-480-6558 for details.",
    "It was one of the worst storms in 40 years.",
    "Squadron 617 celebrated its 80th anniversary.",
    "She won 54 percent of the vote and 12 of 18 counties.",
    "The two sides held three rounds of talks.",
    "Airbus delivered the A320 in 11 months.",
    "At FL250 the crew turned 90 degrees.",
    "The exercise covers 160 square miles.",
    "The Block 45 upgrade takes 18 months.",
    "He scored 21 points in the first quarter.",
    "On the one hand, he said, the plan is cheap.",
    "Four of the six airlines declined.",
    "He was like a captain on a ship.",
    "A tank can weigh 60 tons.",
    "The plan is to build an aircraft carrier.",
    "The Type 45 is a destroyer.",
    "They were told about half of it in 1944.",
    "Article 5 was invoked once.",
    "The 15 July Martyrs Bridge was closed.",
    "Two thirds of the fleet is in dock.",
    "The M4 motorway was shut for three hours.",
    "12 September 2024",
    "The Conception, a dive boat owned by a family firm, sank.",
    "The aircraft, an Antonov An-26, was built in 1974.",
    "Nine in 10 voters agreed, and four in five said why.",
    "One official said the talks went well.",
    '"It is enough," quipped one analyst.',
    "It happened at one hospital in the 90's.",
    "If a pilot loses an engine, a tanker can divert.",
    "Clinton had captured 1,944 delegates by then.",
    "The fleet sails with a fighter escort.",
    "Traders promise a raft of measures.",
    "The yard builds 12 ships a year.",
    "Exercise Neptune 25 ended, and Task Force One left.",
]

ALL = DIRECT + TYPES + SHAPES + LISTS + ARTICLES + MIXED


@pytest.mark.parametrize(("text", "expected"), ALL, ids=[text[:40] for text, _ in ALL])
def test_counts(nlp: Language, text: str, expected: list[Expected]) -> None:
    found = counts(nlp, text)
    assert values(found) == expected
    for count in found:
        assert text[count.start : count.end] == count.evidence


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_count(nlp: Language, text: str) -> None:
    assert values(counts(nlp, text)) == []


def test_the_component_takes_user_lexicons(nlp: Language) -> None:
    assert isinstance(nlp.get_pipe("briefing_counts"), Counts)
