"""Group mentions into actors, with the grammatical role of each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.government_bodies import BodyWords
from briefing.extract.lexicon.lexicon import Entry, Lexicon
from briefing.extract.lexicon.titles import Titles
from briefing.extract.lexicon.word_lists import ActorWords, any_of, one_of
from briefing.extract.nlp.char_spans import Spans
from briefing.extract.nlp.token_columns import View
from briefing.extract.participants import agency
from briefing.extract.participants.asides import AREA, Asides
from briefing.extract.participants.background import Background
from briefing.extract.participants.metonymy import Reading, Readings
from briefing.extract.persons.name_patterns import POSTER
from briefing.model.facts import Count, Mention, ParticipantKind, Quote

_BYLINE: Final = (r"(?:^|\(|;|\.)\s*(?:(?:[Aa]dditional )?", r")?\s?\b[Bb]y\b[^.();]*$")
_NEAR: Final = 6
"""Words beside a name among which an office may stand."""
_LINE: Final = 120
_SHORT: Final = 3
"""Letters of the longest words that a title writes small, and the fewest words that tell how it writes."""
_TYPES: Final = ("AIRCRAFT", "VEHICLE", "WEAPON")
_NEVER: Final = ("DATE", "QUANTITY", "MONEY", "EVENT")
_ACTING: Final = ("PERSON", "ORG", "NATION", "SHIP")
_THINGS: Final = (*_TYPES, "EVENT", "PLACE")


@lru_cache(maxsize=4)
def _branches(lists: ActorWords) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Names of services of a branch, and of units of it."""
    return (
        (one_of(lists.services_in_the_air, r"\b", r"\b"), one_of(lists.units_in_the_air, r"\b", r"\b")),
        (
            one_of(lists.services_at_sea, r"\b", r"\b"),
            re.compile(rf"\b(?:(?:{any_of(lists.units_at_sea)})\b|V[PFAQR]{{1,2}}-)"),
        ),
        (one_of(lists.services_on_land, r"\b", r"\b"), one_of(lists.units_on_land, r"\b", r"\b")),
    )


@dataclass(slots=True)
class Actor:
    """A participant while it is gathered."""

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
    rule: str = "mentioned"
    """Name of the rule that makes it core, or of the one that does not."""
    aside: bool = False
    """A medium, a maker, a writer: core only if quoted."""


