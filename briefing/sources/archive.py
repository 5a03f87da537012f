"""Archives (zip): every file in one that could be read in a folder."""

import re
from collections.abc import Iterator
from typing import Final

from briefing.sources.document import Bundle, Part, Refused
from briefing.sources.package import Package, is_zip

_OTHERS: Final = (
    ("xl/", "is a spreadsheet, which is not read; save what you need of it as .txt or .html and add that"),
    ("ppt/", "is a presentation, which is not read; save it as .pdf and add that"),
)


def parts(data: bytes) -> Iterator[Part]:
    """The files in the order of their names; hidden ones and what file managers put in are passed over."""
    package = Package(data)
    for folder, reason in _OTHERS:
        if "[Content_Types].xml" in package.names and any(name.startswith(folder) for name in package.names):
            raise Refused(reason)
    for entry in sorted(package.entries, key=lambda one: one.filename):
        steps = [step for step in re.split(r"[/\\]", entry.filename) if step not in {"", ".", ".."}]
        if not steps or any(step.startswith((".", "__MACOSX")) for step in steps):
            continue
        name = "/".join(steps)
        try:
            yield Part(name, package.read(entry))
        except Refused as error:
            yield Part(name, b"", refused=str(error))


READER = Bundle(None, (".zip",), is_zip, parts, large=True)
