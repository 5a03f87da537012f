"""Comparing in the reader: claim by claim, what each source says, the changed words marked."""

from datetime import date
from typing import Any

import pytest

from briefing.library import Library
from briefing.model.agreement import Agreement, ClaimItem, Comparison, NearDuplicate
from briefing.model.event import Event
from briefing.model.listing import SourceRow
from briefing.model.statuses import is_listed
from briefing.tui.agreement import comparison_of
from briefing.tui.claims import Head, Said, numbers, part_of, rows_of_groups
from briefing.tui.dialogs.compare import ClaimsScreen
from briefing.tui.matrix import Cells, EventHead, Section, matrix_of
from briefing.tui.widgets.claim_list import ClaimList
from briefing.tui.widgets.source_names import short_name, short_names, title_and_name, titled
from briefing.tui.widgets.tabs import Tabs
from briefing.tui.wording import own
from tests.tui.conftest import Reading, make_source, patrol, report, screen_text, settle, told, until

DOCUMENTS = [patrol(), report()]
TITLES = {source.id: source.title for source, _ in DOCUMENTS}


def of_part(comparison: Any, part: str) -> Any:
    return rows_of_groups([group for group in comparison.groups if part_of(group) == part], TITLES, TITLES)


def test_changed_words_are_marked_in_both_wordings() -> None:
    comparison = comparison_of(DOCUMENTS)
    assert comparison is not None
    rows = [row for row, _ in of_part(comparison, "look")]
    said = [row for row in rows if isinstance(row, Said) and row.quoted]
    marked = [{row.words[start:end] for start, end in row.changed} for row in said]
    assert sorted(marked, key=min) == [{"no one"}, {"nobody"}]
    assert {row.title for row in said} == set(TITLES.values())


def test_every_claim_is_in_one_part() -> None:
    comparison = comparison_of(DOCUMENTS)
    assert comparison is not None
    for part, n in numbers(comparison).items():
        assert sum(isinstance(row, Head) for row, _ in of_part(comparison, part)) == n
    naming = [group for group in comparison.groups if group.kind == "participant" and not is_listed(group)]
    alone = [group for group in comparison.groups if group.kind == "participant" and group.status == "single"]
    assert sum(numbers(comparison).values()) == len(comparison.groups) - len({*map(id, naming), *map(id, alone)})


async def open_claims(pilot, app, *keys: str) -> None:  # type: ignore[no-untyped-def]
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))
    await settle(pilot)


async def test_what_a_source_says_is_not_cut_for_its_title(library: Library, reading: Reading) -> None:
    async with reading(library, size=(80, 24)) as (app, pilot):
        await open_claims(pilot, app, "equals_sign")
        listed = app.screen.query_one(ClaimList)
        row = Said("one", own("A title that has no room " * 5), own("Andersen Air Force Base"), (), 0, 1)
        group = None
        listed.show([(row, group)])
        await settle(pilot)
        shown = next(text for text in screen_text(app).splitlines() if "Andersen Air Force" in text)
        assert "Andersen Air Force Base A title that has no room" in " ".join(shown.split())
        assert "… " in shown


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_claims_by_keyboard(library: Library, reading: Reading, size: tuple[int, int]) -> None:
    async with reading(library, size=size) as (app, pilot):
        await open_claims(pilot, app, "equals_sign")
        listed = app.screen.query_one(ClaimList)
        first = listed.current()
        assert first is not None
        assert "Differences" in screen_text(app)
        await pilot.press("tab", "tab")
        await settle(pilot)
        assert "One source" in screen_text(app)
        assert listed.current() != first
        await pilot.press("shift+tab", "shift+tab")
        await settle(pilot)
        wanted = listed.current()
        assert wanted == first
        await pilot.press("enter")
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == first.document)
        await until(pilot, lambda: len(app.main.text_view.marks.evidence))
        assert app.main.text_view.marks.evidence[0] == (first.start, first.end)


