"""Rich text (RTF), read by its own grammar: groups, control words and letters; one pass, no recursion.

The library for it on the index, striprtf, goes over the whole text with expressions whose time grows with more than its
length, and leaves out what a document states about itself.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

from briefing.sources import properties
from briefing.sources.document import BytesReader, Document, Refused
from briefing.sources.opening import read_opening
from briefing.sources.pieces import Piece, joined
from briefing.sources.tables import table_text

_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\$"
)
_CELL: Final = "\ufdd0"
_ROW: Final = "\ufdd1"
_ROW_BEGINS: Final = "\ufdd2"
"""Code points that no text holds, for what parts the text of tables."""
_TABLES: Final = {ord(mark): None for mark in (_CELL, _ROW, _ROW_BEGINS)}
_SIGNS: Final = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "line": "\n", "row": _ROW, "cell": _CELL, "nestcell": " ",
    "nestrow": " ", "tab": "\t", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_SYMBOLS: Final = {"~": "\xa0", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}", "\n": "\n\n", "\r": "\n\n"}
_ASIDE: Final = frozenset(
    {
        *(
            "fonttbl",
            "colortbl",
            "stylesheet",
            "listtable",
            "listoverridetable",
            "revtbl",
            "rsidtbl",
            "filetbl",
            "pict",
        ),
        *("object", "objdata", "fldinst", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr"),
        *(
            "footerf",
            "themedata",
            "colorschememapping",
            "datastore",
            "latentstyles",
            "generator",
            "xmlnstbl",
            "annotation",
        ),
        *(
            "atnid",
            "atnauthor",
            "bkmkstart",
            "bkmkend",
            "pnseclvl",
            "nonshppict",
            "shpinst",
            "mmathPr",
            "info",
        ),
        *(
            "userprops",
            "docvar",
            "xe",
            "tc",
            "template",
            "operator",
            "company",
            "creatim",
            "revtim",
            "printim",
            "buptim",
        ),
        *("nonesttables", "sp", "private", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc"),
    }
)
"""Groups that are not part of the running text."""
_KEPT: Final = frozenset({"title", "author", "fcharset", "shptxt", "listtext", "pntext"})
_STATED: Final = frozenset({"title", "author"})
_CHARSETS: Final = {
    128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 77: "mac_roman",
}  # fmt: skip
_SHOWING: Final = {
    "v": "hidden", "webhidden": "hidden", "deleted": "deleted", "strike": "struck", "striked": "struck",
}  # fmt: skip
"""Control words by which letters are no text, and what of the state they set."""
_RISES: Final = {"super": 1, "sub": -1, "nosupersub": 0, "up": 1, "dn": -1}
_MOST_DEPTH: Final = 10_000


@dataclass(frozen=True, slots=True)
class _State:
    """Settings that hold within a group."""

    aside: bool = False
    kept: str = ""
    """Which statement about the document the letters are of."""
    font: int = -1
    skipped: int = 1
    """Letters after a Unicode character that stand for it where Unicode is not known."""
    hidden: bool = False
    fonts: bool = False
    """Whether this is the table of fonts."""
    deleted: bool = False
    struck: bool = False
    rise: int = 0
    """Whether letters are raised (1) or lowered (-1)."""


@dataclass(slots=True)
class _Reading:
    """One document while it is read."""

    data: bytes
    codepage: str = "cp1252"
    default_font: int = -1
    out: list[Piece] = field(default_factory=list)
    stated: dict[str, list[str]] = field(default_factory=dict)
    fonts: dict[int, str] = field(default_factory=dict)
    times: dict[str, dict[str, int]] = field(default_factory=dict)
    state: _State = field(default_factory=_State)
    raw: bytearray = field(default_factory=bytearray)
    """Letters that are not decoded yet: some are of two bytes, given one by one."""
    skip: int = 0
    starred: bool = False
    time: str = ""

    def run(self) -> str:
        """The running text."""
        stack: list[_State] = []
        place = 0
        while place < len(self.data):
            match = _TOKEN.match(self.data, place)
            if match is None:
                place += 1
                continue
            place = match.end()
            word, number, code, symbol, brace, letters = match.groups()
            if word is not None:
                place += self._word(word.decode("ascii"), int(number) if number else None)
            elif brace == b"{" and len(stack) < _MOST_DEPTH:
                self._flush()
                stack.append(self.state)
                self.skip, self.starred = 0, False
            elif brace:
                self._flush()
                self.state = stack.pop() if stack else self.state
                self.skip, self.time = 0, ""
            elif symbol == b"*":
                self.starred = True
            elif symbol is not None:
                self._text(_SYMBOLS.get(symbol.decode("latin-1"), ""))
            elif code is not None:
                self._bytes(bytes([int(code, 16)]))
            elif letters is not None:
                self._bytes(letters)
        self._flush()
        return joined(self.out)

    def _word(self, word: str, number: int | None) -> int:
        """Take in one control word; how many bytes of binary data follow it."""
        starred, self.starred = self.starred, False
        if word == "bin":
            return max(0, number or 0)
        if word == "u" and number is not None:
            self._flush()
            self._text(_unit(number))
            self.skip = self.state.skipped
        elif word in _SIGNS:
            self._sign(_SIGNS[word])
        elif word == "trowd":
            self._sign(_ROW_BEGINS)
        elif (word in _STATED and self.state.aside) or word == "footnote":
            self._flush()
            self.state = replace(self.state, kept=word)
        elif word in _ASIDE or (starred and word not in _KEPT):
            self._flush()
            self.time = word if word in {"creatim", "revtim"} else ""
            self.state = replace(self.state, aside=True, kept="", fonts=word == "fonttbl")
        else:
            self._setting(word, number)
        return 0

    def _setting(self, word: str, number: int | None) -> None:
        """Control words that set something."""
        self._flush()
        on = number != 0
        if word == "f" and number is not None:
            self.state = replace(self.state, font=number)
        elif word == "uc" and number is not None:
            self.state = replace(self.state, skipped=min(max(0, number), 10))
        elif word in _SHOWING:
            marked: dict[str, Any] = {_SHOWING[word]: on}
            self.state = replace(self.state, **marked)
        elif word in _RISES:
            self.state = replace(self.state, rise=_RISES[word] if on else 0)
        elif word == "plain":
            self.state = replace(self.state, hidden=False, deleted=False, struck=False, rise=0, font=self.default_font)
        elif word == "deff" and number is not None:
            self.default_font = number
            self.state = replace(self.state, font=number)
        elif word == "fcharset" and self.state.fonts and number in _CHARSETS:
            self.fonts[self.state.font] = _CHARSETS[number]
        elif word == "ansicpg" and number:
            self.codepage = _codec(f"cp{number}")
        elif word in {"mac", "pc", "pca"}:
            self.codepage = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif self.time and number is not None and word in {"yr", "mo", "dy"}:
            self.times.setdefault(self.time, {})[word] = number

    def _bytes(self, letters: bytes) -> None:
        """Letters of the code page, or of the font."""
        if self.skip:
            dropped = min(self.skip, len(letters))
            self.skip -= dropped
            letters = letters[dropped:]
        self.raw += letters

    def _flush(self) -> None:
        if self.raw:
            text = self.raw.decode(self.fonts.get(self.state.font, self.codepage), "replace")
            self.raw.clear()
            self._put(text)

    def _text(self, text: str) -> None:
        self._flush()
        if self.skip and text:
            self.skip -= 1
        else:
            self._put(text)

    def _put(self, text: str) -> None:
        if self.state.kept:
            self.stated.setdefault(self.state.kept, []).append(text)
        elif not (self.state.aside or self.state.hidden or self.state.deleted or self.state.struck):
            self.out.append((text.translate(_TABLES), self.state.rise))

    def _sign(self, sign: str) -> None:
        """A sign, also one that parts a table, which is never raised."""
        self._flush()
        if self.skip:
            self.skip -= 1
        elif self.state.kept:
            self.stated.setdefault(self.state.kept, []).append(sign)
        elif not (self.state.aside or self.state.hidden):
            self.out.append((sign, 0))


def _unit(number: int) -> str:
    """The UTF-16 unit that a signed number of 16 bits stands for."""
    return chr(number & 0xFFFF) if -0x8000 <= number <= 0xFFFF else "\ufffd"


def _codec(name: str) -> str:
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def read(data: bytes) -> Document:
    """The running text, headers and footers left out. Raises :class:`Refused` where there is no RTF."""
    start = data[:1024].find(b"{\\rtf")
    if start < 0:
        raise Refused("is no rich text (RTF) document, in spite of its name")
    reading = _Reading(data[start:])
    text = _paragraphs(_joined("\n\n".join([reading.run(), *reading.stated.get("footnote", ())])))
    opening = read_opening(text)
    stated = {name: _joined("".join(parts)) for name, parts in reading.stated.items()}
    return Document(
        text,
        properties.title(stated.get("title")) or opening.title,
        opening.publisher,
        opening.author or properties.author(stated.get("author")),
        opening.published,
        published_from=opening.published_from,
        published_inferred=opening.inferred,
        made=properties.moment(_day(reading.times)),
    )


def _joined(text: str) -> str:
    """Pairs of surrogates as the characters that they are."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _paragraphs(text: str) -> str:
    """A blank line between paragraphs; rows of tables as lines with their cells between bars."""
    out: list[str] = []
    rows: list[list[str]] = []
    for part in text.split(_ROW):
        before, cells = _row(part)
        if before and rows:
            out.append(table_text(rows))
            rows = []
        out += before
        if cells:
            rows.append(cells)
    return "\n\n".join(filter(None, [*out, table_text(rows)]))


def _row(part: str) -> tuple[list[str], list[str]]:
    """The paragraphs before a row, and its cells; ``part`` is the text up to the end of the row."""
    first = part.find(_CELL)
    if first < 0:
        return _plain(part), []
    start = part.rfind(_ROW_BEGINS, 0, first)
    start = start if start >= 0 else max(0, part.rfind("\n\n", 0, first))
    *cells, after = part[start:].split(_CELL)
    return _plain(part[:start]), [*(cell.translate(_TABLES) for cell in cells), *_plain(after)]


def _plain(text: str) -> list[str]:
    """The paragraphs of a text without tables."""
    lines = (line.strip(" \t\n") for line in text.translate(_TABLES).split("\n\n"))
    return [line for line in lines if line]


def _day(times: dict[str, dict[str, int]]) -> str | None:
    """The day on which the document was last changed, or made."""
    for name in ("revtim", "creatim"):
        found = times.get(name, {})
        if {"yr", "mo", "dy"} <= found.keys():
            return f"{found['yr']:04}-{found['mo']:02}-{found['dy']:02}"
    return None


def looks_like(data: bytes) -> bool:
    """Recognise it by its first letters."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


READER = BytesReader("rtf", (".rtf",), looks_like, read)
