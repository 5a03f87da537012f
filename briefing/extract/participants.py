"""``briefing_participants``: the nations, organisations, units and named persons of a text, one of each.

Every mention of an entity that can act is gathered under its canonical name; grammar, quotes and counts say who takes
part and who is only mentioned, the words around a person's name what office they hold.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from briefing.extract import acting
from briefing.extract.lexicon import Entry, Lexicon, load_lexicon
from briefing.extract.mentions import Mentions, mentions_of
from briefing.extract.roles import Role, Roles
from briefing.extract.titles import Titles, load_titles
from briefing.extract.view import View, view_of
from briefing.model.base import Confidence
from briefing.model.facts import Count, Mention, Participant, ParticipantKind, Quote
from briefing.model.safetext import SafeText

_UNIT: Final = re.compile(
    r"(?:^(?:\d+(?:st|nd|rd|th|d)?|[A-Z][a-z]+(?:st|nd|rd|th)|No\.? \d+)\s.*\b(?:Wing|Squadron|Group|Brigade|Battalion|"
    r"Regiment|Division|Fleet|Flotilla|Corps|Battery|Company|Command|Detachment|Flight|Infantry|Airborne|Army|Unit)s?\b)"
    r"|\b(?:Squadron|Wing|Brigade|Battalion|Regiment|Flotilla|Task Force|Task Group|Task Unit|Strike Group|Ready Group|"
    r"Battle Group|Battlegroup|Expeditionary Unit|Fleet|Air Group|Air Division|Combat Team|Detachment|Division)\b"
    r"(?:\s\d+)?$"
    r"|^(?:C?TF|CTG|V[PFAQMR]{1,3}C?|HS[CLM]|HM[HLM]?A?|DESRON|CSG|ARG|MEU)[ -]?\d+$"
)
_SHIP: Final = re.compile(
    r"^(?:USS|USNS|USCGC|HMS|HMAS|HMCS|HMNZS|RFA|RV|MV|MT|SS|FS|FGS|ITS|ESPS|ROKS|JS|INS|KRI|KD|RSS|PNS|BNS|HNLMS|"
    r"HDMS|HNoMS|HSwMS|TCG|ORP|ROCS|PLANS|CNS|NRP|HS|BAP|ARA|ARC|BRP|IRIS|SLNS|LÉ|USAV)\s"
)
_FEW_FORMS: Final = 24
_ORDER: Final[tuple[Confidence, ...]] = ("high", "medium", "low")


@Language.factory("briefing_participants", default_config={"lexicons": None})
def make_participants(nlp: Language, name: str, lexicons: str | None) -> "Participants":  # noqa: ARG001
    """The component; ``lexicons`` is a folder of the user's own lexicon files."""
    folder = Path(lexicons) if lexicons else None
    return Participants(load_lexicon(folder), load_titles(folder))


