"""Score the evidence that two counts are of the same things: nouns, predicates, operators, numbers, shared words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from briefing.compare.amounts import may_be
from briefing.compare.counted import Counted
from briefing.compare.nouns import kinship, path_of
from briefing.compare.predicates import EXCLUSIVE, fit
from briefing.model.amounts import Amount, fits

if TYPE_CHECKING:
    from briefing.compare.belonging import Belonging

# Weights of the evidence that two counts are of the same things.
_NOUN: Final = 0.8


_DOING: Final = 0.8


_WORDS: Final = 0.6


_NO_WORDS: Final = -0.25
"""One or two of something by a general noun, in sentences with few words in common."""


_MANY_WORDS: Final = 0.5


_FEW: Final = 3


_OPERATOR: Final = 0.25


_OTHER_OPERATOR: Final = -0.2


_OTHER_CATEGORY: Final = -0.3


_EQUAL: Final = ((3, 0.5), (6, 0.65), (20, 0.8))
"""What an equal number tells: the smaller, the more likely by chance. Numbers below the first, and the weight."""


_LARGE_EQUAL: Final = 1.1


_COMPATIBLE: Final = 0.4


_DIFFERENT: Final = -0.1


# How much evidence is needed.
_LEAST_EQUAL: Final = 1.4


_LEAST_COMPATIBLE: Final = 1.35


_LEAST_OPEN: Final = 1.15


_LEAST_DIFFERENT: Final = 1.3


_LEAST_FATE: Final = 1.1


_LEAST_SPECIFIC: Final = 1.1


_SAME_SENTENCE: Final = 0.8


_LEAST_SAME_SENTENCE: Final = 0.9


_LEAST_TYPED: Final = 1.45


_LEAST_NEAR: Final = 0.65


_IN_ALL: Final = 0.1


_NOTHING: Final = -1.0


_GENERIC_ALIKE: Final = 0.65
"""How surely one general noun ("ships", "people") means the same ones twice."""


_GENERAL: Final = 0.6
"""Kinship of a noun with a more general one."""


_TOTAL: Final = 30


_NEAR_TOTAL: Final = 1.3


_FAR: Final = 5


def evidence(a: Counted, b: Counted, belonging: Belonging) -> float:
    """Score of the evidence that two counts are of the same things; below 0 it is not enough to join them.

    Args:
        a: One count.
        b: The other one, of the same event.
        belonging: Affiliations, to compare the operators.
    """
    if a.part != b.part:
        return _NOTHING
    noun = same_thing(a, b)
    doing = fit(a.doing, b.doing)
    if noun <= 0 or doing <= 0:
        return _NOTHING
    alike = _likeness(a, b)
    total = _NOUN * noun + _DOING * doing + _WORDS * alike
    if alike < _MANY_WORDS and noun <= _GENERIC_ALIKE and doing < 1 and (a.amount.low or _FEW) < _FEW:
        total += _NO_WORDS
    if a.fact.category != b.fact.category:
        total += _OTHER_CATEGORY
    if a.fact.operator and b.fact.operator:
        total += _OPERATOR if belonging.agree(a.fact.operator, b.fact.operator) else _OTHER_OPERATOR
    x, y = a.amount, b.amount
    if x.is_open or y.is_open:
        if not _may_be(a, b) or not _may_be(b, a):
            return _NOTHING
        return total + (_COMPATIBLE if x.is_open and y.is_open else 0) - _LEAST_OPEN
    if (x.low, x.high) == (y.low, y.high):
        return total + _of_equal(max(x.low or 0, x.high or 0)) - _LEAST_EQUAL
    if fits(x, y):
        return total + _COMPATIBLE - _LEAST_COMPATIBLE
    return total + _DIFFERENT + _IN_ALL * (a.total + b.total) - _needed_to_differ(a, b, noun, doing)


def _may_be(open_one: Counted, other: Counted) -> bool:
    """Whether the words for a number of the one can be said of the number of the other."""
    if not open_one.amount.is_open or other.amount.is_open:
        return True
    low, high = other.amount.low, other.amount.high
    return may_be(open_one.fact.evidence, low or 0, high if high is not None else 10 * (low or 1))


def in_common(first: Counted, other: Counted) -> str:
    """Why two counts are joined, in a few words: "same event, same number, both killed".

    Args:
        first: One count.
        other: The other one, of the same event.
    """
    parts = ["same event"]
    if (first.amount.low, first.amount.high) == (other.amount.low, other.amount.high):
        parts.append("same number")
    elif fits(first.amount, other.amount):
        parts.append("numbers that fit")
    if same_thing(first, other) >= 1 or first.path == other.path:
        parts.append("same kind of thing")
    if first.doing.name and first.doing.name == other.doing.name:
        parts.append(f"both {first.doing.name}")
    if first.fact.operator and first.fact.operator == other.fact.operator:
        parts.append("same operator")
    if _likeness(first, other) >= _MANY_WORDS:
        parts.append("like sentences")
    return ", ".join(parts)


def _needed_to_differ(a: Counted, b: Counted, noun: float, doing: float) -> float:
    """Score needed for two numbers that exclude each other to count as a contradiction."""
    never = 100.0
    if a.document != b.document and min(len(a.stems), len(b.stems)) >= _FEW and _likeness(a, b) >= _SAME_SENTENCE:
        return _LEAST_SAME_SENTENCE
    if a.part or b.part or a.more or b.more or a.what.typed != b.what.typed:
        return never
    names = {a.doing.name, b.doing.name}
    if a.within != b.within or (a.path != b.path and _far_apart(a.amount, b.amount)):
        return never  # all who were held, and the journalists among them
    if doing == 1.0 and noun >= _GENERAL and a.doing.name in EXCLUSIVE:
        return _LEAST_FATE
    if a.single or b.single:
        return never
    if _near(a.amount, b.amount) and noun >= _GENERAL and not names & EXCLUSIVE:
        return _LEAST_NEAR
    if _far_apart(a.amount, b.amount):
        return never
    if doing == 1.0 and noun >= _GENERAL:
        return _LEAST_DIFFERENT
    specific = noun >= 1 and (a.what.typed or (len(a.path) > 1 and a.path[0] != "?"))
    if not specific or None not in names or names & EXCLUSIVE:
        return never
    return _LEAST_TYPED if a.what.typed else _LEAST_SPECIFIC


def _near(a: Amount, b: Amount) -> bool:
    """Whether two large numbers lie near each other, as two totals of the same do ("more than 140" and "over 130")."""
    one, two = sorted((a.low or a.high or 0, b.low or b.high or 0))
    return one >= _TOTAL and two <= _NEAR_TOTAL * one


def _far_apart(a: Amount, b: Amount) -> bool:
    """Whether two numbers are so far apart that they rather count different things ("five guests", "2,500 guests")."""
    one, two = sorted((a.low or a.high or 0, b.low or b.high or 0))
    return two > _FAR * max(one, 1)


def _of_equal(number: int) -> float:
    return next((weight for below, weight in _EQUAL if number < below), _LARGE_EQUAL)


def same_thing(a: Counted, b: Counted) -> float:
    """Score that two counts' nouns mean the same: 1.2 for the same type, down to 0 where they exclude each other.

    Args:
        a: One count.
        b: The other one.
    """
    if a.what.typed and b.what.typed:
        return 1.2 if a.what.fits(b.what) else 0.0
    if a.what.family == b.what.family:
        return 1.0 if a.what.typed or len(a.path) > 1 or a.path[:1] == ("?",) else _GENERIC_ALIKE
    if a.what.typed != b.what.typed:
        typed, noun = (a, b) if a.what.typed else (b, a)
        nouns = [path_of(word) for word in typed.what.nouns]
        known = [path for path in nouns if path and path[0] != "?"]
        return max((kinship(path, noun.path) for path in known), default=0.4 if len(noun.path) < 3 else 0.3)
    alike = kinship(a.path, b.path)
    return min(alike, _GENERIC_ALIKE) if len(a.path) == len(b.path) == 1 and a.path[0] != "?" else alike


def _likeness(a: Counted, b: Counted) -> float:
    """Share of the telling words of the shorter sentence that stand in both, from 0 to 1."""
    fewest = min(len(a.stems), len(b.stems))
    return len(a.stems & b.stems) / fewest if fewest else 0.0
