"""Find the origin of a claim: the body behind an asserter, or the outlet's own voice; copies share their model's."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, Final

from briefing.compare.names import sound
from briefing.compare.wording import short_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from briefing.compare.events import Events
    from briefing.compare.reports import Report
    from briefing.model.facts import Participant

_STATE: Final = re.compile(
    r"\b(?:ministry|minist(?:er|ère)|army|navy|air\sforce|armed\sforces|military|defen[cs]e\s(?:staff|forces?|ministry|department)|general\sstaff|"
    r"joint\s(?:chiefs|staff)|coast\s?guard|marines|marine\scorps|self-defen[cs]e\sforce|pentagon|kremlin|government|foreign\soffice|"
    r"department\sof\s(?:defen[cs]e|war|state)|security\sforces|presidency|national\sguard|command|fleet|frontier\sguard|border\sguard|headquarters|HQ|army\sgroup|air\swing)\b",
    re.IGNORECASE,
)
_LOCAL: Final = re.compile(
    r"\b(?:province|provincial|governor|city|mayor|municipal|district|county|local|regional)\b", re.IGNORECASE
)
_SPEAKS_FOR: Final = re.compile(
    r"\b(?:spokes\w+|commander|captain|chief|head|director|officials?|officers?|minister|secretary|general|admiral|"
    r"commodore|colonel|president|governor|ambassador|representative)\b",
    re.IGNORECASE,
)
_SPOKESMAN: Final = re.compile(
    r"\b(?:spokes(?:man|woman|person)|commander|captain|chief|head|director|official|officials|officers?|source|sources)\b",
    re.IGNORECASE,
)


_LEADS: Final = re.compile(
    r",\swho\s(?:leads?|heads?|commands?|led|headed|commanded|chairs?|directs?|runs?|speaks?\sfor|is\sin\scharge\sof)\s"
    r"(?P<body>[^,.;:\n]{3,80})"
)


_UNION: Final = re.compile(r"\b(?:EU|EUNAVFOR|European\sUnion|NATO|UN|United\sNations)\b")
_UNIONS: Final = {"eu": "eu", "eunavfor": "eu", "european": "eu", "nato": "nato", "un": "un", "united": "un"}
_PAPER: Final = re.compile(
    r"(?:[Tt]he\s|[Aa]n?\s|[Ii]ts\s|[Tt]heir\s)?(?:press\s)?(?:release|statement|communiqu[ée]|bulletin)"
)
_ASKED: Final = 20
"""To how many other sources of an event a source is held in search of the release that it speaks of."""
_UNNAMED: Final = re.compile(r"(?:the\s)?(?:authorities|officials|state|government)", re.IGNORECASE)
_FULL_NAME: Final = 3
"""Fewest words of a body's name of which other sources may use the end only."""
_JOINING: Final = frozenset({"of", "the", "for", "and", "de", "da", "do", "del", "des"})
_STEM: Final = 5
"""Letters by which words of two languages, or of one with other endings, are one."""
_FEWEST_STEMS: Final = 2
UNKNOWN: Final = "?"
"""The nation of a ministry or service whose text does not name it."""


def unified(keys: Collection[str]) -> dict[str, str]:
    """The keys of one claim; a body of an unknown nation is the only one of its kind that others name."""
    known = sorted({key for key in keys if key.startswith("state ") and key != f"state {UNKNOWN}"})
    bodies = sorted({key for key in keys if key.startswith("body ")})
    local = [key for key in bodies if key.endswith("government")]
    same = {f"state {UNKNOWN}": (known or local)[0]} if len(known or local) == 1 else {}
    for key in bodies:  # "the police" of the one are the only police that others name
        longer = [other for other in bodies if other.endswith(key.removeprefix("body")) and other != key]
        if len(longer) == 1:
            same[key] = longer[0]
    return _one_body(bodies) | same