class Participants:
    """Gathers participants and leaves them on ``doc._.briefing_participants``."""

    def __init__(self, lexicon: Lexicon, titles: Titles) -> None:
        self.lexicon, self.titles = lexicon, titles

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.briefing_participants``; entities, quotes and counts must have run."""
        view, mentions = view_of(doc), mentions_of(doc)
        cast = _Cast(view, mentions, self.lexicon)
        for mention, span in zip(mentions.all, mentions.spans, strict=True):
            cast.add(mention, span)
        cast.mark(doc._.briefing_quotes, doc._.briefing_counts)
        roles = Roles(view, mentions, self.titles)
        doc._.briefing_participants = tuple(_participant(actor, cast, roles) for actor in cast.actors.values())
        return doc


@dataclass(slots=True)
class _Actor:
    """One participant in the making."""

    name: str
    kind: ParticipantKind
    entry: Entry | None
    mentions: list[Mention] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    core: bool = False
    aside: bool = False
    """A maker or a medium: not core by grammar."""


class _Cast:
    """The actors of one document by kind and name."""

    def __init__(self, view: View, mentions: Mentions, lexicon: Lexicon) -> None:
        self.view, self.mentions, self.lexicon = view, mentions, lexicon
        self.actors: dict[tuple[ParticipantKind, str], _Actor] = {}

    def add(self, mention: Mention, span: tuple[int, int]) -> None:
        """Count a mention towards the actor it names, and the maker in a type's name towards the maker."""
        entry = self.mentions.info(mention)
        if mention.type in ("AIRCRAFT", "VEHICLE", "WEAPON", "SHIP") and entry and entry.maker:
            self._maker(mention, entry)
        who = self._who(mention, entry, span)
        if who is None:
            return
        kind, name = who
        actor = self._actor(kind, name, entry)
        actor.mentions.append(mention)
        actor.spans.append((mention.start, mention.end))
        actor.forms[mention.text.line()] = None
        if not actor.core and not actor.aside:
            part = acting.part_of(self.view, *span)
            actor.core = part in (acting.ACTS, acting.BESIDE) or (part == acting.STRUCK and kind != "nation")

    def _actor(self, kind: ParticipantKind, name: str, entry: Entry | None) -> _Actor:
        actor = self.actors.get((kind, name))
        if actor is None:
            actor = self.actors[kind, name] = _Actor(name, kind, entry)
            actor.aside = bool(entry and entry.kind == "media")
            actor.core = kind == "unit"
        return actor

    def _who(self, mention: Mention, entry: Entry | None, span: tuple[int, int]) -> tuple[ParticipantKind, str] | None:
        """Kind and name of the actor a mention stands for, or None for what cannot act."""
        name = str(mention.name)
        if mention.type == "PERSON":
            return "person", name
        if mention.type == "NATION":
            nation = self.lexicon.nation(name)
            return ("nation", nation) if nation else None
        if mention.type == "ORG":
            unit = (entry is not None and entry.kind == "unit") or (entry is None and bool(_UNIT.search(name)))
            return ("unit" if unit else "organisation"), name
        if mention.type == "SHIP":
            return ("unit", name) if _SHIP.match(name) else None
        if mention.type == "PLACE" and entry and entry.kind in ("capital", "seat") and entry.nation:
            speaks = acting.part_of(self.view, *span) == acting.ACTS
            return ("nation", entry.nation) if speaks else None
        return None

    def _maker(self, mention: Mention, entry: Entry) -> None:
        """The maker in "Mitsubishi F-2": listed, never core by that."""
        text = str(mention.text)
        if text.startswith(entry.maker + " "):
            maker = self._actor("organisation", entry.maker, self.lexicon.entry(entry.maker))
            maker.spans.append((mention.start, mention.start + len(entry.maker)))
            maker.forms[entry.maker] = None

    def mark(self, quotes: Iterable[Quote], counts: Iterable[Count]) -> None:
        """Who speaks and who operates what is counted is core."""
        active = {str(quote.speaker) for quote in quotes if quote.speaker}
        active |= {str(count.operator) for count in counts if count.operator}
        for actor in self.actors.values():
            if actor.name in active or not active.isdisjoint(actor.forms):
                actor.core = True


def _participant(actor: _Actor, cast: _Cast, roles: Roles) -> Participant:
    role = (
        _best([found for mention in actor.mentions for found in roles.of(mention)]) if actor.kind == "person" else None
    )
    return Participant(
        name=SafeText(actor.name),
        kind=actor.kind,
        role=SafeText(role.text) if role else None,
        affiliation=_affiliation(actor, role, cast),
        aliases=tuple(SafeText(form) for form in list(actor.forms)[:_FEW_FORMS]),
        core=actor.core,
        mentions=tuple(actor.spans),
        confidence=_confidence(actor),
    )


def _best(found: list[Role]) -> Role | None:
    """An office before a rank, the longer before the shorter."""
    return max(found, key=lambda role: (not role.rank, len(role.text)), default=None)


def _affiliation(actor: _Actor, role: Role | None, cast: _Cast) -> SafeText | None:
    """The body or nation an actor belongs to."""
    entry = actor.entry
    if actor.kind != "person":
        own = entry and (entry.parent or entry.nation)
        return SafeText(own) if own and own != actor.name else None
    if role is None:
        return None
    first, last = cast.view.token_range(role.start, role.end)
    near = [*range(first, last), *range(first - 1, max(-1, first - 4), -1)]
    for i in near:
        holder = cast.mentions.mention_at(i) if i >= 0 else None
        if holder and holder.type in ("ORG", "NATION", "SHIP"):
            return holder.name
    return None


def _confidence(actor: _Actor) -> Confidence:
    """The surest of the mentions'."""
    return min((mention.confidence for mention in actor.mentions), key=_ORDER.index, default="medium")
