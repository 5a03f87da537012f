"""Zip archives: each file in one is read as it would be in a folder."""

import re
from collections.abc import Iterator

from briefing.sources.document import Bundle, Part, Refused
from briefing.sources.package import Package, is_zip


def shown_name(name: str) -> str | None:
    """A file's name without steps that lead elsewhere; None for hidden ones, and those that file managers add."""
    steps = [step for step in re.split(r"[/\\]", name) if step not in {"", ".", ".."}]
    if any(step.startswith((".", "__MACOSX")) for step in steps):
        return None
    return "/".join(steps) or "file without a name"


def parts(data: bytes) -> Iterator[Part]:
    """The files in the order of their names; hidden ones, and those that file managers add, are left out."""
    package = Package(data)
    package.refuse_others()
    for entry in sorted(package.entries, key=lambda one: one.filename):
        name = shown_name(entry.filename)
        if name is None:
            continue
        try:
            yield Part(name, package.read(entry))
        except Refused as error:
            yield Part(name, b"", refused=str(error))


READER = Bundle(None, (".zip",), is_zip, parts, large=True)
