"""What is found of a statement of a draft in the sources."""

from typing import Literal, NamedTuple

from briefing.model.safetext import SafeText

Kind = Literal["number", "date", "quotation", "name"]
Verdict = Literal["supported", "different", "altered", "nowhere"]
"""``different``: sources give another number, date or speaker; ``altered``: other words or another spelling."""


class Support(NamedTuple):
    """A passage that bears on the statement: the id of the source, where, and what stands there."""

    document: str
    start: int
    end: int
    words: SafeText


class Finding(NamedTuple):
    """A statement of the draft (characters of its text) with what the sources say of it."""

    kind: Kind
    start: int
    end: int
    text: SafeText
    verdict: Verdict
    support: tuple[Support, ...] = ()
    remark: SafeText = SafeText()
    """Why it is not supported, where that is not plain: the speaker that a source names, the words that differ."""
