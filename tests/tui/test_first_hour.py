"""What a new user met in the first hour: keys typed fast, merges, Esc, undo, numbers and signs."""

from pathlib import Path

import pytest
from textual.widgets import Static

from briefing.library import Library
from briefing.model.agreement import Agreement, ClaimItem
from briefing.tui.agreement import TONES, Standing
from briefing.tui.app import BriefingApp
from briefing.tui.dialogs.add_sources import AddScreen
from briefing.tui.dialogs.confirm import ConfirmScreen
from briefing.tui.dialogs.entity_card import CardScreen
from briefing.tui.dialogs.help import HelpScreen
from briefing.tui.dialogs.pick_entity import PickEntity
from briefing.tui.glossary import fact_sign
from briefing.tui.main_screen import search_pane
from briefing.tui.widgets.tabs import Tab, Tabs
from briefing.tui.wording import own
from tests.tui.conftest import Reading, make_app, patrol, report, screen_text, settle, told, until
from tests.tui.keys_at_random import rested, send


async def test_a_new_library_begins_with_the_welcome(empty: Library) -> None:
    app = make_app(empty, empty=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0)
        assert app.main.text_pane.border_title == "Welcome"
        assert not app.main.sources_pane.display
        assert not app.main.facts_pane.display
        await settle(pilot)
        assert "No sources yet" in screen_text(app)


@pytest.mark.parametrize(("status", "said"), [("reattributed", "other speakers"), ("later", "moved with time")])
def test_the_line_above_the_keys_tells_what_a_sign_is_of(status: str, said: str) -> None:
    item = ClaimItem(document="a", value=own("x"), start=0, end=1)
    group = Agreement(kind="quote", claim=own("x"), status=status, items=(item,), origins=1)  # type: ignore[arg-type]
    standing = Standing(TONES[group.status], own("x"), True)
    assert said in fact_sign(standing, group, "high")


async def test_a_filter_and_a_verdict_are_of_the_source_in_sight(library: Library, reading: Reading) -> None:
    async with reading(library, size=(120, 40)) as (app, pilot):
        assert app.state.source.id == report()[0].id
        send(app, ("1", "f", *"patrol", "enter", "3", "a"))
        await rested(pilot, app)
        assert app.main.source_list.current().id == app.state.source.id == patrol()[0].id
        await until(pilot, lambda: library.reviews(patrol()[0].id))
        assert not library.reviews(report()[0].id)


