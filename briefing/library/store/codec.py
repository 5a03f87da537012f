"""Pack a source's text and extraction into bytes, and unpack them.

An extraction is packed against its text: what can be read off the text is left out, offsets are kept as steps, names
once. That takes a quarter of its JSON, compressed; the library's file stays within a few times the text it holds.
"""

import json
import struct
import zlib
from collections.abc import Callable, Container, Iterator
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from functools import wraps
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from briefing.library.errors import Damaged
from briefing.library.store.added_facts import Added, names_of, with_added
from briefing.library.store.fact_codecs import CODECS, CONFIDENCES, Names, Plain, between, spans, steps
from briefing.model.fact_forms import FORMS
from briefing.model.kinds import ENTITY_TYPES, Confidence, EntityType
from briefing.model.safetext import SafeText

if TYPE_CHECKING:  # a list or a search is answered without pydantic
    from briefing.model.base import Span
    from briefing.model.facts import Extraction
    from briefing.model.mentions import Mentions, Row
    from briefing.model.source import Box, Page, Source

_VERSION: Final = 2
"""1 had no ``what``, ``asserted_by``, ``relay`` and ``rule``; its rows end where these begin."""
_LEVEL: Final = 6
_FIELDS: Final = itemgetter("start", "end", "text", "type", "name", "confidence")

_LARGEST: Final = 256 * 1024 * 1024
"""Bytes of a value, unpacked: more is no text that was ever put in."""

T = TypeVar("T")
P = ParamSpec("P")


_WRONG = (zlib.error, struct.error, ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError)


