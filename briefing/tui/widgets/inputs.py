"""Fields to type into, safe against what is pasted."""

from __future__ import annotations

from textual.widgets import Input

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings


class SafeInput(Input):
    """An input whose value is one line of safe text: a pasted escape sequence shows as replacement characters."""

    def validate_value(self, value: str) -> str:
        """Clean what was typed, pasted or set."""
        return SafeText(value.replace("\n", " ").replace("\t", " "))


class SearchBar(SafeInput):
    """The query over all sources."""

    BINDINGS = bindings("search")
