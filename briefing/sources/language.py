"""Detect the language of a text: by its script and its commonest words, else by py3langid."""

import math
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_SAMPLE: Final = 6000
"""Characters from the middle of which the language is told; openings are full of names and menus."""


_LETTERS: Final = re.compile(r"[^\W\d_]+")
_DESIGNATION: Final = re.compile(r"\S*\d\S*|https?://\S+|\b[A-Z]{2,}\b|(?<=\| )\w(?= \|)")
"""What is the same in all languages, and begins like words of some: "Il-76", the one letter of a cell."""
_FEW: Final = 3
"""Words below which nothing but a script tells a language."""
_SHORT: Final = 6
"""Words below which one that English has too says nothing."""
_CLEARLY: Final = 2
"""How many times the words of English must outweigh those of any other language for it to be English at once."""
_LEAST: Final = 1 / 12
"""Weight of the words of English for each word of the text that is needed for that."""
_MOST_FOREIGN: Final = 0.35
"""Share of the letters that another script may have before a text is not in one of the Latin alphabet."""
_ONE_SCRIPT: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
)
_SHARED: Final = re.compile("[\u0400-\u052f\u0600-\u06ff\u0900-\u0dff]")
"""Scripts in which several languages are written: Cyrillic, Arabic, those of India."""
_KNOWN: Final = (
    "am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky"
    " lo lt lv mk ml mn mr ms mt nb ne nl nn no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr ug uk ur vi zh"
)
_SAME: Final = {"nb": "no", "nn": "no"}
_FILE: Final = Path(__file__).with_name("languages.toml")
_WORD: Final = 2.0
"""What a word of a language weighs, in natural logarithms of odds; one of several languages is shared among them."""
_LETTER: Final = 3.5
"""What a letter weighs against a language that has not got it."""
_NAME: Final = 0.3
"""Share of the weight of a word that may be a part of a name, "von der Leyen", which stand in English texts too."""
_PARTICLES: Final = 2
_IN_NAMES: Final = 0.2
"""Share of that where it stands in words with capitals only: names keep their letters."""
_UNLIKELY: Final = -4.0
"""The least that the model may say of a language: in short texts it is too sure."""
_ODDS: Final = {"bg": -4.0, "mk": -4.0, "sr": -4.0, "be": -4.0, "ca": -4.0, "gl": -4.0}
"""Of languages that the model takes Russian, Spanish and Italian for, and that are met much more seldom."""
_UNLISTED: Final = -2.0
"""Odds of a language of which no words are listed."""
_SURE: Final = 0.8
_CERTAIN: Final = 0.99


