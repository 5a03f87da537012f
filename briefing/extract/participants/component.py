"""``briefing_participants``: extract the nations, organisations, units and named persons of a text, one of each.

Every mention of something that can act is gathered under its canonical name. Grammar, quotes and counts say who takes
part and who is only mentioned; the words around a person's name say what office they hold. A name that only the base
model vouches for must act, or say by its own words that it is a body.
"""

from collections import Counter
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

import briefing.extract.extensions  # noqa: F401
from briefing.extract.entities.doc_mentions import mentions_of
from briefing.extract.lexicon.build import load_lexicon
from briefing.extract.lexicon.government_bodies import BodyWords, load_bodies
from briefing.extract.lexicon.lexicon import Lexicon
from briefing.extract.lexicon.titles import Titles, load_titles
from briefing.extract.lexicon.tortured_phrases import Phrases, Restored, load_phrases, paraphrased
from briefing.extract.nlp.token_columns import view_of
from briefing.extract.participants.actors import Actor, Cast
from briefing.extract.participants.one_name import names_by_form, renamed
from briefing.extract.participants.roles import Role, Roles
from briefing.model.base import Confidence
from briefing.model.facts import Participant
from briefing.model.safetext import SafeText

_FORMS: Final = 24
"""Aliases of one participant that are kept."""
_ORDER: Final[tuple[Confidence, ...]] = ("high", "medium", "low")


@Language.factory(
    "briefing_participants",
    default_config={"lexicons": None},
    requires=["doc._.briefing_mentions", "doc._.briefing_quotes", "doc._.briefing_counts"],
    assigns=["doc._.briefing_participants"],
)
def make_participants(nlp: Language, name: str, lexicons: str | None) -> "Participants":  # noqa: ARG001
    """Make the component.

    Args:
        nlp: The pipeline; not used.
        name: Name of the component; not used.
        lexicons: Folder of the user's own lexicon files; None for none.
    """
    folder = Path(lexicons) if lexicons else None
    return Participants(load_lexicon(folder), load_titles(folder), load_bodies(folder), load_phrases(folder))


class Participants:
    """Gathers participants and sets ``doc._.briefing_participants``."""

    def __init__(self, lexicon: Lexicon, titles: Titles, words: BodyWords, phrases: Phrases) -> None:
        self.lexicon, self.titles, self.words, self._phrases = lexicon, titles, words, phrases

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.briefing_participants``; entities, quotes and counts must have run."""
        view, mentions = view_of(doc), mentions_of(doc)
        cast = Cast(view, mentions, self.lexicon, self.titles, self.words)
        cast.gather(doc._.briefing_quotes, doc._.briefing_counts)
        roles = Roles(view, mentions, self.titles)
        actors = cast.actors()
        found = tuple(_participant(actor, cast, roles) for actor in actors)
        doc._.briefing_participants = self._restored(found, view.text)
        names = {actor.name: participant.name for actor, participant in zip(actors, found, strict=True)}
        names |= names_by_form(found)
        doc._.briefing_quotes = renamed(doc._.briefing_quotes, names)
        doc._.briefing_counts = renamed(doc._.briefing_counts, names)
        return doc

    def _restored(self, found: tuple[Participant, ...], text: str) -> tuple[Participant, ...]:
        """Roles as they read before a machine paraphrased the text: "Overseas Minister" was Foreign Minister."""
        tortured = {n: hits for n, p in enumerate(found) if p.role and (hits := self._phrases.find(p.role))}
        if not tortured or not paraphrased(self._phrases.find(text), text):
            return found
        changed = list(found)
        for n, hits in tortured.items():
            role = SafeText(Restored(str(found[n].role), hits).text)
            changed[n] = found[n].model_copy(update={"role": role})
        return tuple(changed)


def _participant(actor: Actor, cast: Cast, roles: Roles) -> Participant:
    role = _best([found for m in actor.mentions for found in roles.of(m)]) if actor.kind == "person" else None
    return Participant(
        name=SafeText(_name(actor)),
        kind=actor.kind,
        role=SafeText(role.text) if role else None,
        affiliation=_affiliation(actor, role, cast),
        aliases=tuple(SafeText(form) for form in list(actor.forms)[:_FORMS]),
        core=actor.core,
        mentions=tuple(actor.spans),
        confidence=min((m.confidence for m in actor.mentions), key=_ORDER.index, default="medium"),
        rule=SafeText(actor.rule),
    )


def _name(actor: Actor) -> str:
    """The canonical name; an armed group's as the text writes it most often, for each side has its own."""
    if actor.entry is None or actor.entry.kind != "group" or not actor.mentions:
        return actor.name
    return Counter(str(m.text) for m in actor.mentions).most_common(1)[0][0]


def _best(found: list[Role]) -> Role | None:
    """An office before a rank, the longer before the shorter."""
    return max(found, key=lambda role: (not role.rank, len(role.text)), default=None)


def _affiliation(actor: Actor, role: Role | None, cast: Cast) -> SafeText | None:
    """The body or nation an actor belongs to: a person's is named in the role or right before it."""
    if actor.kind != "person":
        own = actor.entry and (actor.entry.parent or actor.entry.nation)
        own = own or (cast.service_of(actor) if actor.kind == "unit" else "")
        return SafeText(own) if own and own != actor.name else None
    near: list[int] = []
    if role:
        first, last = cast.view.token_range(role.start, role.end)
        near = [*range(first, last), first - 1 - (first > 0 and cast.view.tags[first - 1] == "POS")]
    for i in (*near, *cast.bodies_after(actor)):
        holder = cast.mentions.mention_at(i)
        if holder and (
            holder.type in ("ORG", "SHIP") or (holder.type == "NATION" and cast.lexicon.nation(holder.name))
        ):
            return holder.name
    return None
