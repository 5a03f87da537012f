"""``briefing_entities``: mentions of entities, typed as analysts type them, under canonical names.

Spans come from several finders: designations and ships by their form, names of the lexicon, names built on a head word,
dates and amounts, the base model. Where they overlap, the one whose form leaves no doubt wins, then the longest. Then
acronyms are learnt, names spread to where they were missed, and persons are named.
"""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from briefing.extract.acronyms import learn
from briefing.extract.canonical import spread, unify
from briefing.extract.designations import designations
from briefing.extract.found import Found, Text, settle
from briefing.extract.heads import heads
from briefing.extract.known import known_names
from briefing.extract.lexicon import Lexicon, load_lexicon
from briefing.extract.mentions import Known, Mentions, keep
from briefing.extract.model_spans import demote, model_spans
from briefing.extract.names import resolve_people
from briefing.extract.ships import ships, short_names
from briefing.extract.times import times
from briefing.extract.view import view_of
from briefing.model.facts import Mention
from briefing.model.safetext import SafeText


@Language.factory("briefing_entities", default_config={"lexicons": None})
def make_entities(nlp: Language, name: str, lexicons: str | None) -> "Entities":  # noqa: ARG001
    """The component; ``lexicons`` is a folder of the user's own lexicon files."""
    return Entities(load_lexicon(Path(lexicons) if lexicons else None), Path(lexicons) if lexicons else None)


class Entities:
    """Finds mentions in the document and leaves them on ``doc._.briefing_mentions``."""

    def __init__(self, lexicon: Lexicon, lexicons: Path | None = None) -> None:
        self.lexicon = lexicon
        self._folder = lexicons

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.briefing_mentions`` and :func:`briefing.extract.mentions.mentions_of`."""
        view = view_of(doc)
        text = Text(view, self.lexicon)
        found = find(text)
        mentions = tuple(_mention(text, f) for f in found)
        known = {f.start: Known(f.entry, f.item) for f in found if f.entry or f.item}
        mentions = resolve_people(view, mentions, self._folder)
        keep(doc, Mentions(view, mentions, self.lexicon, known))
        return doc


def find(text: Text) -> list[Found]:
    """All spans but persons' final ones: settled, named, in order of place."""
    by_form = [*designations(text), *ships(text)]
    known = known_names(text, by_form)
    named = [*by_form, *known]
    spans = [*named, *heads(text), *times(text)]
    model = demote(model_spans(text), named)
    found = settle([*spans, *model])
    learnt = learn(text, found)
    if learnt:
        found = settle([*learnt, *found])
    more = list(spread(text, found, short_names(text, found)))
    if more:
        found = settle([*found, *more])
    return unify(found)


def _mention(text: Text, f: Found) -> Mention:
    return Mention(
        start=f.start,
        end=f.end,
        text=SafeText(text.view.text[f.start : f.end]),
        type=f.type,
        name=SafeText(f.name),
        confidence=f.confidence,
    )
