"""Detect the language of a text: by its script and its commonest words, else by py3langid."""

import re
from collections import Counter
from functools import lru_cache
from typing import Any, Final

_SAMPLE: Final = 6000
"""Characters from the middle of which the language is told; openings are full of names and menus."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LETTERS: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENGLISH: Final = _words(
    "the of and to in that is was for on with as by at from it be are this were which has had have not said will an its"
    " their they he she his who after been would two three four"
)
_ONLY_ENGLISH: Final = _words(
    "the and of with from was were this that which have said friday monday tuesday wednesday thursday saturday sunday"
    " january february march april may june july august september october december lost left killed wounded soldiers"
    " came back took fired destroyed damaged sent sailed ships ship army navy force forces aircraft fighter fighters"
    " tanks guns missile missiles troops ministry spokesman two three four five six seven eight nine ten eleven twelve"
    " our we will would not its it’s it's their they new after before between against near under over about more than"
)
"""Words that other languages in the Latin alphabet hardly have."""
_SHORT: Final = 40
"""Words of a text below which one word in eight of these is enough."""
_ENOUGH_ENGLISH: Final = 0.22
"""Share of these among the words of a text above which it is English: other languages stay below a tenth."""
_FEW: Final = 8
"""Words below which nothing but a script tells a language."""
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
_KNOWN: Final = _words(
    "am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky"
    " lo lt lv mk ml mn mr ms mt nb ne nl nn no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr ug uk ur vi zh"
)
_LETTERS_OF_ONE: Final = (
    ("uk", re.compile("[ґєії]", re.IGNORECASE), re.compile("[ыэёъ]", re.IGNORECASE)),
    ("ru", re.compile("[ыэё]", re.IGNORECASE), re.compile("[ґєіїў]", re.IGNORECASE)),
)
"""Languages of one script whose short texts the model confuses: letters that one has and the others have not."""
_SAME: Final = {"nb": "no", "nn": "no"}


def language_of(text: str, stated: str | None = None) -> str | None:
    """Detect the language of most of a text, as ISO 639-1 code; None where it cannot be told.

    Args:
        text: The text; a sample of it is looked at.
        stated: Language that the document states, for texts too short to tell; None where none is stated.
    """
    start = max(0, min(len(text) // 3, len(text) - _SAMPLE))
    sample = text[start : start + _SAMPLE]
    words = _LETTERS.findall(sample)
    letters = sum(map(len, words))
    if not letters:
        return stated
    if (script := _by_script(sample, letters)) is not None:
        return script
    foreign = len(_SHARED.findall(sample)) > _MOST_FOREIGN * letters
    if not foreign and _is_english(words):
        return "en"
    if len(words) < (_FEW // 2 if foreign else _FEW):
        return stated or ("en" if not foreign and _mostly_ascii(sample) else None)
    return _by_model(sample, stated)


def _by_script(sample: str, letters: int) -> str | None:
    """Languages that have a script of their own; a page of Japanese has more characters that Chinese has too."""
    found = Counter({name: len(letter.findall(sample)) for name, letter in _ONE_SCRIPT})
    if found["ja"] and found["ja"] * 8 > found["zh"]:
        found["ja"] += found.pop("zh")
    name, times = found.most_common(1)[0]
    if times > _MOST_FOREIGN * letters:
        return name
    if len(_SHARED.findall(sample)) <= _MOST_FOREIGN * letters:
        return None
    return next((name for name, own, other in _LETTERS_OF_ONE if own.search(sample) and not other.search(sample)), None)


def _is_english(words: list[str]) -> bool:
    """Whether enough of the words are the commonest of English, several different ones."""
    if len(words) < _SHORT and sum(word.lower() in _ONLY_ENGLISH for word in words) * 8 >= max(len(words), 8):
        return True
    common = [word for word in map(str.lower, words) if word in _ENGLISH]
    return len(words) >= _FEW and len(common) >= _ENOUGH_ENGLISH * len(words) and len(set(common)) >= 3


def _mostly_ascii(sample: str) -> bool:
    return sum(map(str.isascii, sample)) > 0.97 * len(sample)


def _by_model(sample: str, stated: str | None) -> str | None:
    """The likeliest of the known languages; designations, which are the same in all, are not looked at."""
    prose = re.sub(r"\S*\d\S*|https?://\S+|\b[A-Z]{2,}\b", " ", sample)
    name, sure = _model().classify(prose)
    name = _SAME.get(str(name), str(name))
    if name == stated or float(sure) > _SURE:
        return name
    english = sum(word in _ENGLISH for word in map(str.lower, _LETTERS.findall(sample)))
    return stated or ("en" if english or _mostly_ascii(sample) else name)


_SURE: Final = 0.8


@lru_cache(maxsize=1)
def _model() -> Any:
    """Takes a moment to load, and texts that are plainly English do without."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    model.set_languages(sorted(_KNOWN))
    return model
