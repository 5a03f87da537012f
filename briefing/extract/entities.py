"""``briefing_entities``: mentions of entities, typed as analysts type them, under canonical names."""

from pathlib import Path
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from briefing.extract.lexicon import Entry, Lexicon, load_lexicon
from briefing.extract.mentions import Known, Mentions, keep
from briefing.extract.view import View, view_of
from briefing.model.facts import EntityType, Mention
from briefing.model.safetext import SafeText

_OF_MODEL: Final[dict[str, EntityType]] = {
    "PERSON": "PERSON", "ORG": "ORG", "NORP": "NATION", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "DATE": "DATE",
    "TIME": "DATE", "MONEY": "MONEY", "QUANTITY": "QUANTITY", "CARDINAL": "QUANTITY", "PERCENT": "QUANTITY",
    "EVENT": "EVENT",
}  # fmt: skip
_BLANKS: Final = ("\n", "\t", "\xa0", "\u2009", "\u202f")


class Found(NamedTuple):
    """A span on its way to becoming a mention."""

    start: int
    end: int
    type: EntityType
    name: str
    entry: Entry | None = None


@Language.factory("briefing_entities", default_config={"lexicons": None})
def make_entities(nlp: Language, name: str, lexicons: str | None) -> "Entities":  # noqa: ARG001
    """The component; ``lexicons`` is a folder of the user's own lexicon files."""
    return Entities(load_lexicon(Path(lexicons) if lexicons else None))


class Entities:
    """Finds mentions in the document and leaves them on ``doc._.briefing_mentions``."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.briefing_mentions`` and :func:`briefing.extract.mentions.mentions_of`."""
        view = view_of(doc)
        flat = flatten(view.text)
        found = _settle([*_of_lexicon(self.lexicon, flat), *_of_model(view, self.lexicon)])
        mentions = tuple(
            Mention(
                start=f.start, end=f.end, text=SafeText(view.text[f.start : f.end]), type=f.type, name=SafeText(f.name)
            )
            for f in found
        )
        known = {f.start: Known(f.entry) for f in found if f.entry}
        keep(doc, Mentions(view, mentions, self.lexicon, known))
        return doc


def flatten(text: str) -> str:
    """The text with plain one-character blanks, apostrophes and hyphens, character for character."""
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return text.replace("’", "'").replace("‘", "'").replace("\u2011", "-").replace("\u2010", "-")


def _of_lexicon(lexicon: Lexicon, flat: str) -> list[Found]:
    return [Found(h.start, h.end, h.term.entry.type, h.term.entry.name, h.term.entry) for h in lexicon.find(flat)]


def _of_model(view: View, lexicon: Lexicon) -> list[Found]:
    """The base model's entities under our types."""
    found = []
    i, count = 0, len(view)
    while i < count:
        label = view.ner[i]
        j = i + 1
        while j < count and view.ner[j] == label and not view.ner_begins[j]:
            j += 1
        if kind := _OF_MODEL.get(label):
            start, end = view.starts[i], view.ends[j - 1]
            written = " ".join(view.text[start:end].split())
            found.append(Found(start, end, kind, written, lexicon.entry(written)))
        i = j
    return found


def _settle(found: list[Found]) -> list[Found]:
    """Of overlapping spans keep the longest, of equal ones the first given."""
    kept: list[Found] = []
    taken: set[int] = set()
    for f in sorted(found, key=lambda f: f.start - f.end):
        if taken.isdisjoint(range(f.start, f.end)):
            taken.update(range(f.start, f.end))
            kept.append(f)
    return sorted(kept)
