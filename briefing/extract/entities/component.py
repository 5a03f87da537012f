"""``briefing_entities``: extract mentions of entities, with the types analysts use, under canonical names.

Spans come from several finders: designations and ships by their form, names of the lexicon, names built on a head word,
dates and amounts, the base model. Where they overlap, the one whose form leaves no doubt wins, then the longest. Then
acronyms are learnt, names spread to where they were missed, and persons are named.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import briefing.extract.extensions  # noqa: F401
from briefing.extract.entities.acronyms import learn
from briefing.extract.entities.candidates import STRONG, Found, Text, settle
from briefing.extract.entities.canonical_names import plain_demonyms, spread, unify
from briefing.extract.entities.dates_and_amounts import times
from briefing.extract.entities.designations import designations
from briefing.extract.entities.doc_mentions import Known, Mentions, keep
from briefing.extract.entities.events import events
from briefing.extract.entities.gazetteer import known_names
from briefing.extract.entities.head_nouns import heads, numbered
from briefing.extract.entities.ner_conflicts import contest
from briefing.extract.entities.ner_spans import model_spans
from briefing.extract.entities.services import resolve, services
from briefing.extract.entities.ships import ships, short_names
from briefing.extract.lexicon.build import load_lexicon
from briefing.extract.lexicon.government_bodies import load_bodies
from briefing.extract.lexicon.lexicon import Lexicon
from briefing.extract.lexicon.tortured_phrases import Phrase, Restored, keep_phrases, load_phrases, paraphrased
from briefing.extract.nlp.token_columns import view_of
from briefing.extract.persons.component import resolve_people
from briefing.extract.persons.institutions import institutions
from briefing.model.facts import Mention
from briefing.model.safetext import SafeText


@Language.factory(
    "briefing_entities",
    default_config={"lexicons": None},
    requires=["token.tag", "token.dep", "doc.ents"],
    assigns=["doc.ents", "doc._.briefing_mentions"],
)
def make_entities(nlp: Language, name: str, lexicons: str | None) -> "Entities":  # noqa: ARG001
    """Make the component.

    Args:
        nlp: The pipeline; not used.
        name: Name of the component; not used.
        lexicons: Folder of the user's own lexicon files; None for none.
    """
    return Entities(load_lexicon(Path(lexicons) if lexicons else None), Path(lexicons) if lexicons else None)


class Entities:
    """Finds mentions in the document and sets ``doc._.briefing_mentions``."""

    def __init__(self, lexicon: Lexicon, lexicons: Path | None = None) -> None:
        self.lexicon = lexicon
        self._folder = lexicons
        self._phrases = load_phrases(lexicons)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.briefing_mentions`` and :func:`briefing.extract.entities.doc_mentions.mentions_of`."""
        view = view_of(doc)
        text = Text(view, self.lexicon)
        phrases = self._phrases.find(text.flat)
        keep_phrases(doc, phrases)
        found = find(text, phrases if paraphrased(phrases, text.flat) else ())
        mentions = tuple(_mention(text, f) for f in found)
        known = {(f.start, f.end): Known(f.entry, f.item) for f in found if f.entry or f.item}
        mentions = resolve_people(view, mentions, self._folder)
        roles = institutions(view, mentions, self.lexicon, load_bodies(self._folder))
        keep(doc, Mentions(view, mentions, self.lexicon, known, roles))
        return doc


def find(text: Text, phrases: Sequence[Phrase] = ()) -> list[Found]:
    """All spans of mentions, settled and named, in order of place; persons are not final yet.

    Args:
        text: The document.
        phrases: Its tortured phrases; where given, names are looked for in the restored text too.
    """
    by_form = [*designations(text), *ships(text), *events(text)]
    if phrases:
        by_form += _restored(text, phrases)
    known = known_names(text, by_form)
    built = [*numbered(text), *services(text), *heads(text)]
    model = contest(text, model_spans(text), [*by_form, *known, *built])
    found = settle([*by_form, *known, *built, *times(text), *model])
    learnt = learn(text, found)
    if learnt:
        found = settle([*learnt, *found])
    more = list(spread(text, found, short_names(text, found)))
    if more:
        found = settle([*found, *more])
    return unify(resolve(text, plain_demonyms(text, _without_years(text, found))))


def _without_years(text: Text, found: list[Found]) -> list[Found]:
    """Remove numbers that only date an exercise: ``Talisman Sabre |25``."""
    ends = {f.end + 1 for f in found if f.type == "EVENT"}
    return [
        f
        for f in found
        if f.type != "QUANTITY" or f.start not in ends or len(f.name) > 2 or text.flat[f.start - 1] != " "
    ]


def _restored(text: Text, phrases: Sequence[Phrase]) -> Iterator[Found]:
    """Names that show only once the originals of tortured phrases are put back, where they stand in the source."""
    restored = Restored(text.raw, phrases)
    clean = Text(text.view, text.lexicon, restored.text)
    by_form = [*designations(clean), *ships(clean), *events(clean)]
    for f in settle([*by_form, *known_names(clean, by_form), *numbered(clean), *services(clean), *times(clean)]):
        start, end = restored.back(f.start, f.end)
        if any(phrase.start < end and start < phrase.end for phrase in restored.phrases):
            yield f._replace(start=start, end=end, tier=STRONG)
    for phrase in restored.phrases:
        if phrase.meant == "May":
            yield Found(phrase.start, phrase.end, "DATE", phrase.meant)


def _mention(text: Text, f: Found) -> Mention:
    """The span as a mention; checked by construction, so that pydantic need not look at it again."""
    return Mention.model_construct(
        start=f.start,
        end=f.end,
        text=SafeText(text.view.text[f.start : f.end]),
        type=f.type,
        name=SafeText(f.name),
        confidence=f.confidence,
    )
