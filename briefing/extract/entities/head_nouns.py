"""Find names by a head word: ``28th Bomb Wing``, ``Ministry of National Defense``, ``Nineveh Province``.

Such a name is a run of capitalised words with a head word in it that says what it is. The run is walked over tokens,
from the head word left over capitalised words and right over "of", "for" and what they govern.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from briefing.extract.entities.candidates import KNOWN, STRONG, Found, Text, words
from briefing.extract.lexicon.lexicon import Entry, Lexicon
from briefing.extract.lexicon.word_lists import NameWords, any_of
from briefing.extract.nlp.token_columns import View

_SMALL: Final = frozenset({"of", "for", "and", "the", "&", "in", "on", "de", "la", "du", "des", "to"})
_ORDINAL: Final = re.compile(r"(?:\d{1,4}(?:st|nd|rd|th|d)|[IVX]{1,5})$")
_NUMBERS: Final = words("One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve I II III IV")
_GOVERNED: Final = 7
"""At most so many words stand after the "of" of a name."""
_NO_PART: Final = words("VB VBZ VBP VBD MD PRP PRP$ TO WP WRB WDT IN DT CC EX")
"""Tags of words that no name holds, though a headline writes them with a capital."""
_COMPOUNDS: Final = ("-based", "-led", "-backed", "-held", "-made", "-built", "-born", "-style", "-linked", "-owned")
_OPENERS: Final = frozenset({"DT", "PRP$", "WDT", "IN", "PRP"})
"""Tags of words that are capitalised only because a sentence starts."""


class _Patterns(NamedTuple):
    guard: re.Pattern[str]
    """``Vermont Air National Guard``."""
    designated: re.Pattern[str]
    """``Strike Fighter Squadron (VFA) 102``."""
    ordinal: re.Pattern[str]
    numbered: re.Pattern[str]


@lru_cache(maxsize=4)
def _patterns(lists: NameWords) -> _Patterns:
    """Patterns of units by their numbers."""
    units, forces = any_of(lists.unit_nouns), any_of(lists.task_forces)
    inner, other = r"(?:[A-Z][\w'&/-]*|and|of(?= [A-Z]))", any_of(lists.no_part_of_units)
    return _Patterns(
        re.compile(rf"(?<![\w-])([A-Z][a-z]+(?: [A-Z][a-z]+)?) ({any_of(lists.state_guards)})(?!\w)"),
        re.compile(
            rf"(?<![\w-])(?:[A-Z][\w-]+ ){{1,5}}(?:{any_of(lists.designated_units)}) \([A-Z]{{2,6}}\) \d{{1,4}}(?!\w)"
        ),
        re.compile(
            r"(?<![\w-])(?:(?:No\.? ?)?\d{1,4}(?:/\d{1,4})?"
            rf"(?: (?!US\b|U\.S|UK\b|of\b|{other}){inner}){{0,6}}? (?:{units})"
            r"|\d{1,4}(?:st|nd|rd|th|d)(?:/\d{1,4}(?:st|nd|rd|th|d)?)?(?: \([A-Z0-9]+\))?"
            rf"(?: {inner}){{0,6}}? (?:{units}|{any_of(lists.arms)}|[A-Z]{{2,5}}))(?![\w-])"
        ),
        re.compile(
            rf"(?<![\w-])(?:(?:{any_of(lists.task_force_adjectives)}) )?(?:{forces})(?: \((?:CTF|TF|CJTF|JTF)\))?"
            r"[ -](?:\d{1,4}(?:\.\d{1,2})*|[IVX]{1,4}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?![\w-])"
        ),
    )


@lru_cache(maxsize=4)
def _named_place(lexicon: Lexicon) -> re.Pattern[str]:
    """A place by the words before its name: ``Camp Lejeune``."""
    return re.compile(
        rf"(?<![\w-])(?:{any_of(lexicon.place_words)}) "
        r"(?:[A-ZÀ-Ý][\w'-]*|[A-Z]\.(?:[A-Z]\.)?(?= [A-Z]))(?: (?:[A-ZÀ-Ý][\w'-]*))?(?![\w])"
    )


def numbered(text: Text) -> Iterator[Found]:
    """Units by their numbers, state guards, and places by the word before their name. Reads characters only."""
    flat = text.flat
    for match in _patterns(text.lists).guard.finditer(flat):
        state = text.lexicon.entry(match[1])
        if state is not None and state.kind == "region":
            entry = Entry(match.group(), "ORG", "service", nations=("United States",), parent=match[2])
            yield Found(match.start(), match.end(), "ORG", match.group(), entry, STRONG)
    for match in _patterns(text.lists).designated.finditer(flat) if ") " in flat else ():
        yield _unit(match, STRONG)
    for match in _patterns(text.lists).ordinal.finditer(flat):
        yield _unit(match, KNOWN)
    for match in _patterns(text.lists).numbered.finditer(flat):
        if match.group().split()[-1] not in text.lists.no_units_alone:
            yield _unit(match, KNOWN)
    for match in _named_place(text.lexicon).finditer(flat):
        after = match.group().split()[1]
        if after not in text.lists.no_names_of_places and not any(
            t.entry.type == "AIRCRAFT" for t in text.lexicon.terms.get(after, ())
        ):
            name = match.group()
            entry = Entry(
                name, "PLACE", next(k for w, k in text.lexicon.place_words.items() if name.startswith(f"{w} "))
            )
            yield Found(match.start(), match.end(), "PLACE", name, entry)


def heads(text: Text) -> Iterator[Found]:
    """Mentions of organisations, places and events by their head words. Reads the view's tokens."""
    known = text.lexicon.heads
    for i in [i for i, word in enumerate(text.view.words) if word in known]:
        found = _run(text, i)
        if found is not None:
            yield found


