"""Comparing in the reader: claim by claim, what each source says, the changed words marked."""

import pytest

from briefing.library import Library
from briefing.tui.agreement import comparison_of
from briefing.tui.claims import Head, Said, numbers, rows_of
from briefing.tui.dialogs.compare import ClaimsScreen
from briefing.tui.widgets.claim_list import ClaimList
from briefing.tui.wording import own
from tests.tui.conftest import Reading, patrol, report, screen_text, settle, until

DOCUMENTS = [patrol(), report()]
TITLES = {source.id: source.title for source, _ in DOCUMENTS}


def test_changed_words_are_marked_in_both_wordings() -> None:
    comparison = comparison_of(DOCUMENTS)
    assert comparison is not None
    rows = [row for row, _ in rows_of(comparison, "look", TITLES)]
    said = [row for row in rows if isinstance(row, Said) and row.quoted]
    marked = [{row.words[start:end] for start, end in row.changed} for row in said]
    assert marked == [{"nobody"}, {"no one"}] or marked == [{"no one"}, {"nobody"}]
    assert {row.title for row in said} == set(TITLES.values())


def test_every_claim_is_in_one_part() -> None:
    comparison = comparison_of(DOCUMENTS)
    assert comparison is not None
    for part, n in numbers(comparison).items():
        assert sum(isinstance(row, Head) for row, _ in rows_of(comparison, part, TITLES)) == n
    assert sum(numbers(comparison).values()) == len(comparison.groups)


async def open_claims(pilot, app, *keys: str) -> None:  # type: ignore[no-untyped-def]
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))
    await settle(pilot)


async def test_what_a_source_says_is_not_cut_for_its_title(library: Library, reading: Reading) -> None:
    async with reading(library, size=(80, 24)) as (app, pilot):
        await open_claims(pilot, app, "equals_sign")
        listed = app.screen.query_one(ClaimList)
        row = Said("one", own("A title that has no room " * 5), own("Andersen Air Force Base"), (), 0, 1)
        group = listed._rows[0][1]
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
        await pilot.press("l", "l")
        await settle(pilot)
        assert "One source" in screen_text(app)
        assert listed.current() != first
        await pilot.press("h", "h")
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
        last = screen_text(app).split("\n")[-1]
        assert "= Compare" in last
        await pilot.click(offset=(last.index("Compare"), 39))
        await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))
        await settle(pilot)
        await pilot.click("#claim-parts", offset=(28, 0))
        await until(pilot, lambda: app.screen._part == "single")
        await settle(pilot)
        await pilot.click("#claim-rows", offset=(8, 2))
        await until(pilot, lambda: not isinstance(app.screen, ClaimsScreen))


async def test_one_source_cannot_be_compared(empty: Library, reading: Reading) -> None:
    empty.add(*patrol())
    async with reading(empty) as (app, pilot):
        await pilot.press("equals_sign")
        await until(pilot, lambda: any("no two sources" in note.message for note in app._notifications))


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
