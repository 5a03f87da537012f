"""Numbers that count nothing: those of names, dates, measures and rates."""

import re
from typing import Final

from briefing.extract.counts.candidates import Bench
from briefing.extract.counts.numerals import Number

YEAR: Final = re.compile(r"(?:19|20)\d\d$")
TIMES: Final = frozenset({"x", "X", "×"})
"""Signs of multiplication: "J-16 x 4"."""


def _of_craft(bench: Bench, first: int) -> bool:
    """Whether it is part of the name of what is counted before it: "two Pacific 28 boats", "16 Aster 30 missiles"."""
    view = bench.view
    name = first > 1 and view.tags[first - 1] in ("NNP", "NNPS") and view.words[first - 1][0].isupper()
    return name and view.tags[first - 2] == "CD" and first + 1 < len(view)


def _of_type(bench: Bench, number: Number, first: int) -> bool:
    """Whether the number is part of a type's name: "Boeing 737-800 jet", "the legacy engine 1.0"."""
    core = bench.view.text[number.core_start : number.core_end]
    if _DECIMAL.fullmatch(core):
        return True
    mention = bench.mentions.mention_at(first - 1) if first else None
    entry = bench.mentions.info(mention) if mention is not None else None
    maker = mention is not None and mention.type == "ORG" and entry is not None and entry.kind == "company"
    return maker and _MODEL.fullmatch(core) is not None


def is_label(bench: Bench, number: Number) -> bool:
    """Whether the number is a name's, a date's or a measure's."""
    view = bench.view
    first = view.token_at(number.core_start)
    if number.digits and _ANOTHER.match(view.text, number.end):
        return True
    core = view.text[number.core_start : number.core_end]
    times = first > 0 and view.words[first - 1] in TIMES
    mention = bench.mentions.mention_at(first)
    inside = mention is not None and (mention.start < number.core_start or mention.type in ("DATE", "MONEY"))
    if mention is not None and inside and not times and _in_name(bench, number, mention.type, mention.end):
        return True
    if _TONNAGE.match(view.text, number.end):
        return True
    if _UNIT_NUMBER.match(view.text, number.core_start) or _is_day(view.text, number):
        return True
    if number.hedged or first == 0:
        return False
    before = view.words[first - 1]
    if number.one and before.lower() == "every":
        return True
    if number.digits and ((len(core) <= 2 and _of_craft(bench, first)) or _of_type(bench, number, first)):
        return True
    if before.lower().rstrip(".") in _LABELS and view.starts[first] - view.ends[first - 1] <= 1:
        name = before[0].isupper() and view.words[first][0].isupper()
        if name or (number.digits and not view.tags[first - 1].startswith("VB")):
            return True
    if not number.digits:
        return False
    return bool(YEAR.match(core)) and (before.lower() in _BEFORE_YEAR or view.ner[first] == "DATE")


def _is_day(text: str, number: Number) -> bool:
    """Whether it is a day and another number follows it: the 14 of "On May 14 120 soldiers left"."""
    start, end = number.core_start, number.core_end
    return (
        end - start <= 2
        and _MONTH_BEFORE.search(text, max(0, start - 11), start) is not None
        and _NUMBER_AFTER.match(text, end) is not None
    )


def _in_name(bench: Bench, number: Number, kind: str, end: int) -> bool:
    if kind in ("DATE", "MONEY"):
        return end > number.end and _MEASURED.match(bench.view.text, number.core_end) is not None
    return kind in ("ORG", "PERSON", "EVENT", "PLACE", "AIRCRAFT", "SHIP", "WEAPON", "VEHICLE") and (
        number.digits and end > number.core_end
    )


def is_rate(bench: Bench, token: int) -> bool:
    """Whether a period begins at ``token``: "12 ships a day", "per month"."""
    words = [w.lower() for w in bench.view.words[token : token + 2]]
    if not words or words[0] in ("daily", "monthly", "yearly", "annually", "weekly"):
        return bool(words)
    return len(words) == 2 and words[0] in ("a", "per", "each", "every") and words[1] in _PERIODS


def is_share(bench: Bench, number: Number) -> bool:
    """Whether it is a part of a share: "one in four residents", "eight of 10 voters", "one of every nine"."""
    return _SHARE.search(bench.view.text[max(0, number.start - 24) : number.core_end]) is not None


