"""Footnotes of a brief: whole sentences by source, the evidence marked in them, each sentence once."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from briefing.export.brief import Citation, Note, Span
from briefing.export.selection import Document
from briefing.model.passage import locate, page_box, page_label, page_place, paragraphs
from briefing.model.safetext import SafeText
from briefing.model.source import Box
from briefing.model.tables import find_tables

Place = tuple[int, int, int]
"""Number of a source (from one), start and end in its text."""

_LONGEST: Final = 700
"""Characters of a sentence that a note repeats on either side of its evidence; tables have no full stops."""
AROUND: Final = (16, 12, 9, 7, 5, 4)
"""Words beside the evidence that stay of a long sentence: as many as there is room for."""
ROOM: Final = 0.58
"""Words of the printed notes for each word of the sources."""
_LABEL: Final = 3
"""Words that name the place of a note."""
_BREAK: Final = re.compile(r"\s+")


class Notes:
    """Collects places first, and numbers the notes once all are known: by source, in the order of the text."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._places: dict[Place, bool] = {}
        self._sentences: set[tuple[int, int]] = set()
        self._numbers: dict[Place, int] = {}
        self.all: list[Note] = []

    def collect(self, places: Iterable[Place], *, printed: bool = True) -> None:
        """Collect places that will be cited.

        Args:
            places: The places.
            printed: Whether their claims are printed, rather than in the JSON only.
        """
        for place in places:
            self._places[place] = self._places.get(place, False) or printed
            if printed:
                self._sentences.add(self._sentence(place))

    def holds(self, place: Place) -> bool:
        """Whether the sentence of a place is collected already."""
        return self._sentence(place) in self._sentences

    def _sentence(self, place: Place) -> tuple[int, int]:
        """The source, and which of its sentences the place begins in."""
        sentences = self._documents[place[0] - 1][1].sentences
        return place[0], bisect_right(sentences, (place[1], float("inf"))) if sentences else place[1]

    def number(self) -> None:
        """Make the notes of all that was collected: first those that are printed, so that no number is missing."""
        known: dict[str, int] = {}
        later = [place for place, printed in self._places.items() if not printed]
        shown = {self._sentence(place) for place, printed in self._places.items() if printed}
        beside = [place for place in later if self._sentence(place) in shown]
        self._number([*(place for place, printed in self._places.items() if printed), *beside], known, printed=True)
        self._number([place for place in later if place not in self._numbers], known, printed=False)

    def _number(self, places: Iterable[Place], known: dict[str, int], *, printed: bool) -> None:
        by_source: dict[int, list[Span]] = {}
        for source, start, end in places:
            by_source.setdefault(source, []).append((start, end))
        for source in sorted(by_source):
            document, extraction = self._documents[source - 1]
            parts = paragraphs(document.text)
            for span, marks in _passages(document.text, by_source[source], extraction.sentences, parts):
                note = self._note(source, span, marks, parts).model_copy(update={"printed": printed})
                repeated = known.setdefault(str(note.text).casefold(), note.number)
                if repeated != note.number and self.all[repeated - 1].source != source:
                    note = note.model_copy(update={"text": SafeText(), "shown": (), "same_as": repeated})
                self.all.append(note)
                for mark in marks:
                    self._numbers[source, *mark] = note.number

    def fit(self, words: int) -> None:
        """Leave as much of the sentences around their evidence as there is room for, in words of the sources."""
        for around in AROUND:
            made = [note.model_copy(update={"around": around}) for note in self.all]
            if sum(_words(note) for note in made if note.printed) <= ROOM * words:
                break
        self.all = made

    def citations(self, places: Iterable[Place]) -> tuple[Citation, ...]:
        """The footnotes of several places, by source."""
        by_source: dict[int, dict[int, None]] = {}
        for place in places:
            by_source.setdefault(place[0], {})[self._numbers[place]] = None
        return tuple(Citation(source=source, notes=tuple(notes)) for source, notes in by_source.items())

    def _note(self, source: int, span: Span, marks: "list[Span]", parts: "list[Span]") -> Note:
        document, extraction = self._documents[source - 1]
        passage = locate(marks[0][0], parts, extraction.sentences)
        text, shown = _one_line(document.text, span, marks)
        return Note(
            number=len(self.all) + 1,
            source=source,
            paragraph=passage.paragraph,
            sentence=passage.sentence,
            start=span[0],
            end=span[1],
            page=page_label(marks[0][0], document.pages, document.text),
            place=page_place(marks[0][0], document.pages, document.text),
            box=_in_per_cent(page_box(marks[0][0], marks[-1][1], document.pages)),
            text=text,
            marks=tuple(marks),
            evidence=tuple(document.text[start:end].line() for start, end in marks),
            shown=shown,
            head=_head(document.text, marks[0][0]),
        )


