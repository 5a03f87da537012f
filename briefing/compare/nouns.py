"""A taxonomy of counted nouns: synonyms, more general nouns, nouns that exclude each other.

A noun has a path from the general to the special ("ship merchant tanker"). Two nouns fit where one path is the
beginning of the other; those of one family that part ways are rivals.
"""

import re
from functools import lru_cache
from typing import Final

from briefing.compare.wording import short_keys

# Each line: a path, then the nouns that end there. A path's own last word is not a noun by itself.
_PATHS: Final = """
person: person people man woman human individual life body corpse dead victim casualty death fatality member \
survivor suspect defendant
person soldier: soldier troop trooper serviceman servicewoman servicemember warrior conscript reservist guardsman \
guard personnel officer paratrooper marine airman infantryman draftee recruit uniformed combatant
person crew: sailor crewman crew seaman submariner mariner crewmember
person soldier pilot: pilot aviator flier aviators aircrew
person hostile: attacker assailant terrorist militant insurgent gunman rebel jihadist extremist bandit raider \
infiltrator enemy fighter pirate guerrilla hijacker insurgents mercenary
person civilian: civilian resident villager inhabitant townspeople townsfolk passenger driver worker employee \
labourer laborer staffer evacuee refugee national citizen local bystander displaced patient visitor guest tourist \
spectator pilgrim worshipper migrant teacher trader farmer herder shopkeeper
person civilian fisherman: fisherman fisher
person civilian child: child kid girl boy pupil student schoolchild infant baby teenager minor
person civilian protester: protester demonstrator
person civilian journalist: journalist reporter
person civilian medic: doctor nurse medic paramedic
person police: policeman police constable gendarme
person rescuer: rescuer firefighter fireman
person diver: diver frogman
person official: official lawmaker minister governor mayor diplomat
person clergy: priest imam nun monk
person expert: expert deminer engineer technician instructor trainer adviser advisor specialist inspector
person prisoner: prisoner hostage captive detainee inmate
person household: family household
ship: ship vessel boat craft hull dhow
ship warship: warship combatant
ship warship frigate: frigate
ship warship destroyer: destroyer
ship warship corvette: corvette
ship warship cruiser: cruiser
ship warship carrier: carrier
ship warship submarine: submarine sub boat-submarine
ship warship amphibious: lpd lhd
ship warship minehunter: minehunter minesweeper
ship warship patrol: patrol
ship coastguard: cutter
ship supply: supply resupply
ship research: research survey
ship ferry: ferry
ship merchant: merchantman merchant freighter cargo trader
ship merchant tanker: tanker
ship merchant container: container
ship merchant bulk: bulker
ship fishing: trawler fishing
ship tug: tug tugboat
ship barge: barge lighter pontoon
ship yacht: yacht sailboat catamaran
ship lifeboat: lifeboat
ship icebreaker: icebreaker
ship militia: militia
ship small: dinghy skiff rhib raft speedboat inflatable
aircraft: aircraft airplane aeroplane plane airframe
aircraft crewed: warplane jet sortie-aircraft
aircraft crewed fighter: fighter interceptor fighterjet jetfighter
aircraft crewed bomber: bomber
aircraft crewed transport: transport airlifter transporter
aircraft crewed refueller: refueller refueler
aircraft crewed helicopter: helicopter chopper rotorcraft
aircraft drone: drone uav uas unmanned quadcopter
aircraft balloon: balloon airship
vehicle: vehicle
vehicle car: car automobile auto sedan
vehicle truck: truck lorry
vehicle pickup: pickup technical
vehicle motorcycle: motorcycle motorbike bike
vehicle tank: tank
vehicle armoured: apc ifv armoured armored
vehicle bus: bus minibus
vehicle ambulance: ambulance
vehicle train: train locomotive
vehicle wagon: wagon carriage
vehicle digger: bulldozer excavator digger
munition: munition ammunition projectile
munition missile: missile
munition rocket: rocket
munition shell: shell
munition round: round cartridge bullet
munition bomb: bomb
munition mine: mine
munition ied: ied explosive
weapon: weapon firearm
weapon rifle: rifle carbine kalashnikov
weapon pistol: pistol handgun revolver
weapon gun: gun cannon howitzer mortar artillery
weapon launcher: launcher
weapon battery: battery
building: building structure store depot warehouse storehouse barn magazine
building home: house home dwelling residence
building school: school
building shop: shop
window: window pane windowpane
flight: flight sortie mission patrol-flight
exercise: exercise drill manoeuvre maneuver
attack: attack assault raid strike ambush
"""


def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in _PATHS.replace("\\\n", "").strip().splitlines():
        path, _, nouns = line.partition(":")
        for noun in nouns.split():
            table.setdefault(noun, tuple(path.split()))
    return table


