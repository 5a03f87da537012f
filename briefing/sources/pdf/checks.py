"""Refuse PDFs made to exhaust memory: streams that unpack to no end, forms that draw each other again and again.

PDFium has no limits of its own for either; this looks at the file's objects before it is opened.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from briefing.sources.document import Refused

_OBJECT: Final = re.compile(rb"(?<!\d)(\d{1,10})[ \t\r\n]+\d{1,5}[ \t\r\n]+obj\b")
_STREAM: Final = re.compile(rb"stream\r?\n?")
_FILTER: Final = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]{0,500}\]|/\w+)")
_REFERENCE: Final = re.compile(rb"/([^\s/<>\[\](){}%]{1,100})\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_DRAWN: Final = re.compile(rb"/([^\s/<>\[\](){}%]{1,100})\s+Do\b")
_RESOURCES: Final = re.compile(rb"/(?:Resources|XObject)\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_PICTURE: Final = re.compile(rb"/Subtype\s*/Image|/(?:DCT|JPX|CCITTFax|JBIG2)Decode")
_LARGEST: Final = 192 * 1024 * 1024
"""Bytes of one unpacked stream that is no picture."""
_ALL: Final = 768 * 1024 * 1024
_SAFE: Final = 64 * 1024
"""Bytes of a packed stream that one layer cannot unpack to more than its limit."""
_CONTENT: Final = 2 * 1024 * 1024
"""Bytes of a form that are looked at for what it draws."""
_MOST_DRAWN: Final = 100_000
"""Forms that are drawn, those within forms each time that they are."""
_MOST_OBJECTS: Final = 500_000
_DEEPEST: Final = 40
"""Forms within forms that PDFium follows, also where one draws itself."""

_HARM: Final = "unpacks to so much more than its own size that it seems made to do harm"


class _Object(NamedTuple):
    said: bytes
    """Its dictionary."""
    packed: bytes
    """Its stream as it stands; empty where it has none."""


def refuse_harmful(data: bytes) -> None:
    """Raise :class:`Refused` where opening ``data`` would take far more memory than its size lets expect."""
    objects: dict[bytes, _Object] = {}
    size = 0
    for number, (name, one) in enumerate(_objects(data)):
        if number >= _MOST_OBJECTS:
            break
        objects[name] = one
        layers = _layers(one.said)
        if one.packed and layers and not (layers == 1 and (_PICTURE.search(one.said) or len(one.packed) < _SAFE)):
            size += len(_unpacked(one, _LARGEST))
            if size > _ALL:
                raise Refused(_HARM)
    forms = {name: one for name, one in objects.items() if b"/Form" in one.said and one.packed}
    _refuse_nested(forms, objects)


def _objects(data: bytes) -> Iterator[tuple[bytes, _Object]]:
    """The objects of the file by number, in the order in which they stand."""
    starts = list(_OBJECT.finditer(data))
    for place, match in enumerate(starts):
        stop = starts[place + 1].start() if place + 1 < len(starts) else len(data)
        stream = _STREAM.search(data, match.end(), stop)
        if stream is None:
            yield match[1], _Object(data[match.end() : min(stop, match.end() + _CONTENT)], b"")
            continue
        end = data.find(b"endstream", stream.end(), stop)
        yield match[1], _Object(data[match.end() : stream.start()], data[stream.end() : end if end >= 0 else stop])


def _layers(said: bytes) -> int:
    """Number of times a stream is packed."""
    match = _FILTER.search(said)
    return sum(match[1].count(kind) for kind in (b"Flate", b"/Fl ", b"/Fl]", b"LZW", b"RunLength")) if match else 0


def _unpacked(one: _Object, most: int) -> bytes:
    """The stream without its layers of Flate, up to another kind. Raises :class:`Refused` where it is too large."""
    match = _FILTER.search(one.said)
    data = one.packed
    for kind in re.findall(rb"/(\w+)", match[1]) if match else ():
        if kind not in {b"FlateDecode", b"Fl"}:
            break
        try:
            data = zlib.decompressobj().decompress(data, most + 1)
        except zlib.error:
            break
        if len(data) > most:
            raise Refused(_HARM)
    return data


def _refuse_nested(forms: dict[bytes, _Object], objects: dict[bytes, _Object]) -> None:
    """Raise :class:`Refused` where forms draw each other, or themselves, too often."""
    anywhere: dict[bytes, set[bytes]] = {}
    for one in objects.values():
        for key, number in _REFERENCE.findall(one.said):
            if number in forms:
                anywhere.setdefault(key, set()).add(number)
    draws: dict[bytes, list[tuple[int, tuple[bytes, ...]]]] = {}
    for name, form in forms.items():
        named = dict(_REFERENCE.findall(_resources(form.said, objects)))
        try:
            content = _unpacked(form, _CONTENT)
        except Refused:
            content = form.packed
        drawn = []
        for key, times in Counter(_DRAWN.findall(content)).items():
            meant = {named[key]} & forms.keys() if key in named else anywhere.get(key, set())
            if meant:
                drawn.append((times, tuple(meant)))
        draws[name] = drawn
    if max(_totals(draws).values(), default=0) > _MOST_DRAWN:
        raise Refused("draws forms within each other so often that it seems made to do harm")


def _resources(said: bytes, objects: dict[bytes, _Object]) -> bytes:
    """The dictionary of a form with those that it refers to for its resources."""
    out = said
    for _ in range(2):
        more = b" ".join(objects[key].said for key in _RESOURCES.findall(out) if key in objects)
        if not more or more in out:
            break
        out += b" " + more
    return out


def _totals(draws: dict[bytes, list[tuple[int, tuple[bytes, ...]]]]) -> dict[bytes, int]:
    """How many forms the drawing of each takes, itself included, as deep as PDFium follows them.

    ``draws``: how often a form draws a name, and the forms that it may mean; a form without resources of its own uses
    those of whatever draws it.
    """
    totals = dict.fromkeys(draws, 1)
    for _ in range(_DEEPEST):
        more = {
            name: min(1 + sum(times * max(totals[one] for one in meant) for times, meant in drawn), 10 * _MOST_DRAWN)
            for name, drawn in draws.items()
        }
        if more == totals:
            break
        totals = more
    return totals
