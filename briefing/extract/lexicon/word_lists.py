"""Plain lists of words that the rules ask for by name, from ``calendar.toml``, ``count_words.toml`` and their like.

A list is a key of its file and a field here; what a rule makes of it (a pattern, a set) stays with the rule.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from briefing.extract.lexicon.files import read_all

T = TypeVar("T")


def any_of(words: Iterable[str]) -> str:
    """An alternation of the words for a pattern, longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@lru_cache(maxsize=256)
def one_of(words: frozenset[str], before: str = "", after: str = "", flags: int = 0) -> re.Pattern[str]:
    """A pattern of any of the words, longest first.

    Args:
        words: The words.
        before: Pattern of what stands before the word.
        after: Pattern of what stands after it.
        flags: Flags of :mod:`re`.
    """
    return re.compile(f"{before}(?:{any_of(words)}){after}", flags)


@lru_cache(maxsize=256)
def verb_pattern(verbs: frozenset[str], before: str = "") -> re.Pattern[str]:
    """A pattern that matches at the beginning of a lower-case form of one of the verbs.

    Args:
        verbs: Forms; one that ends in a hyphen is a stem, with any ending ("deploy-").
        before: A pattern of what may stand in front, such as "(?:re)?".

    """
    stems = any_of(verb[:-1] for verb in verbs if verb.endswith("-"))
    whole = any_of(verb for verb in verbs if not verb.endswith("-"))
    return re.compile(rf"{before}(?:(?:{stems or '(?!)'})|(?:{whole or '(?!)'})$)")


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Names of months, days and seasons, capitalised as they are written."""

    months: frozenset[str]
    short_months: frozenset[str]
    weekdays: frozenset[str]
    seasons: frozenset[str]
    relative_days: frozenset[str]
    short_weekdays: frozenset[str]
    frequencies: frozenset[str]

    @property
    def month_names(self) -> frozenset[str]:
        """Months in full and short, the short ones also with a dot."""
        return self.months | self.short_months | {f"{month}." for month in self.short_months}

    @property
    def names(self) -> frozenset[str]:
        """Months and weekdays in full."""
        return self.months | self.weekdays

    @property
    def days(self) -> frozenset[str]:
        """Lower-case names of the weekdays, and the relative days."""
        return frozenset(name.lower() for name in self.weekdays) | self.relative_days

    @property
    def times(self) -> frozenset[str]:
        """Lower-case names of days and months, and the relative days."""
        return frozenset(name.lower() for name in self.weekdays | self.months) | self.relative_days


@dataclass(frozen=True, slots=True, eq=False)
class CountWords:
    """Lists of ``count_words.toml``, where each is explained."""

    masses: frozenset[str]
    hypothetical: frozenset[str]
    occurrences: frozenset[str]
    planning: frozenset[str]
    requiring: frozenset[str]
    intending: frozenset[str]
    encounters: frozenset[str]
    crews: frozenset[str]
    bodies_of_people: frozenset[str]
    totalling: frozenset[str]
    amounts: frozenset[str]
    reaching: frozenset[str]
    casualty_states: frozenset[str]
    casualty_verbs: frozenset[str]
    formations_at_sea: frozenset[str]
    formations: frozenset[str]
    no_persons: frozenset[str]
    type_nouns: frozenset[str]
    labels: frozenset[str]
    rate_units: frozenset[str]
    conducting: frozenset[str]
    saying: frozenset[str]
    operating: frozenset[str]
    forces_nouns: frozenset[str]
    arriving: frozenset[str]
    soldiery: frozenset[str]
    gatherings: frozenset[str]
    anybodys: frozenset[str]
    downed: frozenset[str]
    captives: frozenset[str]
    nameless_foes: frozenset[str]
    others_wars: frozenset[str]
    set_free: frozenset[str]
    lost: frozenset[str]
    ships_company: frozenset[str]
    civil: frozenset[str]
    dying: frozenset[str]
    taking: frozenset[str]
    destroying: frozenset[str]
    finding: frozenset[str]
    fielding: frozenset[str]
    sending: frozenset[str]
    staffing: frozenset[str]
    cleared: frozenset[str]
    captured: frozenset[str]
    trading: frozenset[str]
    supplying: frozenset[str]
    buying: frozenset[str]
    struck: frozenset[str]
    deals: frozenset[str]
    procurements: frozenset[str]
    handing: frozenset[str]
    strengthening: frozenset[str]
    compounds: frozenset[str]
    issuing_bodies: frozenset[str]
    agencies: frozenset[str]
    weapon_letters: frozenset[str]
    moving: frozenset[str]
    telling: frozenset[str]
    informing: frozenset[str]
    numbered_arms: frozenset[str]
    units_of_time_and_money: frozenset[str]
    taking_over: frozenset[str]
    keeping: frozenset[str]
    losing: frozenset[str]
    stopped: frozenset[str]
    anyone: frozenset[str]
    craft_of_either: frozenset[str]
    coming: frozenset[str]
    meeting: frozenset[str]
    service_names: frozenset[str]
    names_of_forces: frozenset[str]
    names_of_state: frozenset[str]
    armed_people: frozenset[str]
    armed_bodies: frozenset[str]
    bodies_outlawed: frozenset[str]
    behind_hyphens: frozenset[str]
    teams: frozenset[str]
    pieces: frozenset[str]
    tonnage: frozenset[str]
    before_arms: frozenset[str]
    belonging: frozenset[str]
    bodies_of_many: frozenset[str]
    sides: frozenset[str]
    all_the_services: frozenset[str]
    own_men: frozenset[str]
    states_own: frozenset[str]
    claimed_blows: frozenset[str]
    armed_words: frozenset[str]
    communiques: frozenset[str]
    release_labels: frozenset[str]
    as_a_whole: frozenset[str]
    flying_crews: frozenset[str]
    owner_participles: frozenset[str]
    dimensions: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class NameWords:
    """Lists of ``name_words.toml``, where each is explained."""

    aviation: frozenset[str]
    naval: frozenset[str]
    letters_apart: frozenset[str]
    numbered_things: frozenset[str]
    squadron_letters: frozenset[str]
    variants_apart: frozenset[str]
    no_types_before: frozenset[str]
    aircraft_adjectives: frozenset[str]
    aircraft_nouns: frozenset[str]
    weapon_nouns: frozenset[str]
    vehicle_nouns: frozenset[str]
    hulls: frozenset[str]
    hulls_in_context: frozenset[str]
    platform_nouns: frozenset[str]
    nouns_of_forces: frozenset[str]
    said: frozenset[str]
    noted: frozenset[str]
    biographical: frozenset[str]
    before_homonymous_places: frozenset[str]
    kinds_of_places: frozenset[str]
    last_words_of_places: frozenset[str]
    given_names_too: frozenset[str]
    common_nouns: frozenset[str]
    parties: frozenset[str]
    faiths: frozenset[str]
    portfolios: frozenset[str]
    roads: frozenset[str]
    office_adjectives: frozenset[str]
    offices: frozenset[str]
    documents: frozenset[str]
    holidays: frozenset[str]
    days_of: frozenset[str]
    headline_verbs: frozenset[str]
    units_with_numbers: frozenset[str]
    no_names_of_places: frozenset[str]
    posted_bodies: frozenset[str]
    task_forces: frozenset[str]
    task_force_adjectives: frozenset[str]
    unit_nouns: frozenset[str]
    arms: frozenset[str]
    ship_nouns: frozenset[str]
    no_ships: frozenset[str]
    ends_of_operations: frozenset[str]
    no_exercises: frozenset[str]
    exercise_adjectives: frozenset[str]
    battles: frozenset[str]
    storms: frozenset[str]
    elections: frozenset[str]
    too_common: frozenset[str]
    currencies: frozenset[str]
    currency_codes: frozenset[str]
    currency_adjectives: frozenset[str]
    units_of_measure: frozenset[str]
    before_type_names: frozenset[str]
    aboard: frozenset[str]
    kinds_of_ships_behind: frozenset[str]
    people_of_services: frozenset[str]
    homonymous_places: frozenset[str]
    divided_nations: frozenset[str]
    the_half_meant: frozenset[str]
    named_for_states: frozenset[str]
    state_guards: frozenset[str]
    designated_units: frozenset[str]
    no_part_of_units: frozenset[str]
    no_units_alone: frozenset[str]
    common_branches: frozenset[str]
    fielded: frozenset[str]
    sites_of_services: frozenset[str]
    foremost_nations: frozenset[str]
    words_of_exercises: frozenset[str]
    words_of_operations: frozenset[str]
    code_named: frozenset[str]
    people_behind: frozenset[str]
    firms: frozenset[str]
    stated: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class ActorWords:
    """Lists of ``actor_words.toml``, where each is explained."""

    blows: frozenset[str]
    bonds: frozenset[str]
    tied: frozenset[str]
    holding: frozenset[str]
    ways: frozenset[str]
    giving: frozenset[str]
    papers: frozenset[str]
    reigns: frozenset[str]
    behind_bodies: frozenset[str]
    members: frozenset[str]
    houses: frozenset[str]
    things: frozenset[str]
    numbered_units: frozenset[str]
    named_units: frozenset[str]
    kinds_of_companies: frozenset[str]
    spelling_alphabet: frozenset[str]
    unit_codes: frozenset[str]
    services_in_the_air: frozenset[str]
    units_in_the_air: frozenset[str]
    services_at_sea: frozenset[str]
    units_at_sea: frozenset[str]
    services_on_land: frozenset[str]
    units_on_land: frozenset[str]
    officials: frozenset[str]
    doing: frozenset[str]
    no_trades: frozenset[str]
    taking_place: frozenset[str]
    unit_like: frozenset[str]
    helping: frozenset[str]
    the_many: frozenset[str]
    former: frozenset[str]
    asking: frozenset[str]
    lettered_units: frozenset[str]
    units_in_other_languages: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class PersonWords:
    """Lists of ``person_words.toml``, where each is explained."""

    media_nouns: frozenset[str]
    outfit_nouns: frozenset[str]
    group_nouns: frozenset[str]
    person_or_group_nouns: frozenset[str]
    company_letters: frozenset[str]
    merchant_ships: frozenset[str]
    services_after_nations: frozenset[str]
    no_services_before: frozenset[str]
    service_labels: frozenset[str]
    firm_nouns: frozenset[str]
    before_unit_numbers: frozenset[str]
    kinds_of_units: frozenset[str]
    site_nouns: frozenset[str]
    site_adjectives: frozenset[str]
    waters_and_roads: frozenset[str]
    settlements: frozenset[str]
    coalition_forces: frozenset[str]
    exercise_nouns: frozenset[str]
    credits: frozenset[str]
    parts_of_regiments: frozenset[str]
    lettered_parts: frozenset[str]
    regiments: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class SpeakerWords:
    """Lists of ``speaker_words.toml``, where each is explained."""

    utterances: frozenset[str]
    pointing: frozenset[str]
    wording: frozenset[str]
    quoting: frozenset[str]
    as_saying: frozenset[str]
    passing_on: frozenset[str]
    put_out: frozenset[str]
    pseudonyms: frozenset[str]
    measures: frozenset[str]
    heard: frozenset[str]
    addressing: frozenset[str]
    reading_out: frozenset[str]
    parts_of_documents: frozenset[str]
    kin: frozenset[str]
    any_body: frozenset[str]
    aspect: frozenset[str]
    labels: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class WordLists:
    """The lists, by the file they stand in."""

    calendar: Calendar
    counts: CountWords
    names: NameWords
    actors: ActorWords
    persons: PersonWords
    speakers: SpeakerWords


LISTS: Final[dict[str, type[Any]]] = {
    "calendar": Calendar,
    "count_words": CountWords,
    "name_words": NameWords,
    "actor_words": ActorWords,
    "person_words": PersonWords,
    "speaker_words": SpeakerWords,
}
"""Lexicon files of plain lists, and what holds them."""


def word_lists(tables: Mapping[str, Mapping[str, Any]]) -> WordLists:
    """The lists of the lexicon's tables (file name without suffix to table)."""
    return WordLists(
        calendar=_filled(Calendar, tables["calendar"]),
        counts=_filled(CountWords, tables["count_words"]),
        names=_filled(NameWords, tables["name_words"]),
        actors=_filled(ActorWords, tables["actor_words"]),
        persons=_filled(PersonWords, tables["person_words"]),
        speakers=_filled(SpeakerWords, tables["speaker_words"]),
    )


@lru_cache(maxsize=4)
def load_word_lists(folder: Path | None = None) -> WordLists:
    """Our lists with the user's of ``folder`` merged in. Raises ``LexiconError``."""
    return word_lists(read_all(folder))


def _filled(kind: type[T], table: Mapping[str, Any]) -> T:
    """An object of a class of lists; every field has its key in the file, and every key a field."""
    return kind(**{name: frozenset(words) for name, words in table.items()})