_TABLE: Final = _table()
_BY_CATEGORY: Final = {
    ("fighter", "aircraft"): ("aircraft", "crewed", "fighter"),
    ("tanker", "aircraft"): ("aircraft", "crewed", "refueller"),
    ("tanker", "vehicle"): ("vehicle", "truck"),
    ("technical", "personnel"): ("person", "expert"),
    ("patrol", "aircraft"): ("aircraft", "crewed"),
    ("transport", "ship"): ("ship", "supply"),
    ("transport", "vehicle"): ("vehicle",),
    ("carrier", "vehicle"): ("vehicle", "armoured"),
    ("interceptor", "munition"): ("munition", "missile"),
}
"""Nouns that mean different things, by the category of what is counted."""
_JOINS: Final = frozenset({"of", "on", "in", "at", "from", "for", "with", "aboard"})
"""Words behind which a phrase only says more of the noun before them: "members of the crew"."""
_IRREGULAR: Final = {
    "men": "man", "women": "woman", "children": "child", "bodies": "body", "lives": "life", "families": "family",
    "fishermen": "fisherman", "servicemen": "serviceman", "airmen": "airman", "seamen": "seaman",
    "crewmen": "crewman", "merchantmen": "merchantman", "gunmen": "gunman", "policemen": "policeman",
    "guardsmen": "guardsman", "firemen": "fireman", "infantrymen": "infantryman", "buses": "bus",
    "infantry": "soldier", "refuellers": "refueller", "aviators": "aviator",
}  # fmt: skip
_HULLS: Final = frozenset({"ship", "vessel", "boat", "craft"})


@lru_cache(maxsize=20_000)
def path_of(phrase: str, category: str = "") -> tuple[str, ...]:
    """The path of the noun that a phrase ends in; ``("?", noun)`` for one that is not known.

    Args:
        phrase: The words for what is counted.
        category: Its category, which tells two meanings of a noun apart; empty where it is not known.
    """
    said = [singular(word) for word in short_keys(phrase) if not word[0].isdigit()]
    if not said:
        return ()
    last = said[-1]
    if "unmanned" in said:
        return _TABLE["drone"] if not {"surface", "boat", "vessel", "underwater"} & set(said) else _TABLE["skiff"]
    if last in _HULLS and "coast" in said:
        return ("ship", "coastguard")
    if last in _HULLS and ("navy" in said or "naval" in said):
        return ("ship", "warship")
    if last in _HULLS or last in {"aircraft", "plane", "vehicle", "jet", "member", "aerial"}:
        for word in reversed(said[:-1]):  # "merchant vessels", "fighter aircraft", "crew members"
            found = _TABLE.get(word)
            if found and found[0] == _TABLE.get(last, found)[0]:
                return found
    if last in _TABLE:
        return _BY_CATEGORY.get((last, category), _TABLE[last])
    if not _JOINS.isdisjoint(said):
        for word in reversed(said[:-1]):  # "the 167 members of the crew", "people on board"
            if word in _TABLE:
                return _TABLE[word]
    return ("?", last)


def singular(word: str) -> str:
    """A noun in the singular."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _TABLE or word.endswith("ss") or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ch|sh|x|ss)es$", word):
        return word[:-2]
    return word.removesuffix("s")


@lru_cache(maxsize=20_000)
def kinship(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Score how near two nouns are: 1 the same, 0.6 one more general, 0.3 unknown, 0 where they exclude each other.

    Args:
        a: Path of one noun, from the general to the special; empty or beginning with ``?`` where unknown.
        b: Path of the other.
    """
    if not a or not b:
        return 0.3
    if a == b:
        return 1.0
    if a[0] == "?" or b[0] == "?":
        return 0.15
    short, long = sorted((a, b), key=len)
    if long[: len(short)] == short:
        return 0.45 if long[1:2] == ("hostile",) else 0.6  # who is called people is seldom the enemy
    if a[0] == b[0] == "vehicle" and {a[1], b[1]} <= _ROAD:
        return 0.4
    if _CREW in {a, b} and a[0] == b[0] == "person":
        return 0.45 if a[1] in _AT_SEA and b[1] in _AT_SEA else 0.0
    return 0.2 if a[:2] in _LOOSE and b[:2] in _LOOSE and a[0] == b[0] else 0.0


_CREW: Final = ("person", "crew")
_AT_SEA: Final = frozenset({"crew", "soldier", "civilian", "prisoner"})
"""Whom a crew may consist of: fishermen, marines, hostages."""
_ROAD: Final = frozenset({"car", "truck", "pickup", "bus"})
# People whom one source calls soldiers and another men, drivers or experts are not therefore others.
_LOOSE: Final = frozenset({("person", "civilian"), ("person", "expert"), ("person", "rescuer"), ("person", "prisoner")})
