"""``briefing_paragraphs``: a line break ends a sentence. Runs before the parser, which respects it."""

import re
from typing import Final

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

_ROW: Final = re.compile(r"^\|[^\n]*\|$", re.MULTILINE)
_BREAK: Final = re.compile(r"\n\s*")


@Language.component("briefing_paragraphs")
def paragraphs(doc: Doc) -> Doc:
    """Mark the first token after each line break as a sentence start; the parser decides on the others."""
    return break_sentences(doc, doc.text)


def break_sentences(doc: Doc, text: str) -> Doc:
    """Mark the first token after each line break as a sentence start, and keep a table's row one sentence.

    Args:
        doc: The document.
        text: Its text, which a document would have to join from its words.
    """
    ends = [m.end() for m in _BREAK.finditer(text)]
    if not ends:
        return doc
    starts = doc.to_array("IDX")
    marks = np.zeros(len(doc), dtype=np.int64)
    for row in _ROW.finditer(text) if "|" in text else ():  # a row of a table is one sentence
        first, end = np.searchsorted(starts, row.span())
        marks[first + 1 : end] = -1
    broken = np.searchsorted(starts, ends)
    marks[broken[broken < len(doc)]] = 1
    # all at once: to mark a single token has the whole document searched for a parse
    return doc.from_array([SENT_START], marks.astype(np.uint64).reshape(-1, 1))  # type: ignore[arg-type]
