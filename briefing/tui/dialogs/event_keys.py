"""Saying what belongs together where claims are compared: another event, one event, one origin, or another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.model.safetext import SafeText
from briefing.tui.widgets.claim_list import ClaimList
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import App

    from briefing.model.agreement import Agreement, Comparison
    from briefing.model.claim_edit import ClaimAction, TextPlace
    from briefing.model.event import Event


class Edit(NamedTuple):
    """Something to be said of events or origins; without ``action`` the last such thing is taken back."""

    action: ClaimAction | None
    places: tuple[TextPlace, ...] = ()
    to: TextPlace | None = None
    words: str = ""


class EventKeys:
    """The keys of a screen that has a list of claims. Each leaves it with an :class:`Edit`."""

    comparison: Comparison
    _titles: Mapping[str, SafeText]
    app: App[Any]

    if TYPE_CHECKING:

        def query_one(self, selector: type[ClaimList]) -> ClaimList:
            """The list, as every screen finds it."""

        def dismiss(self, result: Any = None) -> Any:
            """As every screen does."""

    def action_move_claim(self) -> None:
        """Ask which event the claim is of."""
        group = self.query_one(ClaimList).group
        if group is None:
            return
        places = _places(group)

        def chosen(key: str | None) -> None:
            if key is not None:
                to = None if key == _OWN else _anchor(self.comparison, key)
                self.dismiss(Edit("move", places, to, str(group.claim)))

        self._ask("Which event is this of?", group, chosen, own_too=True)

    def action_join_event(self) -> None:
        """Ask which other event the claim's event is."""
        group = self.query_one(ClaimList).group
        if group is None or group.event is None:
            self.app.notify("This claim is tied to no event.", timeout=3)
            return
        here = _places(group)[:1]

        def chosen(key: str | None) -> None:
            if key is not None and (other := _anchor(self.comparison, key)) is not None:
                words = " = ".join(
                    str(one.what.line()) for one in self.comparison.events if one.id in (group.event, key)
                )
                self.dismiss(Edit("join events", (*here, other), None, words))

        self._ask("Which event is the same?", group, chosen, own_too=False)

    def action_split_event(self) -> None:
        """Ask which sources report an event of their own, apart from the others of the claim's event."""
        from briefing.tui.dialogs.choose import Choice, ChooseScreen

        listed = self.query_one(ClaimList)
        said, group = listed.current(), listed.group
        event = next((one for one in self.comparison.events if group and one.id == group.event), None)
        if said is None or group is None or event is None:
            self.app.notify("This claim is tied to no event.", timeout=3)
            return
        if len(event.documents) < 2:
            self.app.notify("Only one source reports this event.", timeout=3)
            return
        here = [one for one in event.documents if one == said.document]
        alike = [one for one in _saying_the_same(group, said.document) if one in event.documents]
        parts = [(one,) for one in here] + ([tuple(alike)] if 1 < len(alike) < len(event.documents) else [])
        parts += [(one,) for one in event.documents if one not in here]
        choices = [Choice(str(number), self._of_sources(part)) for number, part in enumerate(parts)]

        def chosen(key: str | None) -> None:
            if key is not None:
                self.dismiss(self._split(event, parts[int(key)]))

        question = own("Which source reports another event than “") + event.what.line() + own("”?")
        self.app.push_screen(ChooseScreen(question, choices), chosen)

    def _split(self, event: Event, documents: Sequence[str]) -> Edit:
        """What is to be said: the sources' event is another one; of such as only mention it, what they say of it is."""
        from briefing.export.event_pool import sources_of_event
        from briefing.model.claim_edit import TextPlace

        words = str(self._of_sources(documents))
        if all(sources_of_event(self.comparison, one) == event.documents for one in documents):
            return Edit("split event", tuple(TextPlace(source_id=one, start=0) for one in documents), None, words)
        groups = [group for group in self.comparison.groups if group.event == event.id and group.kind in _MOVED]
        return Edit("move", tuple(place for one in documents for g in groups for place in _places(g, one)), None, words)

    def _of_sources(self, documents: Sequence[str]) -> SafeText:
        """Titles of some sources."""
        titles = own(", ").join(self._titles.get(one, own(one[:12])) for one in documents)
        return titles if len(documents) == 1 else own(f"{len(documents)} that say the same here: ") + titles

    def action_one_origin(self) -> None:
        """What the sources say of the claim goes back to one asserter."""
        group = self.query_one(ClaimList).group
        if group is not None and len(group.items) > 1:
            self.dismiss(Edit("join origins", _places(group), None, str(group.claim)))

    def action_own_origin(self) -> None:
        """What this source says of the claim goes back to somebody else."""
        listed = self.query_one(ClaimList)
        said, group = listed.current(), listed.group
        if said is not None and group is not None:
            self.dismiss(Edit("split origin", _places(group, said.document), None, str(group.claim)))

    def action_undo_edit(self) -> None:
        """Take back what was said of events and origins last."""
        self.dismiss(Edit(None))

    def _ask(self, question: str, group: Agreement, chosen: Any, *, own_too: bool) -> None:
        from briefing.tui.dialogs.choose import Choice, ChooseScreen

        choices = [Choice(e.id, _named(e), own("")) for e in self.comparison.events if e.id != group.event]
        if own_too:
            choices.append(Choice(_OWN, own("An event of its own")))
        if not choices:
            self.app.notify("There is no other event among these sources.", timeout=3)
            return
        self.app.push_screen(ChooseScreen(own(question), choices), chosen)


_OWN = "own"
_MOVED = frozenset({"count", "quote", "date", "ordinal"})
"""Kinds of claims that belong to an event."""


def _named(event: Event) -> SafeText:
    from briefing.model.wording import when

    days = when(event.start_date, event.end_date)
    return SafeText(f"{days} · {event.what}" if days else str(event.what)).line()


def _saying_the_same(group: Agreement, document: str) -> list[str]:
    """The sources whose value in a claim is that of one of them."""
    values = {item.value for item in group.items if item.document == document}
    return list(dict.fromkeys(item.document for item in group.items if item.value in values))


def _places(group: Agreement, document: str | None = None) -> tuple[TextPlace, ...]:
    """Where the items of a claim stand."""
    from briefing.model.claim_edit import TextPlace

    items = [item for item in group.items if document in (None, item.document)]
    return tuple(dict.fromkeys(TextPlace(source_id=item.document, start=item.start) for item in items))


def _anchor(comparison: Comparison, event: str) -> TextPlace | None:
    """A place that belongs to an event."""
    groups = [group for group in comparison.groups if group.event == event and group.kind in {"count", "quote"}]
    groups += [group for group in comparison.groups if group.event == event and group.kind in {"ordinal", "date"}]
    return _places(groups[0])[0] if groups else None
