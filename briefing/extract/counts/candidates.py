"""Count candidates, and the context shared by the count rules."""

from dataclasses import dataclass
from typing import Final, Literal

from briefing.extract.counts.clause_frames import Frame
from briefing.extract.counts.counted_phrase import Group, Reader
from briefing.extract.counts.item_typing import Thing, Things, designation
from briefing.extract.counts.numerals import Number
from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.countable_nouns import Items
from briefing.extract.lexicon.word_lists import verb_pattern
from briefing.extract.nlp.token_columns import View
from briefing.model.base import Confidence

How = Literal["direct", "article", "list", "linked", "elided"]
PERSON: Final = Thing("person", "personnel", fielded=False, key="person")
PERSONNEL: Final = Thing("personnel", "personnel", fielded=True, key="personnel")
SHIP: Final = Thing("ship", "ship", fielded=True, key="ship")
AIRCRAFT: Final = Thing("aircraft", "aircraft", fielded=True, key="aircraft")


@dataclass(slots=True)
class Draft:
    """A count candidate: ``start`` to ``end`` is its evidence, ``first`` to ``head`` its tokens, number included."""

    start: int
    end: int
    low: int | None
    high: int | None
    approx: bool
    thing: Thing
    first: int
    head: int
    how: How
    confidence: Confidence = "high"
    operator: str = ""
    found_by: str = ""
    """The rule that found the count."""
    owner_by: str = ""
    """The rule that said whose the things are, or that they are nobody's in particular."""
    frame: Frame | None = None
    """The clause it stands in, once it has been read."""
    what: str = ""
    asserted_by: str = ""
    nobodys: bool = False
    """The text says that these are many parties': "60 jets from seven nations"."""


class Bench:
    """Context of one document for the count rules: they read numbers and nouns from it and leave candidates."""

    def __init__(self, view: View, mentions: Mentions, items: Items, without: frozenset[str] = frozenset()) -> None:
        self.view = view
        self.mentions = mentions
        self.items = items
        self.lists = mentions.lexicon.lists.counts
        self.without = without
        """Names of rules that are left out, to measure what they give."""
        self.reader = Reader(view, mentions, items)
        self.things = Things(self.reader, items)
        self.numbers: list[Number] = []
        self.drafts: list[Draft] = []
        self.rule = ""
        """The rule that is being asked; drafts carry its name."""

    def add(
        self, number: Number, start: int, end: int, thing: Thing, head: int, how: How, confidence: Confidence = "high"
    ) -> None:
        """Leave a candidate.

        Args:
            number: The number.
            start: First character of the evidence.
            end: The character after the evidence's last.
            thing: What is counted.
            head: Token of the noun.
            how: How number and noun are connected.
            confidence: Confidence of the candidate.
        """
        if self.view.text[end - 1] == ".":  # "E-2D." is one token at the end of a line
            end -= 1
        first = self.view.token_range(start, start + 1)[0]
        self.leave(Draft(start, end, number.low, number.high, number.approx, thing, first, head, how, confidence))

    def leave(self, draft: Draft) -> None:
        """Leave a candidate found by the current rule."""
        draft.found_by = self.rule
        self.drafts.append(draft)

    def thing(self, group: Group, *, many: bool) -> Thing | None:
        """What a noun group names; None where it is nothing countable, or has not the grammatical number it needs.

        Args:
            group: The group.
            many: Whether the number is above one, which needs a plural.
        """
        thing = self.things.of(group)
        plural = self.reader.plural(group.head)
        if thing is None:
            if not many:
                return self._countryman(group) or self.destroyed(group)
            return (self.things.material(group) or self.things.nicknamed(group)) if plural else None
        if not many or plural:
            return thing
        # A singular after a number above one is a modifier of something else, unless it is a type or a slip.
        if thing.sure and thing.category in _SLIPPING and self._slip(group):
            return thing
        typed = self.reader.mention_of(group.head) is not None or " " in thing.key or thing.entry is not None
        typed = typed or designation(self.view.words[group.head])
        nationality = self.mentions.mention_at(group.head)
        return thing if typed or (nationality is not None and nationality.type == "NATION") else None

    def _countryman(self, group: Group) -> Thing | None:
        """One of a nation, by its adjective: "one Ecuadorian"."""
        word, lexicon = self.view.words[group.head], self.mentions.lexicon
        nation = lexicon.nation(word)
        if not nation or word != lexicon.demonyms.get(nation) or group.first != group.head:
            return None
        return Thing(word, "personnel", fielded=False, key=nation)

    def destroyed(self, group: Group) -> Thing | None:
        """Accept a noun in no lexicon as a thing if it is destroyed or seized ("a refinement still")."""
        view = self.view
        begin, _ = view.sentences[view.sentence_of[group.head]]
        for i in range(group.first - 1, max(begin, group.first - 60) - 1, -1):
            if view.tags[i].startswith("VB"):
                return (
                    self.things.material(group)
                    if verb_pattern(self.lists.taking).match(view.words[i].lower())
                    else None
                )
        return None

    def _slip(self, group: Group) -> bool:
        """Whether a plural has lost its ending ("two ISIL-held building and a car"); not in "a four star hotel"."""
        view = self.view
        before = view.tags[group.first - 2] if group.first > 1 else ""
        after = view.tags[group.head + 1] if group.head + 1 < len(view) else "."
        return view.tags[group.head] == "NN" and before != "DT" and after in _CLOSED

    def far(self, number: Number, token: int) -> bool:
        """Whether something other than a blank stands between number and noun.

        Args:
            number: The number.
            token: First token of the noun group.
        """
        between = self.view.text[number.end : self.view.starts[token]].lstrip("xX×")
        return bool(between.strip(" -–—")) or "\n" in between or self.view.words[token].isspace()


_SLIPPING: Final = frozenset({"aircraft", "ship", "vehicle", "other"})
_CLOSED: Final = frozenset({"VBP", "MD", "CC", ".", ",", "IN", "VBD", ":", "WDT"})