@dataclass(frozen=True, slots=True)
class _Known:
    """What tells the listed languages apart."""

    weights: dict[str, tuple[tuple[str, float], ...]]
    """Of each word for the languages that have it."""
    letters: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the words and the letters of a text say for and against the listed languages."""

    words: dict[str, float]
    against: dict[str, float]

    def of(self, language: str) -> float:
        return _WORD * self.words.get(language, 0.0) - self.against.get(language, 0.0)


def language_of(text: str, stated: str | None = None) -> str | None:
    """Detect the language of most of a text, as ISO 639-1 code; None where it cannot be told.

    Args:
        text: The text; a sample of it is looked at.
        stated: Language that the document states, for texts too short to tell; None where none is stated.
    """
    start = max(0, min(len(text) // 3, len(text) - _SAMPLE))
    sample = text[start : start + _SAMPLE]
    letters = sum(map(len, _LETTERS.findall(sample)))
    if not letters:
        return stated
    if (script := _by_script(sample, letters)) is not None:
        return script
    prose = _DESIGNATION.sub(" ", sample)
    words = _LETTERS.findall(prose)
    latin = len(_SHARED.findall(sample)) <= _MOST_FOREIGN * letters
    evidence = _evidence(words)
    if latin and _is_english(evidence, len(words)):
        return "en"
    english = "en" if latin and _mostly_ascii(sample) else None
    if len(words) < _FEW:
        return stated or english
    name, sure = _likeliest(prose, evidence)
    listed = evidence.words.get(name) and (len(words) >= _SHORT or _has_word(name, words))
    if name == stated or listed or not latin or (sure > _CERTAIN and _has_letters(name, words)):
        return name
    return stated or english or (name if sure > _SURE else None)


def _evidence(words: list[str]) -> _Evidence:
    """By the listed words and letters."""
    known = _known()
    found: dict[str, float] = {}
    for place, word in enumerate(words):
        for language, weight in known.weights.get(word.lower(), ()):
            found[language] = found.get(language, 0.0) + weight * (
                1 if language == "en" or not _within_name(words, place) else _NAME
            )
    plain = {letter for word in words if word.islower() for letter in word if not letter.isascii()}
    cased = {letter for word in words for letter in word.lower() if letter.isalpha() and not letter.isascii()} - plain
    against = {
        language: _LETTER * (len(plain - own) + _IN_NAMES * len(cased - own)) for language, own in known.letters.items()
    }
    return _Evidence(found, against)


def _has_word(language: str, words: list[str]) -> bool:
    """Whether a word is of a language and not of English too, as "six" and "a" are."""
    found = ([one for one, _ in _known().weights.get(word.lower(), ())] for word in words)
    return any(language in languages and "en" not in languages for languages in found)


def _has_letters(language: str, words: list[str]) -> bool:
    """Whether a word has a letter of a language that English has not got, and does not begin with it."""
    own = _known().letters.get(language, frozenset())
    return any(letter in own for word in words for letter in word[1:])


def _within_name(words: list[str], place: int) -> bool:
    """Whether a word may be a part of a name: between capitals, with a few more in lower case beside it."""
    before = words[max(0, place - _PARTICLES) : place + 1]
    behind = words[place + 1 : place + 1 + _PARTICLES]
    return any(word[0].isupper() for word in before) and any(word[0].isupper() for word in behind)


@lru_cache(maxsize=1)
def _known() -> _Known:
    listed = tomllib.loads(_FILE.read_text("utf-8"))
    having: dict[str, list[str]] = {}
    for language, stated in listed.items():
        for word in stated["words"].split():
            having.setdefault(word, []).append(language)
    weights = {word: tuple((one, 1 / len(languages)) for one in languages) for word, languages in having.items()}
    return _Known(weights, {language: frozenset(stated["letters"]) for language, stated in listed.items()})


def _by_script(sample: str, letters: int) -> str | None:
    """Languages that have a script of their own; a page of Japanese has more characters that Chinese has too."""
    found = Counter({name: len(letter.findall(sample)) for name, letter in _ONE_SCRIPT})
    if found["ja"] and found["ja"] * 8 > found["zh"]:
        found["ja"] += found.pop("zh")
    name, times = found.most_common(1)[0]
    return name if times > _MOST_FOREIGN * letters else None


def _is_english(evidence: _Evidence, words: int) -> bool:
    """Whether the words of English are many, and outweigh those of any other language by far."""
    own = evidence.words.get("en", 0.0)
    others = max((weight for language, weight in evidence.words.items() if language != "en"), default=0.0)
    return own >= max(0.5, _LEAST * words) and own >= _CLEARLY * others


def _mostly_ascii(sample: str) -> bool:
    return sum(map(str.isascii, sample)) > 0.97 * len(sample)


def _likeliest(prose: str, evidence: _Evidence) -> tuple[str, float]:
    """The likeliest of the known languages, by the model and the evidence, and what the model alone gives it."""
    said = {_SAME.get(str(name), str(name)): float(share) for name, share in _model().rank(prose)}
    listed = _known().letters

    def odds(language: str) -> float:
        own = evidence.of(language) if language in listed else _UNLISTED
        return max(_UNLIKELY, math.log(said[language] + 1e-30)) + own + _ODDS.get(language, 0.0)

    name = max(said, key=odds)
    return name, said[name]


@lru_cache(maxsize=1)
def _model() -> Any:
    """Takes a moment to load, and texts that are plainly English do without."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    model.set_languages(_KNOWN.split())
    return model
