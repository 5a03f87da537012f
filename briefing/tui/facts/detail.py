"""What is known of the fact under the cursor: who says so, how sure it is, what each source has, by origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from briefing.model.safetext import SafeText
from briefing.tui.glossary import CONFIDENCE
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import fold, line
from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.model.agreement import Agreement, ClaimItem
    from briefing.model.facts import Fact
    from briefing.tui.fact_rows import Entry
    from briefing.tui.widgets.line import Said

_WORDS: Final = 2
"""Lines that the words of a fact may take."""


class FactDetail(Widget, inherit_bindings=False):
    """A few lines below the list of facts, about the one under the cursor."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._entry: Entry | None = None
        self._group: Agreement | None = None
        self._names: Mapping[str, SafeText] = {}

    def show(self, entry: Entry | None, group: Agreement | None, names: Mapping[str, SafeText]) -> None:
        """Show another fact.

        Args:
            entry: Row of the fact; None for none.
            group: Its claim; None where it was not compared.
            names: Short names of sources by id.
        """
        self._entry, self._group, self._names = entry, group, names
        self.set_class(entry is not None and entry.fact is not None, "-shown")
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of it."""
        width, base = self.size.width, self.rich_style
        rows = self._lines(width)
        if y >= len(rows):
            return Strip.blank(width, base)
        last = y == self.size.height - 1 and len(rows) > self.size.height
        pieces = [(words, inks(self)[ink]) for words, ink in ([(own("… = shows all"), "muted")] if last else rows[y])]  # type: ignore[index]
        return line(pieces or [(own(""), Style.null())], width, base)

    def _lines(self, width: int) -> list[list[Said]]:
        entry = self._entry
        fact = entry.shown if entry is not None else None
        if entry is None or fact is None:
            return []
        return detail_of(fact, self._group, self._names, width)


def detail_of(fact: Fact, group: Agreement | None, names: Mapping[str, SafeText], width: int) -> list[list[Said]]:
    """What is to be said of a fact, line by line.

    Args:
        fact: The fact, as it was corrected.
        group: Its claim; None where it was not compared.
        names: Short names of sources by id.
        width: Cells of a line.
    """
    lines: list[list[Said]] = []
    if evidence := getattr(fact, "evidence", None):
        lines += [[(part, "plain")] for part in fold(own("“") + evidence.line() + own("”"), width, _WORDS)]
    if said := _said(fact):
        lines.append(said)
    if group is not None:
        lines += _sources(group, names)
    if fact.added_by:
        return [*lines, [(own("+ added by "), "muted"), (fact.added_by.line(), "good")]]
    rule: list[Said] = [(own(": ") + fact.rule.line(), "muted")] if fact.rule else []
    if fact.confidence in CONFIDENCE:  # in the words of the status line
        return [*lines, [(own(CONFIDENCE[fact.confidence]), "warn"), *rule]]
    return [*lines, [(own("stated outright"), "muted"), *rule]]


def _said(fact: Fact) -> list[Said]:
    """Further fields in a line: what happened to the counted, who says so, who passed a quotation on."""
    pieces: list[Said] = []
    for field, title in (("what", ""), ("asserted_by", "said by "), ("relay", "passed on by ")):
        if words := getattr(fact, field, None):
            pieces += [(own((" · " if pieces else "") + title), "muted"), (words.line(), "plain")]
    return pieces


def _sources(group: Agreement, names: Mapping[str, SafeText]) -> list[list[Said]]:
    """Each value with the sources that have it, by origin; then those that are silent."""
    several = len({item.document for item in group.items}) > 1
    lines: list[list[Said]] = []
    if several:
        lines.append([(own(f"{plural(group.origins, 'origin')}:"), "muted")])
    same: dict[tuple[str, str], list[ClaimItem]] = {}
    for item in group.items if several else ():
        value = str(item.form or "") if group.kind == "quote" else str(item.value.line())
        same.setdefault((item.origin or "", value), []).append(item)
    for (origin, value), items in sorted(same.items()):
        documents = dict.fromkeys(item.document for item in items)
        who = own(", ").join(names.get(one, own(one[:8])) for one in documents)
        letter = own(f"{origin} " if origin else "– ")
        lines.append([(letter, "key"), (SafeText(value + "  ") if value else own(""), "title"), (who, "plain")])
    if group.silent:
        quiet: Sequence[SafeText] = [names.get(one, own(one[:8])) for one in group.silent]
        lines.append([(own("○ silent: ") + own(", ").join(quiet), "muted")])
    return lines
