"""Token columns of a parsed Doc as lists.

Reading a spaCy token's attributes one by one costs more than most rules do; the arrays are fetched once.
"""

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, LENGTH, SENT_START, TAG
from spacy.tokens import Doc


class View:
    """Token ``i`` of the document is ``words[i]``, from character ``starts[i]`` to ``ends[i]`` of ``text``."""

    def __init__(self, doc: Doc, text: str) -> None:
        self.text = text
        columns = doc.to_array([IDX, LENGTH, TAG, DEP, HEAD, SENT_START, ENT_TYPE, ENT_IOB]).astype(np.int64)
        raw = doc.to_array([TAG, DEP, ENT_TYPE])
        names = {int(key): doc.vocab.strings[int(key)] if key else "" for key in np.unique(raw)}
        self.starts: list[int] = columns[:, 0].tolist()
        self.ends: list[int] = (columns[:, 0] + columns[:, 1]).tolist()
        self.words: list[str] = [self.text[a:b] for a, b in zip(self.starts, self.ends, strict=True)]
        self.tags: list[str] = [names[key] for key in raw[:, 0].tolist()]
        """Penn Treebank tags."""
        self.deps: list[str] = [names[key] for key in raw[:, 1].tolist()]
        self.heads: list[int] = (np.arange(len(columns)) + columns[:, 4]).tolist()
        """Index of each token's head; a root is its own."""
        self.ner: list[str] = [names[key] for key in raw[:, 2].tolist()]
        """The base model's entity label of each token, or an empty string."""
        self.ner_begins: list[bool] = (columns[:, 7] == 3).tolist()
        first = np.flatnonzero(columns[:, 5] == 1).tolist()
        if len(columns) and (not first or first[0] != 0):
            first.insert(0, 0)
        self.sentences: list[tuple[int, int]] = list(pairwise([*first, len(columns)]))
        """Token ranges, end exclusive."""
        self.sentence_of: list[int] = [n for n, (a, b) in enumerate(self.sentences) for _ in range(a, b)]
        self._children: list[list[int]] | None = None

    def __len__(self) -> int:
        return len(self.words)

    @property
    def children(self) -> list[list[int]]:
        """Indices of each token's direct dependants, in order. Made when first asked for."""
        if self._children is None:
            self._children = [[] for _ in self.words]
            for i, head in enumerate(self.heads):
                if head != i:
                    self._children[head].append(i)
        return self._children

    def token_at(self, offset: int) -> int:
        """Index of the token that holds character ``offset``, or of the last one that starts before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """Half-open range of the tokens that overlap a span.

        Args:
            start: First character of the span.
            end: The character after its last.
        """
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def sentence_spans(self) -> tuple[tuple[int, int], ...]:
        """Characters of each sentence without the white space around it; empty ones are left out."""
        spans = []
        for first, last in self.sentences:
            start, end = self.starts[first], self.ends[last - 1]
            piece = self.text[start:end]
            if body := piece.strip():
                start += len(piece) - len(piece.lstrip())
                spans.append((start, start + len(body)))
        return tuple(spans)


_views: Final[WeakKeyDictionary[Doc, View]] = WeakKeyDictionary()
"""Beside the documents and not on them: what lies in ``user_data`` is written by ``to_bytes`` and sent to processes."""


def view_of(doc: Doc, text: str | None = None) -> View:
    """The document's columns, made once.

    Args:
        doc: The document.
        text: Its text where it is at hand, which is quicker; else None.
    """
    view = _views.get(doc)
    if view is None:
        view = _views[doc] = View(doc, doc.text if text is None else text)
    return view
