"""Claims in the facts panel: one row for all facts that say the same, and what is done to a row is done to all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from briefing.library import Library
from briefing.model.facts import Count, Extraction
from briefing.model.source import Source
from briefing.tui.agreement import Standings, compared
from briefing.tui.app import BriefingApp
from briefing.tui.fact_rows import KINDS, Chosen, Document, Entry
from briefing.tui.facts.claim_rows import numbers_of, rows_of, values
from briefing.tui.facts.copying import citation
from tests.tui.conftest import Reading, make_count, make_extraction, make_source, screen_text, settle, until
from tests.tui.test_facts import rows

WIRE = """Twelve soldiers killed near Korrin

On 3 June 2025 twelve soldiers were killed near Korrin, the ministry said. The rebels said that 30 soldiers were killed.
In March 2024 five soldiers were killed near Tavel.
"""
DAILY = """Ambush near Korrin

Twelve soldiers were killed near Korrin on 3 June 2025, the ministry said. The ministry also counted nine wounded.
"""


def killed(text: str, words: str, number: int, what: str = "killed", **more: Any) -> Count:
    values: dict[str, Any] = {"item": "soldier", "category": "personnel", "what": what, **more}
    return make_count(text, words, number, number, **values)


def wire() -> tuple[Source, Extraction]:
    source = make_source(WIRE, publisher="Korrin Wire", published=date(2025, 6, 4))
    counts = (
        killed(WIRE, "Twelve soldiers", 12),
        killed(WIRE, "twelve soldiers", 12, asserted_by="ministry"),
        killed(WIRE, "30 soldiers", 30, asserted_by="rebels"),
        killed(WIRE, "five soldiers", 5),
    )
    return source, make_extraction(source, counts=counts)


def daily() -> tuple[Source, Extraction]:
    source = make_source(DAILY, publisher="Daily Tavel", published=date(2025, 6, 5))
    counts = (
        killed(DAILY, "Twelve soldiers", 12, asserted_by="ministry"),
        killed(DAILY, "nine wounded", 9, "injured", asserted_by="ministry"),
    )
    return source, make_extraction(source, counts=counts)


WIRE_ID, DAILY_ID = wire()[0].id, daily()[0].id
ALL = Chosen("count", {}, None, True)


@pytest.fixture
def pile(tmp_path: Path) -> Iterator[Library]:
    """Two reports of an ambush, one of which recalls an older one."""
    with Library.open(tmp_path / "pile.db") as made:
        made.add(*daily())
        made.add(*wire())
        yield made


def standings(reviews: Any = None) -> Standings:
    shown, whole = compared([wire(), daily()], reviews)
    return Standings(shown, {}, whole)


def documents(reviews: Any = None) -> list[Document]:
    given = reviews or {}
    return [Document(source.title, found, given.get(source.id, {})) for source, found in (wire(), daily())]


def told(entries: list[Entry]) -> list[Any]:
    """Heads by their first words, claims by the words of their facts."""
    return [
        [one.fact.evidence for one in entry.facts] if entry.fact else " ".join(entry.heading.split()[:3])  # type: ignore[union-attr]
        for entry in entries
    ]


def test_a_claim_is_one_row_under_its_event_over_all_sources() -> None:
    assert told(rows_of(documents(), ALL, standings())) == [
        "March 2024 ·",
        ["five soldiers"],
        "3 June 2025",
        ["Twelve soldiers", "twelve soldiers", "30 soldiers", "Twelve soldiers"],
        ["nine wounded"],
    ]


def test_within_a_source_events_stand_in_the_order_of_the_text() -> None:
    assert told(rows_of(documents()[:1], ALL._replace(several=False), standings())) == [
        "3 June 2025",
        ["Twelve soldiers", "twelve soldiers", "30 soldiers"],
        "March 2024 ·",
        ["five soldiers"],
    ]
    assert told(rows_of(documents()[1:], ALL._replace(several=False), standings())) == [
        ["Twelve soldiers"],
        ["nine wounded"],
    ]  # of one event: no head is needed


def test_by_source_and_without_a_comparison_claims_end_with_their_source() -> None:
    by_source = [
        "Twelve soldiers killed",
        ["Twelve soldiers", "twelve soldiers", "30 soldiers"],
        ["five soldiers"],
        "Ambush near Korrin",
        ["Twelve soldiers"],
        ["nine wounded"],
    ]
    assert told(rows_of(documents(), ALL._replace(group="source"), standings())) == by_source
    uncompared = told(rows_of(documents(), ALL, None))
    assert uncompared == [*by_source[:1], ["Twelve soldiers", "twelve soldiers"], ["30 soldiers"], *by_source[2:]]


def test_what_is_filtered_out_is_filtered_before_facts_are_folded() -> None:
    both = documents({WIRE_ID: verdict(wire()[1].counts[0], "rejected")})
    left = rows_of(both, ALL._replace(wanted={"state": "unreviewed"}), standings())
    assert ["twelve soldiers", "30 soldiers", "Twelve soldiers"] in told(left)
    gone = rows_of(both, ALL._replace(wanted={"state": "rejected"}), standings())
    assert told(gone)[1:] == [["Twelve soldiers"]]
    found = dict(values(both, ALL, standings()))
    assert found["state"] == [("unreviewed", 3), ("rejected", 1)]  # three claims, one of them with a rejected fact
    assert numbers_of(both, standings(), dict.fromkeys(KINDS))["count"] == 3


def test_a_rejected_fact_stays_with_its_claim() -> None:
    reviews = {WIRE_ID: verdict(wire()[1].counts[2], "rejected")}
    rest = standings(reviews)
    assert ["Twelve soldiers", "twelve soldiers", "30 soldiers", "Twelve soldiers"] in told(
        rows_of(documents(reviews), ALL, rest)
    )
    fact = wire()[1].counts[2]
    assert rest.of(WIRE_ID, fact) is None
    assert rest.claim_of(WIRE_ID, fact) == rest.claim_of(WIRE_ID, wire()[1].counts[0])


def verdict(fact: Count, state: str) -> Any:
    from briefing.model.review import Review

    return {fact.key: Review.model_validate({"source_id": WIRE_ID, "kind": "count", "key": fact.key, "state": state})}


async def in_facts(app: BriefingApp, pilot: Pilot[None], source: str = "wire") -> None:
    """Go to the facts of a source, as they are once they were compared."""
    await until(pilot, lambda: app.main.state.standings is not None)
    await pilot.press(*(["down", "enter"] if source == "wire" else ["enter"]), "3")
    wanted = WIRE_ID if source == "wire" else DAILY_ID
    await until(pilot, lambda: app.main.state.source is not None and app.main.state.source.id == wanted)
    await settle(pilot)


def evidence(app: BriefingApp) -> str:
    """The words that are marked in the text."""
    view = app.main.text_view
    return view.text[slice(*view.marks.evidence[0])]


def states(library: Library, source_id: str = WIRE_ID) -> list[str]:
    """The verdicts on the counts of a source, in the order of its text."""
    found = library.reviews(source_id)
    return [found[one.key].state if one.key in found else "" for one in library.extraction(source_id).counts]


async def test_a_row_says_all_amounts_and_how_often(pile: Library, reading: Reading) -> None:
    async with reading(pile) as (app, pilot):
        await in_facts(app, pilot)
        (row,) = rows(app, "12 / 30  soldiers")
        assert "3×" in row
        assert "≠2" in row
        assert "Counts 2" in screen_text(app)


async def test_the_statements_of_a_claim_in_turn(pile: Library, reading: Reading) -> None:
    async with reading(pile) as (app, pilot):
        await in_facts(app, pilot)
        await pilot.press("g", "j")
        seen = []
        for _ in range(4):
            await settle(pilot)
            seen.append(evidence(app))
            await pilot.press("]")
        assert seen == ["Twelve soldiers", "twelve soldiers", "30 soldiers", "Twelve soldiers"]
        await pilot.press("[")
        await settle(pilot)
        assert "statement 1 of 3" in screen_text(app)
        await pilot.press("[", "enter")  # Enter goes to the one in sight
        await settle(pilot)
        assert app.focused is app.main.text_view
        assert evidence(app) == "30 soldiers"
        await pilot.press("3")
        await settle(pilot)
        assert "statement 3 of 3" in screen_text(app)


async def test_a_verdict_is_on_all_statements_and_one_undo_takes_all_back(pile: Library, reading: Reading) -> None:
    async with reading(pile) as (app, pilot):
        await in_facts(app, pilot)
        await pilot.press("g", "j", "a")
        await until(pilot, lambda: states(pile)[:3] == ["accepted"] * 3)
        await settle(pilot)
        assert rows(app, "12 / 30")[0].rstrip("│ ╮").endswith("✔")
        assert app.main.facts_pane.border_title == "Facts · 1 left"
        await pilot.press("u")
        await until(pilot, lambda: set(states(pile)) <= {"", "unreviewed"})
        await settle(pilot)
        await pilot.press("g", "j", "r")
        await until(pilot, lambda: states(pile)[:3] == ["rejected"] * 3)
        await settle(pilot)
        assert rows(app, "12 / 30")[0].rstrip("│ ╮").endswith("✘")  # still one row
        await pilot.press("g", "j", "r")  # again takes it back
        await until(pilot, lambda: set(states(pile)) <= {"", "unreviewed"})


async def test_one_statement_alone_is_judged(pile: Library, reading: Reading) -> None:
    async with reading(pile) as (app, pilot):
        await in_facts(app, pilot)
        await pilot.press("g", "j", "]", "]", "ctrl+x")
        await until(pilot, lambda: states(pile) == ["", "", "rejected", ""])
        await settle(pilot)
        assert rows(app, "12 / 30")[0].rstrip("│ ╮").endswith("≠2") is False
        assert "✘ rejected" in screen_text(app)  # of the statement in sight, in the detail
        await pilot.press("g", "j", "a")
        await until(pilot, lambda: states(pile) == ["accepted"] * 3 + [""])
        await pilot.press("g", "j", "ctrl+a")  # again takes it back, from the one alone
        await until(pilot, lambda: states(pile)[0] != "accepted")
        assert states(pile)[1:3] == ["accepted"] * 2


async def test_a_claim_over_all_sources_is_judged_at_once(pile: Library, reading: Reading) -> None:
    async with reading(pile) as (app, pilot):
        await in_facts(app, pilot)
        await pilot.press("s")
        await until(pilot, lambda: app.main.fact_list.count == 5)
        await until(pilot, lambda: app.main.fact_list.entries[-1].fact is not None)
        while not (entry := app.main.fact_list.current()) or len(entry.facts) < 4:
            await pilot.press("j")
            await settle(pilot)
        await pilot.press("x", "d")  # marked, then judged with what is marked
        await until(pilot, lambda: states(pile)[:3] == ["unsure"] * 3)
        await until(pilot, lambda: states(pile, DAILY_ID) == ["unsure", ""])
        await settle(pilot)
        await pilot.press("u")
        await until(pilot, lambda: set(states(pile) + states(pile, DAILY_ID)) <= {"", "unreviewed"})


async def test_corrections_and_notes_are_on_the_statement_in_sight(pile: Library, reading: Reading) -> None:
    from briefing.tui.facts.correct import CorrectScreen

    async with reading(pile) as (app, pilot):
        await in_facts(app, pilot)
        await pilot.press("g", "j", "]", "]", "c")
        await until(pilot, lambda: isinstance(app.screen, CorrectScreen))
        app.screen.query_one("#field-low").value = app.screen.query_one("#field-high").value = "31"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: states(pile) == ["", "", "edited", ""])
        await settle(pilot)
        assert rows(app, "12 / 31  soldiers")


async def test_what_is_copied(pile: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(BriefingApp, "copy", lambda self, text: copied.append(text))
    async with reading(pile) as (app, pilot):
        await in_facts(app, pilot)
        await pilot.press("g", "j", "]", "y")
        await until(pilot, lambda: copied)
        assert copied == ["twelve soldiers"]
        await pilot.press("Y")
        await until(pilot, lambda: len(copied) == 2)
        claim, *places = copied[1].split("\n")
        assert claim == "12 / 30 soldiers, killed"
        title = "Twelve soldiers killed near Korrin · Korrin Wire · 4 Jun 2025"
        assert places == [
            f"“Twelve soldiers” — {title}, ¶ 1, sentence 1",
            f"“twelve soldiers” — {title}, ¶ 2, sentence 1",
            f"“30 soldiers” — {title}, ¶ 2, sentence 2",
        ]


def test_a_citation_names_every_source_of_a_claim(pile: Library) -> None:
    claim = next(entry for entry in rows_of(documents(), ALL, standings()) if len(entry.facts) == 4)
    assert [line.partition(" — ")[2].split(" · ")[0] for line in citation(claim, pile).split("\n")[1:]] == [
        "Twelve soldiers killed near Korrin",
        "Twelve soldiers killed near Korrin",
        "Twelve soldiers killed near Korrin",
        "Ambush near Korrin",
    ]


async def test_a_statement_in_the_text_leads_to_its_claim(pile: Library, reading: Reading) -> None:
    async with reading(pile) as (app, pilot):
        await in_facts(app, pilot)
        await pilot.press("2", "f", *"30", "enter")
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)
        assert "statement 3 of 3" in screen_text(app)


async def test_what_stands_below_is_as_wide_with_a_scroll_bar_as_without(pile: Library, reading: Reading) -> None:
    """Otherwise lines that only just fit bring the bar, and the bar other lines, without end."""
    widths, bars = set(), set()
    async with reading(pile) as (app, pilot):
        await in_facts(app, pilot)
        for height in range(14, 100, 12):
            await pilot.resize_terminal(120, height)
            await settle(pilot)
            detail = app.main.facts_pane.detail
            widths.add(detail.scrollable_content_region.width)
            bars.add(detail.show_vertical_scrollbar)
    assert bars == {True, False}
    assert len(widths) == 1