def _one_body(bodies: Sequence[str]) -> dict[str, str]:
    """Bodies that are one by their names: in two languages ("polícia judiciária", "judicial police"), or initials."""
    same: dict[str, str] = {}
    by_stems: dict[frozenset[str], str] = {}
    by_initials: dict[str, set[str]] = {}
    for key in bodies:
        words = [word for word in _unaccented(key).split()[1:] if word not in _JOINING]
        if len(words) < _FEWEST_STEMS:
            continue
        first = by_stems.setdefault(frozenset(word[:_STEM] for word in words), key)
        if first != key:
            same[key] = first
        by_initials.setdefault("".join(word[0] for word in words), set()).add(first)
    for key in bodies:
        full = by_initials.get(key.removeprefix("body "), set())
        if len(full) == 1:
            same[key] = next(iter(full))
    return same


def _unaccented(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


class Origins:
    """Keys of origins: equal ones are one body, or one outlet's own voice."""

    def __init__(self, reports: Sequence[Report], models: dict[int, int], events: Events) -> None:
        self._models = models
        self._reports = reports
        self._events = events
        self._keys: dict[tuple[int, str | None], str] = {}
        self._full_names = self._bodies_with_nation()
        self._bodies = self._bodies_of_persons()

    def of(self, report: Report, asserter: str | None) -> str:
        """The key of the origin of what a source has from an asserter.

        Args:
            report: The source.
            asserter: Who asserts it in the text; None where the text speaks for itself.
        """
        known = report.number, asserter
        if known not in self._keys:
            self._keys[known] = self._own_voice(report) if asserter is None else self._body(report, asserter)
        return self._keys[known]

    def model_of(self, document: int) -> int | None:
        """The number of the source that a copy takes over; None for one that is no copy."""
        return self._models.get(document)

    def _own_voice(self, report: Report) -> str:
        model = self._reports[self._models.get(report.number, report.number)]
        return f"outlet {model.publisher.casefold()}" if model.publisher else f"document {model.number}"

    def _body(self, report: Report, asserter: str) -> str:
        asserters = report.asserters
        one = asserters.participant(asserter)
        if report.number in self._models and (model := self._in_model(report, asserter)):
            return model
        if one is not None and one.kind == "nation":
            return f"state {one.name}"
        if one is not None and one.kind == "person":
            return self._behind(report, one)
        if _PAPER.fullmatch(asserter) and (issuer := self._only_issuer(report)):
            return issuer
        if asserters.host and asserters.host != asserter and asserters.is_turn(asserter) and one is None:
            return self.of(report, asserters.host)
        if union := _UNION.search(asserter):
            return f"union {_UNIONS[union[0].casefold().split()[0]]}"
        if _STATE.search(asserter) and not _LOCAL.search(asserter):
            return f"state {_nation(report, asserter, one) or self._of_full_name(report, asserter) or UNKNOWN}"
        if _UNNAMED.fullmatch(asserter):
            return f"state {UNKNOWN}"
        if one is None and (named := asserters.named(asserter)):
            return self.of(report, named) if named != asserter else f"body {_key(asserter)}"
        return f"body {_key(asserter)}"

    def _in_model(self, report: Report, asserter: str) -> str | None:
        """The origin of a copy's asserter by the text that it takes over, which says more of who that is."""
        model = self._reports[self._models[report.number]]
        written = report.asserters.as_written(asserter) or asserter
        one = report.asserters.participant(asserter)
        forms = (written, *(one.aliases if one is not None else ()))
        named = next((name for form in forms if (name := model.asserters.exactly(str(form)))), None)
        return self.of(model, named) if named else None

    def _only_issuer(self, report: Report) -> str | None:
        """The one body of which there is a release on the event: "the release" that a source speaks of is that."""
        event = self._events.main(report.number)
        issued = (
            self.of(other, issuer)
            for number in self._events.all[event].main
            if number != report.number and (issuer := (other := self._reports[number]).asserters.issuer)
        )
        bodies = set(islice(issued, _ASKED))
        return bodies.pop() if len(bodies) == 1 else None

    def _bodies_with_nation(self) -> dict[tuple[int, tuple[str, ...]], set[str]]:
        """The nations of bodies by the ends of their names ("joint headquarters"), of the sources of each event."""
        found: dict[tuple[int, tuple[str, ...]], set[str]] = {}
        for report in self._reports:
            for one in report.extraction.participants:
                if one.kind not in {"organisation", "unit"} or not _STATE.search(one.name):
                    continue
                words = tuple(short_keys(one.name))
                nation = _stated_nation(report, one.name, one) if len(words) >= _FULL_NAME else None
                for size in range(2, len(words)) if nation else ():
                    found.setdefault((self._events.main(report.number), words[-size:]), set()).add(str(nation))
        return found

    def _of_full_name(self, report: Report, name: str) -> str | None:
        """The nation of a body that other sources on the event call by a longer name, if that is one nation's only."""
        words = tuple(word for word in short_keys(name) if word != "the")
        nations = self._full_names.get((self._events.main(report.number), words), set())
        return next(iter(nations)) if len(nations) == 1 else None

    def _bodies_of_persons(self) -> dict[str, str]:
        """The body of each person whom some source states one of; sources that only name the person mean the same."""
        found: dict[str, set[str]] = {}
        for report in self._reports:
            for one in report.extraction.participants:
                if one.kind == "person" and (key := self._stated_body(report, one)):
                    found.setdefault(_person(one.name), set()).add(key)
        return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}

    def _behind(self, report: Report, person: Participant) -> str:
        """The body that a person speaks for: as this source states it, else as another does; else the person."""
        name = _person(person.name)
        known = self._stated_body(report, person) or self._bodies.get(name)
        if known is None and report.asserters.host and report.asserters.is_turn(person.name):
            known = self.of(report, report.asserters.host)
        return known or f"person {name}"

    def _stated_body(self, report: Report, person: Participant) -> str | None:
        """The body that affiliation or role give."""
        if person.affiliation and person.affiliation != person.name:
            return self.of(report, str(person.affiliation))
        role = person.role or ""
        named = report.asserters.named(role) if _SPEAKS_FOR.search(role) else None
        if named and named != person.name:
            return self.of(report, named)
        if _SPEAKS_FOR.search(role) and _STATE.search(role) and not _LOCAL.search(role):
            return f"state {_nation(report, role, None) or UNKNOWN}"
        return self._led_body(report, person)

    def _led_body(self, report: Report, person: Participant) -> str | None:
        """The body that a clause after the name says the person leads: "Ann Lee, who heads the harbour police"."""
        for _, end in person.mentions:
            if match := _LEADS.match(report.text, end):
                led = match["body"]
                named = report.asserters.named(led)
                if named and named != person.name:
                    return self.of(report, named)
                if _STATE.search(led) and not _LOCAL.search(led):
                    return f"state {_nation(report, led, None) or UNKNOWN}"
        return None


