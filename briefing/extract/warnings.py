"""``briefing_warnings``: warn of sources that a machine has paraphrased."""

from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

import briefing.extract.extensions  # noqa: F401
from briefing.extract.entities.candidates import flatten
from briefing.extract.lexicon.tortured_phrases import Phrase, Phrases, load_phrases, paraphrased, phrases_of
from briefing.extract.nlp.token_columns import view_of
from briefing.model.facts import SourceWarning
from briefing.model.safetext import SafeText

_SHOWN: Final = 6


@Language.factory("briefing_warnings", default_config={"lexicons": None}, assigns=["doc._.briefing_warnings"])
def make_warnings(nlp: Language, name: str, lexicons: str | None) -> "Warnings":  # noqa: ARG001
    """Make the component.

    Args:
        nlp: The pipeline; not used.
        name: Name of the component; not used.
        lexicons: Folder of the user's own lexicon files; None for none.
    """
    return Warnings(load_phrases(Path(lexicons) if lexicons else None))


class Warnings:
    """Sets warnings about the source on ``doc._.briefing_warnings``."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.briefing_warnings``."""
        text = view_of(doc).text
        found = phrases_of(doc)
        if found is None:
            found = self._phrases.find(flatten(text))
        doc._.briefing_warnings = (warning(text, found),) if found and paraphrased(found, text) else ()
        return doc


def warning(text: str, found: list[Phrase]) -> SourceWarning:
    """The warning that shows tortured phrases, each once, with what they stand for.

    Args:
        text: The text.
        found: Its tortured phrases.
    """
    shown: dict[str, str] = {}
    for phrase in sorted(found, key=lambda p: p.weak):
        shown.setdefault(" ".join(text[phrase.start : phrase.end].split()), phrase.meant)
    first = [f"“{phrase}” for {meant}" for phrase, meant in list(shown.items())[:_SHOWN]]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    message = f"This text reads as machine-paraphrased: {', '.join(first)}{more}. Do not take its wording for anyone's."
    return SourceWarning(
        kind="machine-paraphrased",
        message=SafeText(message),
        evidence=tuple((phrase.start, phrase.end) for phrase in found),
    )
