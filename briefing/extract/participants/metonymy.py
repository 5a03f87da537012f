"""Resolve metonymy: "Washington" → United States; "Russian military" before "aircraft" → Russia; a house → no actor."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from briefing.extract.lexicon.government_bodies import BodyWords
from briefing.extract.lexicon.lexicon import Entry, Lexicon
from briefing.extract.lexicon.titles import Titles
from briefing.extract.lexicon.word_lists import ActorWords, WordLists, any_of
from briefing.extract.nlp.token_columns import View
from briefing.extract.participants import agency
from briefing.extract.participants.agency import Part
from briefing.model.facts import Mention, ParticipantKind

_SERIAL: Final = re.compile(r"[A-Z]{1,3}-?\d{2,5}$")
"""An aircraft's serial or a ship's hull number, that the base model took for a body."""
_NUMBER: Final = re.compile(r"(?:\d[\d,]*|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Dozens of)\s")
_BASED: Final = re.compile(r"\S+-based\s")
_LANGUAGE: Final = re.compile(r"[- ](?:language|speaking|speaker|text|version)", re.IGNORECASE)
_ADJECTIVE: Final = re.compile(r"^[A-Z][a-z]+(?:ish|ese|ian|an|ic|ch|brew)$")
"""What a language is called like."""
_PASSED_ON: Final = re.compile(r"[ \t]*(?:$|\n|:|@)")
_ABBREVIATED: Final = re.compile(r"(U\.S\.|US|U\.K\.|UK) ([A-Z][a-z]+)$")
"""A common noun that got a capital after a stop: "U.S. Interests"."""
_POSSESSIVE: Final = re.compile(r"(?<=[\w.)]{2})['’]s (?=(?:[A-Z][\w&.-]*)(?: [A-Z][\w&.-]*)+$)")
"""Between two names of bodies, the second of several words."""
_LINKS: Final = frozenset({"and", "&", ",", "/", "or"})
_AT: Final = frozenset({"at", "in", "inside", "outside", "near"})
_SHORTEST: Final = 3
"""Letters of a name of one word that only the base model vouches for."""


@lru_cache(maxsize=4)
def _unit(lists: WordLists) -> re.Pattern[str]:
    """The form of a unit's name."""
    actors = lists.actors
    ordinal = r"(?:\d+(?:st|nd|rd|th|d)?|[A-Z][a-z]+(?:st|nd|rd|th)|No\.? \d+)"
    side = r"(?!North |South |East |West |Southeast |Southwest |Northeast |Northwest )"
    return re.compile(
        rf"^(?:U\.?S\.? )?{side}{ordinal}\s(?:.*\s)?(?:{any_of(actors.numbered_units)})\b"
        rf"|\b(?:{any_of(lists.persons.before_unit_numbers)})\s\d+(?:-\d+)?$"
        rf"|\b(?:{any_of(actors.named_units)})\b(?:\s\d+)?$"
        rf"|^(?:{any_of(actors.lettered_units)}) [A-Z]$|^Long-Range Aviation$|^\d{{1,3}}(?:st|nd|rd|th) Marines$"
        rf"|^BLT \d/\d$|\bUnit \([A-Z]{{2,6}}\) \d+$"
        rf"|(?:{any_of(actors.units_in_other_languages)})(?: de \w+)? \S*\d[A-Z]?$"
        rf"|^(?:{any_of(actors.kinds_of_companies | actors.spelling_alphabet)}) (?:{any_of(actors.lettered_units)})$"
        rf"|^(?:{any_of(actors.unit_codes)}|V[PFAQMR]{{1,3}}C?)[ -]?\d+$",
    )


class Reading(NamedTuple):
    """An actor that characters ``start`` to ``end`` stand for.

    ``lone``: a name of one word that only the base model vouches for.
    """

    kind: ParticipantKind
    name: str
    entry: Entry | None
    start: int
    end: int
    lone: bool = False


_SECRETARY: Final = re.compile(r"Secretary of (?:the )?$")


def name_is_thing(name: str, last: str, lists: ActorWords, *, known: bool) -> bool:
    """Whether an unlisted name of several words is a product's or a programme's; "Marines" alone are people.

    Args:
        name: The name.
        last: Its last word.
        lists: Last words of what is made or done.
        known: Whether a lexicon lists it; then it is none.
    """
    return not known and ((" " in name and last in lists.things) or name == "Marines")


_GOVERNS: Final = frozenset({"subject", "in a subject", "according to"})
"""Rules that make a capital act as its government: not a list of places behind "by"."""


