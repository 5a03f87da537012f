"""Dates, times, amounts of money and quantities by their form, beyond what the base model finds."""

import re
from collections.abc import Iterator
from typing import Final

from briefing.extract.entities.candidates import KNOWN, STRONG, Found, Text, words
from briefing.model.facts import EntityType

_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY: Final = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
_DAYS: Final = rf"{_DAY}(?:\s?(?:-|–|—|to|and|through|until)\s?{_DAY})?"
_YEAR: Final = r"(?:1[5-9]|20)\d\d"
_WEEKDAY: Final = (
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"Mon\.|Tue\.|Tues\.|Wed\.|Thu\.|Thurs\.|Fri\.|Sat\.|Sun\.)"
)
_DATE: Final = re.compile(
    rf"(?<![\w-])(?:{_WEEKDAY},?\s(?:the\s)?)?(?:"
    rf"(?:{_DAYS}\s(?:of\s)?{_MONTH}|{_MONTH}\s?{_DAYS}(?!\d|,\d|\.\d))(?:,?\s{_YEAR})?"
    rf"|(?:(?:early|late|mid)[- ])?{_MONTH}(?:\s(?:of\s)?|,\s){_YEAR}"
    rf")(?!\w)"
)
_CLOCK: Final = re.compile(
    r"(?<![\w:.-])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:\s?(?:a\.m\.|p\.m\.|am|pm|AM|PM|hrs|hours))?(?:\s(?:UTC|"
    r"GMT|EST|EDT|CET|CEST|BST|JST|KST|MSK|ET|Z|local time))?(?![\w:])"
    r"|(?<![\w.-])(?:[01]?\d)(?:\.[0-5]\d)?\s?(?:a\.m\.|p\.m\.|AM\b|PM\b|am\b|pm\b)"
    r"|(?<![\w.-])(?:[01]\d|2[0-4])[0-5]\d(?:\s?(?:UTC|GMT|Z|hrs|hours|local time|local)\b)"
)
_RELATIVE: Final = re.compile(
    r"(?<![\w-])(?:(?:the )?day (?:before|after) (?:yesterday|tomorrow)|yesterday|today|tonight|tomorrow|"
    r"(?:earlier|later|late|early) (?:today|yesterday|tomorrow|this (?:week|month|year)|last (?:week|month|year)|"
    r"next (?:week|month|year)|(?:on )?" + _WEEKDAY + r"|in the day)|"
    r"(?:this|last|next) (?:morning|afternoon|evening|night|week|weekend|month|year|spring|summer|autumn|fall|winter|"
    r"decade|century|" + _WEEKDAY + "|" + _MONTH + r")|"
    r"(?:the )?(?<!to )(?<!will )(?<!would )(?<!can )(?<!could )(?:past|last|next|previous|coming|following) (?:few |"
    r"several |couple of |\d+(?:-plus)? |two |three |"
    r"four |five |six |seven |eight |nine |ten |twelve |24 |48 )?"
    r"(?:hours|days(?: and weeks)?|weeks(?: and months)?|weekend|months(?: and years)?|years|decades|year|month|week|"
    r"decade)|" + _WEEKDAY + r"(?: (?:morning|afternoon|evening|night))?)(?!\w)",
    re.IGNORECASE,
)
_CURRENCY: Final = r"(?:US\$|U\.S\.\$|A\$|AU\$|C\$|CA\$|NZ\$|HK\$|S\$|NT\$|R\$|Rs\.?|[$€£¥₩₹₽₴₪])"
_SCALE: Final = r"(?:\s?(?:million|billion|trillion|thousand|hundred|mn|bn|tn|m|b|k|crore|lakh)\b)"
_AMOUNT: Final = r"\d+(?:[,.]\d+)*"
_UNIT_MONEY: Final = (
    r"(?:U\.?S\.?\s|US\s|Australian\s|Canadian\s|New Zealand\s|Hong Kong\s|Taiwan\s|Singapore\s|British\s|Iraqi\s|"
    r"Syrian\s|Swiss\s|Danish\s|"
    r"Norwegian\s|Swedish\s|Indian\s|Mexican\s|Czech\s)?(?:dollars?|dlrs|euros?|"
    r"pounds sterling|pounds?(?=\s(?:sterling|"
    r"a\syear))|yen|won|yuan|renminbi|rubles?|roubles?|rupees?|"
    r"hryvnias?|zloty|zlotys|francs?|kron(?:or|er|a|e)|marks|dinars?|riyals?|rials?|dirhams?|shekels?|lira|pesos?|"
    r"cents|reais)\b"
)
_MONEY: Final = re.compile(
    rf"(?:{_CURRENCY}\s?{_AMOUNT}(?:(?:\s?(?:-|–|to)\s?{_CURRENCY}?{_AMOUNT}))?{_SCALE}?(?:-plus)?"
    rf"|(?:{_AMOUNT}{_SCALE}?|(?:a|one|two|three|four|five|six|seven|eight|nine|ten|several|hundreds of|half "
    rf"a)\s(?:million|billion|trillion))\s(?:of\s)?{_UNIT_MONEY}"
    rf"|(?:EUR|USD|GBP|AUD|CAD|JPY|CNY|INR|RUB|UAH|SEK|NOK|DKK|CHF|PLN)\s?{_AMOUNT}{_SCALE}?)"
)
_MEASURE: Final = re.compile(
    rf"(?<![\w.,$€£-]){_AMOUNT}(?:\s?(?:-|–|to)\s?{_AMOUNT})?{_SCALE}?[\s-]?(?:square\s|cubic\s|nautical\s|metric\s|"
    rf"long\s)?"
    r"(?:kilomet(?:er|re)s?|km2?|km/h|kph|mph|knots?|Mach|miles?|nm|met(?:er|re)s?|m\b|feet|foot|ft|inch(?:es)?|"
    r"centimet(?:er|re)s?|cm|mm|"
    r"millimet(?:er|re)s?|kilograms?|kilos?|kg|pounds?|lbs?|tons?|tonnes?|kilotons?|megatons?|lit(?:er|re)s?|"
    r"gallons?|barrels?|acres?|"
    r"hectares?|degrees?|percent|per cent|percentage points?|megawatts?|MW|kilowatts?|kW|GW|hertz|GHz|MHz)(?!\w)"
    rf"|(?<![\w.,]){_AMOUNT}(?:\s?(?:-|–)\s?{_AMOUNT})?\s?%"
)


