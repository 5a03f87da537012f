"""Metadata of a file from lists of references beside it: title, authors, date and publisher."""

import os
import stat
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from briefing.model.safetext import SafeText
from briefing.model.source import INSIDE, Source, Unreadable
from briefing.sources.document import Refused
from briefing.sources.lists.references import Reference, looks_like, references

_SUFFIXES: Final = (".bib", ".json")
_LARGEST: Final = 20 * 1024 * 1024
_NAMED: Final = 12
"""Missing files that are told by their names."""
_MOST: Final = 20
"""Lists that are looked at in one folder."""
_UPWARDS: Final = 3
"""Folders in which a list may stand: that of the file and those around it, as ``files/12`` of an export has them."""


def with_stated(source: Source, path: Path) -> Source:
    """Add the metadata that a list of references beside the file states. Never raises.

    Args:
        source: The source.
        path: Its file.
    """
    found = stated_of(path)
    if found is None:
        return source
    stated = {
        "title": SafeText(found.title).line() if found.title else None,
        "author": SafeText(found.authors).line() if found.authors else None,
        "publisher": SafeText(found.publisher).line() if found.publisher else None,
        "published": found.published,
        "language": found.language,
    }
    return source.model_copy(update={key: value for key, value in stated.items() if value})


def stated_of(path: Path) -> Reference | None:
    """The entry that names a file; None where no list near by does."""
    own = os.path.abspath(path)  # noqa: PTH100 - resolve would follow links
    folder = Path(own).parent
    for upper in (folder, *folder.parents)[:_UPWARDS]:
        try:
            lists = [
                (entry.path, status.st_mtime_ns, status.st_size)
                for entry in os.scandir(upper)
                if entry.name.lower().endswith(_SUFFIXES)
                and stat.S_ISREG((status := entry.stat()).st_mode)
                and status.st_size <= _LARGEST
            ]
        except OSError:
            continue
        for one in sorted(lists)[:_MOST]:
            if found := _named(*one).get(own):
                return found
    return None


def missing_files(path: Path) -> Unreadable | None:
    """What to say of files that a list of references names and that are not there; None for none. Never raises.

    Args:
        path: Path of a file, which need not be such a list.
    """
    if path.suffix.lower() not in _SUFFIXES:
        return None
    missing = [name for name, _ in dict(_pairs(str(path))).items() if not os.path.exists(name)]  # noqa: PTH110 - never raises
    shown = [os.path.relpath(name, os.path.dirname(os.path.abspath(path))) for name in missing[:_NAMED]]  # noqa: PTH100, PTH120
    if not missing:
        return None
    if len(missing) == 1:
        return Unreadable(f"{path}{INSIDE}{shown[0]}", "is named in the list and is not there")
    rest = f" and {len(missing) - _NAMED:,} others" if len(missing) > _NAMED else ""
    return Unreadable(
        f"{path}{INSIDE}{len(missing):,} files", f"are named in the list and are not there: {', '.join(shown)}{rest}"
    )


@lru_cache(maxsize=32)
def _named(path: str, changed: int, size: int) -> dict[str, Reference]:  # noqa: ARG001 - they tell one version from the next
    """The entries of a list by the files that they name."""
    return dict(_pairs(path))


def _pairs(path: str) -> Iterator[tuple[str, Reference]]:
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST)
        if looks_like(data):
            for one in references(data):
                for name in one.files:
                    yield os.path.normpath(os.path.join(os.path.dirname(path), name)), one  # noqa: PTH118, PTH120
    except (OSError, Refused, ValueError):
        return
