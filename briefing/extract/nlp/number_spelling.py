"""Numbers as people write them, in the one way that the rules read: ``1 200`` as ``1,200``, ``2½`` as ``2.5``."""

import re
from collections.abc import Iterator
from typing import Final

from briefing.model.words import FEW, MONTH_NUMBERS, NUMBERS


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SURE_GAP: Final = re.compile(
    "(?<![\\w.,\u00a0\u202f\u2009-])\\d{1,3}(?:[\u00a0\u202f\u2009\u2007\u2008'’]\\d{3})+(?![\\d'’])"
)
_BLANK_GAP: Final = re.compile(r"(?<![\w.,:/-])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?! ?\d|[.,:/-]\d|\w)")
_POINTS: Final = re.compile(r"(?<![\w.,:/-])[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\d.,]\d|\w)")
_THOUSANDS: Final = re.compile(
    r"(?<![\w.,:/$€£-])[1-9]\d{0,2}\.000(?= (?!(?:inch|in|mm|cm|m|km|ft|feet|nm|kg|g|t|tons?|tonnes?|seconds?|s|hours?"
    r"|percent|per|degrees?|miles?|metres?|meters?|litres?|liters?|volts?|points?|million|billion|hectares?)\b)[A-Za-z])"
)
_INDIAN: Final = re.compile(r"(?<![\w.,])\d{1,2}(?:,\d{2})+,\d{3}(?![\d,]\d|\w)")
_DECIMAL_COMMA: Final = re.compile(r"(?<![\w.,])\d{1,3}(?P<comma>,)\d{1,2}(?= (?:million|billion|thousand|trillion)\b)")
_OTHER_DIGITS: Final = re.compile("[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef]+")
"""Arabic, Persian, Devanagari and Bengali digits."""
_LAST_WORD: Final = re.compile(r"([A-Za-z][\w.-]*|\d+(?:st|nd|rd|th))\W{1,2}$")
_NEXT_WORD: Final = re.compile(
    r" (?:and|to|or) \d{1,3} \d{3}\b"  # "between 1 200 and 1 500"
    r"|[,;]? (?=[a-z])(?!(?:and|or|to|at|on|in|of|for|from|by|the|hours?|local|gmt|utc|mm|cm|mph|kph|per)\b)"
)
_NAMING: Final = frozenset(MONTH_NUMBERS) | _words(
    "no no. nos. page pages article section chapter figure table group squadron brigade regiment battalion division"
    " company wing fleet flight phase day highway route channel boeing airbus class grade level version type model"
    " block unit corps article resolution line gate room"
)
"""Words after which a number is a name's or a date's, so that the next one begins anew."""

_SCALE: Final = r"(?:dozen|hundred|thousand|million|billion|trillion)"
_HALVES: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_SIGNS: Final = re.compile(
    rf"(?<![\w./])(?:(?P<whole>\d{{1,3}})[ -]?)?(?P<part>[½¼¾]|(?<!\d)[13]/[24])(?=[ -]{_SCALE}\b)"
)
_WHOLE: Final = rf"(?:{'|'.join(NUMBERS)}|an?|\d{{1,3}})"
_PARTS: Final = {
    "half": 0.5, "quarter": 0.25, "three quarters": 0.75, "three-quarters": 0.75, "three quarter": 0.75,
    "three-quarter": 0.75,
}  # fmt: skip
_PART: Final = r"(?:a[ -]half|a[ -]quarter|three[ -]quarters?)"
_AND_PART: Final = re.compile(
    rf"\b(?P<whole>{_WHOLE})[ -]and[ -](?P<part>{_PART})[ -](?P<scale>{_SCALE})\b", re.IGNORECASE
)
_SCALE_AND_PART: Final = re.compile(
    rf"\b(?P<whole>{_WHOLE})[ -](?P<scale>{_SCALE})[ -]and[ -]a[ -]half\b(?! {_SCALE})", re.IGNORECASE
)
_PART_OF: Final = re.compile(
    r"\b(?:(?P<three>three[ -]quarters?)|(?:an? |one[ -])?(?P<one>quarter))(?: of an?| of one|-|(?<=quarter) a)?[ -]"
    r"(?P<scale>million|billion|thousand|dozen)\b",
    re.IGNORECASE,
)
_ORDINALS: Final = {"third": 3, "fifth": 5, "sixth": 6, "tenth": 10}
_SHARE_OF: Final = re.compile(
    r"\b(?P<many>an?|one|two|three|four)[ -](?P<part>third|fifth|sixth|tenth)s? of an? "
    r"(?P<scale>million|billion|thousand)\b",
    re.IGNORECASE,
)
_HALF_A: Final = re.compile(r"\bhalf-a[ -](?P<scale>dozen|million|billion|thousand|hundred)\b", re.IGNORECASE)
_MILLIONS: Final = re.compile(
    r"(?<![\w.,$€£-])\d{1,3}(?:\.\d{1,2})?(?P<m> ?(?:m|M|mn|mln|bn|tn))"
    r"(?= (?:(?:artillery|small-arms|rifle|mortar|new|old"
    r"|more|other|civilian|wounded|displaced|armed|attack|tank|155 ?mm|152 ?mm) )?"
    r"(?:shells|rounds|people|refugees|civilians|drones|mines|troops|rockets|bullets|cartridges|doses|barrels|tons|tonnes"
    r"|litres|liters|soldiers|men|women|children|residents|citizens|masks|munitions|grenades|missiles|reservists|persons"
    r"|personnel|projectiles|vehicles|rifles|casualties|dead|killed|ships|aircraft|detonators|uniforms|pieces)\b)"
)
_BIG: Final = {"m": " million", "mn": " million", "mln": " million", "bn": " billion", "tn": " trillion"}


