"""What an empty library says: what can be done now."""

from __future__ import annotations

from briefing.tui.actions import BY_ID, shown_keys
from briefing.tui.ink import inks
from briefing.tui.widgets.bar import Bar, Item
from briefing.tui.wording import own


class Welcome(Bar, inherit_bindings=False):
    """Each line but the headings can be clicked."""

    _CHOICES = (
        ("samples", "two reports of one flight, to look around"),
        ("add", "text, Markdown, HTML, or folders of them"),
        ("help", "keys, signs, the query language"),
    )

    def items(self) -> list[Item]:
        """The choices, one to a line."""
        key = inks(self)["heading"]
        muted = inks(self)["muted"]
        plain = self.rich_style
        items = []
        for name, about in self._CHOICES:
            words = own(f"  {BY_ID[name].title:<18}")
            keys = shown_keys(name, {}).split()[0]
            items.append(Item(name, [(own(keys.rjust(3)), key), (words, plain), (own(about), muted)]))
        return items

    def _lines(self, width: int) -> list[list[tuple[int, Item]]]:
        title = inks(self)["title"]
        muted = inks(self)["muted"]
        heads = [
            Item("", [(own("No sources yet"), title)]),
            Item("", [(own(""), muted)]),
            Item("", [(own("briefing reads who, how many and who said what out of your sources,"), muted)]),
            Item("", [(own("and shows where each of it stands in the text."), muted)]),
            Item("", [(own(""), muted)]),
        ]
        left = max(0, (width - max(item.width for item in (*heads, *self.items()))) // 2)
        top = max(0, (self.size.height - len(heads) - len(self.items())) // 2)
        return [[] for _ in range(top)] + [[(left, item)] for item in (*heads, *self.items())]

    def chosen(self, key: str) -> None:
        """A line was clicked."""
        if key:
            super().chosen(key)
