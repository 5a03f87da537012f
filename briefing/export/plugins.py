"""Formats of other packages, found by their entry points in the group ``briefing.exports``.

An entry point names an :class:`Export`. Whatever its function raises is one sentence that names it; one that cannot be
loaded is left out.
"""

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Final, NamedTuple

from briefing.export.selection import ExportError, Selection
from briefing.logs import logger

GROUP: Final = "briefing.exports"
_LOG: Final = logger(__name__)


class Export(NamedTuple):
    """A format: the suffix that its files have, and what makes the bytes of a file from a selection."""

    suffix: str
    write: Callable[[Selection], bytes]


def plugin_exports() -> dict[str, Export]:
    """The formats that other packages register, by the names of their entry points. Never raises."""
    found: dict[str, Export] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        try:
            export = point.load()
        except Exception as error:  # noqa: BLE001 - whatever another package does, the other formats are there
            _LOG.warning("The format %s (%s) cannot be loaded: %s", point.name, point.value, error)
            continue
        if isinstance(export, Export):
            found[point.name] = export
        else:
            _LOG.warning("The format %s (%s) is no Export", point.name, point.value)
    return found


def written(name: str, selection: Selection) -> bytes:
    """Write a selection in a format of another package.

    Args:
        name: Name of the format.
        selection: The selection.

    Raises:
        ExportError: Where there is no such format, or its function fails.
    """
    export = plugin_exports().get(name)
    if export is None:
        raise ExportError(f"there is no format {name}")
    try:
        made = export.write(selection)
    except ExportError:
        raise
    except Exception as error:
        raise ExportError(f"the format {name} failed with {type(error).__name__}: {error}") from error
    if not isinstance(made, bytes):
        raise ExportError(f"the format {name} made {type(made).__name__}, not bytes")
    return made
