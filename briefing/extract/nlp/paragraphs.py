"""``briefing_paragraphs``: a line break ends a sentence. Runs before the parser, which respects it."""

import re
from typing import Final

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

_BREAK: Final = re.compile(r"\n\s*")


@Language.component("briefing_paragraphs")
def paragraphs(doc: Doc) -> Doc:
    """Mark the first token after each line break as a sentence start; the parser decides on the others."""
    return break_sentences(doc, doc.text)


def break_sentences(doc: Doc, text: str) -> Doc:
    """The same, where the document's text is known: a document puts its own together from its words."""
    ends = [m.end() for m in _BREAK.finditer(text)]
    if ends:
        for i in np.searchsorted(doc.to_array("IDX"), ends):
            if i < len(doc):
                doc[int(i)].is_sent_start = True
    return doc
