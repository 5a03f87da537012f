"""How a fact was read, in plain English: the names of the rules are for those who write rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from briefing.tui.wording import own

if TYPE_CHECKING:
    from briefing.model.facts import Fact
    from briefing.model.safetext import SafeText

_NUMBERS: Final = {
    "article": "“a” or “an” before it counts one",
    "behind": "the number stands behind what is counted",
    "bracketed": "the number stands in brackets",
    "casualties": "a number of killed, wounded or missing",
    "direct": "the number stands before what is counted",
    "each": "so many of each",
    "hyphened": "the number is joined by a hyphen",
    "list member": "one thing in a list",
    "shared": "several numbers share what is counted",
    "strong": "a unit of so many",
    "table cell": "a cell of a table",
}
_OWNERS: Final = {
    "about": "operator: whom the text is about",
    "apposed": "operator: that of the names beside it",
    "based": "operator: from the base it flies or sails from",
    "belongs": "operator: the text says whose it is",
    "buyer": "operator: who buys or is given it",
    "container": "operator: that of what it is part of",
    "downed": "operator: who lost it, when nobody else is named",
    "force inside": "operator: the force in the counted words",
    "gapped": "operator: named in a shortened clause",
    "headline": "operator: from the headline",
    "holder": "operator: who has or employs it",
    "its": "operator: whom “its” stands for",
    "label": "operator: from the label of the line",
    "list": "operator: that of the list it stands in",
    "losses": "operator: whose losses they are",
    "member": "operator: the body its members belong to",
    "named before": "operator: named just before",
    "named behind": "operator: named just behind",
    "named inside": "operator: named in the counted words",
    "of many": "operator: several are named",
    "of places": "operator: from the places named",
    "opponent": "operator: who is fought",
    "other side": "operator: the other side of the fight",
    "own side": "operator: the side that tells of its own people",
    "same as before": "operator: as said before",
    "same name": "operator: as said before of the same thing",
    "same sort": "operator: as said before of the same kind of thing",
    "sender": "operator: who sends, fires or uses it",
    "several": "operator: several are named",
    "ship's company": "operator: that of the ship they serve in",
    "struck": "operator: who is struck",
    "subject": "operator: who the sentence is about",
    "title": "operator: from the title",
    "type": "operator: whoever operates this type",
}
_SPEAKERS: Final = {
    "according to": "speaker: named behind “according to”",
    "as one put it": "speaker: named in “as … put it”",
    "label": "speaker: from the label before the words",
    "label of a turn": "speaker: from the label of the turn",
    "name before a colon": "speaker: named before the colon",
    "own clause": "speaker: named in a clause of its own",
    "owner of the words": "speaker: whose words they are said to be",
    "paragraph before": "speaker: that of the paragraph before",
    "quoted as saying": "speaker: who is quoted as saying it",
    "read out": "speaker: whose words are read out",
    "reporting word": "speaker: named with a word of saying",
    "run before": "speaker: that of the words before",
    "run behind": "speaker: that of the words behind",
    "sentence before": "speaker: named in the sentence before",
    "short tag": "speaker: named right behind the words",
    "signature": "speaker: the name below the words",
    "speaker, then verb": "speaker: named with a verb of saying",
    "subject of a verb": "speaker: named with a verb of saying",
    "verb, then speaker": "speaker: named with a verb of saying",
}
_PARTS: Final = {
    "according to": "named behind “according to”",
    "hosts": "named as the host",
    "in a subject": "named in the subject of a sentence",
    "in an object": "named in what a sentence is done to",
    "introduced": "introduced with an office",
    "issues": "issues a statement",
    "mentioned": "named, but does nothing here",
    "object": "something is done to it",
    "operates": "operates what is counted",
    "present": "is said to be present",
    "receives": "is given something",
    "speaks": "is quoted",
    "subject": "does what a sentence says",
    "subject of a state": "is said to be or to have something",
    "unit": "a unit that takes part",
}
_PREPOSITIONS: Final = frozenset({"by", "against", "with", "alongside", "from", "including", "among", "between"})


def how_read(fact: Fact) -> SafeText:
    """How a fact was read; empty where there are no words for its rule.

    Args:
        fact: The fact.
    """
    from briefing.model.facts import Count, Quote

    rule = str(fact.rule or "")
    match fact:
        case Count():
            return own(" · ".join(_of_a_count(rule)))
        case Quote():
            return own(_SPEAKERS.get(rule, ""))
        case _:
            return own(f"named behind “{rule}”" if rule in _PREPOSITIONS else _PARTS.get(rule, ""))


def _of_a_count(rule: str) -> list[str]:
    """The words for ``count:NAME operator:NAME``."""
    number, _, owner = rule.partition(" operator:")
    words = (_NUMBERS.get(number.removeprefix("count:"), ""), _OWNERS.get(owner, ""))
    return [one for one in words if one]