class Readings:
    """Reads the mentions of one document."""

    def __init__(self, view: View, lexicon: Lexicon, titles: Titles, words: BodyWords) -> None:
        self.view, self.lexicon, self.titles, self.words = view, lexicon, titles, words
        self.lists, self._unit = lexicon.lists.actors, _unit(lexicon.lists)

    def of(self, mention: Mention, span: tuple[int, int], entry: Entry | None, part: Part) -> Iterator[Reading]:
        """The actors that a mention stands for; none for what cannot act.

        Args:
            mention: The mention.
            span: Half-open range of its tokens.
            entry: The lexicon's entry of it; None where it is in none.
            part: Its role in the sentence.
        """
        whole = (mention.start, mention.end)
        if mention.type == "ORG":
            if not self._channel(mention) or (part.part == agency.ACTS and self._posts(mention, span)):
                yield from self._body(mention, span, entry)
        elif mention.type == "PERSON" and not self._follows(span, self.lists.reigns):
            yield Reading("person", str(mention.name), entry, *whole)
        elif mention.type == "NATION" and (nation := self._nation_in(str(mention.name))):
            if not (self._in_a_name(mention) or self._language(mention, span)):
                yield Reading("nation", nation, entry, *whole)
        elif mention.type == "SHIP" and not mention.name.endswith(" class"):
            yield Reading("unit", str(mention.name), entry, *whole)
        elif mention.type == "PLACE" and part.rule in _GOVERNS and entry and self._government(mention, entry):
            yield Reading("nation", entry.nation, self.lexicon.entry(entry.nation), *whole)
        if entry and entry.maker and mention.text.startswith(entry.maker + " "):
            end = mention.start + len(entry.maker)
            yield Reading("organisation", entry.maker, self.lexicon.entry(entry.maker), mention.start, end)

    def _language(self, mention: Mention, span: tuple[int, int]) -> bool:
        """Whether it is a language: "in English |are|", "Russian-speaking"."""
        if _LANGUAGE.match(self.view.text, mention.end):
            return True
        first, end = span
        adjective = _ADJECTIVE.search(mention.text) and self.lexicon.nation(mention.text) != mention.text
        alone = end >= len(self.view) or self.view.tags[end] not in ("NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "POS")
        return bool(adjective) and alone and first > 0 and self.view.words[first - 1] in ("in", "In")

    def _nation_in(self, name: str) -> str:
        """The nation of a name that may have taken in a word too many: "grey German"; or an empty string."""
        lexicon, words = self.lexicon, name.split()
        return lexicon.nation(name) or lexicon.nation(" ".join(words[1:])) or lexicon.nation(" ".join(words[:-1]))

    def _owned(self, mention: Mention) -> Iterator[Reading]:
        """Owner and owned of a name in one: "the Naval School's Logistics Institute"."""
        text = str(mention.text)
        match = _POSSESSIVE.search(text)
        if match is None or self.lexicon.nation(text[: match.start()]) or text[: match.start()] in self.lists.the_many:
            return
        cut = match.start()
        for name, start in ((text[:cut], mention.start), (text[match.end() :], mention.start + match.end())):
            bare = re.sub(r"^[Tt]he ", "", name)
            start += len(name) - len(bare)
            known = self._known(bare)
            yield Reading(self._kind(bare, known), known.name if known else bare, known, start, start + len(bare))

    def _body(self, mention: Mention, span: tuple[int, int], entry: Entry | None) -> Iterator[Reading]:
        """The actors behind a body's mention; what the lexicon does not list is looked at closely."""
        if self._nobody(mention, span):
            return
        if nation := self._nation_meant(mention, span, entry):
            yield Reading("nation", nation, self.lexicon.entry(nation), mention.start, mention.end)
            return
        name, start = str(mention.name), mention.start
        if name not in self.lexicon.entries:
            if parts := list(self._owned(mention)) or list(self._several(mention)):
                yield from parts
                return
            name, start, entry = self._own_name(mention, entry)
        lone = " " not in name and entry is None and mention.confidence != "high" and not name.startswith("@")
        serial = lone and _SERIAL.match(name) and not self._unit.search(name)
        if len(name) >= (_SHORTEST if lone else 1) and not serial:
            yield Reading(self._kind(name, entry), name, entry, start, mention.end, lone)

    def _own_name(self, mention: Mention, entry: Entry | None) -> tuple[str, int, Entry | None]:
        """A body's name without what the base model or a headline drew into it, and where it starts."""
        name, start = str(mention.name), mention.start
        cut = self._without_function_words(name)
        if cut != name:
            return cut, start, self._known(cut)
        if based := _BASED.match(mention.text):
            return mention.text[based.end() :], start + based.end(), None
        rank = self.titles.at(name, 0)
        if rank and self._unit.search(rest := name[rank.end :].strip(" ,")):
            # "Commander CTF 150": what stands after the rank.
            return rest, start + len(name) - len(rest), self._known(rest)
        if number := _NUMBER.match(mention.text):
            # "Two Navy" destroyers, "31 US Air Force" tankers, but "140 Expeditionary Air Wing".
            rest = mention.text[number.end() :]
            known = self._known(rest)
            if known or not (number[0][0].isdigit() or " " in rest):
                return (known.name if known else rest), start + number.end(), known
        head, _, last = name.rpartition(" ")
        if last in self.lists.behind_bodies and (known := self._known(head)):
            return known.name, start, known
        return name, start, entry

    def _without_function_words(self, name: str) -> str:
        """Remove function words that a headline's capitals drew into a name: "Why Lowbridge Shipping Should"."""
        words = name.split()
        while words and words[-1].lower() in self.titles.function:
            words.pop()
        while words and words[0].lower() in self.titles.function:
            words.pop(0)
        return " ".join(words)

    def _several(self, mention: Mention) -> Iterator[Reading]:
        """Actors of "French and Royal Navy" and "U.S. Russia", if the lexicon knows them."""
        text = str(mention.text)
        hits = list(self.lexicon.find(text)) if " " in text else []
        rest = text
        for hit in hits:
            rest = rest.replace(hit.term.surface, " ", 1)
        nations = all(hit.term.entry.type == "NATION" for hit in hits)
        linked = len(hits) > 1 and set(rest.split()) <= _LINKS and (nations or rest.split())
        if not linked:
            middle = text.find(" and ")
            firsts = [hit for hit in hits if (hit.start, hit.end) == (0, middle) or hit.start == middle + 5]
            hits = firsts if firsts and firsts[0].start == 0 else []
        for hit in hits:
            entry, start = hit.term.entry, mention.start + hit.start
            if entry.type in ("ORG", "NATION"):
                yield Reading(self._kind(entry.name, entry), entry.name, entry, start, mention.start + hit.end)

    def _known(self, words: str) -> Entry | None:
        """The lexicon's entry that these words, all of them, name."""
        for hit in self.lexicon.find(words):
            return hit.term.entry if (hit.start, hit.end) == (0, len(words)) else None
        return None

    def _government(self, mention: Mention, entry: Entry) -> bool:
        """Whether a capital or seat that is the subject stands for its government, and is no dateline."""
        if entry.kind not in ("capital", "seat"):
            return False
        return not mention.text.isupper() or self.view.text[max(0, mention.start - 1) : mention.start].strip() != ""

    def _nation_meant(self, mention: Mention, span: tuple[int, int], entry: Entry | None) -> str:
        """The nation behind "IRANIAN" in a headline, "Government of Iraq", and "Russian military" before "aircraft"."""
        if entry is None and mention.name.isupper():
            return self.lexicon.nation(mention.name.title())
        if mention.confidence != "high" and (abbreviated := _ABBREVIATED.match(mention.text)):
            # "U.S. Russia" are two.
            return "" if self.lexicon.nation(abbreviated[2]) else self.lexicon.nation(abbreviated[1])
        if entry and entry.kind == "government" and mention.name.startswith("Government of "):
            return entry.nation
        noun_follows = span[1] < len(self.view) and self.view.tags[span[1]] in ("NN", "NNS", "NNP")
        if entry and entry.kind == "forces" and mention.text.endswith(" military") and noun_follows:
            return entry.nation
        return ""

    def _channel(self, mention: Mention) -> bool:
        """Whether the body is a channel, a pact or the "RT" of a post passed on."""
        return mention.text == "RT" or not self.words.channels.isdisjoint((mention.name, mention.text))

    def _posts(self, mention: Mention, span: tuple[int, int]) -> bool:
        """Whether a channel itself is the subject of a verb, not a noun it modifies."""
        passed_on = mention.text == "RT" and _PASSED_ON.match(self.view.text, mention.end)
        return agency.subject(self.view, *span) and not passed_on

    def _nobody(self, mention: Mention, span: tuple[int, int]) -> bool:
        """Whether a body's name means people, a place before "airport", or a house that one is in."""
        first, last = mention.name.split(" ", 1)[0], mention.name.rsplit(" ", 1)[-1]
        if (
            first == "Exercise"
            or first in self.lists.members
            or last in self.lists.members
            or self._follows(span, self.titles.not_last)
        ):
            return True
        if name_is_thing(str(mention.name), last, self.lists, known=mention.name in self.lexicon.entries):
            return True
        if _SECRETARY.search(self.view.text, max(0, mention.start - 24), mention.start):
            return True
        house = last in self.lists.houses or mention.text.rsplit(" ", 1)[-1] in self.lists.houses
        return house and agency.preposition(self.view, *span) in _AT

    def _follows(self, span: tuple[int, int], words: Collection[str]) -> bool:
        """Whether one of these words follows the mention."""
        return span[1] < len(self.view) and self.view.words[span[1]] in words

    def _in_a_name(self, mention: Mention) -> bool:
        """Whether the nation ends a name in quotation marks that is no nation's: "‘Spirit of America’"."""
        before = self.view.text[max(0, mention.start - 30) : mention.start]
        return re.search(r"[‘'“\"][A-Z][a-z]+ of (?:the )?$", before) is not None

    def _kind(self, name: str, entry: Entry | None) -> ParticipantKind:
        if entry is not None and entry.kind == "nation":
            return "nation"
        if name.endswith(" Army") and not self._unit.search(name):
            # An army of its own ("Kachin Independence Army"), no formation.
            return "organisation"
        return "unit" if (entry is not None and entry.kind == "unit") or self._unit.search(name) else "organisation"
