"""Rank sources by the formula of SQLite's full-text index, Okapi BM25 with the title counted four times.

Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and Beyond", with k1 = 1.2 and b = 0.75; a
term that more than half of all sources have weighs next to nothing rather than against a source. Phrases are gone
through in the order of the expression that SQLite is given, so that sums come out alike to the last digit.
"""

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, NamedTuple

from briefing.library.postgres.connection import measures
from briefing.library.postgres.passages import TITLE
from briefing.library.postgres.places import Places, counts_of, near, places_of, starts_of
from briefing.library.search.conditions import AllOf, AnyOf, Condition, Near, NoneOf, Where, Words
from briefing.library.search.sql import choices
from briefing.library.store.database import Database

_K1: Final = 1.2
_B: Final = 0.75
_OF_TITLE: Final = 4.0
_LEAST: Final = 1e-6
_MARKS: Final = 1
"""Words of SQLite's index that no source has written: the one that tells when it came counts for its length too."""
_REMEMBERED: Final = 2000


Matching = Callable[[Condition, str, Database], tuple[str, list[object]]]


class Phrase(NamedTuple):
    """A sequence of words that is weighed."""

    words: tuple[str, ...]
    prefix: bool
    in_title: bool


class Weighing:
    """Scores sources; caches the number of sources with each phrase for as long as the library stays as it is."""

    def __init__(self, matching: Matching) -> None:
        """``matching`` puts a condition on words as one on the rows of the index."""
        self._matching = matching
        self._state: tuple[int, int] = (0, 0)
        self._hits: dict[Phrase, int] = {}

    def scores(self, terms: Sequence[Condition], db: Database, docs: Collection[int]) -> Iterator[tuple[int, float]]:
        """Row number and score of each source: the higher the better.

        Args:
            terms: Conditions, all of which are weighed.
            db: Connection to the library.
            docs: Row numbers of the sources.
        """
        held = measures(db)
        state = (held["sources"], held["words"])
        if state != self._state or len(self._hits) > _REMEMBERED:
            self._state, self._hits = state, {}
        whole = AllOf(tuple(terms))
        phrases = list(_phrases(whole))
        self._look_up(phrases, db)
        weights = [self._weight(phrase, db, held["sources"]) for phrase in phrases]
        words = held["words"] + _MARKS * held["sources"]
        average = words / held["sources"] if held["sources"] else 1.0
        for doc, size, counts in _counted(whole, phrases, db, docs):
            length = _K1 * (1 - _B + _B * (size + _MARKS) / average)
            score = 0.0
            for weight, n in zip(weights, counts, strict=True):
                score += weight * ((n * (_K1 + 1.0)) / (n + length))
            yield doc, score

    def _look_up(self, phrases: Sequence[Phrase], db: Database) -> None:
        """Know how many sources have each of the single words, all asked for at once."""
        words = [one.words[0] for one in phrases if _is_word(one) and one not in self._hits]
        if words:
            found = dict(db.execute("SELECT word, n FROM lexeme WHERE word = ANY (?)", (words,)).fetchall())
            self._hits.update((Phrase((word,), False, False), int(found.get(word, 0))) for word in words)

    def _weight(self, phrase: Phrase, db: Database, sources: int) -> float:
        """What the phrase tells: the rarer it is, the more."""
        n = self._hits.get(phrase)
        if n is None:
            n = self._hits[phrase] = _hits(phrase, db, self._matching)
        weight = math.log((max(0, sources - n) + 0.5) / (max(0, n) + 0.5))
        return weight if weight > 0.0 else _LEAST


def _counted(
    whole: AllOf, phrases: Sequence[Phrase], db: Database, docs: Collection[int]
) -> Iterator[tuple[int, int, Sequence[float]]]:
    """Row number, number of words, and how often each phrase stands there, weighed, for each source."""
    left = docs
    if all(_is_plain(part) for part in whole.parts):
        seen = set()
        for doc, size, counts in counts_of(db, docs, [phrase.words for phrase in phrases], _OF_TITLE):
            seen.add(doc)
            yield doc, size, counts
        left = [doc for doc in docs if doc not in seen]
        if not left:
            return
    named = [*phrases, *_phrases(whole, also_without=True)]  # those too that tell whether a part holds
    words = {word for phrase in named for word in phrase.words}
    begun = {phrase.words[-1] for phrase in named if phrase.prefix}
    for doc, size, places in places_of(db, left, words, begun):
        counts = []
        _count(whole, places, counts)
        yield doc, size, counts


def _is_plain(condition: Condition) -> bool:
    """Whether it is words anywhere, of which each is counted for itself."""
    return (
        isinstance(condition, Words)
        and condition.where == "anywhere"
        and not (condition.prefix and not condition.begun)
    )


def _is_word(phrase: Phrase) -> bool:
    """Whether it is a single word, of which the index keeps count."""
    return len(phrase.words) == 1 and not phrase.prefix and not phrase.in_title


def _hits(phrase: Phrase, db: Database, matching: Matching) -> int:
    """How many sources have it."""
    where: Where = "title" if phrase.in_title else "anywhere"
    sql, values = matching(Words((phrase.words,), phrase.prefix, where), "text", db)
    return int(db.execute(f"SELECT count(*) FROM words WHERE {sql}", values).fetchone()[0])


def _phrases(condition: Condition, *, also_without: bool = False) -> Iterator[Phrase]:
    """The phrases of a condition in the order of SQLite's expression; those that must not stand there if asked for."""
    match condition:
        case Words(where=where):
            yield from (Phrase(words, prefix, where == "title") for words, prefix in _ways(condition))
        case Near(groups, _, where):
            for choice in choices(groups):
                yield from (Phrase(words, False, where == "title") for words in choice)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _phrases(part, also_without=also_without)
        case NoneOf(part) if also_without:
            yield from _phrases(part, also_without=True)


def _ways(term: Words) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The sequences of a term, each with whether its last word may go on."""
    both = term.prefix and not term.begun
    for words in term.sequences:
        yield from ((words, True), (words, False)) if both else ((words, False),)
    yield from (((word,), False) for word in term.begun)


def _count(condition: Condition, places: Places, counts: list[float]) -> bool:
    """Put into ``counts`` how often each phrase stands there, title and body weighed; whether the condition holds.

    What stands in a part that does not hold as a whole is not counted.
    """
    match condition:
        case Words():
            found = [starts_of(places, words, prefix=prefix) for words, prefix in _ways(condition)]
            counts += [_weighed(starts, condition.where) for starts in found]
            return any(counts[-len(found) :])
        case Near(groups, distance, where):
            holds = False
            for choice in choices(groups):
                starts = [starts_of(places, words, prefix=False) for words in choice]
                inside = [[at for at in each if _is_in(at, where)] for each in starts]
                kept = near([(at, len(words)) for at, words in zip(inside, choice, strict=True)], distance)
                counts += [_weighed(at, where) for at in kept]
                holds = holds or bool(kept[0])
            return holds
        case NoneOf(part):
            return not _count(part, places, [])
        case AllOf(parts) | AnyOf(parts):
            begun = len(counts)
            answers = [_count(part, places, counts) for part in parts]
            holds = all(answers) if isinstance(condition, AllOf) else any(answers)
            if not holds:
                counts[begun:] = [0.0] * (len(counts) - begun)
            return holds
        case _:
            return False


def _is_in(at: int, where: str) -> bool:
    return where != "title" or at >= TITLE


def _weighed(starts: Sequence[int], where: str) -> float:
    weighed = 0.0
    for at in starts:
        weighed += _OF_TITLE if at >= TITLE else 1.0 if where != "title" else 0.0
    return weighed
