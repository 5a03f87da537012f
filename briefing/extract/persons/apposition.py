"""Retype names from apposition ("the newspaper Aurora" is ORG), overriding the NER model.

"The newspaper Aurora", "Skua, a tracking firm", "Fjordland Bulk A/S", "the supertanker Amira", "exercise Iron Reef".
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefing.extract.lexicon.lexicon import Lexicon
from briefing.extract.nlp.char_spans import Spans
from briefing.extract.persons.name_patterns import UPPER
from briefing.extract.persons.national_services import body, over
from briefing.model.facts import EntityType, Mention
from briefing.model.safetext import SafeText

_WORD: Final = rf"{UPPER}[\w'’&-]*"
_NAME: Final = rf"(?P<name>{_WORD}(?:[ ]{_WORD}){{0,3}})"
_MEDIA: Final = r"newspaper|news agency|broadcaster|news site|news website|news portal|magazine|tabloid|daily"
_GROUPS: Final = (
    r"group|firm|company|shipbroker|consultancy|think tank|agency|organi[sz]ation|newspaper|institute|charity|airline|"
    r"manufacturer|website|shipyard|shipbuilder|magazine|broadcaster|watchdog|outlet|portal|channel|militia|gang|"
    r"cartel|faction|movement|union|service|provider|authority|regulator|bank|club|(?P<both>operator|contractor|builder|maker)"
)
"""Nouns in apposition; a person may be called by ``both``, too."""
_AND_ON: Final = r"(?=[,.;:]|[ ](?:that|which|based|in|of|for|from|at|with|and|to|on|said)\b)"
_INSIDE: Final = r"(?:(?!(?:at|of|for|in|with|from|to|by|who|on|and)[ ])[\w'’-]+[ ]){0,4}?"
_BEFORE: Final = re.compile(
    rf"\b(?:{_MEDIA}|website|think tank|tracking group|watchdog|shipbuilder|airline)[ ](?:the[ ])?[\"“‘]?{_NAME}"
)
_BEHIND: Final = re.compile(
    rf"(?:[\"”’]?[ ](?:{_MEDIA})|,[ ](?:an?|the)[ ]{_INSIDE}(?:{_GROUPS}){_AND_ON}"
    r"|[ ](?P<firm>A/S|ASA|AS|AB|Oyj?|GmbH|SpA|S\.p\.A\.|N\.V\.|BV|Ltda?|Plc|PLC|Pty|Pte|JSC|Sdn))(?![\w/-])"
)
_LAST: Final = re.compile(rf"(?<![\w.@#’'-])(?P<name>(?:(?:{UPPER}\.)+[ ])?{_WORD}(?:[ ](?:&[ ])?{_WORD}){{0,3}})$")
_MERCHANT: Final = re.compile(
    rf"\b(?:[Ss]upertanker|[Tt]anker|dwt|[Tt]ug|[Dd]how)[ ][\"“‘']?(?P<name>{_WORD}(?:[ ]{_WORD})?)(?=[ ,.;\"”’'])"
)
_ALSO: Final = re.compile(rf"(?:,[ ](?:and[ ])?|[ ]and[ ])the[ ](?P<name>{_WORD}(?:[ ]{_WORD})?)(?=[ ,.;])")
_EDITION: Final = re.compile(r"[ ](?:\d{2}|20\d\d|[XVLI]{2,6})(?![\w-])")
_EDITION_END: Final = re.compile(r"[ ](?:\d{2}|20\d\d|[XVLI]{2,6})$")
_EXERCISE: Final = re.compile(
    r"\b(?:[Ee]xercises?|EXERCISE|[Dd]rills?|[Mm]ano?euvres?|[Tt]raining)[ ][\"“‘'«]?"
    rf"(?P<name>{_WORD}(?:[ ]{_WORD}){{0,2}}(?:[ ]\d{{2,4}})?)"
)
_FAR: Final = 60
"""Characters before a word in which the name may begin."""
_GUESSES: Final = ("PERSON", "ORG", "PLACE", "EVENT")


def told_by_neighbours(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """The mentions with those that neighbouring words type corrected or added; in order of place.

    What the lexicon knows, and names of more words that the base model gave with certainty, stay as they are.

    Args:
        text: The text.
        mentions: Its mentions.
        lexicon: The lexicon.
    """
    found = [*_outfits(text, mentions), *_ships(text, mentions), *_exercises(text, mentions)]
    found += _editions(text, mentions, lexicon)
    if not found:
        return tuple(mentions)
    sure = Spans((m.start, m.end) for m in mentions if _certain(m, lexicon))
    return over(mentions, [m for m in found if sure.free(m.start, m.end)])


def _certain(mention: Mention, lexicon: Lexicon) -> bool:
    if mention.name in lexicon.entries or mention.type not in _GUESSES:
        return True
    return mention.confidence == "high" and mention.type != "PERSON"


def _outfits(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Media and firms beside a word for what they are, firms by the letters after their names."""
    for match in _BEFORE.finditer(text):
        yield body(text, *match.span("name"))
    for match in _BEHIND.finditer(text):
        name = _LAST.search(text, max(0, match.start() - _FAR), match.start())
        if not name or (name["name"].isupper() and match["firm"]):
            continue
        person = match["both"] and any(m.type == "PERSON" and m.end == name.end() and " " in m.text for m in mentions)
        if not person:
            yield body(text, name.start("name"), match.end("firm") if match["firm"] else name.end("name"))


def _ships(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Ships behind a word for merchant ships, and those that go on a list of ships: "the Amira |and the Sela|"."""
    merchant = any(word in text for word in ("anker ", "dwt ", "ug ", "how "))
    for match in _MERCHANT.finditer(text) if merchant else ():
        yield _mention(text, *match.span("name"), "SHIP")
    for ship in mentions:
        also = _ALSO.match(text, ship.end) if ship.type == "SHIP" else None
        while also:
            yield _mention(text, *also.span("name"), "SHIP")
            also = _ALSO.match(text, also.end())


def _exercises(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Exercises: called so where they are first named, and the same words elsewhere."""
    if not any(word in text for word in ("xercise", "XERCISE", "rill", "euvre", "raining")):
        return
    names = {_EDITION_END.sub("", match["name"]) for match in _EXERCISE.finditer(text)}
    for mention in mentions if names else ():
        if _EDITION_END.sub("", mention.text) in names:
            yield _mention(text, mention.start, mention.end, "EVENT")


def _editions(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Names with the number of an edition or a year behind them: "Iron Reef 24", "HARVEST XII"."""
    for mention in mentions:
        if mention.type not in ("ORG", "PERSON") or _certain(mention, lexicon):
            continue
        edition = _EDITION_END.search(mention.text)
        first = next(iter(mention.text.split()), "")
        taken = {term.entry.type for term in lexicon.terms.get(first, ())} - {"EVENT"}
        if edition and mention.type == "ORG" and not taken:
            yield _mention(text, mention.start, mention.end, "EVENT")
        elif mention.type == "PERSON" and " " not in mention.text and (match := _EDITION.match(text, mention.end)):
            yield _mention(text, mention.start, match.end(), "EVENT")


def _mention(text: str, start: int, end: int, kind: EntityType) -> Mention:
    written = SafeText(text[start:end])
    return Mention(start=start, end=end, text=written, type=kind, name=written.line(), confidence="high")
