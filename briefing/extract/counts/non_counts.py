"""Reject numbers that count nothing: those of names, dates, measures and rates."""

import re
from functools import lru_cache
from typing import Final

from briefing.extract.counts.candidates import Bench
from briefing.extract.counts.numerals import Number
from briefing.extract.lexicon.word_lists import Calendar, WordLists, any_of, one_of
from briefing.model.facts import Mention

YEAR: Final = re.compile(r"(?:19|20)\d\d$")
_OTHERS: Final = frozenset({"DATE", "NATION", "PLACE", "PERSON"})
TIMES: Final = frozenset({"x", "X", "×"})
"""Signs of multiplication: "J-16 x 4"."""


def _of_craft(bench: Bench, first: int) -> bool:
    """Whether it is part of the name of what is counted before it: "two Pacific 28 boats", "4 Super Krab 3 guns"."""
    view = bench.view
    start = first - 1
    while start > max(0, first - 5) and view.words[start][:1].isupper() and not _names_another(bench, start):
        start -= 1
    place = start == first - 1 > 0 and view.tags[start] in ("NNP", "NNPS") and not _is_month(bench, start)
    start -= place and view.words[start][0].isupper()
    numbered = view.tags[start] == "CD" or view.words[start][:1].isdigit()
    numbered = numbered and view.words[start][-1] != "/"  # the head of a post: "3/ Counting 12 tugs"
    return 0 <= start < first - 1 and numbered and first + 1 < len(view)


def _is_month(bench: Bench, token: int) -> bool:
    return bench.view.words[token] in bench.mentions.lexicon.lists.calendar.month_names


def _names_another(bench: Bench, token: int) -> bool:
    """Whether a word in capitals is a day, a place or somebody: "On 12 July 3 tanks"."""
    mention = bench.mentions.mention_at(token)
    return _is_month(bench, token) or (mention is not None and mention.type in _OTHERS)


def _of_type(bench: Bench, number: Number, first: int) -> bool:
    """Whether the number is part of a type's name: "Boeing 737-800 jet", "737 MAX jets", "engine 1.0"."""
    core = bench.view.text[number.core_start : number.core_end]
    if _DECIMAL.fullmatch(core):
        return True
    mention = bench.mentions.mention_at(first - 1) if first else None
    entry = bench.mentions.info(mention) if mention is not None else None
    own = bench.mentions.mention_at(first)
    if own is not None and own.type == "AIRCRAFT" and own.end > number.core_end and _MODEL.fullmatch(core) is not None:
        return True
    maker = mention is not None and mention.type == "ORG" and entry is not None and entry.kind == "company"
    return maker and _MODEL.fullmatch(core) is not None


def is_label(bench: Bench, number: Number) -> bool:
    """Whether a number is part of a name, a date or a measure.

    Args:
        bench: Context of the document.
        number: The number.
    """
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
    if mention is not None and _ends_type(bench, number, mention):
        return True
    if one_of(bench.lists.tonnage, r"[\s-]", r"\b", re.IGNORECASE).match(view.text, number.end):
        return True
    if _unit_number(bench.lists.numbered_arms, bench.lists.before_arms).match(view.text, number.core_start) or _is_day(
        view.text, number, bench.mentions.lexicon.lists.calendar
    ):
        return True
    if number.hedged or first == 0:
        return False
    before = view.words[first - 1]
    if number.one and before.lower() == "every":
        return True
    if number.digits and ((len(core) <= 2 and _of_craft(bench, first)) or _of_type(bench, number, first)):
        return True
    if before.lower().rstrip(".") in bench.lists.labels and view.starts[first] - view.ends[first - 1] <= 1:
        name = before[0].isupper() and view.words[first][0].isupper()
        gapped = before == "army" and first > 1 and view.words[first - 2] == "the"  # "and the army 40 boats"
        if name or (number.digits and not gapped and not view.tags[first - 1].startswith("VB")):
            return True
    if not number.digits:
        return False
    return bool(YEAR.match(core)) and (_before_year(before.lower(), bench) or view.ner[first] == "DATE")


def _is_day(text: str, number: Number, calendar: Calendar) -> bool:
    """Whether it is a day: "14 October Port Police said", or the 14 of "On May 14 120 soldiers left"."""
    start, end = number.core_start, number.core_end
    if number.digits and end - start <= 2 and _month_behind(calendar).match(text, end):
        return True
    return (
        end - start <= 2
        and _month_before(calendar).search(text, max(0, start - 11), start) is not None
        and _NUMBER_AFTER.match(text, end) is not None
    )


