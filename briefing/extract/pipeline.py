"""The whole extractor: a spaCy pipeline whose last components are ours, and the run over sources.

The base model's tagger, parser and name finder run in batches over pieces of at most ``PIECE`` characters, cut at
paragraphs, so that memory follows the batch and not the document. The pieces of a document are joined again before
our components see it: names, speakers and operators are resolved over the whole text.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

from briefing.extract import components, guarded
from briefing.extract.folded_names import folded
from briefing.extract.name_pipelines import NamePipelines
from briefing.extract.nlp.base_model import DEFAULT_MODEL, installed, refuse_changed
from briefing.extract.nlp.batch import PARAGRAPHS
from briefing.extract.nlp.fingerprint import own_weights
from briefing.extract.nlp.folding import Folded, fold, restored
from briefing.extract.nlp.glued_marks import part_glued_marks
from briefing.extract.nlp.kernels import Kernels
from briefing.extract.nlp.scans import less_sure
from briefing.extract.nlp.token_columns import view_of
from briefing.extract.other_languages import is_foreign, other_facts
from briefing.model.fact_forms import FORMS
from briefing.model.facts import Extraction, SourceWarning
from briefing.model.source import Source

PIECE: Final = 20_000
"""Characters of text the base model sees at once."""
BATCH: Final = 32
TOGETHER: Final = 60_000
"""Pieces in a batch, and characters: at most 410 MiB of memory, where 256 pieces take 1,005 and are no faster."""
_UNUSED: Final = ("lemmatizer", "attribute_ruler", "senter")


class ModelMissing(Exception):
    """The spaCy model is not installed; the message says how to install it."""


def load(model: str = DEFAULT_MODEL, lexicons: Path | None = None, *, kernels: Kernels = "numpy") -> Language:
    """Load the pipeline with our components at its end.

    Args:
        model: An installed spaCy pipeline (import name), or a folder of one.
        lexicons: Folder of the user's own lexicon files; None for none.
        kernels: What computes the model's matrix products, with the same results.

    Raises:
        ModelMissing: Where the model is not installed.
        ModelChanged: Where it is the default one, and its files are not those that were tested.
    """
    nlp = base(model, kernels)
    nlp.add_pipe(PARAGRAPHS, first=True)
    for name in components.ORDER:
        nlp.add_pipe(name, config={"lexicons": str(lexicons)} if lexicons else {})
    return nlp


def base(model: str = DEFAULT_MODEL, kernels: Kernels = "numpy") -> Language:
    """Load the base model alone, without the components that nothing of ours reads.

    The default model's name finder has our own weights.

    Args:
        model: Import name or folder of a spaCy pipeline.
        kernels: Matrix kernels to run it with.

    Raises:
        ModelMissing: Where the model is not installed.
        ModelChanged: Where it is the default one, and its files are not those that were tested.
    """
    found = installed(model)
    if found is None:
        name = model.replace("_", "-")
        raise ModelMissing(f"The language model {model} is not installed. Install it with: pip install {name}")
    refuse_changed(found)
    nlp = spacy.load(found, exclude=list(_UNUSED))
    part_glued_marks(nlp)
    if (weights := own_weights(model)) is not None:
        names: Any = nlp.get_pipe("ner")
        names.model.from_bytes(weights.read_bytes())
    ops = NumpyOps(use_blis=kernels == "blis")
    for _, pipe in nlp.pipeline:
        if isinstance(part := getattr(pipe, "model", None), Model):
            for node in part.walk():
                node.ops = ops
    return nlp


def extract(
    nlp: Language,
    sources: Iterable[Source],
    fingerprint: str,
    names: NamePipelines | None = None,
    batch_size: int = BATCH,
) -> Iterator[Extraction]:
    """Extract sources; one extraction for each, in order.

    The model forgets the words it met when the last one is there, else it would remember every word of a library. Until
    then the same ``nlp`` cannot be used for other sources.

    Args:
        nlp: The pipeline, see :func:`load`.
        sources: The sources; read as they are needed.
        fingerprint: Fingerprint of the extractor, which every extraction carries.
        names: Pipelines that find names in other languages; None for none.
        batch_size: Upper bound on the pieces of text in a batch.
    """
    with nlp.memory_zone():
        for (source, folded), doc in parse(nlp, (_readable(nlp, source) for source in sources), batch_size):
            found = extraction(doc, source.id, fingerprint, _of_source(source))
            if is_foreign(source, nlp):
                yield less_sure(other_facts(nlp, source, found, names or NamePipelines()), source.pages)
            else:
                yield less_sure(restored(found, folded, source.text), source.pages)


def _readable(nlp: Language, source: Source) -> tuple[str, tuple[Source, Folded]]:
    """The text that the pipeline sees; none where it is in a language that the pipeline does not know."""
    text = "" if is_foreign(source, nlp) else str(source.text)
    folded = fold(text, source.asides, broken=source.encoding.endswith("?"))
    return folded.text, (source, folded)


def parse(nlp: Language, texts: Iterable[tuple[str, Any]], batch_size: int = BATCH) -> Iterator[tuple[Any, Doc]]:
    """Run the pipeline over texts; yields each context with its document in order, our components included.

    Args:
        nlp: The pipeline, see :func:`load`.
        texts: Texts, each with a context of any kind.
        batch_size: Upper bound on the pieces of text in a batch.
    """
    ours = [(name, pipe) for name, pipe in nlp.pipeline if name in components.ORDER]
    pieces = ((piece, (text, context) if last else None) for text, context in texts for piece, last in _pieces(text))
    waiting: list[Doc] = []
    analysed = True
    for batch in _batches(pieces, batch_size):
        docs = guarded.annotated(nlp, [piece for piece, _ in batch], components.ORDER)
        for (doc, understood), (_, end) in zip(docs, batch, strict=True):
            waiting.append(doc)
            analysed = analysed and understood
            if end is not None:
                text, context = end
                whole = _joined(waiting)
                waiting = []
                view_of(whole, text)
                yield context, guarded.run(whole, ours, analysed=analysed)
                analysed = True


def _joined(pieces: list[Doc]) -> Doc:
    if len(pieces) == 1:
        return pieces[0]
    whole = Doc.from_docs(pieces, ensure_whitespace=False)
    assert whole is not None
    return whole


_Piece = tuple[str, tuple[str, Any] | None]
"""A part of a text and, with the last part, the whole text and what belongs to it."""


def _batches(pieces: Iterable[_Piece], most: int) -> Iterator[list[_Piece]]:
    """The pieces in batches of at most so many, and of at most ``TOGETHER`` characters."""
    batch: list[_Piece] = []
    length = 0
    for piece in pieces:
        if batch and (len(batch) == most or length + len(piece[0]) > TOGETHER):
            yield batch
            batch, length = [], 0
        batch.append(piece)
        length += len(piece[0])
    if batch:
        yield batch


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts of about ``PIECE`` characters, cut after a line break, or within a line that is too long."""
    start = 0
    while len(text) - start > PIECE:
        cut = text.rfind("\n", start, start + PIECE) + 1
        if cut <= start:
            cut = text.rfind(" ", start, start + PIECE) + 1
        if cut <= start:
            cut = start + PIECE
        yield text[start:cut], False
        start = cut
    yield text[start:], True


def extraction(doc: Doc, source_id: str, fingerprint: str, warnings: tuple[SourceWarning, ...] = ()) -> Extraction:
    """Collect what our components left on a document.

    Args:
        doc: The document.
        source_id: Id of the source.
        fingerprint: Fingerprint of the extractor.
        warnings: Warnings to put before those of the components.
    """
    view = view_of(doc)
    found = Extraction(
        source_id=source_id,
        extractor=fingerprint,
        mentions=doc._.briefing_mentions,
        **{form.field: getattr(doc._, f"briefing_{form.field}") for form in FORMS},
        warnings=(*warnings, *doc._.briefing_warnings),
        sentences=view.sentence_spans(),
    )
    return folded(found, view.text)


def _of_source(source: Source) -> tuple[SourceWarning, ...]:
    """Warnings on how the file became a text."""
    warnings = [SourceWarning(kind="not-read", message=lost) for lost in source.lost]
    if source.encoding.endswith("?"):
        message = f"Some bytes were not valid {source.encoding[:-1]} and show as \ufffd."
        warnings.append(SourceWarning(kind="replaced-bytes", message=message))
    return tuple(warnings)
