"""Canonical names of national bodies: "Britain's defence ministry", "the Kenyan general staff".

Lower-case names are no names to the base model, and "the Defence Ministry" is everybody's. Each gets a canonical name:
the lexicon's if it has the body of that nation, else the nation's adjective with the body's own name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from briefing.extract.lexicon.build import load_lexicon
from briefing.extract.lexicon.files import read_all
from briefing.extract.lexicon.lexicon import Lexicon
from briefing.extract.lexicon.word_lists import any_of
from briefing.extract.nlp.char_spans import Spans
from briefing.model.facts import Mention
from briefing.model.safetext import SafeText

_OFTEN: Final = 2
"""Mentions that make a nation the text's main one."""


@dataclass(frozen=True, slots=True)
class BodyWords:
    """Names and words for bodies, from ``bodies.toml``."""

    body: frozenset[str]
    """Words that show an unknown name to be a body."""
    unit: frozenset[str]
    """Last words of units' names."""
    generic: frozenset[str]
    """Words that alone mean the one body called so."""
    channels: frozenset[str]
    """Social media and pacts, which take no part unless they act."""
    offices: dict[str, str]
    staffs: dict[str, str]
    after: re.Pattern[str]
    """A national body's own words, after the nation."""
    officer: re.Pattern[str]
    """What says behind a body that one of its people is meant."""
    bare: re.Pattern[str]
    """A ministry without its nation."""
    roles: re.Pattern[str]
    """What institutions are called that a text names by their role: "military", "general staff"."""
    national: frozenset[str]
    """Roles that only nations have."""
    without_ministries: frozenset[str]
    """Nations that call theirs departments."""
    shared: frozenset[str]
    """Roles that belong to several nations at once: "coalition"."""
    ministries: dict[str, list[str]]
    """Names of the lexicon's ministries by nation."""


@lru_cache(maxsize=4)
def load_bodies(lexicons: Path | None = None) -> BodyWords:
    """The shipped words with those of the user's ``bodies.toml`` added. Raises ``LexiconError``."""
    table: dict[str, Any] = read_all(lexicons)["bodies"]
    offices, staffs = table["offices"], table["staffs"]
    office, staff = _choice(offices), _choice(staffs)
    ministry = (
        rf"(?:(?P<office>{office})\s(?P<kind>ministry|department)"
        rf"|(?P<kind2>ministry|department)\s(?:of|for)\s(?:the\s)?(?P<office2>{office}))"
    )
    ministries: dict[str, list[str]] = {}
    for entry in load_lexicon(lexicons).entries.values():
        if entry.kind == "ministry" and entry.nation:
            ministries.setdefault(entry.nation, []).append(entry.name)
    return BodyWords(
        body=frozenset(table["words"]["body"]),
        unit=frozenset(table["words"]["unit"]),
        generic=frozenset(table["words"]["generic"]),
        channels=frozenset(table["words"].get("channels", ())),
        offices=offices,
        staffs=staffs,
        after=re.compile(rf"(?:['’]s?)?\s(?:federal\s)?(?:{ministry}|(?P<staff>{staff}))\b", re.IGNORECASE),
        officer=re.compile(rf"\s(?:{any_of(table['words']['people_behind'])})", re.IGNORECASE),
        bare=re.compile(rf"(?:the\s)?{ministry}$", re.IGNORECASE),
        roles=re.compile(
            rf"(?<![\w-])(?:{_choice(r for kind in table['roles'].values() for r in kind)}|[a-z]+ ministry)(?![\w-])"
        ),
        national=frozenset(table["roles"]["national"]),
        without_ministries=frozenset(table["words"].get("without_ministries", ())),
        shared=frozenset(table["roles"]["shared"]),
        ministries=ministries,
    )


