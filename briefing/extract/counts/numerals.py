"""Parse numbers of English prose, with the words that hedge them.

Works on text alone: "more than 300", "two to three thousand", "a half dozen", "24K", "30-odd". What a number counts
is for :mod:`briefing.extract.counts.component` to find out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from briefing.extract.lexicon.word_lists import CountWords, load_word_lists

Bound = Literal["", "low", "high", "about"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. ``start`` to ``end`` includes its hedges, ``core_start`` to ``core_end`` does not.

    ``low`` and ``high`` are inclusive, either ``None`` where the words leave it open ("more than 300": 300 and None;
    "dozens": both None).
    """

    start: int
    end: int
    core_start: int
    core_end: int
    low: int | None
    high: int | None
    approx: bool
    digits: bool
    """Written in digits alone: what a date, a hull number or a page may also be."""
    hedged: bool
    """A hedge, a total or the like stands before it, so it is no date, serial or page."""
    further: bool = False
    """It adds to what was said before: "a further ten"."""

    @property
    def one(self) -> bool:
        """Whether it is exactly one: its noun stands in the singular."""
        return self.low == 1 and self.high in (1, None)


def find_numbers(text: str, starts: Iterable[int] | None = None, lists: CountWords | None = None) -> Iterator[Number]:
    """The cardinal numbers of a text, in order; ordinals, fractions, clock times and glued codes (F-16) are none.

    Args:
        text: The text.
        starts: Offsets, in order, of the words where :func:`may_start` allows a number; None to find them.
        lists: Words beside which "over" and "about" are no hedges; None for ours.
    """
    lists = lists or load_word_lists().counts
    if starts is None:
        starts = (m.start() for m in re.finditer(r"\w+", text) if may_start(m[0]))
    done = 0
    for start in starts:
        if start < done:
            continue
        match = None
        if not text[start].isdigit() and (before := _MANY_BEFORE.search(text, max(done, start - 18), start)):
            match = _NUMBER.match(text, before.start())
        match = match or _NUMBER.match(text, start)
        if match is None:
            continue
        done = match.end()
        if number := _read(text, match, lists):
            yield number
            done = max(done, number.end)


def may_start(word: str) -> bool:
    """Whether a number may start at this word: a digit first, or a number word."""
    return word in _STARTERS or word[0] in "0123456789"


_ONES: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES: Final = {w: n for n, w in enumerate(_ONES)} | {w: 10 * n for n, w in enumerate(_TENS, 2)}
_SCALES: Final = {
    "pairs": 2, "dozen": 12, "score": 20, "hundred": 100,
    "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 1000, "bn": 10**9, "mn": 10**6,
}  # fmt: skip
_VAGUE: Final = frozenset({"few", "several", "many"})
_GROUPS: Final = {"pair": 2, "couple": 2, "trio": 3, "quartet": 4, "quintet": 5}

