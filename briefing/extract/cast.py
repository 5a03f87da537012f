"""Who is on stage in a document: mentions gathered into actors, each with how it takes part."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from briefing.extract import acting
from briefing.extract.bodies import BodyWords
from briefing.extract.lexicon import Entry, Lexicon
from briefing.extract.mentions import Mentions
from briefing.extract.titles import Titles
from briefing.extract.view import View
from briefing.model.facts import Count, Mention, ParticipantKind, Quote

_UNIT: Final = re.compile(
    r"^(?:U\.?S\.? )?(?:\d+(?:st|nd|rd|th|d)?|[A-Z][a-z]+(?:st|nd|rd|th)|No\.? \d+)\s(?:.*\s)?"
    r"(?:Wing|Squadron|Group|Brigade|Battalion|Regiment|Division|Fleet|Flotilla|Corps|Battery|Company|Detachment|Flight|"
    r"Infantry|Airborne|Army|Unit|Air Force)\b"
    r"|\b(?:Squadron|Wing|Brigade|Battalion|Regiment|Flotilla|Task Force|Task Group|Task Unit|Strike Group|Ready Group|"
    r"Battle Group|Battlegroup|Expeditionary Unit|Fleet|Air Group|Air Division|Combat Team|Detachment)\b(?:\s\d+)?$"
    r"|^(?:C?TF|CTG|V[PFAQMR]{1,3}C?|HS[CLM]|HM[HLM]?A?|DESRON|CSG|ARG|MEU)[ -]?\d+$",
)
_REIGN: Final = frozenset(
    {"administration", "government", "campaign", "era", "regime", "presidency", "years", "doctrine"}
)
_PEOPLE: Final = frozenset(
    {"Airmen", "Soldiers", "Sailors", "Guardians", "Men", "Women", "Officials", "Officers", "Personnel"}
)
_HOUSES: Final = frozenset({"Pentagon", "House", "Kremlin", "Capitol"})
"""Last words of names that are also buildings."""
_AT: Final = frozenset({"at", "in", "inside", "outside", "near"})
_SHORTEST: Final = 3
"""Letters of a name of one word that only the base model vouches for."""
_BYLINE: Final = re.compile(
    r"(?:^|\(|;|\.)\s*(?:[Pp]hotos?|[Ss]tory|[Tt]ext|[Ww]riting|[Ww]ritten|[Rr]eport(?:ing|ed)|[Aa]dditional reporting|"
    r"[Ee]dit(?:ing|ed)|[Cc]ompiled|[Tt]ranslat(?:ion|ed)|[Pp]osted)?\s?\b[Bb]y\b[^.();]*$"
)
_LINE: Final = 120


@dataclass(slots=True)
class Actor:
    """One participant in the making."""

    name: str
    kind: ParticipantKind
    entry: Entry | None
    mentions: list[Mention] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    """As written, in order of appearance."""
    acts: bool = False
    """The subject or agent of something."""
    core: bool = False
    sure: bool = False
    """Known, titled or called so by its own words: listed even if it does nothing."""
    aside: bool = False
    """A medium, a maker, a writer: core only if quoted."""


class Cast:
    """The actors of one document by kind and name."""

    def __init__(self, view: View, mentions: Mentions, lexicon: Lexicon, titles: Titles, words: BodyWords) -> None:
        self.view, self.mentions, self.lexicon, self.titles, self.words = view, mentions, lexicon, titles, words
        self._actors: dict[tuple[ParticipantKind, str], Actor] = {}

    def gather(self, quotes: Iterable[Quote], counts: Iterable[Count]) -> None:
        """Read every mention, then who is quoted and who operates what is counted."""
        for mention, span in zip(self.mentions.all, self.mentions.spans, strict=True):
            self._add(mention, span)
        self._join_short_names()
        active = {str(quote.speaker) for quote in quotes if quote.speaker}
        active |= {str(count.operator) for count in counts if count.operator}
        for actor in self._actors.values():
            if actor.name in active or not active.isdisjoint(actor.forms):
                actor.core = actor.sure = True

    def actors(self) -> list[Actor]:
        """Those that are to be listed, by first mention."""
        listed = [actor for actor in self._actors.values() if actor.sure or actor.acts]
        return sorted(listed, key=lambda actor: actor.spans[0])

    def _add(self, mention: Mention, span: tuple[int, int]) -> None:
        """Count a mention towards the actor it names, and the maker in a type's name towards the maker."""
        entry = self.mentions.info(mention)
        entry = entry if entry and entry.type == mention.type else None
        if mention.type in ("AIRCRAFT", "VEHICLE", "WEAPON", "SHIP") and entry and entry.maker:
            self._maker(mention, entry)
        part = acting.part_of(self.view, *span)
        who = self._who(mention, entry, part, span)
        if who is None:
            return
        kind, name = who
        actor = self._actor(kind, name, entry)
        actor.mentions.append(mention)
        actor.spans.append((mention.start, mention.end))
        actor.forms[mention.text.line()] = None
        if kind == "person" and name != mention.text and name in mention.text:
            actor.forms[name] = None
        actor.aside = actor.aside or mention.text.startswith("@") or self._in_byline(mention)
        actor.sure = actor.sure or self._sure(mention, entry, kind)
        actor.acts = actor.acts or part == acting.ACTS
        if not actor.aside:
            actor.core = actor.core or part in (acting.ACTS, acting.BESIDE) or (part == acting.STRUCK)

    def _actor(self, kind: ParticipantKind, name: str, entry: Entry | None) -> Actor:
        actor = self._actors.get((kind, name))
        if actor is None:
            actor = self._actors[kind, name] = Actor(name, kind, entry)
            actor.aside = bool(entry and entry.kind == "media")
            actor.core = kind == "unit"
        return actor

    def _who(
        self, mention: Mention, entry: Entry | None, part: str, span: tuple[int, int]
    ) -> tuple[ParticipantKind, str] | None:
        """Kind and name of the actor a mention stands for, or None for what cannot act."""
        name = str(mention.name)
        if mention.type == "PERSON":
            return None if self._follows(span, _REIGN) else ("person", name)
        if mention.type == "NATION":
            nation = self.lexicon.nation(name)
            return ("nation", nation) if nation and not self._in_a_name(mention) else None
        if mention.type == "ORG":
            nation = self._nation_meant(mention, entry, span)
            if nation or self._no_body(mention, entry, span):
                return ("nation", nation) if nation else None
            unit = (entry is not None and entry.kind == "unit") or bool(_UNIT.search(name))
            return ("unit" if unit else "organisation"), name
        if mention.type == "SHIP":
            return None if name.endswith(" class") else ("unit", name)
        if mention.type == "PLACE" and entry and entry.kind in ("capital", "seat") and entry.nation:
            return ("nation", entry.nation) if part == acting.ACTS else None
        return None

    def _nation_meant(self, mention: Mention, entry: Entry | None, span: tuple[int, int]) -> str:
        """The nation behind "IRANIAN" in a headline and "Russian military" before "aircraft"."""
        if entry is None and mention.name.isupper():
            return self.lexicon.nation(mention.name.title())
        follows = span[1] < len(self.view) and self.view.tags[span[1]] in ("NN", "NNS")
        if entry and entry.kind == "forces" and mention.text.endswith(" military") and follows:
            return entry.nation
        return ""

    def _no_body(self, mention: Mention, entry: Entry | None, span: tuple[int, int]) -> bool:
        """Whether a body's mention is none that can act: a house one is in, people, a place's name before "airport"."""
        words = mention.name.split()
        if words[-1] in _PEOPLE or self._follows(span, self.titles.not_last):
            return True
        if words[-1] in _HOUSES or mention.text.split()[-1] in _HOUSES:
            return acting.preposition(self.view, *span) in _AT
        lone = entry is None and len(words) == 1 and not mention.text.startswith("@") and mention.confidence != "high"
        return lone and (len(words[0]) < _SHORTEST or not acting.subject(self.view, *span))

    def _follows(self, span: tuple[int, int], words: Collection[str]) -> bool:
        """Whether one of these words follows the mention."""
        return span[1] < len(self.view) and self.view.words[span[1]] in words

    def _in_a_name(self, mention: Mention) -> bool:
        """Whether the nation is the end of a name that is none of ours: "Spirit of America"."""
        before = self.view.text[max(0, mention.start - 30) : mention.start]
        match = re.search(r"(?:^|\W)([A-Z][a-z]+) of (?:the )?$", before)
        return match is not None and "‘'“\"".find(before[max(0, match.start(1) - 1)]) >= 0

    def _in_byline(self, mention: Mention) -> bool:
        if mention.type != "PERSON":
            return False
        text = self.view.text
        line = max(text.rfind("\n", 0, mention.start) + 1, mention.start - _LINE)
        return "y " in text[line : mention.start] and _BYLINE.search(text[line : mention.start]) is not None

    def _sure(self, mention: Mention, entry: Entry | None, kind: ParticipantKind) -> bool:
        """Whether a mention needs no act to be believed."""
        if entry is not None or kind in ("nation", "unit"):
            return True
        name = str(mention.name)
        if kind == "person":
            return " " in name or " " in mention.text or name in self.titles.given
        return not self.words.body.isdisjoint(name.split()) or mention.text.startswith("@")

    def _maker(self, mention: Mention, entry: Entry) -> None:
        """The maker in "Mitsubishi F-2": listed, never core by that."""
        if mention.text.startswith(entry.maker + " "):
            maker = self._actor("organisation", entry.maker, self.lexicon.entry(entry.maker))
            maker.spans.append((mention.start, mention.start + len(entry.maker)))
            maker.forms[entry.maker] = None
            maker.sure = True

    def _join_short_names(self) -> None:
        """Join "Airbus" to the Airbus Industrie of the text, "the Wing" to its wing; drop generic words left alone."""
        bodies = [actor for actor in self._actors.values() if actor.kind in ("organisation", "unit")]
        by_edge: dict[str, list[tuple[list[str], Actor]]] = {}
        for actor in bodies:
            words = actor.name.removeprefix("the ").removeprefix("The ").split()
            for edge in {words[0], words[-1]} if len(words) > 1 else ():
                by_edge.setdefault(edge, []).append((words, actor))
        for actor in bodies:
            words = actor.name.removeprefix("the ").removeprefix("The ").split()
            if actor.entry is not None or not words:
                continue
            generic = len(words) == 1 and words[0] in self.words.generic
            near = by_edge.get(words[0], ())
            full = [other for name, other in near if other is not actor and (generic or _begins(words, name))]
            if len(full) == 1 or (generic and full):
                _merge(actor, full[0])
            if full or generic:
                self._actors.pop((actor.kind, actor.name), None)


def _begins(words: list[str], name: list[str]) -> bool:
    """Whether the words are the beginning of a longer name, and no number alone."""
    return len(words) < len(name) and name[: len(words)] == words and not words[0][0].isdigit()


def _merge(actor: Actor, other: Actor) -> None:
    """Add what is known of ``actor`` to ``other``."""
    other.mentions = sorted([*other.mentions, *actor.mentions], key=lambda m: m.start)
    other.spans = sorted([*other.spans, *actor.spans])
    other.forms.update(actor.forms)
    other.acts |= actor.acts
    other.core |= actor.core
