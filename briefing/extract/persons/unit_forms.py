"""Find units and agencies by forms of writing, and merge them into the mentions.

"The |64th| and |65th Aggressor Squadrons|" are two units, "Esquadra 201" and "Space Support Team 5" are one each, a
ship's name ends before "of the", and the agency in a dateline's brackets is a body.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefing.extract.lexicon.word_lists import PersonWords, one_of
from briefing.extract.nlp.datelines import dateline_agency
from briefing.extract.persons.national_services import body, over
from briefing.model.facts import Mention
from briefing.model.safetext import SafeText

_ORDINAL: Final = r"\d{1,4}(?:st|nd|rd|th)"
_ORDINALS: Final = (
    rf"(?<![\w-])(?P<more>{_ORDINAL}(?:, {_ORDINAL}){{0,4}}),? and (?P<last>{_ORDINAL}) "
    r"(?P<kind>(?:[A-Z][\w-]+ ){0,4}"
)
_WORDS_BEFORE: Final = r"(?<![\w-])(?:(?:[A-Z][\w.-]*) ){0,5}"
_BASE: Final = re.compile(rf"(?<![\w-]){_ORDINAL} (?:[A-Z]\w+ )?Air Base(?!\w)")
_SHIP_OF: Final = re.compile(r" (?:of|from) (?:the )?[A-Z]")
_DIGIT: Final = re.compile(r"\d")
_OWNED: Final = re.compile(r"['’]s (?=[A-Z]\w+ [A-Z])")
_LEAD: Final = re.compile(r"(?:The|A|An|In|At|By|From|When|While|As|On|For|With|And|But) ")


def units_and_agencies(text: str, mentions: Sequence[Mention], lists: PersonWords) -> tuple[Mention, ...]:
    """The mentions with units and agencies in these forms; in order of place.

    Args:
        text: The text.
        mentions: Its mentions.
        lists: Nouns of units that a number stands behind, and kinds that units share.
    """
    found = [*_several(text, lists), *_numbered(text, lists), *_ships(text, mentions), *_agencies(text)]
    found += _owners(text, mentions)
    return over(mentions, found)


def _several(text: str, lists: PersonWords) -> Iterator[Mention]:
    """Units that share the word for their kind: "the 5th and 7th Fleets"."""
    pattern = one_of(lists.kinds_of_units, _ORDINALS, r")(?P<plural>s?)(?![\w-])")
    for match in pattern.finditer(text) if " and " in text else ():
        kind = match["kind"]
        for number in re.finditer(_ORDINAL, match["more"]):
            start = match.start("more") + number.start()
            yield body(text, start, start + len(number[0]), f"{number[0]} {kind}")
        yield body(text, match.start("last"), match.end(), f"{match['last']} {kind}")


def _numbered(text: str, lists: PersonWords) -> Iterator[Mention]:
    """Units whose number stands last: "Esquadra 201", "Space Support Team 5"; bases with one that are units."""
    pattern = one_of(lists.before_unit_numbers, _WORDS_BEFORE, r" \d{1,4}(?:-\d{1,2})?(?![\w.,]\d|[\w-])")
    for match in pattern.finditer(text):
        lead = _LEAD.match(match[0])
        yield body(text, match.start() + (lead.end() if lead else 0), match.end())
    for match in _BASE.finditer(text):
        yield body(text, *match.span())


def _ships(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Ships without the service they are of: "BRP Datu Lumad |of the Coast Guard|"."""
    for mention in mentions:
        cut = _SHIP_OF.search(mention.text) if mention.type == "SHIP" else None
        if cut and cut.start() > 0 and mention.name == mention.text and cut[0].startswith((" of the ", " from ")):
            written = SafeText(text[mention.start : mention.start + cut.start()])
            yield mention.model_copy(update={"end": mention.start + cut.start(), "text": written, "name": written})


def _owners(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Two bodies that the base model took for one: "the Naval School|'s |Resources Institute"."""
    for mention in mentions:
        cut = _OWNED.search(mention.text) if mention.type == "ORG" and mention.name == mention.text else None
        if cut and " " in mention.text[: cut.start()]:
            yield body(text, mention.start, mention.start + cut.start())
            yield body(text, mention.start + cut.end(), mention.end)


def _agencies(text: str) -> Iterator[Mention]:
    """The agency of each dateline."""
    for line in re.finditer(r"[^\n]+", text):
        span = dateline_agency(text, *line.span())
        if span is not None and text[span[0]].isupper() and not _DIGIT.search(text, *span):
            yield body(text, *span)
