"""Run the components so that one which fails on a text loses only its own kind of fact, and say so on the source.

No text is worth losing whole because a rule stumbles over it. Only want of memory is passed on: whoever set the limit
has words for it.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from briefing.extract.entities.doc_mentions import Mentions, keep
from briefing.extract.nlp.batch import annotate
from briefing.extract.nlp.long_runs import tokenized
from briefing.extract.nlp.paragraphs import break_sentences
from briefing.extract.nlp.token_columns import view_of
from briefing.model.fact_forms import FORMS
from briefing.model.facts import SourceWarning
from briefing.model.safetext import SafeText

_KINDS: Final = {
    "briefing_entities": ("mentions", "Entities"),
    **{f"briefing_{form.field}": (form.field, form.field.capitalize()) for form in FORMS},
    "briefing_warnings": ("warnings", "Signs of machine paraphrase"),
}
"""Where each component leaves what it found, and what that is called."""


def annotated(nlp: Language, texts: Sequence[str], leave_out: Collection[str]) -> list[tuple[Doc, bool]]:
    """Run the base model over texts; each document with false where the model failed on it.

    Args:
        nlp: The pipeline.
        texts: The texts.
        leave_out: Names of components not to run.

    Raises:
        MemoryError: Where memory runs out; no other error is passed on.
    """
    try:
        return [(doc, True) for doc in annotate(nlp, texts, leave_out)]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever one text does to the model, the others go on
        if len(texts) == 1:
            return [(break_sentences(tokenized(nlp, texts[0]), texts[0]), False)]
    return [one for text in texts for one in annotated(nlp, [text], leave_out)]


def run(doc: Doc, pipes: Iterable[tuple[str, Any]], *, analysed: bool = True) -> Doc:
    """Run our components over a document, with a warning on it for each failure.

    Args:
        doc: The document, parsed.
        pipes: Components by name, in order.
        analysed: Whether the base model succeeded; else a warning says so.

    Raises:
        MemoryError: Where memory runs out; no other error is passed on.
    """
    failed = [] if analysed else [_warning("Sentences and names", "the language model failed on it")]
    for name, pipe in pipes:
        try:
            doc = pipe(doc)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - see the head of this module
            field, kind = _KINDS[name]
            setattr(doc._, f"briefing_{field}", ())
            if name == "briefing_entities":
                keep(doc, Mentions(view_of(doc), (), pipe.lexicon, {}))
            failed.append(_warning(kind, f"{type(error).__name__}: {error}"))
    if failed:
        doc._.briefing_warnings = (*doc._.briefing_warnings, *failed)
    return doc


def _warning(kind: str, why: str) -> SourceWarning:
    message = f"{kind} could not be looked for in this text ({why[:200]}). Everything else was."
    return SourceWarning(kind="not-extracted", message=SafeText(message))