_MONTH_HINT: Final = re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
_OTHER_DATE: Final = re.compile(
    rf"(?<![\w-])(?:{_YEAR}-[01]\d-[0-3]\d|\d{{1,4}}\s?(?:B\.C\.|A\.D\.|BCE|BC|AD|"
    rf"CE))(?!\w)"
)
_RELATIVE_WORDS: Final = words(
    "today Today yesterday Yesterday tomorrow Tomorrow tonight Tonight Monday Tuesday Wednesday Thursday Friday "
    "Saturday "
    "Sunday Mon. Tue. Tues. Wed. Thu. Thurs. Fri. Sat. Sun. morning afternoon evening night week weeks weekend month "
    "months "
    "year years decade decades century spring summer autumn fall winter hours days day January February March April "
    "May "
    "June July August September October November December TODAY YESTERDAY MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY"
)
_SIGNS: Final = "$€£¥₩₹₽₴₪"
_MONEY_WORDS: Final = words(
    "Rs Rs. dollar dollars dlrs euro euros pound pounds yen won yuan renminbi rouble roubles ruble rubles rupee "
    "rupees "
    "hryvnia "
    "hryvnias zloty zlotys franc francs krone kroner krona kronor marks dinar dinars riyal riyals rial rials dirham "
    "dirhams "
    "shekel shekels lira peso pesos cents reais EUR USD GBP AUD CAD JPY CNY INR RUB UAH SEK NOK DKK CHF PLN"
)
_MONEY_HINT: Final = re.compile(
    r"[$€£¥₩₹₽₴₪]|\bRs\b|dollar|dlrs|euros?\b|pounds?\b|yen\b|won\b|yuan|renminbi|rouble|ruble|rupee|hryvnia|zlot|"
    r"franc|"
    r"kron|marks\b|"
    r"dinar|ri[ya]+l|dirham|shekel|lira|peso|cents\b|reais|EUR|USD|GBP|AUD|CAD|JPY|CNY|INR|RUB|UAH|SEK|NOK|DKK|CHF|PLN"
)
_CLOCK_HINT: Final = re.compile(r"\d:\d\d|\d ?[ap]\.?m\b|\d ?[AP]M|\d{4} ?(?:UTC|GMT|Z|h|l)")


def times(text: Text) -> Iterator[Found]:
    """Mentions of dates, money and measures by form.

    Each kind is looked for only around the words it cannot do without: the patterns themselves are slow.
    """
    flat = text.flat
    view = text.view
    if any(sign in flat for sign in _SIGNS) or not _MONEY_WORDS.isdisjoint(text.word_set):
        spots = [m.span() for m in _MONEY_HINT.finditer(flat)]
        yield from _around(flat, spots, _MONEY, (48, 32), "MONEY")
    yield from _around(flat, [m.span() for m in _MONTH_HINT.finditer(flat)], _DATE, (24, 28), "DATE")
    yield from _around(flat, [m.span() for m in _CLOCK_HINT.finditer(flat)], _CLOCK, (4, 24), "DATE")
    if text.raw is view.text:
        spots = [(view.starts[i], view.ends[i]) for i, word in enumerate(view.words) if word in _RELATIVE_WORDS]
        yield from _around(flat, spots, _RELATIVE, (40, 32), "DATE")
    for match in _OTHER_DATE.finditer(flat):
        yield _found(match, "DATE", STRONG)
    for match in _MEASURE.finditer(flat):
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