def _unit(match: re.Match[str], tier: int) -> Found:
    return Found(match.start(), match.end(), "ORG", match.group(), Entry(match.group(), "ORG", "unit"), tier)


def _run(text: Text, i: int) -> Found | None:
    """The name whose head word is token ``i``."""
    view = text.view
    tokens, tags, lists = view.words, view.tags, text.lexicon.words
    first = _leftmost(view, i, text.lexicon)
    last = _rightmost(view, i, text.lexicon)
    while first < i and (
        tokens[first] in _SMALL or tokens[first] in _NUMBERS or (first in text.opens and tags[first] in _OPENERS)
    ):
        first += 1
    type_, kind = text.lexicon.heads[tokens[i]]
    if first == i and i in text.opens and tokens[i].endswith("s"):
        return None
    if first == i and last == i + 1 and (tokens[i] not in lists["alone"] or i in text.opens):
        return None
    start, end = view.starts[first], view.ends[last - 1]
    name = text.flat[start:end]
    if kind == "company" and (maker := text.lexicon.company(name)):
        return Found(start, end, type_, maker.name, maker)
    return Found(start, end, type_, name, Entry(name, type_, kind), KNOWN, "", "high" if last - first > 2 else "medium")


def _leftmost(view: View, i: int, lexicon: Lexicon) -> int:
    """The first token of the run that ends in token ``i``: capitalised words, ordinals and what joins them."""
    first = i
    j = i - 1
    while j >= 0:
        if _capitalised(view.words[j]):
            if view.tags[j] in _NO_PART or view.words[j] in lexicon.lists.names.headline_verbs:
                break
            first = j
        elif not _joins(view, j, i, lexicon):
            break
        j -= 1
    return first


def _joins(view: View, j: int, i: int, lexicon: Lexicon) -> bool:
    """Whether the small word at ``j`` joins two parts of the name that ends at ``i``."""
    tokens = view.words
    if j == 0 or i - j > 8 or not _capitalised(tokens[j - 1]):
        return False
    if tokens[j] == "and":
        # "Training and Doctrine Command" is one name, "Army and Navy" two.
        before = tokens[j - 1]
        known = before.isupper() or before in lexicon.heads or before in lexicon.nations
        return j > 1 and not (_capitalised(tokens[j - 2]) or known)
    if tokens[j] in ("-", "–"):
        return view.ends[j - 1] == view.starts[j]
    return tokens[j] == "&" or (tokens[j] == "of" and tokens[j - 1] in lexicon.words["governing"])


def _rightmost(view: View, i: int, lexicon: Lexicon) -> int:
    """One past the last token of a run with its head at ``i``: "of", "for" and what they govern."""
    tokens, last, lists = view.words, i + 1, lexicon.words
    if last < len(tokens) and tokens[i] in lexicon.lists.names.units_with_numbers:
        number = tokens[last]
        if number in _NUMBERS or (number.isdigit() and len(number) < 4 and i > 0 and _capitalised(tokens[i - 1])):
            return last + 1
    if tokens[i] in lexicon.lists.names.posted_bodies and last < len(tokens) - 1 and tokens[last] in ("to", "in"):
        k = last + 2 if tokens[last + 1] == "the" else last + 1
        if k < len(tokens) and tokens[k] in lexicon.nations:
            return k + 1
    if tokens[i] not in lists["governing"]:
        return last
    while last < len(tokens) - 1 and tokens[last] in ("of", "for"):
        k = last + 1
        while k < len(tokens) - 1 and tokens[k] in ("the", "and", "on") and k - last < 3:
            k += 1
        if not _capitalised(tokens[k]):
            break
        end = min(len(tokens), k + _GOVERNED)
        while k < end and view.tags[k] not in _NO_PART and tokens[k] not in lexicon.lists.names.headline_verbs:
            if not _capitalised(tokens[k]) and not (tokens[i] in lists["listing"] and _lists(tokens, k, lexicon)):
                break
            k += 1
        last = k
    return last


def _lists(tokens: list[str], k: int, lexicon: Lexicon) -> bool:
    if tokens[k] not in ("and", "&", "-") or k + 1 >= len(tokens) or not _capitalised(tokens[k + 1]):
        return False
    return tokens[k + 1] not in lexicon.heads and all(
        t.surface != tokens[k + 1] for t in lexicon.terms.get(tokens[k + 1], ())
    )


def _capitalised(word: str) -> bool:
    if word[0].isupper():
        return not word.endswith(_COMPOUNDS)
    return _ORDINAL.match(word) is not None