def _in_name(bench: Bench, number: Number, kind: str, end: int) -> bool:
    if kind in ("DATE", "MONEY"):
        return (
            end > number.end
            and _measured(bench.mentions.lexicon.lists).match(bench.view.text, number.core_end) is not None
        )
    return kind in ("ORG", "PERSON", "EVENT", "PLACE", "AIRCRAFT", "SHIP", "WEAPON", "VEHICLE") and (
        number.digits and end > number.core_end
    )


def _ends_type(bench: Bench, number: Number, mention: Mention) -> bool:
    """Whether it is the end of a known type's name: the 2 of "Leopard 2 tanks"."""
    if not number.digits or mention.end != number.core_end or mention.start >= number.core_start:
        return False
    return bench.mentions.lexicon.entry(bench.view.text[mention.start : mention.end]) is not None


def is_rate(bench: Bench, token: int) -> bool:
    """Whether a rate begins at a token: "12 ships a day", "per month".

    Args:
        bench: Context of the document.
        token: The token after the count.
    """
    words = [w.lower() for w in bench.view.words[token : token + 2]]
    if not words or words[0] in bench.mentions.lexicon.lists.calendar.frequencies:
        return bool(words)
    return len(words) == 2 and words[0] in ("a", "per", "each", "every") and words[1] in bench.lists.rate_units


def is_share(bench: Bench, number: Number) -> bool:
    """Whether a number is part of a share: "one in four residents", "eight of 10 voters", "one of every nine".

    Args:
        bench: Context of the document.
        number: The number.
    """
    return _SHARE.search(bench.view.text[max(0, number.start - 24) : number.core_end]) is not None


_NUMBER_AFTER: Final = re.compile(r",? \d{1,3}(?!\d|[.,:/-]\d|st\b|nd\b|rd\b|th\b)")
_ANOTHER: Final = re.compile(
    r"[ \t]+(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ \t]+"
    r"(?!mm\b|cm\b|x\b|kg\b|lb\b)[a-z]",
    re.IGNORECASE,
)
"""A number that has what is counted behind it: the one before it is of a line, a note or a place in a list."""
_DECIMAL: Final = re.compile(r"\d{1,2}\.\d")
_MODEL: Final = re.compile(r"\d{3}(?:[-\u2010\u2011]\d{1,3})?")
_SHARE: Final = re.compile(
    r"(?:[\w,]+\s(?:in|out\sof|of\severy|in\severy|of\seach)\s|\b(?:two|three|four|five|six|seven|eight|nine|\d+)\sof\s(?=(?:10|ten|100|5|five|3|three|4|four|20)$))[\w,]+$",
    re.IGNORECASE,
)
_BEFORE_YEAR: Final = frozenset({
    "in", "since", "by", "during", "of", "from", "until", "till", "to", "before", "after", "for", "the", "fiscal",
    "fy", "year", "late", "early", "mid", "this", "and", ",", "(", "–", "-", "around",
})  # fmt: skip


def _before_year(word: str, bench: Bench) -> bool:
    """Whether a number behind this word may be a year: "in 2024", "March 2024", "summer 2024"."""
    calendar = bench.mentions.lexicon.lists.calendar
    return word in _BEFORE_YEAR or word.title() in calendar.month_names or word in calendar.seasons


@lru_cache(maxsize=4)
def _month_before(calendar: Calendar) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(calendar.months | calendar.short_months)})\.? $")


@lru_cache(maxsize=4)
def _month_behind(calendar: Calendar) -> re.Pattern[str]:
    return re.compile(rf" (?:{any_of(calendar.months)})\b(?!-)")


@lru_cache(maxsize=4)
def _unit_number(arms: frozenset[str], before: frozenset[str]) -> re.Pattern[str]:
    """Battalion and regiment, as in "2-3 Infantry"."""
    return re.compile(rf"\d{{1,3}}-\d{{1,3}}(?:th|st|nd|rd)? (?:(?:{any_of(before)}) )?(?:{any_of(arms)})(?!\w)")


@lru_cache(maxsize=4)
def _measured(lists: WordLists) -> re.Pattern[str]:
    """Behind the numbers of dates, times and money."""
    units = any_of(lists.counts.units_of_time_and_money | {m.lower() for m in lists.calendar.short_months})
    return re.compile(rf"[\s-]*(?:{units}|centur|a\.?m|p\.?m|o.clock|st\b|nd\b|rd\b|th\b)", re.IGNORECASE)
