"""Find dates, times, amounts of money and quantities by their form, beyond what the base model finds."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from briefing.extract.entities.candidates import KNOWN, STRONG, Found, Text, words
from briefing.extract.lexicon.word_lists import Calendar, NameWords, WordLists, any_of
from briefing.model.facts import EntityType

_DAY: Final = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
_DAYS: Final = rf"{_DAY}(?:\s?(?:-|–|—|to|and|through|until)\s?{_DAY})?"
_YEAR: Final = r"(?:1[5-9]|20)\d\d"
_CLOCK: Final = re.compile(
    r"(?<![\w:.-])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:\s?(?:a\.m\.|p\.m\.|am|pm|AM|PM|hrs|hours))?(?:\s(?:UTC|"
    r"GMT|EST|EDT|CET|CEST|BST|JST|KST|MSK|ET|Z|local time))?(?![\w:])"
    r"|(?<![\w.-])(?:[01]?\d)(?:\.[0-5]\d)?\s?(?:a\.m\.|p\.m\.|AM\b|PM\b|am\b|pm\b)"
    r"|(?<![\w.-])(?:[01]\d|2[0-4])[0-5]\d(?:\s?(?:UTC|GMT|Z|hrs|hours|local time|local)\b)"
)
_CURRENCY: Final = r"(?:US\$|U\.S\.\$|A\$|AU\$|C\$|CA\$|NZ\$|HK\$|S\$|NT\$|R\$|Rs\.?|[$€£¥₩₹₽₴₪])"
_SCALE: Final = r"(?:\s?(?:million|billion|trillion|thousand|hundred|mn|bn|tn|m|b|k|crore|lakh)\b)"
_AMOUNT: Final = r"\d+(?:[,.]\d+)*"


_OTHER_DATE: Final = re.compile(
    rf"(?<![\w-])(?:{_YEAR}-[01]\d-[0-3]\d|\d{{1,4}}\s?(?:B\.C\.|A\.D\.|BCE|BC|AD|"
    rf"CE))(?!\w)"
)
_SIGNS: Final = "$€£¥₩₹₽₴₪"
_CLOCK_HINT: Final = re.compile(r"\d:\d\d|\d ?[ap]\.?m\b|\d ?[AP]M|\d{4} ?(?:UTC|GMT|Z|h|l)")


class _Patterns(NamedTuple):
    date: re.Pattern[str]
    month_hint: re.Pattern[str]
    relative: re.Pattern[str]
    relative_words: frozenset[str]
    """Tokens without which there is no relative date."""
    money: re.Pattern[str]
    money_hint: re.Pattern[str]
    money_words: frozenset[str]
    measure: re.Pattern[str]


@lru_cache(maxsize=4)
def _patterns(lists: WordLists) -> _Patterns:
    calendar, names = lists.calendar, lists.names
    month = rf"(?:{any_of(calendar.months)}|(?:{any_of(calendar.short_months)})\b\.?)"
    weekday = rf"(?:{any_of(calendar.weekdays)}|(?:{any_of(calendar.short_weekdays)})\.)"
    pounds = frozenset({"pound", "pounds"})
    signs = "|".join(rf"\b{re.escape(word)}\b" for word in names.currencies | names.currency_codes | pounds)
    return _Patterns(
        date=_date(month, weekday),
        month_hint=re.compile(any_of({name[:3] for name in calendar.months})),
        relative=_relative(month, weekday, any_of(calendar.seasons)),
        relative_words=_relative_words(calendar),
        money=_money(names),
        money_hint=re.compile(rf"[{_SIGNS}]|\bRs\b|{signs}"),
        money_words=names.currencies | names.currency_codes | pounds | {"Rs", "Rs."},
        measure=_measure(any_of(names.units_of_measure)),
    )


def _date(month: str, weekday: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{weekday},?\s(?:the\s)?)?(?:"
        rf"(?:{_DAYS}\s(?:of\s)?{month}|{month}\s?{_DAYS}(?!\d|,\d|\.\d))(?:,?\s{_YEAR})?"
        rf"|(?:(?:early|late|mid)[- ])?{month}(?:\s(?:of\s)?|,\s){_YEAR}"
        rf")(?!\w)"
    )


def _relative(month: str, weekday: str, seasons: str) -> re.Pattern[str]:
    """Of the kind of "last Tuesday", "the past two weeks", "earlier this year"."""
    return re.compile(
        r"(?<![\w-])(?:(?:the )?day (?:before|after) (?:yesterday|tomorrow)|yesterday|today|tonight|tomorrow|"
        r"(?:earlier|later|late|early) (?:today|yesterday|tomorrow|this (?:week|month|year)|last (?:week|month|year)|"
        rf"next (?:week|month|year)|(?:on )?{weekday}|in the day)|"
        r"(?:this|last|next) (?:morning|afternoon|evening|night|week|weekend|month|year|decade|century|"
        rf"{seasons}|{weekday}|{month})|"
        r"(?:the )?(?<!to )(?<!will )(?<!would )(?<!can )(?<!could )(?:past|last|next|previous|coming|following) "
        r"(?:few |several |couple of |\d+(?:-plus)? |two |three |four |five |six |seven |eight |nine |ten |twelve |24 |"
        r"48 )?(?:hours|days(?: and weeks)?|weeks(?: and months)?|weekend|months(?: and years)?|years|decades|year|"
        rf"month|week|decade)|{weekday}(?: (?:morning|afternoon|evening|night))?)(?!\w)",
        re.IGNORECASE,
    )


_PERIODS: Final = words(
    "morning afternoon evening night week weeks weekend month months year years decade decades century hours days day"
)


def _relative_words(calendar: Calendar) -> frozenset[str]:
    days = calendar.relative_days | calendar.weekdays
    short = {f"{day}." for day in calendar.short_weekdays}
    return frozenset(
        {*_PERIODS, *calendar.seasons, *calendar.months, *short, *calendar.relative_days}
        | {day.title() for day in days}
        | {day.upper() for day in days}
    )


def _money(names: NameWords) -> re.Pattern[str]:
    """An amount with a sign or code before it, or a currency behind it."""
    currency = (
        rf"(?:(?:{any_of(names.currency_adjectives)})\s)?(?:{any_of(names.currencies)}|"
        r"pounds?(?=\s(?:sterling|a\syear)))\b"
    )
    return re.compile(
        rf"(?:{_CURRENCY}\s?{_AMOUNT}(?:(?:\s?(?:-|–|to)\s?{_CURRENCY}?{_AMOUNT}))?{_SCALE}?(?:-plus)?"
        rf"|(?:{_AMOUNT}{_SCALE}?|(?:a|one|two|three|four|five|six|seven|eight|nine|ten|several|hundreds of|half "
        rf"a)\s(?:million|billion|trillion))\s(?:of\s)?{currency}"
        rf"|(?:{any_of(names.currency_codes)})\s?{_AMOUNT}{_SCALE}?)"
    )


def _measure(units: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,$€£-]){_AMOUNT}(?:\s?(?:-|–|to)\s?{_AMOUNT})?{_SCALE}?[\s-]?"
        rf"(?:square\s|cubic\s|nautical\s|metric\s|long\s)?(?:{units})(?!\w)"
        rf"|(?<![\w.,]){_AMOUNT}(?:\s?(?:-|–)\s?{_AMOUNT})?\s?%"
    )


def times(text: Text) -> Iterator[Found]:
    """Mentions of dates, money and measures by form.

    Each kind is looked for only around the words it cannot do without: the patterns themselves are slow.
    """
    flat, view, patterns = text.flat, text.view, _patterns(text.lexicon.lists)
    if any(sign in flat for sign in _SIGNS) or not patterns.money_words.isdisjoint(text.word_set):
        spots = [m.span() for m in patterns.money_hint.finditer(flat)]
        yield from _around(flat, spots, patterns.money, (48, 32), "MONEY")
    yield from _around(flat, [m.span() for m in patterns.month_hint.finditer(flat)], patterns.date, (24, 28), "DATE")
    yield from _around(flat, [m.span() for m in _CLOCK_HINT.finditer(flat)], _CLOCK, (4, 24), "DATE")
    if text.raw is view.text:
        spots = [(view.starts[i], view.ends[i]) for i, word in enumerate(view.words) if word in patterns.relative_words]
        yield from _around(flat, spots, patterns.relative, (40, 32), "DATE")
    for match in _OTHER_DATE.finditer(flat):
        yield _found(match, "DATE", STRONG)
    for match in patterns.measure.finditer(flat):
        yield _found(match, "QUANTITY", KNOWN)


_WORD: Final = 64
"""Characters of the longest word that is not begun in the middle."""


def _around(
    flat: str, spots: list[tuple[int, int]], pattern: re.Pattern[str], reach: tuple[int, int], type_: EntityType
) -> Iterator[Found]:
    """Matches of the pattern within reach of the spots, each once."""
    before, after = reach
    done = 0
    for first, last in spots:
        if first < done:
            continue
        start = max(done, first - before)
        blank = flat.rfind(" ", max(done, start - _WORD), start)  # where there is none near, it is no prose
        start = blank + 1 if blank >= 0 else start
        for match in pattern.finditer(flat, start, min(len(flat), last + after)):
            yield _found(match, type_, STRONG if type_ == "MONEY" else KNOWN)
            done = match.end()


def _found(match: re.Match[str], type_: EntityType, tier: int) -> Found:
    return Found(match.start(), match.end(), type_, " ".join(match.group().split()), None, tier)