def _person(name: str) -> str:
    """A person's key: surname, as some sources give no more, by its sound, as others spell it otherwise."""
    words = short_keys(name)
    return sound(words[-1]) if words else ""


def _nation(report: Report, name: str, one: Participant | None) -> str | None:
    """The nation of a ministry or service: by affiliation, by an adjective in its name, else the text's only one."""
    return _stated_nation(report, name, one) or report.home_nation


def _stated_nation(report: Report, name: str, one: Participant | None) -> str | None:
    """The nation of a body by an adjective before its name, by affiliation, or by an adjective within its name."""
    first = name.partition(" ")[0]
    if first != name and first[:1].isupper() and (nation := report.nation_in(first)):
        return nation
    seen: set[str] = set()
    while one is not None and one.affiliation and one.name not in seen:
        seen.add(one.name)
        above = report.asserters.participant(one.affiliation)
        if above is None:
            return str(one.affiliation)
        if above.kind == "nation":
            return str(above.name)
        one = above
    return report.nation_in(name)


def _key(name: str) -> str:
    """A body's name for comparison: without articles, and without who speaks for it."""
    words = [word for word in short_keys(name) if word not in {"the", "a", "an"}]
    kept = [word for word in words if not _SPOKESMAN.fullmatch(word)]
    return " ".join(kept or words)
