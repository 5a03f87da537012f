"""Names in other languages, found by the spaCy pipelines that the settings name for them; nothing but their names."""

import importlib.util
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import spacy
from spacy.language import Language

from briefing.extract.entities.candidates import GUESSED, Found
from briefing.model.facts import EntityType
from briefing.model.languages import language_name

_PIECE: Final = 20_000
"""Characters of text that a pipeline sees at once, so that memory follows it and not the document."""
_LABELS: Final[dict[str, EntityType]] = {
    "PER": "PERSON", "PERS": "PERSON", "PERSON": "PERSON", "persName": "PERSON", "PS": "PERSON", "PRS": "PERSON",
    "ORG": "ORG", "ORGANIZATION": "ORG", "orgName": "ORG", "OG": "ORG",
    "LOC": "PLACE", "GPE": "PLACE", "GPE_LOC": "PLACE", "FAC": "PLACE", "placeName": "PLACE", "geogName": "PLACE",
    "LC": "PLACE", "FACILITY": "PLACE", "LOCATION": "PLACE",
    "EVENT": "EVENT", "EVN": "EVENT",
}  # fmt: skip
"""Types by the labels that spaCy's trained pipelines have; what has another label, MISC above all, is left out."""
_UNUSED: Final = (
    "tagger",
    "parser",
    "morphologizer",
    "lemmatizer",
    "trainable_lemmatizer",
    "attribute_ruler",
    "senter",
)
_LINES: Final = re.compile(rf"[^\n]{{0,{_PIECE}}}\n|[^\n]{{1,{_PIECE}}}")


class NamePipelines:
    """The pipelines by language; each is loaded for the first text in its language."""

    def __init__(self, named: Mapping[str, str] | None = None) -> None:
        """``named``: import name or folder of a pipeline by ISO 639-1 code."""
        self.named = dict(named or {})
        self._loaded: dict[str, Language | str] = {}

    def knows(self, language: str | None) -> bool:
        """Whether a pipeline is named for a language."""
        return language in self.named

    def names(self, language: str, text: str) -> list[Found] | str:
        """The names in a text: people, organisations, places, events; a sentence where its pipeline cannot be used.

        Args:
            language: ISO 639-1 code, one for which a pipeline is named.
            text: The text.

        Raises:
            MemoryError: Where memory runs out.
        """
        nlp = self._loaded.get(language)
        if nlp is None:
            nlp = self._loaded[language] = _load(language, self.named[language])
        if isinstance(nlp, str):
            return nlp
        found: list[Found] = []
        try:
            with nlp.memory_zone():
                for start, piece in _pieces(text):
                    found += _found(nlp, piece, start)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a text does to somebody else's pipeline, the rest is read
            return f"The pipeline {self.named[language]} failed on this text ({type(error).__name__})."
        return found


def problem(language: str, pipeline: str) -> str | None:
    """What keeps a pipeline from being used for a language, as a sentence; None where nothing does. Loads it.

    Args:
        language: ISO 639-1 code.
        pipeline: Import name or folder.
    """
    loaded = _load(language, pipeline)
    return loaded if isinstance(loaded, str) else None


def is_installed(pipeline: str) -> bool:
    """Whether a pipeline is a package that is there, or a folder. Nothing is loaded."""
    try:
        return Path(pipeline).is_dir() or importlib.util.find_spec(pipeline) is not None
    except (ImportError, ValueError):
        return False


def _load(language: str, pipeline: str) -> Language | str:
    """The pipeline without the components that find no names; a sentence where it cannot be used."""
    spoken = language_name(language)
    if not is_installed(pipeline):
        return (
            f"The pipeline {pipeline} that the settings name for {spoken} is not installed; "
            f"try: python -m spacy download {pipeline}."
        )
    try:
        nlp = spacy.load(pipeline, exclude=list(_UNUSED))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a pipeline is code of others
        return f"The pipeline {pipeline} that the settings name for {spoken} cannot be loaded: {error}".splitlines()[0]
    if nlp.lang != language:
        return f"The pipeline {pipeline} that the settings name for {spoken} is for {language_name(nlp.lang or '')}."
    if not _labels(nlp):
        return f"The pipeline {pipeline} that the settings name for {spoken} finds no names."
    return nlp


def _labels(nlp: Language) -> set[str]:
    """The labels of names that its components give."""
    return {label for labels in nlp.pipe_labels.values() for label in labels} & set(_LABELS)


def _pieces(text: str) -> list[tuple[int, str]]:
    """The text in parts of at most about :data:`_PIECE` characters, cut at lines, with where each begins."""
    parts: list[tuple[int, str]] = []
    start, end = 0, 0
    for match in _LINES.finditer(text):
        if end > start and match.end() - start > _PIECE:
            parts.append((start, text[start:end]))
            start = match.start()
        end = match.end()
    return [*parts, (start, text[start:])]


def _found(nlp: Language, piece: str, start: int) -> list[Found]:
    """The names in a part of a text that begins at ``start``."""
    return [
        Found(
            start + entity.start_char,
            start + entity.end_char,
            _LABELS[entity.label_],
            " ".join(entity.text.split()),
            tier=GUESSED,
            confidence="medium",
        )
        for entity in nlp(piece).ents
        if entity.label_ in _LABELS and "\n" not in entity.text.strip() and any(map(str.isalpha, entity.text))
    ]