def _choice(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def national_bodies(text: str, mentions: Sequence[Mention], lexicons: Path | None) -> tuple[Mention, ...]:
    """The mentions with those of national bodies joined into one each and named; in order of place.

    A ministry named without its nation gets the nation whose ministry of that kind the text names, if it is one only.

    Args:
        text: The text.
        mentions: Its mentions.
        lexicons: Folder of the user's own lexicon files; None for none.
    """
    lexicon, words = load_lexicon(lexicons), load_bodies(lexicons)
    found: list[Mention] = []
    by_office: dict[tuple[str, str], set[str]] = {}
    for mention in mentions:
        if body := _body(text, mention, lexicon, words):
            nation, match = body
            name = _name(nation, match, lexicon, words)
            by_office.setdefault(_office(match, words), set()).add(name)
            found.append(_mention(text, mention.start, match.end(), name))
    joined = Spans((mention.start, mention.end) for mention in found)
    rest = [m for m in mentions if joined.free(m.start, m.end)] if found else list(mentions)
    home = _Home(text, rest, lexicon, words, by_office)
    anew = {m: home.of_nation(m) for m in rest if m.type == "ORG" and words.bare.match(m.text)}
    meant = {str(written).removeprefix("the "): new.name for m, new in anew.items() for written in (m.name, m.text)}
    # Its abbreviation, too: "the Ministry of National Defence (MND)".
    rest = [
        anew.get(m) or (m.model_copy(update={"name": meant[m.name]}) if m.type == "ORG" and m.name in meant else m)
        for m in rest
    ]
    return tuple(sorted([*found, *rest], key=lambda m: (m.start, -m.end)))


class _Home:
    """Which nation's a ministry is that the text names without its nation."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        lexicon: Lexicon,
        words: BodyWords,
        by_office: dict[tuple[str, str], set[str]],
    ) -> None:
        self._text, self._mentions = text, mentions
        self._lexicon, self._words, self._by_office = lexicon, words, by_office

    def of_nation(self, mention: Mention) -> Mention:
        """The mention under its one possible name: as named elsewhere with the nation, or of the text's main nation.

        The lexicon's own nation for a bare name ("Ministry of Defence": United Kingdom) stands where the text names
        that nation or a body of it.
        """
        match = self._words.bare.match(mention.text)
        assert match is not None
        names = self._by_office.get(_office(match, self._words), set())
        if len(names) == 1:
            return mention.model_copy(update={"name": SafeText(next(iter(names)))})
        if seat := self._seat(mention):
            return mention.model_copy(update={"name": SafeText(_name(seat, match, self._lexicon, self._words))})
        entry = self._lexicon.entries.get(mention.name)
        nations = Counter(nation for m in self._mentions if m is not mention and (nation := self._nation_of(m)))
        if not nations or (entry and entry.nation in nations):
            return mention
        nation, often = nations.most_common(1)[0]
        if often < _OFTEN or (not entry and len(nations) > 1 and often < 2 * nations.most_common(2)[1][1]):
            return mention
        return mention.model_copy(update={"name": SafeText(_name(nation, match, self._lexicon, self._words))})

    def _seat(self, mention: Mention) -> str:
        """The nation of the city that stands beside a ministry: "Ministry of Defence, Port Alder, 3 May"."""
        for place in self._mentions:
            entry = self._lexicon.entries.get(place.name) if place.type == "PLACE" else None
            if entry and entry.nation:
                first, second = sorted((mention, place), key=lambda one: one.start)
                if re.fullmatch(r"(?:,| –| -| \||:)\s?", self._text[first.end : second.start]):
                    return entry.nation
        return ""

    def _nation_of(self, mention: Mention) -> str:
        entry = self._lexicon.entries.get(mention.name)
        if entry is None or self._words.bare.match(mention.text):
            return ""
        return entry.nation if mention.type in ("NATION", "ORG") else ""


def _body(text: str, mention: Mention, lexicon: Lexicon, words: BodyWords) -> tuple[str, re.Match[str]] | None:
    """The nation, and the match that ends the body's name, if the mention is or begins one."""
    if mention.type == "NATION":
        match = words.after.match(text, mention.end)
        nation = lexicon.nation(mention.name)
        officer = match and match["staff"] and words.officer.match(text, match.end())
        return (nation, match) if match and nation and not officer else None
    if mention.type == "ORG" and mention.name not in lexicon.entries:
        match = words.after.search(text, mention.start, mention.end)
        if match and match.end() == mention.end:
            nation = lexicon.nation(text[mention.start : match.start()].removeprefix("the ").removeprefix("The "))
            return (nation, match) if nation else None
    return None


def _office(match: re.Match[str], words: BodyWords) -> tuple[str, str]:
    """What a ministry or department is for; the words of a staff."""
    groups = match.groupdict()
    if staff := groups.get("staff"):
        return "staff", staff.lower()
    kind = (groups["kind"] or groups["kind2"]).lower()
    return kind, words.offices[(groups["office"] or groups["office2"]).lower()]


def _name(nation: str, match: re.Match[str], lexicon: Lexicon, words: BodyWords) -> str:
    """The body's canonical name: the lexicon's where it knows the body, else adjective and body."""
    kind, office = _office(match, words)
    adjective = lexicon.demonyms.get(nation, nation)
    if kind == "staff":
        written = f"{adjective} {words.staffs[office]}"
        known = (term.entry for term in lexicon.terms.get(adjective.split(" ", 1)[0], ()) if term.surface == written)
        return next((str(entry.name) for entry in known if entry.type == "ORG"), written)  # one body has one name
    key = office.removeprefix("the ").lower()
    for name in words.ministries.get(nation, ()):
        own = name.lower().replace("defense", "defence")
        if key in own or (key.startswith("foreign") and "department of state" in own):
            return name
    return f"{adjective} {kind.title()} of {office}"


def _mention(text: str, start: int, end: int, name: str) -> Mention:
    written = SafeText(text[start:end])
    return Mention(start=start, end=end, text=written, type="ORG", name=SafeText(name), confidence="high")
