"""Zip archives: each file in one is read as it would be in a folder."""

import re
from collections.abc import Iterator

from briefing.sources.document import Bundle, Part, Refused
from briefing.sources.package import Package, is_zip


def parts(data: bytes) -> Iterator[Part]:
    """The files in the order of their names; hidden ones, and those that file managers add, are left out."""
    package = Package(data)
    package.refuse_others()
    for entry in sorted(package.entries, key=lambda one: one.filename):
        steps = [step for step in re.split(r"[/\\]", entry.filename) if step not in {"", ".", ".."}]
        if any(step.startswith((".", "__MACOSX")) for step in steps):
            continue
        name = "/".join(steps) or "file without a name"
        try:
            yield Part(name, package.read(entry))
        except Refused as error:
            yield Part(name, b"", refused=str(error))


READER = Bundle(None, (".zip",), is_zip, parts, large=True)
