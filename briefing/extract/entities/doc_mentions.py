"""A document's mentions by token, with their lexicon entries: for the components after ``briefing_entities``."""

from typing import Final
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Span

from briefing.extract.lexicon.lexicon import Entry, Lexicon
from briefing.extract.nlp.token_columns import View
from briefing.model.facts import Mention


class Mentions:
    """The mentions of one document.

    ``all`` is sorted by place; ``spans[n]`` is the token range of ``all[n]``, end exclusive; ``at`` maps a token index
    to the number of the mention it belongs to.
    """

    def __init__(
        self,
        view: View,
        mentions: tuple[Mention, ...],
        lexicon: Lexicon,
        known: dict[tuple[int, int], "Known"],
        institutions: tuple[Mention, ...] = (),
    ) -> None:
        self.all = mentions
        self.lexicon = lexicon
        self.spans: list[tuple[int, int]] = [view.token_range(m.start, m.end) for m in mentions]
        self.at: dict[int, int] = {i: n for n, (a, b) in enumerate(self.spans) for i in range(a, b)}
        self._known = known
        self.institutions = institutions
        """Bodies that the text names by their role ("the defence ministry"): no names, but they act and speak."""
        self.institution_spans: list[tuple[int, int]] = [view.token_range(m.start, m.end) for m in institutions]
        self._institution_at = {b - 1: m for m, (_, b) in zip(institutions, self.institution_spans, strict=True)}

    def institution_at(self, token: int) -> Mention | None:
        """The institution whose role ends with this token."""
        return self._institution_at.get(token)

    def mention_at(self, token: int) -> Mention | None:
        """The mention that holds this token."""
        number = self.at.get(token)
        return None if number is None else self.all[number]

    def info(self, mention: Mention) -> Entry | None:
        """The lexicon's entry of the mention: kind, category, maker, nations. Null for an unlisted name."""
        known = self._known.get((mention.start, mention.end))
        return known.entry if known else self.lexicon.entry(mention.name)

    def item(self, mention: Mention) -> str:
        """The mention's own words as a singular item of a count: ``KF-16s`` is ``KF-16``.

        Unlike ``name`` it never takes words from another mention of the same thing.
        """
        known = self._known.get((mention.start, mention.end))
        return known.item if known and known.item else str(mention.name)


class Known:
    """What the entity component knows of a mention besides the mention itself."""

    __slots__ = ("entry", "item")

    def __init__(self, entry: Entry | None, item: str = "") -> None:
        self.entry = entry
        self.item = item


_mentions: Final[WeakKeyDictionary[Doc, Mentions]] = WeakKeyDictionary()


def mentions_of(doc: Doc) -> Mentions:
    """The document's mentions.

    Raises ``ValueError`` where ``briefing_entities`` has not run on this document in this process; the message says
    how to add it.
    """
    found = _mentions.get(doc)
    if found is None:
        raise ValueError(
            "This component works on the mentions that briefing_entities finds, which has not run on this document. "
            'Add it before this one: nlp.add_pipe("briefing_entities", before=...).'
        )
    return found


def keep(doc: Doc, mentions: Mentions) -> None:
    """Set the mentions on the document for later components, for the user's code, and as ``doc.ents``.

    spaCy's entities are made of whole tokens and never overlap: a mention within a token ("U.S." in "U.S.-led") is the
    whole token there, and of two in one token the first stays. The exact spans are those of the mentions.

    Args:
        doc: The document.
        mentions: Its mentions.
    """
    _mentions[doc] = mentions
    doc._.briefing_mentions = mentions.all
    ents: list[Span] = []
    end = 0
    for mention, (first, last) in zip(mentions.all, mentions.spans, strict=True):
        if end <= first < last:
            ents.append(Span(doc, first, last, label=mention.type, kb_id=mention.name))
            end = last
    doc.set_ents(ents)
