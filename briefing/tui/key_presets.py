"""Sets of keys that a user can choose by name, as ``preset`` in the table ``[keys]`` of the settings."""

from __future__ import annotations

from typing import Final

PRESETS: Final[dict[str, dict[str, str]]] = {
    "classic": {
        "unread": "u",
        "next_same": "m",
        "previous_same": "M",
        "mark": "x",
        "undo": "ctrl+z",
        "newer": "n",
        "note": "N",
    },
}
"""Keys by action id, by the preset's name; ``classic`` are those of versions before 0.2."""