async def test_claims_begin_with_the_fact_one_is_on(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        await until(pilot, lambda: app.main.state.standings)
        await pilot.press("3", "j")
        await settle(pilot)
        await open_claims(pilot, app, "equals_sign")
        said = app.screen.query_one(ClaimList).current()
        assert said is not None
        assert app.main.state.source is not None
        assert (said.document, said.words) == (app.main.state.source.id, "120+")


async def test_claims_by_mouse(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await open_claims(pilot, app, "equals_sign")
        tabs = next(text for text in screen_text(app).split("\n") if "One source" in text)
        at = tabs.index("One source") - app.screen.query_one("#claim-parts").region.x
        await pilot.click("#claim-parts", offset=(at, 0))
        await until(pilot, lambda: app.screen.query_one(Tabs).active == "single")
        await settle(pilot)
        listed = app.screen.query_one(ClaimList)
        first = next(n for n in range(listed.count) if listed.selectable(n))
        await pilot.click("#claim-rows", offset=(8, listed._tops[first]))
        await until(pilot, lambda: not isinstance(app.screen, ClaimsScreen))


async def test_one_source_cannot_be_compared(empty: Library, reading: Reading) -> None:
    empty.add(*patrol())
    async with reading(empty) as (app, pilot):
        await pilot.press("equals_sign")
        await until(pilot, lambda: "no two sources" in told(app))


async def test_going_to_the_facts_from_a_mark_meets_the_fact_that_was_read_there(
    library: Library, reading: Reading
) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("slash", *"danger")
        await until(pilot, lambda: app.main.search_pane.result and app.main.search_pane.result.query == "danger")
        await pilot.press("enter")
        main = app.main
        await until(pilot, lambda: main.focused is main.text_view and main.text_view.marks.match is not None)
        await until(
            pilot,
            lambda: (
                main.state.extraction and main.state.source and main.state.extraction.source_id == main.state.source.id
            ),
        )
        await pilot.press("3")
        await settle(pilot)
        entry = app.main.fact_list.current()
        assert app.main.facts_pane.kind == "quote"
        assert entry is not None
        assert entry.fact is not None
        assert "danger" in entry.fact.text


def row(title: str, publisher: str | None, day: date | None, warnings: tuple[str, ...] = ()) -> SourceRow:
    return SourceRow(
        id=title, path=own(title), title=own(title), publisher=own(publisher) if publisher else None, published=day,
        words=1, counts=0, participants=0, quotes=0, warnings=tuple(map(own, warnings)),
    )  # fmt: skip


def test_columns_have_short_names() -> None:
    assert short_name(row("T", "Wire", date(2025, 7, 12))) == "Wire 12 Jul"
    assert short_name(row("T", "Wire", date(2025, 7, 12), ("paraphrased",))) == "Wire 12 Jul ⚠"
    assert short_name(row("A title that goes on and on", None, None)) == "A title that goes…"


def test_no_two_sources_have_one_short_name() -> None:
    day = date(2025, 7, 12)
    rows = [row("Boats meet", "Wire", day), row("Talks end", "Wire", day), row("Boats meet", "Gazette", day)]
    rows += [row("Same", None, None), row("Same", None, None)]
    rows = [one._replace(id=str(number)) for number, one in enumerate(rows)]
    names = short_names(rows)
    assert list(names.values()) == ["Boats meet 12 Jul", "Talks end 12 Jul", "Gazette 12 Jul", "Same", "Same (2)"]
    assert title_and_name(rows[2], names["2"]) == "Gazette 12 Jul · Boats meet"
    assert title_and_name(rows[3], names["3"]) == "Same"


def test_a_title_is_cut_for_its_publisher() -> None:
    source = make_source("Boats meet near the long harbour of Larnholm\n\nThey met.\n", publisher="Sample Wire")
    assert titled(source, 200) == "Boats meet near the long harbour of Larnholm · Sample Wire"
    assert titled(source, 44) == "Boats meet near the long harb… · Sample Wire"
    assert titled(None, 44) == "Text"


def claim(*items: tuple[str, str], kind: str = "count", status: str = "differ") -> Agreement:
    made = tuple(
        ClaimItem(document=d, start=0, end=1, value=own(v), low=int(v) if v.isdigit() else None) for d, v in items
    )
    return Agreement(kind=kind, status=status, claim=own("tug"), origins=2, items=made)  # type: ignore[arg-type]


NAMES = {"a": own("Wire 12 Jul"), "b": own("Copy 13 Jul"), "c": own("Review 14 Jul")}


def test_copies_share_a_column_and_a_claim_is_a_row() -> None:
    copies = NearDuplicate(documents=("a", "b"), similarity=0.9)
    groups = (claim(("a", "3"), ("b", "3"), ("c", "tugs")), claim(("c", "4"), status="single"))
    comparison = Comparison(groups=groups, near_duplicates=(copies,))
    rows = [row for row, _ in matrix_of(comparison, "look", NAMES)]
    section, cells = rows
    assert isinstance(section, Section)
    assert [column.name for column in section.columns] == ["Wire 12 Jul +1", "Review 14 Jul"]
    assert isinstance(cells, Cells)
    assert [(cell.words, cell.departs) for cell in cells.cells if cell] == [("3", False), ("no number", True)]


def test_identical_wordings_stand_once_with_all_who_have_them() -> None:
    group = claim(("a", "We go"), ("b", "We go,"), ("c", "We went"), kind="quote", status="altered")
    rows = [row for row, _ in matrix_of(Comparison(groups=(group,), near_duplicates=()), "look", NAMES)]
    said = [(row.title, row.words) for row in rows if isinstance(row, Said)]
    assert said == [("Wire 12 Jul, Copy 13 Jul", "We go"), ("Review 14 Jul", "We went")]


def test_claims_stand_under_their_event_in_order_of_time() -> None:
    events = tuple(Event(id=key, what=own(key), start_date=f"2025-07-1{n}") for n, key in enumerate("xy"))
    groups = tuple(claim(("a", "3"), ("c", "4")).model_copy(update={"event": key}) for key in ("y", None, "x"))
    rows = [row for row, _ in matrix_of(Comparison(groups=groups, near_duplicates=(), events=events), "look", NAMES)]
    heads = [row.words for row in rows if isinstance(row, EventHead)]
    assert heads == ["10 July 2025 · x", "11 July 2025 · y", "Not tied to an event"]


async def test_the_cursor_goes_from_source_to_source(library: Library, reading: Reading) -> None:
    async with reading(library, size=(140, 40)) as (app, pilot):
        await open_claims(pilot, app, "equals_sign")
        listed = app.screen.query_one(ClaimList)
        there = next(n for n in range(listed.count) if isinstance(listed._rows[n][0], Cells))
        listed.move(there)
        first = listed.current()
        await pilot.press("right")
        await settle(pilot)
        second = listed.current()
        assert first is not None
        assert second is not None
        assert first.document != second.document
