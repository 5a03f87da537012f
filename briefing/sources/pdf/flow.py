"""Join printed lines to paragraphs; words broken at a line's end are made whole."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from briefing.sources.pdf.lines import Line

_BROKEN: Final = re.compile(r"(?:[^\W_]|\b[A-Z]\.)[-\u00ad\u2010]$")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LAST: Final = re.compile(r"[^\W_]+$")
_FIRST: Final = re.compile(r"[^\W_]+")
_ENDS: Final = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_ITEM: Final = re.compile(r"(?:[•●▪◦‣■□–—*·]|\(?(?:\d{1,2}|[a-zA-Z])[.)]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s")
_KEPT: Final = frozenset(
    {
        *("all", "anti", "counter", "cross", "ex", "four", "high", "hyper", "inter", "long", "low", "mid", "multi"),
        *("near", "non", "off", "one", "post", "pre", "pro", "quasi", "self", "semi", "short", "six", "ten", "three"),
        *(
            "two",
            "ultra",
            "well",
            "half",
            "quarter",
            "third",
            "first",
            "second",
            "full",
            "part",
            "much",
            "ever",
            "once",
        ),
        *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "five", "seven"),
        *("eight", "nine", "eleven", "twelve", "double", "single", "triple", "twin", "medium", "surface", "air"),
    }
)
"""First parts of compounds that are mostly written with a hyphen."""
_SECOND: Final = frozenset(
    {
        *(
            "made",
            "led",
            "backed",
            "built",
            "born",
            "owned",
            "based",
            "era",
            "style",
            "class",
            "type",
            "armed",
            "powered",
        ),
        *(
            "supplied",
            "trained",
            "controlled",
            "occupied",
            "held",
            "launched",
            "wing",
            "capable",
            "range",
            "speed",
            "level",
        ),
        *(
            "time",
            "term",
            "scale",
            "old",
            "year",
            "day",
            "week",
            "month",
            "hour",
            "mile",
            "meter",
            "metre",
            "foot",
            "inch",
        ),
        *("propelled", "guided", "seeking", "free", "related", "speaking", "operated", "funded", "designed", "flagged"),
        *(
            "run",
            "brokered",
            "sponsored",
            "mandated",
            "produced",
            "manufactured",
            "registered",
            "tipped",
            "wide",
            "ton",
        ),
        *("tonne", "person", "man", "strong", "member", "nation", "state", "star", "engine", "seat", "round", "barrel"),
        *(
            "allied",
            "affiliated",
            "aligned",
            "linked",
            "bound",
            "hosted",
            "imposed",
            "declared",
            "majority",
            "commanded",
        ),
    }
)
"""Second parts of compounds, before which a nation, a name or an abbreviation keeps its hyphen."""
_SYLLABLES: Final = frozenset({"pro", "pre", "inter", "counter", "com", "con", "dis", "im", "pur"})
"""Behind the first hyphen of a compound these begin a word: "self-pro-pelled"."""
_LITTLE: Final = frozenset({"to", "of", "the", "in", "and", "by", "for", "on", "at", "a", "per"})
"""Whole words between two hyphens: "surface-to-air"."""
_SENTENCE: Final = 25
"""Characters that a sentence has at least, which a line that begins with a small letter may go on with."""
_OPEN: Final = re.compile(
    r"(?:\d|\b(?:the|an?|of|to|in|on|at|by|and|or|for|from|with|its|their|his|her|has|have|had|is|are|was|were|will|which"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w{2,4}ty(?:-\w+)?))$"
)
"""What no sentence ends with, so that a short line goes on as well."""
_NATIONAL: Final = re.compile(r"[A-Z][^\W\d_]+(?:an|ese|ish|ch|i|ic|ek|sh)")
_ENDINGS: Final = frozenset({"s", "ness", "ly", "ism", "isms", "ize", "ized", "ise", "ised", "ization", "isation"})


class Flow:
    """Text that grows line by line, with the places where pages begin in it."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.words = Counter(word for line in lines for word in _WORD.findall(line.text.casefold()))
        self.pages: list[tuple[int, str]] = []
        self._out: list[str] = []
        self._length = 0
        self._waiting: list[str] = []
        """Labels of pages that have begun, but on which there was no text yet."""
        self._broken = False
        """Whether the last line ends within a word."""
        self._soft = False
        """Whether a hyphen that is meant for that only says so."""
        self._paragraph = 0
        """Characters of the paragraph so far."""
        self._table = 0
        """Bars of the last row, where the text so far ends with a table."""

    def page(self, label: str) -> None:
        """A page begins."""
        self._waiting.append(label)

    def block(self, lines: Sequence[Line]) -> None:
        """Add the lines of one column. What it begins with may go on with a sentence of the block before."""
        if not lines:
            return
        shape = _Shape(lines)
        for number, line in enumerate(lines):
            fresh = self._new_block(line) if number == 0 else shape.parts(number)
            self._add(line, fresh=fresh)

    def table(self, text: str) -> None:
        """Add a table, a line a row; one that goes on from the page before goes on here."""
        if not text:
            return
        on = self._table and self._waiting and text.partition("\n")[0].count("|") == self._table
        if self._out:
            self._write("\n" if on else "-\n\n" if self._broken else "\n\n")
        self._begin_pages()
        self._write(text)
        self._paragraph, self._broken, self._table = 0, False, text.rpartition("\n")[2].count("|")

    def _begin_pages(self) -> None:
        for label in self._waiting:
            self.pages.append((self._length, label))
        self._waiting = []

    def text(self) -> str:
        """The whole text, a blank line between paragraphs."""
        self._begin_pages()
        return "".join(self._out)

    def _new_block(self, line: Line) -> bool:
        """Whether a new column or page begins with a new paragraph."""
        if not self._out or self._table:
            return True
        going_on = self._broken or not _ENDS.search(self._out[-1])
        begun = self._paragraph >= _SENTENCE or _OPEN.search(self._out[-1]) is not None
        return not (going_on and begun and line.text[:1].islower())

    def _add(self, line: Line, *, fresh: bool) -> None:
        if self._out and fresh:
            self._write("-\n\n" if self._broken else "\n\n")
            self._paragraph = 0
        elif self._out:
            self._write(self._between(line.text))
        self._begin_pages()
        self._table = 0
        text = line.text
        self._broken = line.hyphen
        if not line.hyphen and _BROKEN.search(text):
            self._broken = True
            self._soft = text[-1] == "\u00ad"
            text = text[:-1]
        else:
            self._soft = False
        self._write(text)

    def _between(self, following: str) -> str:
        """What stands between the last line and the next of one paragraph."""
        if not self._broken:
            return " "
        first, second = _LAST.search(self._out[-1]), _FIRST.match(following)
        if first is None or second is None:
            return "- " if second is None else "-"
        if self._out[-1][: first.start()].endswith("-") and not self._soft:  # a compound of three parts
            return (
                "" if first[0].casefold() in _SYLLABLES else "-" if first[0] in _LITTLE else self._joint(first, second)
            )
        return self._joint(first, second)

    def _joint(self, first: re.Match[str], second: re.Match[str]) -> str:
        return "" if self._soft or self._whole(first[0], second[0]) else "-"

    def _whole(self, first: str, second: str) -> bool:
        """Whether two parts are one word, rather than a compound whose hyphen happens to stand at the line's end."""
        if not second[0].islower() or not first[-1].isalpha() or (first.isupper() and len(first) > 1):
            return False
        named = first[0].isupper()
        national = _NATIONAL.fullmatch(first) is not None and second not in _ENDINGS and len(second) > 2
        first, second = first.casefold(), second.casefold()
        if self.words[first + second]:
            return True
        if national or (named and second in _SECOND):
            return False
        if self.words[f"{first}-{second}"] or first in _KEPT:
            return False
        return not (len(first) > 2 and len(second) > 3 and self.words[first] > 1 and self.words[second] > 1)

    def _write(self, text: str) -> None:
        self._out.append(text)
        self._length += len(text)
        self._paragraph += len(text)


