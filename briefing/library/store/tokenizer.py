"""Tokenize text for searching: one way for the index, for the query and for the marks in the text.

The index is given these words and cuts nothing itself, so what is marked in a text is what made it a hit.

- Case and accents do not matter: ``Łódź`` is ``lodz``. Two letters and a state: ``U.S.``, ``US``, ``USA`` are one word,
  which is not the pronoun ``us``.
- Letters and digits part, and so do words at hyphens: ``B-52H``, ``B52H`` and ``b 52h`` are the same three words, found
  by ``B-52`` as well; ``ballistic-missile`` is ``ballistic missile``. A plural s after a number or a variant letter is
  no word: ``B-52s``, ``B-52Hs``.
- ``25,000`` is ``25000``; ``AT&T`` and ``F/A-18`` keep their letters together; ``Korea's`` is ``korea``, ``O'Neill``
  ``oneill``.
- Characters of Chinese and Japanese and syllables of Korean are words of their own, found as phrases: no spaces and no
  dictionary are needed, and a word is found with the particles that are written onto it (``폭격기`` in ``폭격기가``).
- Russian words, and what else is in Cyrillic, are compared by their stems (Snowball's Russian stemmer; Porter 2001),
  Arabic ones without the article and the particles before it and with one form of alef, yeh and teh marbuta (the light
  stemming of prefixes of Larkey, Ballesteros and Connell 2002): both inflect every noun that one could search for.

A change here changes what the index of a library holds: it needs a step in ``schema.MIGRATIONS`` that indexes anew.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final

LONGEST: Final = 64
"""Characters of a word that count; the rest of a longer run (encoded data, mostly) is not looked at."""

_CJK: Final = (
    "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
_HANGUL: Final = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
OTHER_SCRIPTS: Final = re.compile(f"[\u0400-\u052f\u0621-\u064a{_HANGUL}\uff66-\uff9f]")
"""Characters of Cyrillic, Arabic and Korean."""
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]+")
_ARABIC: Final = re.compile(r"[\u0621-\u064a]+")
_BEFORE: Final = re.compile("^(?:وال|بال|كال|فال|ولل|ال|لل)(?=.{2})|^و(?=.{3})")
_ONE_FORM: Final = str.maketrans("ىة", "يه")
_INSIDE: Final = "\u00ad\u200b-\u200d\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670\u093a-\u094f"
"""Soft hyphens, joiners and combining marks: part of the word they stand in."""

_WORD: Final = r"""
    (?<!\d) [A-Za-z]{2,}+ (?! [^\x00-\x7f] | ['&] )              # most words, without looking further
  | (?<![^\W_]) LETTER (?:\.LETTER)+ (?![^\W_]) \.?              # U.S.  D.C.
  | (?<![^\W_]) LETTER{1,3} & LETTER{1,3} (?![^\W_])             # AT&T
  | (?<![^\W_]) LETTER / LETTER (?![^\W_])                       # F/A
  | \d{1,3} (?:,\d\d\d)+ (?!,?\d)                                # 25,000
  | \d+
  | CJK
  | (?<=\d) LETTER (?=s(?![^\W_]))                              # the H of 52Hs
  | LETTER+ (?: [INSIDE]+ LETTER+ )*
"""
_TYPOGRAPHY: Final = str.maketrans("’“”‘–—…•\u00a0\u202f«»„‚‹›−·€£°→✓®™§", "'" + " " * 25)
"""Signs of English texts as signs of ASCII that words end at as well, one for one."""
_JOINTS: Final = rf"[.,/'’{_INSIDE}]"
_PLAIN_JOINTS: Final = str.maketrans("", "", ".,/'")
_SHORT: Final = 2000
"""Characters of a query, or of what is cut around a hit."""
_QUOTES: Final = frozenset("'’")
_STATE: Final = "usa"
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int, int]]:
    """The words of a text in order: each as it is compared, with its first character and the one after its last.

    Args:
        text: The text.
        start: First character of the part to cut; must stand at white space.
        end: The character after the part's last, likewise; None for the end of the text.
    """
    end = len(text) if end is None else end
    moved = 0
    if end - start <= _SHORT and (plain := _as_ascii(text[start:end])) is not None:
        text, moved, start, end = plain, start, 0, len(plain)
    for m in _word(text.isascii()).finditer(text, start, end):
        raw = m.group()
        folded = _fold(raw)
        if folded:
            first, last = m.span()
            ending = last - 2 if raw[-2:-1] in _QUOTES and _possessive(raw) else last
            yield folded, first + moved, ending + moved


def texts(text: str) -> list[str]:
    """The words of ``text`` as they are compared, in order."""
    return [folded for raw in _written(text) if (folded := _fold(raw))]


def alternatives(text: str) -> list[tuple[str, ...]]:
    """The words of a query, each with all it may stand for: ``us`` may be the pronoun or the state."""
    found: list[tuple[str, ...]] = []
    for raw in _written(text):
        folded = _fold(raw)
        if folded:
            found.append(("us", _STATE) if folded == "us" else (folded,))
    return found


def _written(text: str) -> list[str]:
    """The words as they are written."""
    plain = _as_ascii(text) if len(text) <= _SHORT else None
    found: list[str] = _word(plain is not None or text.isascii()).findall(text if plain is None else plain)
    return found


def _as_ascii(text: str) -> str | None:
    """The text with signs of ASCII that words end at as well; None where it holds other letters."""
    plain = text if text.isascii() else text.translate(_TYPOGRAPHY)
    return plain if plain.isascii() else None


@cache
def _word(ascii_only: bool) -> re.Pattern[str]:
    """What a word is. The letters of all scripts take Python half of its own start to make ready: only if needed."""
    letter, cjk = ("[A-Za-z]", r"(?!)") if ascii_only else (rf"[^\W\d_{_CJK}]", f"[{_CJK}]")
    inside = "'" if ascii_only else f"'’{_INSIDE}"
    written = _WORD.replace("LETTER", letter).replace("CJK", cjk).replace("INSIDE", inside)
    return re.compile(written, re.VERBOSE)


@lru_cache(maxsize=16384)
def _fold(raw: str) -> str:
    """The form a word is compared by; empty for what is no word."""
    if raw.isascii() and raw.isalnum():
        if raw in {"US", "USA"}:
            return _STATE
        return raw.lower()[:LONGEST] if raw != "s" else ""
    if _possessive(raw):
        raw = raw[:-2]
    dotted = "." in raw
    raw = (raw.translate(_PLAIN_JOINTS) if raw.isascii() else re.sub(_JOINTS, "", raw)).replace("&", "and")
    if not raw.isascii():
        bare = unicodedata.normalize("NFKD", _stem(raw)).casefold()
        bare = "".join(c for c in bare if not unicodedata.combining(c)).translate(_LETTERS)
        raw = "".join(c for c in bare if c.isalnum() or not c.isascii()) or raw
    folded = raw.lower()[:LONGEST]
    return _STATE if dotted and folded == "us" else folded


def _stem(raw: str) -> str:
    """A word of Cyrillic or Arabic letters as it is compared; any other as it is."""
    if _CYRILLIC.fullmatch(raw):
        with _one_at_a_time:
            return str(_russian().stemWord(raw.lower()))
    if _ARABIC.match(raw):
        bare = "".join(c for c in unicodedata.normalize("NFKD", raw) if not unicodedata.combining(c))
        return _BEFORE.sub("", bare.translate(_ONE_FORM), count=1) if _ARABIC.fullmatch(bare) else bare
    return raw


_one_at_a_time: Final = threading.Lock()
"""A stemmer keeps the word that it works on."""


@cache
def _russian() -> Any:
    """The stemmer, imported once the first word in Cyrillic is met."""
    import snowballstemmer

    return snowballstemmer.stemmer("russian")


def _possessive(raw: str) -> bool:
    return len(raw) > 2 and raw[-1] in "sS" and raw[-2] in _QUOTES
