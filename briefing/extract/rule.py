"""Named rules: a fact is read by the first of an ordered tuple of rules that has an answer, and bears its name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Generic, ParamSpec, TypeVar

from briefing.model.base import Confidence

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Rule(Generic[P, R]):
    """A named rule to read a fact.

    ``apply`` returns null where the rule has nothing to say; ``confidence`` is how far its answers are trusted (see
    ``docs``: it comes from the rule's record on annotated texts). Each example is a text and what the rule must read
    off it; they are run as tests.
    """

    name: str
    apply: Callable[P, R | None]
    confidence: Confidence = "high"
    examples: tuple[tuple[str, str], ...] = field(default=())


SET_ASIDE: Final[set[str]] = set()
"""Names of rules that are skipped: for measuring what each is worth, never in use."""


def first_answer(rules: tuple[Rule[P, R], ...], *args: P.args, **kwargs: P.kwargs) -> tuple[Rule[P, R], R] | None:
    """The first rule with an answer, and the answer; None where no rule has one.

    Args:
        rules: The rules, in order; those set aside are passed over.
        *args: What the rules are given.
        **kwargs: The same, by name.
    """
    for rule in rules:
        if rule.name in SET_ASIDE:
            continue
        answer = rule.apply(*args, **kwargs)
        if answer is not None:
            return rule, answer
    return None