class _Shape:
    """The measures of a column, by which its paragraphs are told apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.left = min(line.x0 for line in lines)
        self.right = max(line.x1 for line in lines)
        self.height = median(line.height for line in lines)
        steps = sorted(step for a, b in pairwise(lines) if (step := a.y0 - b.y0) > 0)
        self.step = steps[len(steps) // 4] if steps else self.height

    def parts(self, number: int) -> bool:
        """Whether a paragraph begins with the line of that number."""
        last, line = self.lines[number - 1], self.lines[number]
        step = last.y0 - line.y0
        if abs(step) < 0.3 * self.height and line.x0 >= last.x1:  # the same row, in another size
            return False
        if step <= 0 or step > 1.3 * max(self.step, 0.8 * self.height) or "\t" in line.text or "\t" in last.text:
            return True
        if abs(line.height - last.height) > 0.15 * self.height or _ITEM.match(line.text):
            return True
        if last.hyphen or _BROKEN.search(last.text):
            return False
        return self._indented(number) or self._ended(last, line)

    def _indented(self, number: int) -> bool:
        """By its indentation, or because that of a longer passage ends."""
        last, line = self.lines[number - 1], self.lines[number]
        centred = abs((last.x0 + last.x1) - (line.x0 + line.x1)) < 0.5 * self.height
        if centred and last.x0 - self.left > self.height:
            return False
        indent = 0.8 * self.height
        before = self.lines[number - 2] if number > 1 else None
        hanging = before is not None and (abs(before.x0 - last.x0) < 1 or bool(_ITEM.match(before.text)))
        if hanging and last.x0 - line.x0 > indent:
            return True
        return line.x0 - last.x0 > indent > last.x0 - self.left and not _ITEM.match(last.text)

    def _ended(self, last: Line, line: Line) -> bool:
        """Because there would have been room for the next word."""
        if last.height > 1.15 * self.height:  # headings are broken where it looks well
            return False
        letter = (line.x1 - line.x0) / max(1, len(line.text))
        word = len(line.text.split(" ", 1)[0]) + 2
        if self.right - last.x1 <= word * letter:
            return False
        if _ENDS.search(last.text):
            return True
        on = line.text[0].islower() and len(last.text) >= _SENTENCE
        return not on and self.right - last.x1 > 0.35 * (self.right - self.left)
