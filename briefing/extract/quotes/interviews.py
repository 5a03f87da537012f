"""Find who answers in an interview whose turns bear "Q:" and "A:": the person whom the words before them introduce."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from briefing.extract.quotes.transcripts import Turn
from briefing.model.facts import Mention

_ANSWERS: Final = frozenset(("a", "answer"))
_QUESTIONS: Final = frozenset(("q", "question"))
_FEWEST: Final = 2
"""Answers that make an interview."""


def interviewee(text: str, turns: Sequence[Turn], mentions: Iterable[Mention]) -> str | None:
    """Name of who answers: whom the title names, else who is named most often before the first answer, else first.

    None where the turns are no interview, or nobody is introduced.

    Args:
        text: The text.
        turns: Its turns.
        mentions: Its mentions, in order.
    """
    labels = [turn.label(text).lower() for turn in turns]
    answers = [turn for turn, label in zip(turns, labels, strict=True) if label in _ANSWERS]
    if len(answers) < _FEWEST or _QUESTIONS.isdisjoint(labels):
        return None
    introduced = Counter(str(m.name) for m in mentions if m.type == "PERSON" and m.start < answers[0].label_start)
    title = text.partition("\n")[0]
    titled = [name for name in introduced if name.split()[-1] in title]
    return titled[0] if len(titled) == 1 else max(introduced, key=lambda name: introduced[name], default=None)


def is_answer(label: str) -> bool:
    """Whether a label stands before answers: "A"."""
    return label.lower() in _ANSWERS


def is_part(label: str) -> bool:
    """Whether a label stands before questions or answers."""
    return label.lower() in _ANSWERS | _QUESTIONS