_LAKHS: Final = re.compile(
    rf"\b(?P<many>\d{{1,4}}(?:\.\d{{1,2}})?|{'|'.join(NUMBERS)}|an?)[ -](?P<big>lakh|lac|crore)s?\b(?! rupees?| rs\b)",
    re.IGNORECASE,
)
"""A hundred thousand and ten million, as they are called in South Asia."""


def plain_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Replacements that normalise numbers: start, end, new text; in no order, and some may overlap."""
    yield from _groups(text)
    lowered = text.casefold()
    if any(sign in text for sign in _HALVES):
        for match in _SIGNS.finditer(text):
            if (part := _HALVES.get(match["part"])) is not None:
                yield *match.span(), f"{int(match['whole'] or 0) + part:g}"
    if any(word in lowered for word in ("quarter", "half", *_ORDINALS)):
        yield from _fractions(text)
    if "lakh" in lowered or "lac" in lowered or "crore" in lowered:
        for match in _LAKHS.finditer(text):
            many = float(FEW.get(match["many"].lower()) or match["many"])
            yield *match.span(), f"{round(many * (10_000_000 if match['big'].lower() == 'crore' else 100_000)):,}"
    for match in _MILLIONS.finditer(text):
        yield *match.span("m"), _BIG[match["m"].strip().lower()]


def _groups(text: str) -> Iterator[tuple[int, int, str]]:
    """Digits in threes, whatever stands between them, with commas."""
    for match in _SURE_GAP.finditer(text):
        yield *match.span(), re.sub(r"\D", ",", match[0])
    for match in _BLANK_GAP.finditer(text):
        if _one_number(text, match):
            yield *match.span(), match[0].replace(" ", ",")
    for pattern in (_POINTS, _THOUSANDS):
        for match in pattern.finditer(text):
            yield *match.span(), match[0].replace(".", ",")
    for match in _DECIMAL_COMMA.finditer(text):
        yield *match.span("comma"), "."
    for match in _OTHER_DIGITS.finditer(text):
        yield *match.span(), "".join(str(int(digit)) for digit in match[0])
    for match in _INDIAN.finditer(text):
        yield *match.span(), f"{int(match[0].replace(',', '')):,}"


def _one_number(text: str, match: re.Match[str]) -> bool:
    """Whether digits with blanks between them are one number: something counted follows, no date stands before."""
    before = _LAST_WORD.search(text, max(0, match.start() - 20), match.start())
    if before and (before[1].lower() in _NAMING or (before[1][0].isdigit())):
        return False
    if match[0].count(" ") > 1:
        return True
    return (
        bool(_NEXT_WORD.match(text, match.end())) or re.match(r" [A-Z]{1,3}[a-z]*-?\d", text[match.end() :]) is not None
    )


def _fractions(text: str) -> Iterator[tuple[int, int, str]]:
    """Halves and quarters of a thousand, a million and the like, in words."""
    for match in _AND_PART.finditer(text):
        yield *match.span(), f"{_whole(match['whole']) + _part(match['part']):g} {match['scale']}"
    for match in _SCALE_AND_PART.finditer(text):
        yield *match.span(), f"{_whole(match['whole']) + 0.5:g} {match['scale']}"
    for match in _PART_OF.finditer(text):
        yield *match.span(), f"{0.75 if match['three'] else 0.25:g} {match['scale']}"
    for match in _SHARE_OF.finditer(text):
        share = FEW[match["many"].lower()] / _ORDINALS[match["part"].lower()]
        yield *match.span(), f"{share:.6g} {match['scale']}"
    for match in _HALF_A.finditer(text):
        yield *match.span(), f"half a {match['scale']}"


def _whole(word: str) -> int:
    return FEW.get(word.lower()) or int(word)


def _part(words: str) -> float:
    return _PARTS[re.sub(r"^a[ -]", "", words.lower())]