_POWER: Final = r"(?:\d+(?:\.\d+)?\s?[x×]\s?)?10(?:\^\d{1,2}|<sup>\d{1,2}</sup>|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})"
_DIGITS: Final = (
    rf"(?:{_POWER}|(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?:[\u00a0\u202f\u2009]\d{{3}}|\s000)+\b|\d+)(?:\.\d+)?)"
)
_WORD: Final = (
    rf"(?:{'|'.join(_TENS)})(?:[-\u2010\u2011 ](?:one|two|three|four|five|six|seven|eight|nine)\b)?"
    rf"|{'|'.join(sorted(_ONES[1:], key=len, reverse=True))}"
)
_MANY_NOUN: Final = (
    r"(?:[a-z-]+\s)?(?!(?:points|goals|runs|wins|hits|tries|successes|victories|years)\b)"
    r"(?:[a-z]+s|[a-z]*men|people|aircraft)\b"
)
"""What a score may be of, unless the word is a verb: "three score guns", not "three score goals"."""
_SCALE: Final = (
    rf"(?:pairs(?=\sof\b)|dozen|score(?=\s(?:of\b|{_MANY_NOUN}))|hundred|thousand|million|billion|trillion)\b"
)
_ATOM: Final = rf"(?:{_DIGITS}|(?:{_WORD})\b)"
_MANY: Final = r"(?:an?\s(?:good\s)?half|half\san?|half(?=\sdozen)|an?\sfew|an?\scouple(?:\sof)?|few|several|many|an?)"
_SCALED: Final = (
    rf"(?:{_ATOM}|{_MANY})[\s-]{_SCALE}(?:[\s-]{_SCALE})*"
    rf"(?:(?:,?\sand\s|\s){_ATOM}(?:[\s-]{_SCALE})?(?=\s|\W|$))*"
)
_PLURAL: Final = (
    r"(?:(?:tens|dozens|scores|hundreds)\sof\s(?:thousands|millions)|"
    r"dozens|scores(?=\sof\b)|hundreds|thousands|millions)\b"
)
_GROUP: Final = r"an?\s(?:pair|couple|trio|quartet|quintet)(?=\s(?:of|more)\b)"
_ONE: Final = rf"(?:{_SCALED}|{_PLURAL}|{_GROUP}|{_DIGITS}(?:[kK]|mn|bn)\b|{_ATOM})"
_MANY_BEFORE: Final = re.compile(rf"(?<![\w-])(?:{_MANY}|half)[\s-]$", re.IGNORECASE)
_STARTERS: Final = frozenset(
    case(w)
    for w in (
        *_ONES[1:],
        *_TENS,
        *_SCALES,
        *_GROUPS,
        *["tens", "dozens", "scores", "hundreds", "thousands", "millions"],
    )
    if len(w) > 2
    for case in (str.lower, str.capitalize, str.upper)
)
_TO: Final = r"(?:\s(?:to|or)\s(?:as\smany\sas\s|even\s|perhaps\s|maybe\s)?| ?[-\u2010\u2011\u2013\u2014] ?)"
_NUMBER: Final = re.compile(
    # No letter, currency sign, dash or slash glued before it; nothing that makes it a code or a time glued after it.
    rf"(?<![\w$£€¥₩₹#@/.,:\-\u2010\u2011\u2013\u2212'’])(?P<one>{_ONE})(?:(?P<to>{_TO})(?P<two>{_ONE}))?"
    r"(?:"
    r"(?![\w%‰°/$£€]|[.,:'’\-\u2013]\d|['’]s\b)|(?<=\d)(?=[xX×]\s[A-Za-z]))",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(rf"\s(?:and|to)\s(?P<two>{_ONE})(?![\w%°/$£€]|[.,:]\d)", re.IGNORECASE)

_LOW: Final = (
    r"(?:(?:significantly|substantially|considerably|far|well|slightly|just|a\slittle)\s)?(?:more|greater)\sthan|"
    r"(?:(?:well|just|slightly|way|a\slittle)\s)?over|(?:well\s)?above|at\s(?:the\s)?least|no\sfewer\sthan|no\sless\sthan|"
    r"not\s(?:fewer|less)\sthan|upwards?\sof|in\sexcess\sof|exceeding|exceeds?|a\sminimum\sof|minimum\sof|north\sof|"
    r"as\sfew\sas|[>≥]\s?"
)
_HIGH: Final = (
    r"up\sto|as\smany\sas|as\smuch\sas|(?:very\s)?nearly|almost|(?:(?:just|well|slightly)\s)?(?:under|below)|"
    r"(?:no|not)\s(?:more|greater)\sthan|(?:fewer|less)\sthan|at\smost|a\smaximum\sof|maximum\sof|approaching|"
    r"[<≤]\s?"
)
_ABOUT: Final = (
    r"about|around|round|approximately|approx\.?|roughly|some|(?:an?\s)?estimated|an\saverage\sof|circa|ca?\.|[~≈]\s?|"
    r"in\sthe\s(?:region|order|neighbou?rhood|vicinity)\sof|on\sthe\sorder\sof|close\sto|closer\sto|nearer(?:\sto)?|"
    r"perhaps|maybe|probably|possibly"
)
_PLAIN: Final = (
    r"(?:a\s)?(?:combined\s|grand\s|cumulative\s)?total\sof|a\sfurther|an?\sadditional|an\sextra|another|a\sfurther|"
    r"further|additional|only|just|exactly|precisely|a\smere|a\srecord|a\sgood"
)
_BEFORE: Final = re.compile(
    rf"(?:^|(?<=[\s(\[\"“‘'’\-–—]))(?:(?P<low>{_LOW})|(?P<high>{_HIGH})|(?P<about>{_ABOUT})|(?P<plain>{_PLAIN}))\s?$",
    re.IGNORECASE,
)
_TRAILING: Final = " \t\n\r\x0b\x0c\u00a0\u2009\u200a\u202f\u3000([\"“‘'’-–—"
"""What may stand between a hedge and its number."""
_AFTER: Final = re.compile(
    r"(?P<about>\sor\sso\b|[-\u2010\u2011\s]odd\b|[-\u2010\u2011]some\b|\sor\sthereabouts\b)|"
    r"(?P<low>\s?\+(?!\w)|[-\u2010\u2011\s]plus\b|\sor\smore\b|\sat\s(?:(?:the\s)?least|a\sminimum)\b|\sand\s(?:counting|upwards)\b)|"
    r"(?P<high>\sor\s(?:fewer|less)\b|\sat\s(?:the\s)?most\b)",
    re.IGNORECASE,
)
_HEDGE_WORDS: Final = frozenset({
    "than", "over", "above", "least", "fewer", "less", "of", "exceeding", "exceed", "exceeds", "as", "to", "nearly",
    "almost", "under", "below", "most", "approaching", "about", "around", "round", "approximately", "approx",
    "roughly", "some", "estimated", "circa", "ca", "c", "perhaps", "maybe", "probably", "possibly", "further",
    "additional", "extra", "another", "only", "just", "exactly", "precisely", "mere", "record", "nearer", "good",
})  # fmt: skip
"""Last words of the hedges: a cheap look before the expensive pattern."""


def _read(text: str, match: re.Match[str], lists: CountWords) -> Number | None:
    start, end = match.span()
    first = _value(match["one"])
    second: _Value | None = None
    if match["two"]:
        second = _value(match["two"])
        if "\u2014" in match["to"] or not _is_range(first, second):
            return _without_range(text, match, first, lists)
    if first.low is not None and not _whole(first):
        return None
    hedges = _hedges(text, start, first.low, lists)
    if second is None and hedges.between >= 0 and (more := _BETWEEN.match(text, end)):
        rest = _value(more["two"])
        if _is_range(first, rest):
            second, end = rest, more.end()
            hedges.start, hedges.any = hedges.between, True
    return _number(text, (start, end), (match["one"], first, second), hedges)


def _without_range(text: str, match: re.Match[str], first: "_Value", lists: CountWords) -> Number | None:
    """The first of two that make no range: one of "four to New York", nothing of "767-300" or "3-2"."""
    if "or" in match["to"] or " to " in match["to"] or "\u2014" in match["to"]:
        if first.low is not None and not _whole(first):
            return None
        span = match.span("one")
        return _number(text, span, (match["one"], first, None), _hedges(text, span[0], first.low, lists))
    return None


_TOO_LARGE: Final = 10**15


@dataclass(slots=True)
class _Value:
    low: float | None
    digits: bool
    scale: int
    """The last scale word's value: "two to three thousand" lends it to the two."""
    approx: bool = False


@dataclass(slots=True)
class _Hedges:
    start: int
    bound: Bound = ""
    further: bool = False
    between: int = -1
    """Where the word "between" stands."""
    any: bool = False


def _whole(value: _Value) -> bool:
    """Whether it counts whole things. What has more than 15 digits is a code, and no float holds it exactly."""
    return value.low is not None and value.low < _TOO_LARGE and value.low == int(value.low)


def _is_range(first: _Value, second: _Value) -> bool:
    if first.low is None or second.low is None or not _whole(second):
        return False
    if second.scale > 1 and first.scale == 1 and first.low * second.scale < second.low:
        first.low *= second.scale
    return first.low < second.low and _whole(first) and (not second.digits or second.low < 1000 * max(first.low, 1))


def _number(
    text: str, span: tuple[int, int], values: tuple[str, _Value, _Value | None], hedges: _Hedges
) -> Number | None:
    """Put value, range and hedges together."""
    words, first, second = values
    start, end = span
    low = high = None if first.low is None else int(first.low)
    if second is not None and second.low is not None:
        high = int(second.low)
    if low == 0 or (first.digits and re.match(r"0\d", words)):
        return None
    bound, core_end = hedges.bound, end
    if after := _AFTER.match(text, end):
        end = after.end()
        bound = bound if bound in ("low", "high") else _BOUNDS[str(after.lastgroup)]
    approx = first.approx or low is None
    if low is not None and second is None:
        if bound == "low":
            high = None
        elif bound == "high":
            low = None
    return Number(
        start=hedges.start, end=end, core_start=start, core_end=core_end, low=low, high=high,
        approx=approx or bool(bound), digits=first.digits and words[-1].isdigit(),
        hedged=hedges.any or bool(after), further=hedges.further,
    )  # fmt: skip


_BOUNDS: Final[dict[str, Bound]] = {"low": "low", "high": "high", "about": "about"}


def _hedges(text: str, start: int, value: float | None, lists: CountWords) -> _Hedges:
    """The hedges that stand before ``start``; the nearest bound wins over "about", and that over none."""
    found = _Hedges(start)
    for _ in range(4):
        piece = text[max(0, found.start - 40) : found.start]
        word, last = _last_word(piece)
        symbol = piece.rstrip()[-1:] in "~≈<>≤≥" if piece.strip() else False
        if not word and not symbol:
            break
        if word in ("between", "from") and not found.any:
            if word == "between":
                found.between = max(0, found.start - 40) + last
            break
        if word not in _HEDGE_WORDS and not symbol:
            break
        match = _BEFORE.search(piece)
        if match is None or _other_sense(piece[: match.start()], match[0].strip().lower(), value, lists):
            break
        found.start = max(0, found.start - 40) + match.start()
        found.any = True
        kind = str(match.lastgroup)
        if kind == "plain":
            found.further |= "further" in match[0] or "nother" in match[0] or "dditional" in match[0]
        elif kind == "about":
            found.bound = found.bound or "about"
        elif found.bound in ("", "about"):
            found.bound = _BOUNDS[kind]
    return found


def _last_word(piece: str) -> tuple[str, int]:
    """The word in lower case at the end of a piece, blanks and opening marks behind it aside, and where it starts."""
    bare = piece.rstrip(_TRAILING)
    first = len(bare)
    while first and bare[first - 1].isalpha():
        first -= 1
    return bare[first:].lower(), first


def _other_sense(before: str, hedge: str, value: float | None, lists: CountWords) -> bool:
    """Whether "over", "about", "under", "some" is a plain preposition here ("flew over two ships", "told about 12")."""
    word, _ = _last_word(before)
    if hedge in ("over", "around", "round", "under", "below"):
        if hedge == "over" and word in lists.taking_over:
            return value is not None and value % 10 != 0
        return word in lists.moving or (hedge in ("under", "below", "round") and value is not None and value < _SMALL)
    return hedge == "about" and (
        word in lists.telling or any(w in lists.informing for w in before.lower().split()[-3:])
    )


_SMALL: Final = 7
"""Below this, "under three flags" speaks of a place and not of a bound."""


def _value(words: str) -> _Value:
    """The value of a number expression without hedges; ``None`` for "dozens" or "several hundred"."""
    plain = words.lower().replace(",", "")
    plain = _GAPS.sub("", plain)
    plain = _TIMES.sub(r"\1", plain) if "10" in plain else plain
    parts = [p for p in re.split(r"[\s\-\u2010\u2011]+", plain) if p not in ("and", "of", "good")]
    if parts[-1].endswith("s") and parts[-1] not in (*_VALUES, "pairs") and not parts[-1][0].isdigit():
        return _Value(None, False, 1, True)
    if parts[0] in _VAGUE or (len(parts) > 1 and parts[0] == "a" and parts[1] in _VAGUE):
        return _Value(None, False, 1, True)
    approx = "couple" in parts
    total, current, scale, seen = 0.0, 0.0, 1, False
    for part in parts:
        if part in ("a", "an", "half"):
            current = 0.5 if part == "half" else current or 0.0
            seen = seen or part == "half"
            continue
        number, suffix = _atom(part)
        if number is not None:
            current, seen = current + number, True
        if suffix:
            scale = suffix
            current = (current if seen else 1.0) * suffix
            seen = True
            if suffix >= 1000:
                total, current = total + current, 0.0
    return _Value(round(total + current, 6), parts[0][0].isdigit(), scale, approx)


_TIMES: Final = re.compile(r"\s?([x×])\s?(?=10)")
_GAPS: Final = re.compile(r"(?<=\d)\s(?=\d{3}\b)")
_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", "^<sup>/")
_POWERED: Final = re.compile(r"(?:(\d+(?:\.\d+)?)[x×])?10(\^\d+|<sup>\d+</sup>|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$")
"""A power of ten, with what it is multiplied by: "2x10^6"."""
_SUFFIXED: Final = re.compile(r"(\d+(?:\.\d+)?)(k|mn|bn)?$")


def _atom(part: str) -> tuple[float | None, int]:
    """Value and scale of one word: ("24k") is 24 and 1000, ("dozen") nothing and 12, ("pair") two and none."""
    if part in _VALUES:
        return _VALUES[part], 0
    if part in _SCALES:
        return None, _SCALES[part]
    if part in _GROUPS:
        return _GROUPS[part], 0
    if match := _POWERED.match(part):
        return float(match[1] or 1) * 10 ** int(match[2].translate(_RAISED)), 0
    if match := _SUFFIXED.match(part):
        return float(match[1]), _SCALES[match[2]] if match[2] else 0
    return None, 0
