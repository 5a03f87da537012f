"""Comparisons, verdicts and selections that the tests of briefs share."""

from collections.abc import Callable
from datetime import date

from parsed import gfm, shown

from briefing.export import Selection
from briefing.model.agreement import Agreement, ClaimItem, Comparison, NearDuplicate
from briefing.model.event import Event
from briefing.model.review import Review
from briefing.model.safetext import SafeText

Make = Callable[..., object]
PAGES = ("markdown", "html", "json", "csv")


def review(document, fact, state, **edited) -> dict:
    """The verdict on a fact, as the library hands it over."""
    source = document[0]
    kind = fact.key.split(":")[0]
    return {fact.key: Review(source_id=source.id, kind=kind, key=fact.key, state=state, edited=edited or None)}


def item(source, fact, value, **more) -> ClaimItem:
    n = int(value) if value.isdigit() else None
    return ClaimItem(document=source.id, start=fact.start, end=fact.end, value=SafeText(value), low=n, high=n, **more)


def compared(lake, wire, events=(), event=None) -> Comparison:
    """What a comparison of the two says."""
    (a, found), (b, other) = lake, wire
    gripens = (
        item(a, found.counts[0], "3", origin="a"),
        item(a, found.counts[3], "3", origin="a"),
        item(b, other.counts[0], "4", origin="b", asserted_by=SafeText("the wing")),
    )
    quotes = (
        item(a, found.quotes[0], "We saw them early,", form="original", origin="a"),
        item(b, other.quotes[0], "We saw them at once,", form="altered", origin="a"),
    )
    typhoon = (item(a, found.counts[1], "2", origin="a"),)
    return Comparison(
        groups=(
            Agreement(kind="count", status="differ", claim=SafeText("Gripen"), origins=2, items=gripens, event=event),
            Agreement(
                kind="quote", status="altered", claim=SafeText("We saw them"), origins=1, items=quotes, event=event
            ),
            Agreement(
                kind="count", status="single", claim=SafeText("Typhoon"), origins=1, items=typhoon, silent=(b.id,),
                event=event,
            ),
        ),
        near_duplicates=(NearDuplicate(documents=(a.id, b.id), similarity=0.91),),
        events=events,
    )  # fmt: skip


def headings(text: str) -> list[str]:
    tokens = gfm().parse(text)
    return [shown(tokens[n + 1].children) for n, token in enumerate(tokens) if token.type == "heading_open"]


def under_one_event(lake, wire) -> Selection:
    """Both, compared, under one event."""
    event = Event(
        id="e1", what=SafeText("Patrol over the lake"), start_date="2025-07-11", place=SafeText("Lake Norrvik"),
        parties=(SafeText("Ada Lind"),), documents=(lake[0].id, wire[0].id),
    )  # fmt: skip
    comparison = compared(lake, wire, (event,), "e1")
    return Selection((lake, wire), date(2025, 8, 1), SafeText("The lake"), comparison=comparison)
