"""Read the footnotes of a written brief from its JSON, HTML or Markdown."""

import re
from html.parser import HTMLParser
from typing import Any, Final, NamedTuple

from briefing.export.selection import ExportError
from briefing.model.data_files import parse_json

_MD_SOURCE: Final = re.compile(r"^- \*\*S(\d+)\*\*[^\n]*\n  ([^\n]*)\. (SHA-256 )?([0-9a-f]{64})$", re.MULTILINE)
"""An entry of the list of sources; earlier versions gave the words of a source and named the hash."""
_MD_WORDS: Final = re.compile(r", [\d,]++ words?\b")
_MD_COPY: Final = ", carries largely the text of "
_MD_NOTE: Final = re.compile(r"^\[\^(\d+)\]: S(\d+) .*? ?(?<!\d)(\d++)–(\d++): (.*)$", re.MULTILINE)
_MD_SAME: Final = re.compile(r"as note (\d+), word for word")
_MD_ESCAPED: Final = re.compile(r"\\(.)|\*\*")


class CitedSource(NamedTuple):
    """A source as a brief names it; ``text_sha256`` is not told by every format."""

    number: int
    id: str
    where: str
    text_sha256: str | None = None


class CitedNote(NamedTuple):
    """A footnote as a brief has it: the passage, its words and, where the format tells, the words of its evidence."""

    number: int
    source: CitedSource
    start: int
    end: int
    text: str
    evidence: tuple[tuple[int, int, str], ...] = ()


def read_notes(text: str, name: str) -> list[CitedNote]:
    """Read the footnotes of a brief.

    Args:
        text: The brief: JSON, HTML or Markdown, told by its first character.
        name: Name of its file, for errors.

    Raises:
        ExportError: Where there are no footnotes, or one cannot be read.
    """
    stripped = text.lstrip("\ufeff \t\r\n")
    try:
        if stripped.startswith("{"):
            notes = _of_json(parse_json(stripped))
        elif stripped.startswith("<"):
            notes = _of_html(stripped)
        else:
            notes = _of_markdown(text.replace("\r\n", "\n"))
    except (ValueError, KeyError, TypeError, IndexError, OverflowError, AssertionError) as error:
        raise ExportError(f"{name}: its footnotes cannot be read: {error}") from error
    if not notes:
        raise ExportError(
            f"{name} has no footnotes of a brief: Markdown, HTML and JSON as 'briefing export' writes them"
        )
    return notes


def _of_json(shape: dict[str, Any]) -> list[CitedNote]:
    sources = {
        one["number"]: CitedSource(int(one["number"]), str(one["id"]), str(one["where"]), one.get("text_sha256"))
        for one in shape["sources"]
    }
    texts = {note["number"]: str(note["text"]) for note in shape["notes"]}
    return [
        CitedNote(
            number=int(note["number"]),
            source=sources[note["source"]],
            start=int(note["start"]),
            end=int(note["end"]),
            text=texts[note["same_as"]] if note.get("same_as") else texts[note["number"]],
            evidence=tuple(
                (int(start), int(end), str(words))
                for (start, end), words in zip(note["marks"], note["evidence"], strict=True)
            ),
        )
        for note in shape["notes"]
    ]


def _of_markdown(text: str) -> list[CitedNote]:
    sources = {
        int(found[1]): CitedSource(int(found[1]), found[4], _plain(_where(found[2], earlier=bool(found[3]))))
        for found in _MD_SOURCE.finditer(text)
    }
    texts = {int(found[1]): _plain(found[5]) for found in _MD_NOTE.finditer(text)}
    notes = []
    for found in _MD_NOTE.finditer(text):
        if int(found[2]) not in sources:
            raise ValueError(f"note {found[1]} names S{found[2]}, which is not in the list of sources")
        same = _MD_SAME.fullmatch(found[5].strip())
        words = texts[int(same[1])] if same else texts[int(found[1])]
        notes.append(CitedNote(int(found[1]), sources[int(found[2])], int(found[3]), int(found[4]), words))
    return notes


def _where(told: str, *, earlier: bool) -> str:
    """The file or address of a source without what is told of it beside that; ``earlier`` versions told its words."""
    sizes = list(_MD_WORDS.finditer(told)) if earlier else []
    if sizes:
        return told[: sizes[-1].start()]
    where, copy, _ = told.rpartition(_MD_COPY)
    return where if copy else told


def _plain(markdown: str) -> str:
    """The text that Markdown of ours shows."""
    return _MD_ESCAPED.sub(lambda found: found[1] or "", markdown)


class _Page(HTMLParser):
    """Collects the list items of sources and notes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sources: dict[int, CitedSource] = {}
        self.notes: list[tuple[dict[str, str], list[str], list[str]]] = []
        self._sentence = False
        self._mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "li" and "data-sha256" in named:
            number = int(named["id"].removeprefix("s"))
            self.sources[number] = CitedSource(
                number, named["data-sha256"], named.get("data-where", ""), named.get("data-text-sha256")
            )
        elif tag == "li" and "data-source" in named:
            self.notes.append((named, [], []))
        elif tag == "span" and named.get("class") == "sentence":
            self._sentence = True
        elif tag == "mark" and self._sentence:
            self._mark = True
            self.notes[-1][2].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._sentence = False
        elif tag == "mark":
            self._mark = False

    def handle_data(self, data: str) -> None:
        if self._sentence and self.notes:
            self.notes[-1][1].append(data)
            if self._mark:
                self.notes[-1][2][-1] += data


def _of_html(text: str) -> list[CitedNote]:
    page = _Page()
    page.feed(text)
    texts = {int(named["id"].removeprefix("n")): "".join(words) for named, words, _ in page.notes}
    notes = []
    for named, _, _ in page.notes:
        number = int(named["id"].removeprefix("n"))
        same = named.get("data-same-as")
        notes.append(
            CitedNote(
                number=number,
                source=page.sources[int(named["data-source"])],
                start=int(named["data-start"]),
                end=int(named["data-end"]),
                text=texts[int(same)] if same else texts[number],
            )
        )
    return notes
