"""Verify the footnotes of a brief: the source's hash, and the cited passage in its text."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import NamedTuple

from briefing.export.brief import ELISION
from briefing.export.cited import CitedNote, CitedSource
from briefing.model.safetext import SafeText
from briefing.model.source import Source
from briefing.model.wording import shortened

_WIDTH = 80


class Broken(NamedTuple):
    """A footnote that does not hold, with the reason."""

    note: int
    source: SafeText
    reason: SafeText


class Lookup(NamedTuple):
    """Finds sources by the hash of their bytes, or says why one is not there."""

    find: Callable[[CitedSource], Source | None]
    missing: Callable[[CitedSource], str]


def verify(notes: Sequence[CitedNote], lookup: Lookup) -> list[Broken]:
    """Find the footnotes that do not hold. White space does not count: a note is one line, its passage may be several.

    Args:
        notes: The footnotes.
        lookup: Finds the sources.
    """
    known: dict[int, Source | str] = {}
    broken = []
    for note in notes:
        if note.source.number not in known:
            known[note.source.number] = _source(note.source, lookup)
        source = known[note.source.number]
        reason = source if isinstance(source, str) else _mismatch(note, source)
        if reason:
            named = SafeText(f"S{note.source.number}{' ' + note.source.where if note.source.where else ''}").line()
            broken.append(Broken(note.number, shortened(named, _WIDTH), SafeText(reason).line()))
    return broken


def _source(cited: CitedSource, lookup: Lookup) -> Source | str:
    source = lookup.find(cited)
    if source is None:
        return lookup.missing(cited)
    if cited.text_sha256 and sha256(source.text.encode()).hexdigest() != cited.text_sha256:
        return "the text of its source is not the one that was cited"
    return source


def _mismatch(note: CitedNote, source: Source) -> str | None:
    if note.end > len(source.text):
        return f"its source ends before {note.start}–{note.end}"
    found = source.text[note.start : note.end]
    if _bare(found) != _bare(note.text) and not _is_excerpt(_bare(note.text), _bare(found)):
        return f"at {note.start}–{note.end} stands “{shortened(found, _WIDTH)}”, not what the note says"
    for start, end, words in note.evidence:
        if _bare(source.text[start:end]) != _bare(words):
            return f"at {start}–{end} stands “{shortened(source.text[start:end], _WIDTH)}”, not “{words}”"
    return None


def _is_excerpt(cited: str, found: str) -> bool:
    """Whether the words of a note stand in its passage in order, from its beginning to its end but for marked gaps.

    A gap is words that the note leaves out; what is before the first one and after the last one is all of the passage.
    """
    parts = cited.split(ELISION)
    if len(parts) < 2 or not any(part.strip() for part in parts):
        return False
    first, *middle, last = (part.strip() for part in parts)
    if not found.startswith(first) or not found.endswith(last) or len(first) + len(last) > len(found):
        return False
    at, stop = len(first), len(found) - len(last)
    for part in middle:
        place = found.find(part, at, stop)
        if place < 0:
            return False
        at = place + len(part)
    return True


def _bare(text: str) -> str:
    return " ".join(text.split())