_TONNAGE: Final = re.compile(r"[\s-](?:dwt|grt|gt|teu|cgt)\b", re.IGNORECASE)
_MONTH_BEFORE: Final = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? $")
_NUMBER_AFTER: Final = re.compile(r",? \d{1,3}(?!\d|[.,:/-]\d|st\b|nd\b|rd\b|th\b)")
_ANOTHER: Final = re.compile(
    r"[ \t]+(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ \t]+"
    r"(?!mm\b|cm\b|x\b|kg\b|lb\b)[a-z]",
    re.IGNORECASE,
)
"""A number that has what is counted behind it: the one before it is of a line, a note or a place in a list."""
_UNIT_NUMBER: Final = re.compile(
    r"\d{1,3}-\d{1,3}(?:th|st|nd|rd)? (?:Air |Field |Armored |Mechanized )?"
    r"(?:Infantry|Inf\b|Cavalry|Cav\b|Armor(?:ed)?\b|Artillery|Aviation|Marines|Battalion|ADA\b|FA\b|Brigade|Regiment|SFG\b|Ranger|Airborne|Stryker|Engineer|Signal)"
)
"""Battalion and regiment, as in "2-3 Infantry"."""
_DECIMAL: Final = re.compile(r"\d{1,2}\.\d")
_MODEL: Final = re.compile(r"\d{3}(?:[-\u2010\u2011]\d{1,3})?")
_LABELS: Final = frozenset({
    "flight", "flights", "force", "squadron", "sqn", "wing", "group", "battalion", "regiment", "brigade", "division",
    "company", "corps", "army", "fleet", "unit", "ctf", "tf", "cjtf", "resolution", "resolutions", "section",
    "sections", "article", "articles", "chapter", "page", "pages", "p", "pp", "paragraph", "paras", "para", "block",
    "type", "mk", "mark", "model", "class", "no", "nos", "number", "numbers", "route", "highway", "interstate",
    "level", "phase", "stage", "area", "zone", "sector", "district", "ward", "room", "gate", "runway", "pier", "dock",
    "channel", "version", "tier", "category", "magnitude", "proposition", "title", "part", "volume", "vol", "figure",
    "fig", "table", "annex", "appendix", "item", "line", "link", "exercise", "operation", "lot", "batch", "serial",
    "buno", "bureau", "fl", "alt", "dsn", "tel", "phone", "ext", "fax", "zip", "box", "day", "week", "year", "age",
    "aged", "gen", "generation", "base", "camp", "post", "posts", "hangar", "hill", "point", "site", "building",
    "apollo", "soyuz", "gemini", "windows", "rev", "revision", "step", "question", "q", "grade", "rank", "ranked",
    "season", "episode", "round", "game", "match", "act", "amendment", "bill", "house", "senate", "assembly", "case",
    "charge", "file", "form", "schedule", "sheet", "docket", "station", "mission", "transporter", "world",
    "war", "covid", "sm", "sa", "ss", "su", "mig", "aim", "agm", "gbu", "kc",
})  # fmt: skip
_BEFORE_YEAR: Final = frozenset({
    "in", "since", "by", "during", "of", "from", "until", "till", "to", "before", "after", "for", "the", "fiscal",
    "fy", "year", "late", "early", "mid", "this", "and", ",", "(", "–", "-", "january", "february", "march", "april",
    "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "jan.", "feb.", "mar.", "apr.", "aug.", "sept.", "oct.",
    "nov.", "dec.", "around", "spring", "summer", "autumn", "fall", "winter",
})  # fmt: skip
_MEASURED: Final = re.compile(
    r"[\s-]*(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|"
    r"dec|a\.?m|p\.?m|o.clock|dollars?|dlrs|cents|euros?|pounds?|yen|rubles?|roubles?|st\b|nd\b|rd\b|th\b)",
    re.IGNORECASE,
)
_PERIODS: Final = frozenset({
    "day", "week", "month", "year", "hour", "minute", "night", "time", "sortie", "mission", "trip", "flight",
})  # fmt: skip
_SHARE: Final = re.compile(
    r"(?:[\w,]+\s(?:in|out\sof|of\severy|in\severy|of\seach)\s|\b(?:two|three|four|five|six|seven|eight|nine|\d+)\sof\s(?=(?:10|ten|100|5|five|3|three|4|four|20)$))[\w,]+$",
    re.IGNORECASE,
)
