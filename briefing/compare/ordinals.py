"""Claims of ordinals: "the third flight of 2025", "the sixth attack on this axis"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.compare.claims import Claim, Item
from briefing.compare.nouns import kinship, path_of, singular
from briefing.compare.wording import keys
from briefing.model.words import MONTH_NUMBERS, ORDINALS

if TYPE_CHECKING:
    from briefing.compare.events import Events
    from briefing.compare.origins import Origins
    from briefing.compare.reports import Report

_MOST: Final = 15
_WORDS: Final = {word: number for number, word in enumerate(ORDINALS[:_MOST], start=1)}
_ORDINAL: Final = rf"(?:{'|'.join(_WORDS)}|\d{{1,3}}(?:st|nd|rd|th))"
_PATTERN: Final = re.compile(
    rf"(?P<least>\bat\sleast\s(?:the|its|a|his|her|their)\s)?\b(?P<ord>{_ORDINAL})"
    rf"(?:\s(?:and|or)\s(?:the\s|maybe\sthe\s)?(?P<ord2>{_ORDINAL}))?"
    r"(?:(?P<rest>(?:\s[a-z][\w-]*){0,3}?)\s(?P<noun>[a-z][a-z-]{2,})"
    r"(?=[.,;:!?”\"]|\s(?:of|in|on|at|to|by|for|from|since|between|with|that|which|and|or|this|near|during|over|against|upon|"
    r"is|was|has|had|have|ever|there|here|within|under|after|before|involving|including|around|as|were|will|would|lost|shot|taken|sunk|seen|hit|built|flown|we|they|he|she|it|[a-z]{3,}ed)\b|(?-i:\s[A-Z(\d])|\s?$)"
    r"|(?=[.,;!?]|\s(?:in|since|this|of\sthe|within)\s))",
    re.IGNORECASE,
)
# What an ordinal belongs to without ranking an event: units, days, floors, and set phrases.
_NO_RANK: Final = frozenset(
    {
        "wing", "squadron", "fleet", "division", "brigade", "battalion", "regiment", "army", "corps", "group", "floor",
        "century", "anniversary", "day", "week", "month", "year", "district", "quarter", "lieutenant", "sergeant",
        "class", "half", "aid", "hand", "world", "name", "base", "lady", "minister", "secretary", "officer", "report",
        "reports", "glance", "place", "person", "republic", "parallel", "street", "avenue", "of", "to", "and", "in",
        "on", "at", "by", "from", "were", "was", "is", "are", "that", "infantry", "armoured", "artillery", "generation",
        "degree", "step", "stage", "hour", "hours", "minutes", "minute", "responder", "responders", "line", "rank",
        "tranche", "batch", "round", "phase", "part", "time-zone", "chief", "quarter-hour",
    }
)  # fmt: skip
_RANKED: Final = frozenset(
    {
        "time", "attack", "assault", "ambush", "strike", "raid", "accident", "incident", "disaster", "explosion",
        "blast", "exercise", "drill", "flight", "patrol", "mission", "sortie", "launch", "test", "transit", "encounter",
        "engagement", "deployment", "visit", "collision", "interception", "operation", "event", "occasion", "violation",
        "incursion", "seizure", "shooting", "crash", "one", "such", "edition", "march", "protest", "demonstration",
        "rally", "summit", "meeting", "warning",
    }
)  # fmt: skip
"""Nouns by which the event itself is ranked, so that two of them in one event are of one series."""
_GENERAL: Final = frozenset(
    {"time", "edition", "such", "one", "occasion", "occurrence", "event", "case", "instance", "incident"}
)
_STEM: Final = 5


_PERIODS: Final = frozenset({"year", "month", "week", "season", "decade", "campaign", "war"})
_PLANNED: Final = re.compile(
    r"\b(?:meant|planned|due|expected|scheduled|set|intended|hoped|will|would|may|might|should)\b"
)
_SHARE: Final = re.compile(r"\sof\b")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_UNTOLD: Final = frozenset(
    {"it", "kind", "sort", "type", "this", "these", "those", "such", "a", "an", "two", "current"}
)
"""Words after a rank that do not tell since when it is counted."""
_TIES: Final = frozenset({"for", "with", "than", "from", "since", "after", "before", "under", "near", "when"})
_OPENING: Final = frozenset("“\"‘'«")


class Rank(NamedTuple):
    """An ordinal in a source: bounds (``high`` null for "at least"), the noun, content words of its sentence."""

    document: int
    start: int
    end: int
    low: int
    high: int | None
    noun: str
    stems: frozenset[str]
    event: int
    scope: str
    """Since when, or of what, it is counted; empty where the text does not tell."""
    asserter: str | None


def ordinal_claims(reports: Sequence[Report], events: Events, origins: Origins) -> list[Claim]:
    """Make claims of the ordinals that several sources state of one event.

    Args:
        reports: The sources, in order of their numbers.
        events: The events.
        origins: Keys of who claims go back to.
    """
    of_event: dict[int, list[Rank]] = defaultdict(list)
    for report in reports:
        for rank in _ranks(report, events):
            of_event[rank.event].append(rank)
    claims = []
    for event in sorted(of_event):
        for group in _groups(of_event[event]):
            if len({rank.document for rank in group}) > 1:
                items = [_item(rank, reports[rank.document], origins) for rank in group]
                noun = max((rank.noun for rank in group), key=lambda n: (n not in _GENERAL, len(n)))
                claims.append(Claim("ordinal", f"which {noun}", items, event))
    return claims


def _ranks(report: Report, events: Events) -> Iterator[Rank]:
    text = report.text
    quoted = [(q.start, q.end) for q in report.extraction.quotes if text[max(0, q.start - 1) : q.start] in _OPENING]
    editions = sorted(m.start for m in report.extraction.mentions if m.type == "EVENT")
    for match in _PATTERN.finditer(text):
        noun, rest = _ranked_noun(match)
        if _of_edition(match, editions):
            noun, rest = "edition", []
        start, end = report.sentence(report.sentence_at(match.start()))
        inside = any(first <= match.start() < last for first, last in quoted)
        if inside or not _is_rank(match, noun, rest) or not _is_stated(match, text[start:end], end):
            continue
        if rest[-1:] == ["such"]:
            noun = "such"  # "the eighth such evening" ranks what was told, whatever it is called
        if noun == "such" and (following := re.match(r"\s([a-z]{3,})", text[match.end() :])):
            noun = following[1]
        at = match.end("ord2") if match["ord2"] else match.end("ord")
        low = _number(match["ord"])
        high: int | None = _number(match["ord2"]) if match["ord2"] else low
        if match["least"]:
            high = None
        stems = frozenset(w[:_STEM] for w in keys(text[start:end]) if len(w) > 3 and w.isalpha() and w not in _WORDS)
        yield Rank(
            report.number, match.start("ord"), match.end(), low, high, singular(noun) or "time",
            stems, events.ranked_at(report.number, match.start()), _scope(text, match.end("noun") if noun else at),
            report.asserters.at(match.start("ord"), match.end()),
        )  # fmt: skip


def _of_edition(match: re.Match[str], events: Sequence[int]) -> bool:
    """Whether an ordinal stands before the name of an event that comes again: "the 32nd Cope North"."""
    at = match.end("ord")
    if not _CAPITAL.match(match.string, at):
        return False
    following = bisect_left(events, match.start("ord"))
    return following < len(events) and events[following] <= at + _TITLE


_CAPITAL: Final = re.compile(r"\s[A-Z]")
_TITLE: Final = len(" Exercise ")
"""Characters between an ordinal and the name, of which "Exercise" may be no part."""


def _ranked_noun(match: re.Match[str]) -> tuple[str, list[str]]:
    """The noun that an ordinal ranks, and the words between them; empty where it stands alone."""
    noun, rest = (match["noun"] or "").casefold(), (match["rest"] or "").split()
    period = noun in _PERIODS and rest[:1] and rest[0].casefold() in {"of", "this", "in"}  # "the third of the year"
    kind = noun in {"kind", "sort", "type"} and rest[:1] == ["of"]  # "the second of its kind"
    return ("", []) if period or kind or noun in _TIES else (noun, rest)  # "the second for which there is a picture"


def _is_rank(match: re.Match[str], noun: str, rest: Sequence[str]) -> bool:
    """Whether an ordinal ranks an event: no day, no share, no unit, nothing that has its number as a name."""
    text = match.string
    before = text[max(0, match.start() - 12) : match.start()]
    if {noun, *rest[:1]} & _NO_RANK or (noun and not rest and noun in _NO_RANK) or re.search(r"\b[Aa]t\s$", before):
        return False
    if noun != "edition" and _CAPITAL.match(text, match.end("ord")):
        return False  # a unit: the 31st Fighter Wing
    if noun:
        return True
    if re.search(r"\bon\sthe\s$", before, re.IGNORECASE):
        return False  # a day: "on the 5th"
    if re.search(r"\b(?:an?|one)\s$", before, re.IGNORECASE) and _SHARE.match(text, match.end("ord")):
        return False  # a share: "a fifth of the tonnage"
    if not re.search(r"(?:[’']s?|theirs|ours|its)\s$|\b(?:the|a)\s$", before):
        return False
    return _number(match["ord"]) > 1 or re.match(r"[.,;!?]", text[match.end() :]) is not None  # "the first in line"


def _is_stated(match: re.Match[str], sentence: str, end: int) -> bool:
    """Whether the sentence, which ends at ``end``, states the rank of what has been: no question, no plan."""
    if sentence.rstrip().endswith("?"):
        return False
    if _DENIED.search(match.string, max(0, match.start() - 12), match.start()):
        return False
    indefinite = re.search(r"\b[Aa]\s$", match.string[: match.start()][-3:])
    return not (indefinite and _PLANNED.search(match.string, match.end(), end))  # "a third one is meant to follow"


_DENIED: Final = re.compile(r"\bnot\s(?:the\s|a\s)?$", re.IGNORECASE)


def _scope(text: str, at: int) -> str:
    match = _SCOPE.match(text, at)
    word = match[1].casefold() if match else ""
    if word in _UNTOLD:
        return ""
    if word == "new" or (word == "january" and _SINCE.search(text, at, match.end() if match else at)):
        return "year"  # "since New Year", "since January"
    return "year" if _YEAR.fullmatch(word) else "month" if word in MONTH_NUMBERS else word


_SINCE: Final = re.compile(r"\bsince\s")
_SCOPE: Final = re.compile(r"(?:\s\w+){0,3}?\s(?:of|in|since|this|for)\s(?!its|his|her|their|our)(?:the\s)?(\w+)")


def _number(word: str) -> int:
    return _WORDS.get(word.casefold()) or int(re.sub(r"\D", "", word))


def _groups(ranks: Sequence[Rank]) -> list[list[Rank]]:
    """Ranks of the same thing: equal ones first, then those that contradict each other."""
    groups: list[list[Rank]] = []
    for rank in ranks:
        home = next((g for g in groups if any(_same(rank, other, equal=True) for other in g)), None)
        if home is None:
            groups.append([rank])
        else:
            home.append(rank)
    merged: list[list[Rank]] = []
    for group in groups:
        apart = (
            g for g in merged
            if not _of_one_mouth(g, group) and any(_same(a, b, equal=False) for a in g for b in group)
        )  # fmt: skip
        home = next(apart, None)
        if home is None:
            merged.append(group)
        else:
            home += group
    return merged


def _of_one_mouth(one: Sequence[Rank], two: Sequence[Rank]) -> bool:
    """Whether somebody states a rank of each in one source: then these are ranks in two series."""
    return not {(r.document, r.asserter) for r in one}.isdisjoint({(r.document, r.asserter) for r in two})


def _same(a: Rank, b: Rank, *, equal: bool) -> bool:
    """Whether two ranks are of one series."""
    if ((a.low, a.high) == (b.low, b.high)) != equal:
        return False
    noun = 1.0 if a.noun == b.noun else kinship(path_of(a.noun), path_of(b.noun)) if a.noun and b.noun else 0.3
    ranked = _is_ranked(a.noun) and _is_ranked(b.noun)
    shared = len(a.stems & b.stems)
    if equal:
        return noun >= _GENERAL_NOUN or shared >= 2 or (ranked and (a.low > 1 or shared >= 1))
    if (a.scope and b.scope and a.scope != b.scope) or abs(a.low - b.low) > _MISCOUNTED:
        return False
    if {a.noun, b.noun} <= _GENERAL and min(a.low, b.low) >= _OFTEN:
        return True  # editions of what comes again
    if a.scope == b.scope == "year" and not {a.noun, b.noun}.isdisjoint(_GENERAL) and abs(a.low - b.low) == 1:
        return True
    vague = a.noun != b.noun and (a.noun in _GENERAL or b.noun in _GENERAL)
    return (ranked and (noun >= _GENERAL_NOUN or shared >= (_ALIKE if vague else 1))) or (
        noun >= _GENERAL_NOUN and a.noun not in _GENERAL
    )


_GENERAL_NOUN: Final = 0.6
_OFTEN: Final = 10
_MISCOUNTED: Final = 3
"""How far two ranks of one series may lie apart: the second launch of a day is no other count of the year's twelfth."""
_ALIKE: Final = 2
"""Telling words that two sentences share in which one rank has no noun of its own."""


def _is_ranked(noun: str) -> bool:
    """Whether a noun can stand for the event itself: no thing or person that is counted."""
    path = path_of(noun)
    return noun in _RANKED or not path or path[0] == "?"


def _item(rank: Rank, report: Report, origins: Origins) -> Item:
    asserter = rank.asserter
    value = (
        str(rank.low) if rank.high == rank.low else f"{rank.low}+" if rank.high is None else f"{rank.low}-{rank.high}"
    )
    return Item(
        rank.document, rank.start, rank.end, value, rank.low, rank.high,
        asserted_by=report.asserters.as_written(asserter), origin_key=origins.of(report, asserter),
    )  # fmt: skip
