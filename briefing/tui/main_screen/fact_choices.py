"""Ask how to group and filter the facts panel; ask for corrections of facts and notes on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.model.fact_forms import FORM_OF
from briefing.tui.dialogs.choose import Choice, ChooseScreen
from briefing.tui.fact_forms import LISTED
from briefing.tui.fact_rows import TRAIT_WORDS
from briefing.tui.wording import number, own

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import App

    from briefing.model.source import Source
    from briefing.tui.fact_forms import Trait
    from briefing.tui.fact_rows import Entry, Kind, Wanted
    from briefing.tui.main_screen.verdicts import Fields, Verdicts


def ask_group(
    app: App[Any], kind: Kind, now: Trait | None, every: bool, chosen: Callable[[Trait | None], None]
) -> None:
    """Ask what to group the facts of a kind by.

    Args:
        app: The app.
        kind: Kind of the facts.
        now: What they are grouped by; None for events.
        every: Whether facts of several sources are shown.
        chosen: Called with the answer, None for events; not called where the dialog is left.
    """

    def answered(key: str | None) -> None:
        if key is not None:
            chosen(key or None)  # type: ignore[arg-type]

    ways = [Choice("", own("By event" if LISTED[kind].of_events else "Over all sources"), current=now is None)]
    ways += [
        Choice(
            trait,
            own("Not grouped" if trait == "source" and not every else f"By {TRAIT_WORDS[trait]}"),
            current=now == trait,
        )
        for trait in LISTED[kind].groups
    ]
    app.push_screen(ChooseScreen(f"Group the {FORM_OF[kind].field}", ways), answered)


def ask_filter(
    app: App[Any],
    kind: Kind,
    wanted: Wanted,
    found: Sequence[tuple[Trait, Sequence[tuple[str, int]]]],
    changed: Callable[[], None],
) -> None:
    """Ask which facts of a kind to show.

    Args:
        app: The app.
        kind: Kind of the facts.
        wanted: The filter, which the answer changes.
        found: Values of each trait, with the number of facts each would leave.
        changed: Called once the filter has changed.
    """
    ways = [Choice("", own("All"), current=not wanted)]
    for trait, counted in found:
        ways.append(Choice(None, own(TRAIT_WORDS[trait].capitalize())))
        ways += [
            Choice(f"{trait}:{value}", own(value), own(number(n)), wanted.get(trait) == value) for value, n in counted
        ]

    def answered(key: str | None) -> None:
        if key is None:
            return
        trait, _, value = key.partition(":")
        if not trait:
            wanted.clear()
        elif wanted.get(trait) == value:  # type: ignore[call-overload]
            del wanted[trait]  # type: ignore[arg-type]
        else:
            wanted[trait] = value  # type: ignore[index]
        changed()

    app.push_screen(ChooseScreen(f"Show only… ({FORM_OF[kind].field})", ways), answered)


def ask_correction(app: App[Any], entry: Entry | None, verdicts: Verdicts, source: Source | None) -> None:
    """Ask for the right fields of a fact.

    Args:
        app: The app.
        entry: Row of the fact; None for none, and nothing is asked.
        verdicts: Writes them down.
        source: The source in sight: words can be corrected where it is the fact's.
    """
    from briefing.tui.facts.correct import CorrectScreen

    if entry is None or entry.fact is None:
        return

    def done(fields: Fields | None) -> None:
        if fields is not None:
            verdicts.correct(entry, fields)

    edited = (entry.review and entry.review.edited) or {}
    text = source.text if source is not None and source.id == entry.source_id else ""
    app.push_screen(CorrectScreen(entry.fact, edited, text), done)


def ask_note(app: App[Any], entry: Entry | None, verdicts: Verdicts) -> None:
    """Ask for a note on a fact.

    Args:
        app: The app.
        entry: Row of the fact; None for none, and nothing is asked.
        verdicts: Writes it down.
    """
    from briefing.tui.dialogs.note import NoteScreen

    if entry is None or entry.fact is None:
        return
    before = (entry.review and entry.review.note) or own("")

    def done(words: str | None) -> None:
        if words is not None and words != before:
            verdicts.note(entry, words)

    app.push_screen(NoteScreen(own("Note on the fact"), before, own("What you want to remember of it")), done)
