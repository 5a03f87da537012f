"""An example of a format and of themes in a package of their own."""

from pathlib import Path

from briefing.export.plugins import Export
from briefing.export.selection import Selection


def write(selection: Selection) -> bytes:
    """A line for each source: its title and how many counts were read in it."""
    if any("wreck" in source.text for source, _ in selection.documents):
        raise ValueError("an error that was not thought of")
    return "".join(f"{source.title}\t{len(found.counts)}\n" for source, found in selection.documents).encode()


EXPORT = Export(".harbour", write)
THEMES = Path(__file__).parent / "themes"
