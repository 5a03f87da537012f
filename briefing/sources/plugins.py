"""Readers of other packages, found by their entry points in the group ``briefing.sources``.

An entry point names a :class:`~briefing.sources.document.Reader` (text), a ``BytesReader`` or a ``Bundle`` (a file of
several sources). Whatever such a reader raises sets the file aside; one that cannot be loaded is left out.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from briefing.logs import logger
from briefing.sources.document import Bundle, BytesReader, Document, Part, Reader, Refused

GROUP: Final = "briefing.sources"
_LOG: Final = logger(__name__)


def plugin_readers() -> tuple[Reader | BytesReader | Bundle, ...]:
    """The readers that other packages register, in the order of their names. Never raises."""
    found = (_loaded(point) for point in sorted(entry_points(group=GROUP), key=lambda one: one.name))
    return tuple(reader for reader in found if reader is not None)


def plugin_versions() -> list[str]:
    """The readers that other packages register, with the versions of those."""
    points = sorted(entry_points(group=GROUP), key=lambda one: one.name)
    return [f"{point.name}={point.value} {point.dist.version if point.dist else ''}" for point in points]


def _loaded(point: EntryPoint) -> Reader | BytesReader | Bundle | None:
    try:
        reader = point.load()
    except Exception as error:  # noqa: BLE001 - whatever another package does, the others are read
        _LOG.warning("The reader %s (%s) cannot be loaded: %s", point.name, point.value, error)
        return None
    if isinstance(reader, Bundle):
        return replace(reader, looks_like=_looking(reader.looks_like), parts=_parting(reader.parts, point.name))
    if isinstance(reader, Reader | BytesReader):
        return replace(reader, looks_like=_looking(reader.looks_like), read=_reading(reader.read, point.name))
    _LOG.warning("The reader %s (%s) is no Reader, BytesReader or Bundle", point.name, point.value)
    return None


def _looking(looks_like: Callable[[bytes], bool]) -> Callable[[bytes], bool]:
    def looks(data: bytes) -> bool:
        try:
            return bool(looks_like(data))
        except Exception:  # noqa: BLE001 - as above
            return False

    return looks


def _reading(read: Callable[[Any], Document], name: str) -> Callable[[Any], Document]:
    def reading(data: Any) -> Document:
        try:
            return read(data)
        except Refused:
            raise
        except Exception as error:
            raise _refused(name, error) from error

    return reading


def _parting(parts: Callable[[bytes], Iterator[Part]], name: str) -> Callable[[bytes], Iterator[Part]]:
    def parting(data: bytes) -> Iterator[Part]:
        try:
            yield from parts(data)
        except Refused:
            raise
        except Exception as error:
            raise _refused(name, error) from error

    return parting


def _refused(name: str, error: Exception) -> Refused:
    return Refused(f"cannot be read: its reader ({name}) failed with {type(error).__name__}: {error}")