def _head(text: str, place: int) -> tuple[SafeText, ...]:
    """The first row of the table in whose later row a character stands; empty for other text."""
    start = text.rfind("\n", 0, place) + 1
    if not text.startswith("| ", start):
        return ()
    first = text.rfind("\n\n", 0, start)
    first = 0 if first < 0 else first + 2
    head = text[first : text.find("\n", first)]
    tables = find_tables(f"{head}\n{head}") if first < start and head.startswith("|") else []
    return tuple(SafeText(head[slice(*cell)]).line() for cell in tables[0].rows[0]) if tables else ()


def _in_per_cent(box: Box | None) -> tuple[float, float, float, float] | None:
    return (box[2] / 100, box[3] / 100, box[4] / 100, box[5] / 100) if box else None


def _words(note: Note) -> int:
    return _LABEL + sum(len(piece.split()) for piece, _ in note.excerpt)


def _passages(
    text: SafeText, marks: "list[Span]", sentences: Sequence[Span], parts: Sequence[Span]
) -> "list[tuple[Span, list[Span]]]":
    """The sentences that hold the marks, those that share some joined, with their marks in order."""
    found: list[tuple[Span, list[Span]]] = []
    for mark in sorted(set(marks)):
        span = _around(text, mark, sentences, parts)
        if found and span[0] < found[-1][0][1]:
            last, known = found[-1]
            found[-1] = ((last[0], max(last[1], span[1])), [*known, mark])
        else:
            found.append((span, [mark]))
    return found


def _around(text: SafeText, mark: Span, sentences: Sequence[Span], parts: Sequence[Span]) -> Span:
    """From the beginning of the first sentence of a passage to the end of its last one."""
    start, end = mark
    spans = sentences or parts
    first = max(0, bisect_right(spans, (start, float("inf"))) - 1)
    last = max(first, bisect_right(spans, (max(start, end - 1), float("inf"))) - 1)
    begin = min(start, spans[first][0]) if spans else start
    close = max(end, spans[last][1]) if spans else end
    return max(begin, start - _LONGEST), min(close, end + _LONGEST, len(text))


def _one_line(text: SafeText, span: Span, marks: "list[Span]") -> tuple[SafeText, tuple[Span, ...]]:
    """The passage as one line, and where its marks stand in that line; marks that overlap are one."""
    joined: list[list[int]] = []
    for start, end in marks:
        if joined and start < joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    line, shown, at = "", [], span[0]
    for start, end in joined:
        line += _flat(text[at:start], line)
        begin = len(line)
        line += _flat(text[start:end], line)
        shown.append((begin, len(line)))
        at = end
    line += _flat(text[at : span[1]], line)
    return SafeText(line), tuple(pair for pair in shown if pair[0] < pair[1])


def _flat(text: str, before: str) -> str:
    flat = _BREAK.sub(" ", text)
    return flat[1:] if flat.startswith(" ") and (not before or before.endswith(" ")) else flat