def checked(unpack: Callable[P, T]) -> Callable[P, T]:
    """Turn whatever goes wrong in unpacking a value into :class:`Damaged`: a file may have lost any of its bits."""

    @wraps(unpack)
    def unpacked(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return unpack(*args, **kwargs)
        except Damaged:
            raise
        except _WRONG as error:
            raise Damaged(f"a value is damaged ({type(error).__name__})") from error

    return unpacked


def inflate(data: bytes) -> bytes:
    """Decompress, within a limit of size. Raises zlib.error, TypeError."""
    stream = zlib.decompressobj()
    found = stream.decompress(data, _LARGEST)
    if not stream.eof:
        raise zlib.error("incomplete, or too large")
    return found


def pack_text(text: str) -> bytes:
    """Compress a text."""
    return zlib.compress(text.encode(), _LEVEL)


@checked
def unpack_text(data: bytes) -> SafeText:
    """Decompress a text."""
    return SafeText(unpack_raw(data))


@checked
def unpack_raw(data: bytes) -> str:
    """Decompress a text for a field that makes it :class:`SafeText`.

    Cleaning a long one twice takes as long as all the rest.
    """
    return inflate(data).decode()


_DETAILS: Final = (
    "published_from", "published_inferred", "made", "message_id", "replies_to", "asides", "lost",
)  # fmt: skip
"""Fields of a source that few have: they are kept together, and only where they say something."""


def pack_details(source: "Source") -> str | None:
    """Pack pages and the rarer fields of a source; None where there are none."""
    pages = [_packed_page(page) for page in source.pages]
    said = source.model_dump(mode="json", include=set(_DETAILS), exclude_defaults=True)
    if not said:
        return json.dumps(pages, ensure_ascii=False) if pages else None
    return json.dumps({"pages": pages, **said}, ensure_ascii=False)


@checked
def unpack_details(data: str | None) -> dict[str, Any]:
    """Unpack pages and rarer fields, as fields of a source. A list has the pages alone."""
    from briefing.model.source import Page

    kept = json.loads(data) if data else []
    said: dict[str, Any] = kept if isinstance(kept, dict) else {"pages": kept}
    if made := said.pop("made", None):
        said["made"] = date.fromisoformat(made) if len(made) == 10 else datetime.fromisoformat(made)
    pages = (
        Page(start=start, label=SafeText(label), kind=(*more, "page")[0], boxes=_boxes(more[1]) if more[1:] else ())
        for start, label, *more in said["pages"]
    )
    return {**said, "pages": tuple(pages)}


def _packed_page(page: "Page") -> list[Any]:
    """Start and label, the kind where it is another than a printed page, the numbers of its boxes in one row."""
    if page.kind == "page":
        return [page.start, page.label]
    boxes = [number for box in page.boxes for number in box]
    return [page.start, page.label, page.kind, *([boxes] if boxes else [])]


def _boxes(numbers: list[int]) -> "tuple[Box, ...]":
    """The boxes of a page, of which each is six numbers."""
    return tuple(tuple(numbers[at : at + 6]) for at in range(0, len(numbers), 6))  # type: ignore[misc]


def pack_extraction(found: "Extraction", text: str) -> bytes:
    """Pack an extraction against its text.

    Args:
        found: The extraction.
        text: The source's text.
    """
    names = Names()

    def written(span: "Span") -> str:
        return between(text, span.start, span.end)

    mentions = found.mentions
    packed = {
        "v": _VERSION,
        "mentions": [
            steps(m.start for m in mentions),
            [m.end - m.start for m in mentions],
            [ENTITY_TYPES.index(m.type) for m in mentions],
            [names.number(m.text, written(m)) for m in mentions],
            [names.number(m.name, m.text) for m in mentions],
            [CONFIDENCES.index(m.confidence) for m in mentions],
        ],
        **{form.field: [CODECS[form.kind].pack(fact, names, text) for fact in form.of(found)] for form in FORMS},
        "warnings": [[w.kind, w.message, w.evidence] for w in found.warnings],
        "sentences": [steps(s for s, _ in found.sentences), [e - s for s, e in found.sentences]],
        "names": list(names.numbers),
    }
    return zlib.compress(json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)


@checked
def unpack_extraction(
    data: bytes,
    text: str,
    source_id: str,
    extractor: str,
    change: Callable[[Plain, str], Plain] | None = None,
    added: Added = (),
) -> "Extraction":
    """Unpack an extraction. Raises :class:`Damaged`, as all that unpacks here.

    Args:
        data: The packed extraction.
        text: The text that it was packed against.
        source_id: Id of the source.
        extractor: Fingerprint of the extractor that made it.
        change: Given the fields and the text, returns the fields to use; None uses them as they are.
        added: Facts that readers added.
    """
    from briefing.model.facts import Extraction

    found = with_added(unpack_plain(data, text), added)
    if change is not None:
        found = change(found, text)
    return Extraction.model_validate({"source_id": source_id, "extractor": extractor, **found})


@checked
def unpack_columns(
    data: bytes,
    text: str,
    source_id: str,
    extractor: str,
    change: Callable[[Plain, str], Plain] | None = None,
    about: AbstractSet[str] = frozenset(),
    added: Added = (),
) -> "tuple[Extraction, Mentions]":
    """Unpack an extraction with its mentions in columns, none in the extraction: a tenth of the time and of the memory.

    Args:
        data: The packed extraction.
        text: The text that it was packed against.
        source_id: Id of the source.
        extractor: Fingerprint of the extractor that made it.
        change: Given the fields and the text, returns the fields to use; None uses them as they are.
        about: Names that ``change`` is about; it is not called where none of them occurs.
        added: Facts that readers added.

    Raises:
        Damaged: Where it cannot be unpacked.
    """
    from briefing.model.facts import Extraction
    from briefing.model.mentions import Mentions

    packed = known(read_json(inflate(data)))
    mentions = Mentions(_rows(packed, text))
    names = (packed["names"], mentions.names(), names_of(added))
    if change is None or all(map(about.isdisjoint, names)):
        found = with_added(_facts(packed, text), added)
    else:
        found = change(with_added(_plain(packed, text), added), text)
        mentions = Mentions(map(_FIELDS, found.pop("mentions")))
    return Extraction.model_validate({"source_id": source_id, "extractor": extractor, **found}), mentions


def known(packed: dict[str, Any]) -> dict[str, Any]:
    """The same packed extraction. Raises :class:`Damaged` where a newer version of this program packed it."""
    if (version := packed.get("v", 1)) > _VERSION:
        raise Damaged(
            f"its facts were written by a newer version of briefing (form {version}; this one reads {_VERSION})"
        )
    return packed


def read_json(data: bytes) -> dict[str, Any]:
    """JSON, in half the time that the standard library takes. Raises ValueError."""
    from pydantic_core import from_json

    found: dict[str, Any] = from_json(data, cache_strings=False)
    return found


@checked
def unpack_plain(data: bytes, text: str) -> Plain:
    """Unpack an extraction to plain fields, not validated: a third of the time.

    Args:
        data: The packed extraction.
        text: The text that it was packed against.

    Raises:
        Damaged: Where it cannot be unpacked.
    """
    return _plain(known(json.loads(inflate(data))), text)


@checked
def unpack_naming(data: bytes, text: str, name: str) -> Plain:
    """Unpack only the mentions and facts that bear a name: as item, operator, participant, speaker.

    Args:
        data: The packed extraction.
        text: The text that it was packed against.
        name: The canonical name.

    Raises:
        Damaged: Where it cannot be unpacked.
    """
    packed = known(read_json(inflate(data)))
    number = packed["names"].index(name) if name in packed["names"] else None
    for form in FORMS:
        places, rows = CODECS[form.kind].named, packed.get(form.field, [])
        packed[form.field] = [row for row in rows if number is not None and any(row[at] == number for at in places)]
    mentions = tuple(_mention(*row) for row in _rows(packed, text) if row[4] == name)
    return {"mentions": mentions, **_facts({**packed, "warnings": [], "sentences": ([], [])}, text)}


def _plain(packed: dict[str, Any], text: str) -> Plain:
    return {"mentions": tuple(_mention(*row) for row in _rows(packed, text)), **_facts(packed, text)}


def _rows(packed: dict[str, Any], text: str) -> "Iterator[Row]":
    """The fields of each mention."""
    names: list[str] = packed["names"]
    starts, *columns = packed["mentions"]
    for start, length, kind, number, canonical, sure in zip(accumulate(starts), *columns, strict=True):
        written = names[number] if number >= 0 else between(text, start, start + length)
        name = names[canonical] if canonical >= 0 else written
        yield start, start + length, written, ENTITY_TYPES[kind], name, CONFIDENCES[sure]


def _facts(packed: dict[str, Any], text: str) -> Plain:
    """All but the mentions."""
    names: list[str] = packed["names"]

    def name(number: int | None, written: str | None = None) -> str | None:
        if number is None:
            return None
        return written if number < 0 else names[number]

    return {
        **{
            form.field: tuple(CODECS[form.kind].unpack(row, name, text) for row in packed.get(form.field, ()))
            for form in FORMS
        },
        "warnings": tuple(
            {"kind": kind, "message": message, "evidence": tuple(map(tuple, evidence))}
            for kind, message, evidence in packed["warnings"]
        ),
        "sentences": tuple(spans(*packed["sentences"])),
    }


def _mention(start: int, end: int, written: str, kind: EntityType, name: str, sure: Confidence) -> Plain:
    return {"start": start, "end": end, "text": written, "type": kind, "name": name, "confidence": sure}


class Places:
    """Positions of the mentions and quotes of a packed extraction, at a tenth of its cost (with a ``change``, half)."""

    @checked
    def __init__(self, data: bytes, text: str, change: Callable[[Plain, str], Plain] | None = None) -> None:
        self._text = text
        self._plain = change(unpack_plain(data, text), text) if change is not None else None
        self._packed = known(read_json(inflate(data))) if change is None else {}
        self._begins: list[int] = []
        self._called: list[int] = []
        """Of each mention the number of its name; below zero where that is what stands in the text."""
        self.mentions = len(self._packed["mentions"][0]) if change is None else 0

    @checked
    def named(self, kind: str, wanted: Container[str]) -> list[tuple[int, int]]:
        """Half-open spans of all mentions of a type with one of these names.

        Args:
            kind: The type.
            wanted: The canonical names.
        """
        if self._plain is not None:
            mentions = self._plain["mentions"]
            return [(m["start"], m["end"]) for m in mentions if m["type"] == kind and m["name"] in wanted]
        starts, lengths, kinds, shown, names, _ = self._packed["mentions"]
        known = {number for number, name in enumerate(self._packed["names"]) if name in wanted}
        number, text = ENTITY_TYPES.index(kind), str(self._text)
        if not self._begins:
            self._begins = list(accumulate(starts))
            self._called = [as_shown if own < 0 else own for as_shown, own in zip(shown, names, strict=True)]
        found = []
        for at in [at for at, called in enumerate(self._called) if called in known or called < 0]:
            start, end = self._begins[at], self._begins[at] + lengths[at]
            if kinds[at] == number and (self._called[at] in known or text[start:end] in wanted):
                found.append((start, end))
        return found

    @checked
    def quotes(self) -> list[tuple[str | None, int, int]]:
        """Speaker, start and end of every quote."""
        if self._plain is not None:
            return [(one["speaker"], one["start"], one["end"]) for one in self._plain["quotes"]]
        names, quotes = self._packed["names"], self._packed["quotes"]
        return [(None if said is None else names[said], start, end) for start, end, _, said, *_ in quotes]
