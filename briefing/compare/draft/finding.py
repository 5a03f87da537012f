"""Findings of a draft check: a statement, a verdict, and the supporting passages."""

from typing import Literal, NamedTuple

from briefing.model.safetext import SafeText

Kind = Literal["number", "date", "quotation", "name"]
Verdict = Literal["supported", "different", "altered", "nowhere"]
"""``different``: sources give another number, date or speaker; ``altered``: other words or another spelling."""


class Support(NamedTuple):
    """A passage of a source that bears on the statement: id of the source, span and text."""

    document: str
    start: int
    end: int
    words: SafeText


class Finding(NamedTuple):
    """A statement of the draft (characters of its text) with the verdict and the passages behind it."""

    kind: Kind
    start: int
    end: int
    text: SafeText
    verdict: Verdict
    support: tuple[Support, ...] = ()
    remark: SafeText = SafeText()
    """Why it is not supported, where that is not plain: the speaker that a source names, the words that differ."""
