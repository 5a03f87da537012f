"""The choices shown in an empty library."""

from __future__ import annotations

from briefing.tui.actions import BY_ID
from briefing.tui.app_protocol import reader
from briefing.tui.keymap import shown_keys
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.bar import Bar, Item
from briefing.tui.widgets.drawing import fold
from briefing.tui.wording import own

_ABOUT = (
    "briefing reads who, how many and who said what out of your sources, and shows where each of it stands in the text."
)
_WAIT = "The line below says how far that is. Each source can be read as soon as it is in the list."
_BLANK = Item("", [])


class Welcome(Bar, inherit_bindings=False):
    """Each line but the headings can be clicked."""

    _CHOICES = (
        ("samples", "four reports of one flight, to look around"),
        ("add", "files, folders, web addresses: text, PDF, Word, mail…"),
        ("help", "keys, signs, the query language"),
    )

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._reading = False

    def tell_reading(self, reading: bool) -> None:
        """Show whether the first sources are being read already."""
        if reading != self._reading:
            self._reading = reading
            self.refresh()

    def items(self) -> list[Item]:
        """The choices, one to a line."""
        keymap = reader(self).keymap.keys
        key = inks(self)["heading"]
        muted = inks(self)["muted"]
        plain = self.rich_style
        items = []
        for name, about in self._CHOICES[2:] if self._reading else self._CHOICES:
            words = own(f"  {BY_ID[name].title:<18}")
            keys = shown_keys(name, keymap).split()[0]
            items.append(Item(name, [(own(keys.rjust(3)), key), (words, plain), (own(about), muted)]))
        return items

    def _lines(self, width: int) -> list[list[tuple[int, Item]]]:
        muted = inks(self)["muted"]
        title = "The first sources are being read" if self._reading else "No sources yet"
        heads = [Item("", [(own(title), inks(self)["title"])]), _BLANK]
        about = _WAIT if self._reading else _ABOUT
        heads += [Item("", [(words, muted)]) for words in fold(about, min(width - 2, 68), 4)]
        items = [*heads, _BLANK, *self.items()]
        left = max(1, (width - max(item.width for item in items)) // 2)
        top = max(0, (self.size.height - len(items)) // 2)
        return [[] for _ in range(top)] + [[(left, item)] for item in items]

    def chosen(self, key: str) -> None:
        """A line was clicked."""
        if key:
            super().chosen(key)