async def test_after_end_the_facts_are_those_of_the_last_source(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        send(app, ("end", "3", "r"))
        await rested(pilot, app)
        await until(pilot, lambda: library.reviews(app.state.source.id))
        assert app.main.source_list.current().id == app.state.source.id
        assert {entry.source_id for entry in app.main.fact_list.entries} == {app.state.source.id}


async def test_keys_after_enter_in_a_search_are_for_the_hit(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library, size=(120, 40)) as (app, pilot):
        monkeypatch.setattr(search_pane, "TYPING_DELAY", 0.2)  # as when the hits of a large library take their time
        send(app, ("/", *"larnholm accord", "enter", "3", "a"))
        await rested(pilot, app)
        assert app.main.search_bar.value == "larnholm accord"
        await until(pilot, lambda: library.reviews(patrol()[0].id))
        assert not library.reviews(report()[0].id)


async def test_keys_after_enter_on_a_source_are_for_its_text(library: Library, reading: Reading) -> None:
    async with reading(library, size=(120, 40)) as (app, pilot):
        send(app, ("1", "j", "enter", "j", "3", "a"))
        await rested(pilot, app)
        assert app.main.source_list.cursor == 1
        await until(pilot, lambda: library.reviews(patrol()[0].id))


async def test_enter_on_a_query_without_hits_keeps_no_keys(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library, size=(120, 40)) as (app, pilot):
        monkeypatch.setattr(search_pane, "TYPING_DELAY", 0.2)
        send(app, ("/", *"zzz", "enter", "x"))
        await rested(pilot, app)
        assert app.main.search_bar.value == "zzzx"


async def test_among_facts_of_all_sources_the_one_of_the_fact_is_shown(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        send(app, ("1", "end", "3", "s"))
        await rested(pilot, app)
        await until(pilot, lambda: len(stated_in(app)) == 2)
        await rested(pilot, app)
        assert app.state.source.id == app.main.fact_list.member().source_id
        assert app.main.source_list.current().id == app.state.source.id


def stated_in(app: BriefingApp) -> set[str]:
    """The sources of all facts of the claims in the list."""
    return {one.source_id for entry in app.main.fact_list.entries for one in entry.facts if one.fact is not None}


async def test_a_dialog_answers_with_what_was_submitted(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    taken: list[str] = []
    async with reading(library) as (app, pilot):
        monkeypatch.setattr(app.main.ingest, "start", taken.extend)
        send(app, ("A", *str(tmp_path), "enter", "A"))
        await rested(pilot, app)
        await until(pilot, lambda: taken == [str(tmp_path)])
        await until(pilot, lambda: isinstance(app.screen, AddScreen))  # which the key after Enter opened


async def test_a_key_after_a_tag_is_not_part_of_it(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        send(app, ("1", "#", *"tri", "enter", "p"))
        await rested(pilot, app)
        await until(pilot, lambda: library.tags.all())
        assert [tag for tag, _ in library.tags.all()] == ["tri"]
        await until(pilot, lambda: library.row(app.state.source.id).pinned)


async def card_of(app: BriefingApp, pilot: object, name: str, kind: str) -> None:
    app.main.entities.show_card(own(name), kind)  # type: ignore[arg-type]
    await until(pilot, lambda: isinstance(app.screen, CardScreen))  # type: ignore[arg-type]


async def test_an_amount_is_not_merged(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await card_of(app, pilot, "2025-03-03", "DATE")
        for key in ("m", "s"):
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen, CardScreen)
        assert "not merged" in told(app)


async def test_a_merge_over_types_asks(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await card_of(app, pilot, "Norland", "NATION")
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, PickEntity))
        await pilot.press(*"Norland N", "enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "Norland is in 2 sources" in " ".join(screen_text(app).split())
        await pilot.press("n")
        await settle(pilot)
        assert not library.entity_edits.all()


async def test_undo_goes_back_over_notes_tags_and_verdicts(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        here = app.state.source.id
        await pilot.press("1", "p")
        await until(pilot, lambda: library.row(here).pinned)
        await pilot.press("3", "a")
        await until(pilot, lambda: library.reviews(here))
        await pilot.press("u")
        await until(pilot, lambda: not any(one.state == "accepted" for one in library.reviews(here).values()))
        assert library.row(here).pinned
        await pilot.press("u")
        await until(pilot, lambda: not library.row(here).pinned)


async def test_space_marks_and_the_old_keys_can_be_had(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("1", "space")
        assert len(app.main.source_list.marked) == 1
    async with reading(library, keys={"preset": "classic"}) as (app, pilot):
        await pilot.press("1", "enter")
        await until(pilot, lambda: library.row(app.state.source.id).read)
        await pilot.press("1", "u")
        await until(pilot, lambda: not library.row(app.state.source.id).read)
    async with reading(library, keys={"preset": "nosuch"}) as (app, _):
        assert "no preset 'nosuch'" in told(app)


async def test_y_on_a_fact_copies_its_evidence(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("3", "y")
        assert app.clipboard == "two Kestrel boats"
        await pilot.press("Y")
        assert app.clipboard.endswith("sentence 1")


async def test_the_help_can_be_searched(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press("slash", *"reject the", "enter")
        await until(pilot, lambda: "Accept all facts" not in screen_text(app))
        assert "Reject the claim" in screen_text(app)
        assert "Search all sources" not in " ".join(
            str(app.screen.query_one("#keys-and-signs", Static).content).split()
        )
        await pilot.press("q")
        await until(pilot, lambda: app.screen is app.main)


async def test_tabs_keep_their_counts(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, _):
        tabs = app.main.query_one("#kinds", Tabs)
        tabs.show([Tab(name, own(name), own("1,234"), own(name)) for name in ("Counts", "Participants", "Quotes")])
        said = ["".join(words for words, _ in item.pieces) for item in tabs.items()]
        assert all("1,234" in words for words in said)


async def test_hits_lie_over_the_facts_and_the_text_keeps_its_width(library: Library, reading: Reading) -> None:
    async with reading(library, size=(120, 40)) as (app, pilot):
        width = app.main.text_view.size.width
        await pilot.press("slash", *"larnholm")
        await until(pilot, lambda: app.main.hit_list.hits)
        await settle(pilot)
        assert not app.main.facts_pane.display
        assert app.main.text_view.size.width == width
        assert "Daily Signal" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is app.main.text_view)
        await settle(pilot)
        assert app.main.facts_pane.display
        assert app.main.text_view.size.width == width
