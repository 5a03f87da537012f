"""Facts in groups and filtered, in one source and in all; the column of amounts; many facts at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.library import Library
from briefing.model.facts import Count, Quote
from briefing.tui.app import BriefingApp
from briefing.tui.dialogs.choose import ChooseScreen
from briefing.tui.fact_rows import Chosen, Document
from briefing.tui.facts import loading
from briefing.tui.facts.claim_rows import rows_of, values
from briefing.tui.main_screen import facts_pane
from briefing.tui.widgets.facts_panel import measure
from tests.tui.conftest import Reading, make_extraction, make_source, patrol, report, screen_text, settle, until
from tests.tui.test_lists import choose, click

PATROL_ID = patrol()[0].id


def frame(app: BriefingApp) -> str:
    return f"{app.main.facts_pane.border_title} | {app.main.facts_pane.border_subtitle}"


def documents(reviews: Any = None) -> list[Document]:
    return [Document(source.title, found, reviews or {}) for source, found in (patrol(), report())]


def heads(rows: list[Any]) -> list[tuple[str, int]]:
    return [(row.heading, row.n) for row in rows if row.fact is None]


def test_groups_say_how_many_and_the_greatest_come_first() -> None:
    by_category = rows_of(documents(), Chosen("count", {}, "category", True), None)
    assert heads(by_category) == [("ship", 3), ("personnel", 2)]
    by_operator = rows_of(documents(), Chosen("count", {}, "operator", True), None)
    assert heads(by_operator) == [("Norland", 1), ("Norland Navy", 1), ("no operator", 3)]
    by_speaker = rows_of(documents(), Chosen("quote", {}, "speaker", True), None)
    assert heads(by_speaker) == [("Falk", 1), ("Ida Falk", 1)]
    by_affiliation = rows_of(documents(), Chosen("participant", {}, "affiliation", True), None)
    assert heads(by_affiliation) == [("Norland Navy", 1), ("no affiliation", 1)]
    assert heads(rows_of(documents(), Chosen("count", {}, None, True), None)) == [
        ("Patrol ships meet off Larnholm", 3),
        ("Boats meet near Larnholm", 2),
    ]


def test_filters_count_what_each_choice_would_leave() -> None:
    chosen = Chosen("count", {"category": "ship"}, None, False)
    assert [row.fact.item for row in rows_of(documents(), chosen, None)] == [
        "patrol boat",
        "Kestrel boat",
        "patrol boat",
    ]
    found = dict(values(documents(), chosen, None))
    assert found["category"] == [("ship", 3), ("personnel", 2)]
    assert found["confidence"] == [("high", 2), ("low", 1)]
    assert "state" not in found  # all are unreviewed: nothing to choose


def test_folded_heads_hide_what_is_under_them() -> None:
    rows = rows_of(documents(), Chosen("count", {}, "category", True), None)
    measured = measure(rows, {("", "ship")}, 30)
    assert [rows[index].heading or rows[index].fact.item for index in measured.shown] == [
        "ship", "personnel", "sailor", "sailor",
    ]  # fmt: skip
    assert list(measured.tops) == [0, 1, 2, 4, 6]


def test_the_heights_of_quotes_are_those_of_their_lines() -> None:
    texts = ["Short.", "x" * 300, "many words " * 9, "Łódź " * 8, "a\nb", "word " * 40, "x" * 27, "x" * 26]
    quotes = [Quote(start=n, end=n + 1, text=text) for n, text in enumerate(texts)]
    found = make_extraction(make_source("text"), quotes=tuple(quotes))
    rows = rows_of([Document(make_source("t").title, found, {})], Chosen("quote", {}, None, False), None)
    measured = measure(rows, (), 30)
    from briefing.tui.widgets.fact_drawing import quoted

    tops = [0]
    for quote in quotes:
        tops.append(tops[-1] + len(quoted(quote, 30)) + 2)
    assert list(measured.tops) == tops


async def test_group_by_operator_and_fold(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("down", "enter", "3")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        await choose(pilot, "v", "By operator")
        await until(pilot, lambda: app.main.fact_list.count == 5)
        assert frame(app) == "Facts | this · by operator"
        assert "▾ Norland Navy" in screen_text(app)
        await pilot.press("a")  # accepting goes on to the next fact, over the head between
        await until(pilot, lambda: app.main.fact_list.cursor == 3)
        await pilot.press("{", "enter")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        assert "▸ no operator" in screen_text(app)
        await click(pilot, "▾ Norland Navy")
        await click(pilot, "▾ Norland Navy")
        await until(pilot, lambda: app.main.fact_list.count == 2)
        await pilot.press("minus")
        await until(pilot, lambda: app.main.fact_list.count == 5)
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("g", "enter")
        await until(pilot, lambda: app.main.fact_list.count == 3)


async def test_which_facts_and_esc(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("down", "enter", "3")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        await choose(pilot, "w", "personnel")
        await until(pilot, lambda: frame(app) == "1 of 3 · personnel | this source")
        await pilot.press("r")
        await until(pilot, lambda: len(library.reviews(PATROL_ID)) == 1)
        await choose(pilot, "w", "personnel")  # again: no longer
        await choose(pilot, "w", "rejected")
        await until(pilot, lambda: "1 of 3 · rejected" in frame(app))
        await pilot.press("r")  # taken back: none is left
        await until(pilot, lambda: app.main.fact_list.count == 0)
        assert "No counts match." in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        assert frame(app) == "Facts | this source"


async def test_all_facts_are_those_of_the_sources_listed(library: Library, reading: Reading) -> None:
    library.tags.set(PATROL_ID, ["navy"])
    async with reading(library) as (app, pilot):
        await until(pilot, lambda: app.main.state.standings is not None)
        await pilot.press("3", "s")
        await choose(pilot, "v", "By source")
        await until(pilot, lambda: app.main.fact_list.count == 7)
        assert "Patrol ships meet" in screen_text(app)
        await pilot.press("1")
        await choose(pilot, "w", "#navy")
        await until(pilot, lambda: app.main.fact_list.count == 4)
        assert "sources listed · by source" in frame(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.main.fact_list.count == 7)


@pytest.fixture
def wide(tmp_path: Path) -> Iterator[Library]:
    """A source with amounts of many widths."""
    text = "Two and 300 and 25000 to 30000"
    source = make_source(text)
    amounts: list[tuple[int | None, int | None]] = [(2, 2), (300, None), (25000, 30000)]
    counts = [
        Count(start=n, end=n + 1, evidence=text[n : n + 1], low=low, high=high, item=f"thing{n}", category="other")
        for n, (low, high) in enumerate(amounts)
    ]
    with Library.open(tmp_path / "wide.db") as made:
        made.add(source, make_extraction(source, counts=tuple(counts)))
        yield made


async def test_items_stand_under_each_other(wide: Library, reading: Reading) -> None:
    async with reading(wide) as (app, pilot):
        await until(pilot, lambda: app.main.fact_list.count == 3)
        lines = screen_text(app).split("\n")
        columns = [next(line.index(f"thing{n}") for line in lines if f"thing{n}" in line) for n in range(3)]
        assert columns[0] == columns[1] < columns[2]  # the last amount is too wide for a column
        other = next(line for line in lines if "other" in line)
        assert other.index("other") == columns[0]


async def test_many_facts_are_arranged_in_a_thread(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts_pane, "AT_ONCE", 0)
    monkeypatch.setattr(loading, "FIRST", 1)
    async with reading(library) as (app, pilot):
        await until(pilot, lambda: app.main.state.standings is not None)
        await pilot.press("3", "s")
        await until(pilot, lambda: app.main.fact_list.count == 4)
        await pilot.press("l")
        await until(pilot, lambda: app.main.fact_list.count == 2)
        await settle(pilot)
        await pilot.resize_terminal(200, 40)
        await until(pilot, lambda: app.main.fact_list._measured.width == app.main.fact_list.content_width)
        assert app.main.fact_list.count == 2
