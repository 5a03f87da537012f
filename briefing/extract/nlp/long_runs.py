"""Tokenize very long words in parts: spaCy's tokenizer takes a time that grows with the square of their length.

spaCy takes the marks at the edges of a run without white space off one by one, and looks at all that is left each time:
40,000 brackets in a row take minutes. So what has no blank in it for too long is tokenized in parts.
"""

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

EQUAL: Final = 64
"""Equal characters in a row that are tokenized together."""
SOLID: Final = 200
"""Characters without white space that are: longer addresses are as well told in two words."""

_LONG: Final = re.compile(rf"\S{{{SOLID + 1},}}|(\S)\1{{{EQUAL},}}")
_EQUAL: Final = re.compile(rf"(\S)\1{{{EQUAL},}}")


def tokenized(nlp: Language, text: str) -> Doc:
    """Tokenize a text; the offsets of tokens are those of the text, whatever is in it.

    Args:
        nlp: The pipeline.
        text: The text.
    """
    if _LONG.search(text) is None:
        return nlp.make_doc(text)
    parts = [nlp.make_doc(text[start:end]) for start, end in parts_of(text)]
    whole = Doc.from_docs(parts, ensure_whitespace=False)
    assert whole is not None
    return whole


def parts_of(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the parts to tokenize by themselves; together they are the text."""
    start = 0
    for run in _LONG.finditer(text):
        for cut in _cuts(text, *run.span()):
            if cut > start:
                yield start, cut
                start = cut
    if start < len(text):
        yield start, len(text)


def _cuts(text: str, first: int, last: int) -> Iterator[int]:
    """Where to cut a run: around and within equal characters, and wherever it is solid for too long."""
    at = first
    for equal in _EQUAL.finditer(text, first, last):
        yield from _every(at, equal.start(), SOLID)
        yield from _every(*equal.span(), EQUAL)
        at = equal.end()
    yield from _every(at, last, SOLID)


def _every(first: int, last: int, length: int) -> Iterator[int]:
    """Both ends, and every so many characters between them."""
    yield from range(first, last, length)
    yield last
