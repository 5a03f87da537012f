"""``briefing_paragraphs``: a line break ends a sentence. Runs before the parser, which respects it."""

import re
from typing import Final

import numpy as np
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
    if ends:
        starts = doc.to_array("IDX")
        for row in _ROW.finditer(text) if "|" in text else ():  # a row of a table is one sentence
            first, end = np.searchsorted(starts, row.span())
            for i in range(int(first) + 1, min(int(end), len(doc))):
                doc[i].is_sent_start = False
        for i in np.searchsorted(starts, ends):
            if i < len(doc):
                doc[int(i)].is_sent_start = True
    return doc
