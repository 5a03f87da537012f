"""Word lists for operators, from ``owners.toml``: prefixes of ships, names of units, outlets, services' members."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from briefing.extract.counts.predicates import load_predicates
from briefing.extract.lexicon.files import Table, read_all
from briefing.extract.lexicon.reporting_verbs import load_reporting
from briefing.extract.lexicon.word_lists import any_of


@dataclass(frozen=True, slots=True)
class OwnerWords:
    """Word lists and the patterns made of them."""

    prefixes: dict[str, str]
    """First word of a warship's name to the nation."""
    outlets: dict[str, str]
    """Outlet of a nation's forces to the nation."""
    units: tuple[tuple[str, re.Pattern[str]], ...]
    """Service and the pattern of its units' names, in the order in which they are tried."""
    phrases: dict[str, str]
    """Lower-case words of a count to the nation that alone has such things."""
    service_nouns: dict[str, str]
    """A member of a service, lower case and singular, to the service's domain."""
    unit_languages: dict[str, str]
    """Word for a unit in another language to the nation whose forces use it."""
    speaking: frozenset[str]
    """Forms of verbs whose subject reports, estimates or sees, and so owns nothing of what the verb is about."""
    state: frozenset[str]
    armed: frozenset[str]
    common_nouns: dict[str, str]
    """Common nouns that stand for an owner, to its kind."""
    domains: dict[str, re.Pattern[str]]
    """A service's domain to the pattern of names of services of it, in the order in which they are tried."""
    owner_name: re.Pattern[str]
    """Words in names of services and companies."""
    unit_name: re.Pattern[str]
    members: re.Pattern[str]
    """What the base model takes for a body though it is people."""
    squadrons: re.Pattern[str]
    maritime: re.Pattern[str]

    def service_of_unit(self, unit: str) -> str:
        """The service that alone has units of such a name, or an empty string."""
        return next((service for service, pattern in self.units if pattern.search(unit)), "")

    def nation_of_unit(self, unit: str) -> str:
        """The nation by the language of a unit's name, or an empty string."""
        return next((self.unit_languages[w] for w in unit.split() if w in self.unit_languages), "")


@lru_cache(maxsize=4)
def load_owner_words(folder: Path | None = None) -> OwnerWords:
    """Our words with the user's of ``folder`` merged in. Raises ``LexiconError``."""
    table = read_all(folder)["owners"]
    names = table["names"]
    codes = [code for codes in table["squadron_codes"].values() for code in codes]
    return OwnerWords(
        prefixes={prefix: nation for nation, prefixes in table["prefixes"].items() for prefix in prefixes},
        outlets={outlet: nation for nation, outlets in table["outlets"].items() for outlet in outlets},
        units=tuple(_units(table)),
        phrases={phrase: nation for nation, phrases in table["phrases"].items() for phrase in phrases},
        service_nouns={noun: domain for domain, nouns in table["service_nouns"].items() for noun in nouns},
        unit_languages={word: nation for nation, words in table["unit_languages"].items() for word in words},
        speaking=load_reporting(folder).core
        | load_predicates(folder).asserting
        | frozenset(table["observing"]["verbs"]),
        state=frozenset(table["sides"]["state"]),
        armed=frozenset(table["sides"]["armed"]),
        common_nouns={noun: kind for kind, nouns in table["common_nouns"].items() for noun in nouns},
        domains={domain: _domain(names, table["domains"]) for domain, names in table["domains"].items()},
        owner_name=_whole(names["owners"]),
        unit_name=_whole(names["units"], codes),
        members=re.compile(rf"(?:(?:{any_of(names['members'])})(?: and |, )?)+"),
        squadrons=_whole(names["squadrons"]),
        maritime=_whole(names["maritime"], table["squadron_codes"]["U.S. Navy"]),
    )


def _units(table: Table) -> list[tuple[str, re.Pattern[str]]]:
    """Patterns of short designations, of kinds of unit, of the words between an ordinal and the kind."""
    found = [(s, re.compile(rf"\b(?:{any_of(codes)})[- ]?\d")) for s, codes in table["squadron_codes"].items()]
    found += [(s, re.compile(rf"\b(?:{any_of(names)})")) for s, names in table["unit_names"].items()]
    kinds = any_of(table["names"]["numbered_units"])
    for service, words in table["unit_words"].items():
        inside = rf"^\d+(?:st|nd|rd|th) (?:.* )?(?:{any_of(words)}) (?:\w+ )*(?:{kinds})"
        found.append((service, re.compile(inside)))
    return found


def _whole(words: list[str], codes: Iterable[str] = ()) -> re.Pattern[str]:
    """The words, or a code with a hyphen and a number: "VP-8"."""
    return re.compile(rf"\b(?:{any_of(words)}|(?:{any_of(codes) or '(?!)'})-\d+)\b")


def _domain(names: list[str], domains: dict[str, list[str]]) -> re.Pattern[str]:
    """Names of one domain, but not where they begin a longer name of another ("Marine nationale")."""
    longer = [
        other for others in domains.values() for other in others if other.startswith(tuple(f"{n} " for n in names))
    ]
    return re.compile(rf"\b(?!{any_of(set(longer) - set(names)) or '(?!)'})(?:{any_of(names)})\b")
