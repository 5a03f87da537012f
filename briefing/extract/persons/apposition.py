"""Retype names from apposition ("the newspaper Aurora" is ORG), overriding the NER model.

"The newspaper Aurora", "Skua, a tracking firm", "Fjordland Bulk A/S", "the supertanker Amira", "exercise Iron Reef".
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from briefing.extract.lexicon.lexicon import Lexicon
from briefing.extract.lexicon.word_lists import PersonWords, any_of, one_of
from briefing.extract.nlp.char_spans import Spans
from briefing.extract.persons.name_patterns import UPPER
from briefing.extract.persons.national_services import body, over
from briefing.model.facts import EntityType, Mention
from briefing.model.safetext import SafeText

_WORD: Final = rf"{UPPER}[\w'’&-]*"
_NAME: Final = rf"(?P<name>{_WORD}(?:[ ]{_WORD}){{0,3}})"
_AND_ON: Final = r"(?=[,.;:]|[ ](?:that|which|based|in|of|for|from|at|with|and|to|on|said)\b)"
_INSIDE: Final = r"(?:(?!(?:at|of|for|in|with|from|to|by|who|on|and)[ ])[\w'’-]+[ ]){0,4}?"
_LAST: Final = re.compile(rf"(?<![\w.@#’'-])(?P<name>(?:(?:{UPPER}\.)+[ ])?{_WORD}(?:[ ](?:&[ ])?{_WORD}){{0,3}})$")
_ALSO: Final = re.compile(rf"(?:,[ ](?:and[ ])?|[ ]and[ ])the[ ](?P<name>{_WORD}(?:[ ]{_WORD})?)(?=[ ,.;])")
_EDITION: Final = re.compile(r"[ ](?:\d{2}|20\d\d|[XVLI]{2,6})(?![\w-])")
_EDITION_END: Final = re.compile(r"[ ](?:\d{2}|20\d\d|[XVLI]{2,6})$")
_EXERCISE: Final = (r"\b", rf"[ ][\"“‘'«]?(?P<name>{_WORD}(?:[ ]{_WORD}){{0,2}}(?:[ ]\d{{2,4}})?)")
_FAR: Final = 60
"""Characters before a word in which the name may begin."""
_GUESSES: Final = ("PERSON", "ORG", "PLACE", "EVENT")

_SHIP: Final = rf"[ ][\"“‘']?(?P<name>{_WORD}(?:[ ]{_WORD})?)(?=[ ,.;\"”’'])"


@lru_cache(maxsize=4)
def _before(lists: PersonWords) -> re.Pattern[str]:
    """A noun for what it is, and the name of a medium or an outfit."""
    return one_of(lists.media_nouns | lists.outfit_nouns, r"\b", rf"[ ](?:the[ ])?[\"“‘]?{_NAME}")


@lru_cache(maxsize=4)
def _behind(lists: PersonWords) -> re.Pattern[str]:
    """What stands behind the name of a medium, an outfit or a firm; a person may be called by ``both``, too."""
    nouns = rf"(?:{any_of(lists.group_nouns)}|(?P<both>{any_of(lists.person_or_group_nouns)}))"
    return re.compile(
        rf"(?:[\"”’]?[ ](?:{any_of(lists.media_nouns)})|,[ ](?:an?|the)[ ]{_INSIDE}{nouns}{_AND_ON}"
        rf"|[ ](?P<firm>{any_of(lists.company_letters)}))(?![\w/-])"
    )


def told_by_neighbours(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """The mentions with those that neighbouring words type corrected or added; in order of place.

    What the lexicon knows, and names of more words that the base model gave with certainty, stay as they are.

    Args:
        text: The text.
        mentions: Its mentions.
        lexicon: The lexicon.
    """
    lists = lexicon.lists.persons
    found = [*_outfits(text, mentions, lists), *_ships(text, mentions, lists), *_exercises(text, mentions, lists)]
    found += _editions(text, mentions, lexicon)
    if not found:
        return tuple(mentions)
    sure = Spans((m.start, m.end) for m in mentions if _certain(m, lexicon))
    return over(mentions, [m for m in found if sure.free(m.start, m.end)])


def _certain(mention: Mention, lexicon: Lexicon) -> bool:
    if mention.name in lexicon.entries or mention.type not in _GUESSES:
        return True
    return mention.confidence == "high" and mention.type != "PERSON"


def _outfits(text: str, mentions: Sequence[Mention], lists: PersonWords) -> Iterator[Mention]:
    """Media and firms beside a word for what they are, firms by the letters after their names."""
    for match in _before(lists).finditer(text):
        yield body(text, *match.span("name"))
    for match in _behind(lists).finditer(text):
        name = _LAST.search(text, max(0, match.start() - _FAR), match.start())
        if not name or (name["name"].isupper() and match["firm"]):
            continue
        person = match["both"] and any(m.type == "PERSON" and m.end == name.end() and " " in m.text for m in mentions)
        if not person:
            yield body(text, name.start("name"), match.end("firm") if match["firm"] else name.end("name"))


def _ships(text: str, mentions: Sequence[Mention], lists: PersonWords) -> Iterator[Mention]:
    """Ships behind a word for merchant ships, and those that go on a list of ships: "the Amira |and the Sela|"."""
    for match in one_of(lists.merchant_ships, r"\b", _SHIP).finditer(text):
        yield _mention(text, *match.span("name"), "SHIP")
    for ship in mentions:
        also = _ALSO.match(text, ship.end) if ship.type == "SHIP" else None
        while also:
            yield _mention(text, *also.span("name"), "SHIP")
            also = _ALSO.match(text, also.end())


def _exercises(text: str, mentions: Sequence[Mention], lists: PersonWords) -> Iterator[Mention]:
    """Exercises: called so where they are first named, and the same words elsewhere."""
    names = {_EDITION_END.sub("", match["name"]) for match in one_of(lists.exercise_nouns, *_EXERCISE).finditer(text)}
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