class Cast:
    """The actors of one document by kind and name."""

    def __init__(self, view: View, mentions: Mentions, lexicon: Lexicon, titles: Titles, words: BodyWords) -> None:
        self.view, self.mentions, self.lexicon, self.titles, self.words = view, mentions, lexicon, titles, words
        self.readings = Readings(view, lexicon, titles, words)
        self._things: set[str] = set()
        """Last words of the names of persons, things and events: alone, they are no bodies."""
        self._nationals = Spans()
        """Counts of people by their nation."""
        self._actors: dict[tuple[ParticipantKind, str], Actor] = {}
        self.background = Background(view, mentions)
        self._title = self._title_in_capitals()
        self.asides = Asides(view, mentions, lexicon.lists.actors)

    def gather(self, quotes: Iterable[Quote], counts: Iterable[Count]) -> None:
        """Gather every mention, then mark who is quoted and who operates what is counted.

        Args:
            quotes: Quotes of the document.
            counts: Its counts.
        """
        counts = list(counts)
        self._nationals = Spans((c.start, c.end) for c in counts if self._is_national(c))
        for mention in self.mentions.all:
            if mention.type == "PERSON" or (mention.type in _THINGS and " " in mention.text):
                self._things.update((mention.name.rsplit(" ", 1)[-1], mention.text.rsplit(" ", 1)[-1]))
        owning = Spans((m.start, m.end) for m in self.mentions.institutions)
        for mention, span in zip(self.mentions.all, self.mentions.spans, strict=True):
            if mention.type != "ORG" or owning.free(mention.start, mention.end):
                self._add(mention, span)
        for mention, span in zip(self.mentions.institutions, self.mentions.institution_spans, strict=True):
            self._add(mention, span)
        self._join_short_names()
        self._drop_things({str(count.item).lower() for count in counts})
        speakers = {str(quote.speaker) for quote in quotes if quote.speaker}
        active = speakers | {str(count.operator) for count in counts if count.operator and self._fields(count)}
        self._add_operators({str(count.operator) for count in counts if count.operator})
        for actor in self._actors.values():
            if actor.name in active or not active.isdisjoint(actor.forms):
                actor.core = actor.sure = True
                actor.rule = "speaks" if actor.name in speakers or not speakers.isdisjoint(actor.forms) else "operates"

    def _fields(self, count: Count) -> bool:
        """Whether who is counted takes part by it: not by its nationals alone, nor by what is told of the past."""
        return not self._is_national(count) and not self.background.holds(self.view.token_at(count.start))

    def _is_national(self, count: Count) -> bool:
        """Whether people are counted by their nation alone: "three Filipinos"."""
        return count.category == "personnel" and bool(self.lexicon.nation(str(count.item)))

    def _drop_things(self, items: set[str]) -> None:
        """Drop what the base model took for a body or person though the text counts it: "one RHIB", "23 Mastiffs"."""
        items = items | {item.rsplit(" ", 1)[-1] for item in items}
        for key, actor in list(self._actors.items()):
            name = actor.name.lower()
            if (
                actor.entry is None
                and actor.kind in ("organisation", "person")
                and not items.isdisjoint((name, name.removesuffix("s")))
            ):
                del self._actors[key]

    def _add_operators(self, names: set[str]) -> None:
        """Add who operates what is counted under a name that was taken for something else: "Haqqani militants"."""
        for actor in self._actors.values():
            names -= {actor.name, *actor.forms}
        for mention in self.mentions.all:
            if mention.type in ("PLACE", "PERSON") and not names.isdisjoint((str(mention.name), str(mention.text))):
                reading = Reading("organisation", str(mention.name), None, mention.start, mention.end)
                actor = self._actor(reading)
                actor.mentions.append(mention)
                actor.spans.append((mention.start, mention.end))
                actor.forms[mention.text] = None

    def actors(self) -> list[Actor]:
        """The actors to be listed, by first mention."""
        listed = [a for a in self._actors.values() if (a.sure or a.acts) and not self._headline_only(a)]
        return sorted(listed, key=lambda actor: actor.spans[0])

    def _headline_only(self, actor: Actor) -> bool:
        """Whether a name in no lexicon stands only in a title whose words all have capitals: "Discuss Next Moves"."""
        if actor.entry is not None or actor.kind not in ("person", "organisation") or actor.spans[-1][1] > self._title:
            return False
        return not actor.core or actor.rule not in ("speaks", "operates")

    def _title_in_capitals(self) -> int:
        """End of the title where it is written with capitals throughout; 0 where it is not."""
        end = self.view.text.find("\n")
        long = [word for word in self.view.text[: max(end, 0)].split() if len(word) > _SHORT and word[0].isalpha()]
        return end if len(long) > _SHORT and all(word[0].isupper() for word in long) else 0

    def bodies_after(self, person: Actor) -> Iterator[int]:
        """Tokens where a body may stand that a person is said to be of: "Ann Lee of the Harbour Police"."""
        words = self.view.words
        for mention in person.mentions:
            i = self.view.token_range(mention.start, mention.end)[1]
            if i + 2 < len(words) and words[i] in ("of", "from", "at", "with"):
                yield i + 1 + (words[i + 1] in ("the", "The"))

    def service_of(self, unit: Actor) -> str:
        """The service of a unit: named right before or after it, else the only service of its branch in the text."""
        for mention in unit.mentions:
            first, last = self.view.token_range(mention.start, mention.end)
            for i in (first - 2 if first > 1 and self.view.tags[first - 1] == "POS" else first - 1, last + 1):
                near = self.mentions.mention_at(i)
                entry = self.mentions.info(near) if near and near.type == "ORG" else None
                comma = i < first or self.view.words[last : last + 1] == [","]
                if near and entry and entry.kind == "service" and comma:
                    return str(near.name)
        branch = next((word for word, of in _branches(self.lexicon.lists.actors) if of.search(unit.name)), None)
        services = [a.name for a in self._actors.values() if a.entry and a.entry.kind == "service" and a is not unit]
        fitting = [name for name in services if branch and branch.search(name)]
        return fitting[0] if len(fitting) == 1 else ""

    def _add(self, mention: Mention, span: tuple[int, int]) -> None:
        """Count a mention towards the actors it stands for."""
        if mention.type in _NEVER:
            return
        entry = self.mentions.info(mention)
        entry = entry if entry and entry.type == mention.type else None
        if entry and entry.kind == "unit" and entry.name != mention.name:
            # Named anew since: "Royal New Zealand Army" is no unit.
            entry = self.lexicon.entries.get(mention.name)
        if entry is None and (mention.type not in _ACTING or self.asides.place_of_writing(mention)):
            return
        part = self._part(mention, span)
        for reading in self.readings.of(mention, span, entry, part):
            if reading.lone and reading.name in self._things:
                continue
            actor = self._actor(reading)
            actor.spans.append((reading.start, reading.end))
            if mention.type in _TYPES:
                # A maker named in a type.
                actor.forms[self.view.text[reading.start : reading.end]] = None
                actor.sure = True
                continue
            actor.mentions.append(mention)
            self._name(actor, mention, reading)
            actor.aside = actor.aside or self._signs(mention) or self._in_byline(mention)
            actor.aside = actor.aside or self.asides.agency(mention)
            actor.sure = actor.sure or self._sure(mention, reading)
            actor.acts = actor.acts or (agency.subject(self.view, *span) if reading.lone else part.part == agency.ACTS)
            actor.acts = actor.acts or (reading.kind == "organisation" and self._beside(reading, span, part))
            role = self._own_part(mention, span, part)
            if reading.kind == "unit" and not actor.core and not self._only_named(mention, span):
                actor.core, actor.rule = True, "unit"
            if role and not actor.aside:
                if not actor.core or actor.rule == "unit":
                    actor.rule = role.rule
                actor.core = True

    def _beside(self, reading: Reading, span: tuple[int, int], part: agency.Part) -> bool:
        """Whether a body of several words is itself, and no noun behind it, who something is with, from or for."""
        dep = self.view.deps[span[1] - 1]
        several = " " in reading.name or (any(c.isupper() for c in reading.name[1:]) and not reading.name.isupper())
        return part.part == agency.BESIDE and dep in ("pobj", "conj") and several

    def _only_named(self, mention: Mention, span: tuple[int, int]) -> bool:
        """Whether a unit's name is a sea's, or says what another unit belongs to."""
        return AREA.match(self.view.text, mention.end) is not None or self.asides.parent(span)

    def _part(self, mention: Mention, span: tuple[int, int]) -> agency.Part:
        """The part that the mention of something that can act plays by its grammar."""
        if mention.type in _ACTING or mention.type == "PLACE":
            return agency.part_of(self.view, *span, self.lexicon.lists.actors, self.titles.offices)
        return agency.NO_PART

    def _own_part(self, mention: Mention, span: tuple[int, int], part: agency.Part) -> agency.Part:
        """The part without what only says whose somebody is or tells of the past, and with what is said in its name."""
        if part and self.asides.holds(mention, span, part):
            part = agency.NO_PART
        if not part and mention.type == "ORG" and self._spoken_for(span):
            part = agency.Part(agency.ACTS, "spoken for")
        if not part and self.asides.introduced(mention, span):
            part = agency.Part(agency.BESIDE, "introduced")
        if not part and mention.type == "PERSON" and self._posts(mention):
            part = agency.Part(agency.ACTS, "posts")
        if not part and self.asides.label(mention):
            part = agency.Part(agency.BESIDE, "label")
        nationals = mention.type == "NATION" and not self._nationals.free(mention.start, mention.end)
        return agency.NO_PART if nationals or self.background.holds(span[0]) else part

    def _spoken_for(self, span: tuple[int, int]) -> bool:
        """Whether someone speaks for the body: "a spokesman for the command", "the command's spokeswoman"."""
        words, first = self.view.words, span[0]
        before = [word.lower() for word in words[max(0, first - 3) : first]]
        after = [word.lower() for word in words[span[1] : span[1] + 3]]
        ahead = any(word.startswith("spokes") for word in before) and bool({"for", "of"} & set(before))
        behind = [word for word in after if word not in ("'s", "’s", "chief", "public")]
        return ahead or bool(behind and behind[0].startswith("spokes"))

    def _actor(self, reading: Reading) -> Actor:
        key = (reading.kind, reading.name)
        actor = self._actors.get(key)
        if actor is None:
            actor = self._actors[key] = Actor(reading.name, reading.kind, reading.entry)
            actor.aside = bool(reading.entry and reading.entry.kind == "media")
        return actor

    def _name(self, actor: Actor, mention: Mention, reading: Reading) -> None:
        """Add the forms a mention shows: as written, and for a person without the title."""
        written = mention.text if reading.end == mention.end else mention.text[: reading.end - mention.start]
        actor.forms[written[reading.start - mention.start :].line()] = None
        if reading.kind == "person" and reading.name != mention.text and reading.name in mention.text:
            actor.forms[reading.name] = None

    def _in_byline(self, mention: Mention) -> bool:
        if mention.type != "PERSON":
            return False
        text = self.view.text
        line = max(text.rfind("\n", 0, mention.start) + 1, mention.start - _LINE)
        byline = one_of(self.lexicon.lists.persons.credits, *_BYLINE)
        return "y " in text[line : mention.start] and byline.search(text[line : mention.start]) is not None

    def _signs(self, mention: Mention) -> bool:
        """Whether a handle stands below a post and not at the head of one."""
        return mention.text.startswith("@") and not self._posts(mention)

    def _posts(self, mention: Mention) -> bool:
        """Whether a handle heads a post of a thread."""
        start = self.view.text.rfind("\n", 0, mention.start) + 1
        head = POSTER.match(self.view.text, start) if mention.text.startswith("@") else None
        return head is not None and head.start("handle") == mention.start

    def _sure(self, mention: Mention, reading: Reading) -> bool:
        """Whether a mention needs no act to be believed."""
        if reading.entry is not None or reading.kind in ("nation", "unit"):
            return True
        if reading.kind == "person":
            return self._is_person(mention, reading)
        told = mention.confidence == "high" and not reading.lone
        return told or not self.words.body.isdisjoint(reading.name.split()) or mention.text.startswith("@")

    def _is_person(self, mention: Mention, reading: Reading) -> bool:
        """Whether a person's name needs no act: it begins with a given name or a title, or an office stands beside."""
        if reading.name.split()[0] in self.titles.given or reading.name != mention.text or mention.text[0] == "@":
            return True
        first, end = self.view.token_range(mention.start, mention.end)
        near = self.view.words[max(0, first - _NEAR) : first] + self.view.words[end : end + _NEAR]
        return any(word.lower() in self.titles.heads for word in near)

    def _ends_another(self, actor: Actor, bodies: list[Actor]) -> bool:
        """Join "our strike group" to the first body whose name ends so."""
        full = next((b for b in bodies if b.name.lower().endswith(f" {actor.name}") and not b.name.islower()), None)
        if full is not None:
            _merge(actor, full)
            self._actors.pop((actor.kind, actor.name), None)
        return full is not None

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
            if not words or (actor.entry is not None and actor.name in self.lexicon.entries):
                continue
            generic = len(words) == 1 and words[0] in self.words.generic
            if actor.name.islower() and len(words) > 1 and self._ends_another(actor, bodies):
                continue
            near = [(name, other) for name, other in by_edge.get(words[0], ()) if other is not actor]
            full = [other for name, other in near if generic or _begins(words, name) or _initials(words, name)]
            if len(full) == 1 or (generic and full):
                _merge(actor, full[0])
            if full or generic:
                self._actors.pop((actor.kind, actor.name), None)


def _begins(words: list[str], name: list[str]) -> bool:
    """Whether the words are the beginning of a longer name, and no number alone."""
    return len(words) < len(name) and name[: len(words)] == words and not words[0][0].isdigit()


def _initials(words: list[str], name: list[str]) -> bool:
    """Whether a numbered unit is written short: "507th ARW" for 507th Air Refueling Wing."""
    return (
        len(words) == 2
        and words[0][0].isdigit()
        and words[0] == name[0]
        and words[1] == "".join(word[0] for word in name[1:])
    )


def _merge(actor: Actor, other: Actor) -> None:
    """Add what is known of ``actor`` to ``other``."""
    other.mentions = sorted([*other.mentions, *actor.mentions], key=lambda m: m.start)
    other.spans = sorted([*other.spans, *actor.spans])
    other.forms.update(actor.forms)
    other.acts |= actor.acts
    other.core |= actor.core
