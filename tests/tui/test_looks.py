"""What is shown fits: nothing that matters is cut where there is little room."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.widgets import DirectoryTree, Static

from briefing.library import Library
from briefing.model.safetext import SafeText
from briefing.tui.dialogs.help import Page
from briefing.tui.dialogs.settings import SettingList
from briefing.tui.widgets.drawing import fold_spans, line
from briefing.tui.widgets.facts_panel import measure
from briefing.tui.widgets.tabs import Tab
from briefing.tui.wording import own
from tests.tui.conftest import Reading, make_extraction, make_source, screen_text, settle, until

SMALL = (80, 24)
TITLE = "Third trilateral flight of the year: who flew, who escorted whom, and why it matters to all of them"


@pytest.fixture
def titled(empty: Library) -> Library:
    """A library with a source whose title is long."""
    source = make_source(TITLE + "\n\nNorland sent two Kestrel boats.")
    empty.add(source, make_extraction(source))
    return empty


async def test_all_tabs_are_there_where_not_all_that_is_said_has_room(library: Library, reading: Reading) -> None:
    async with reading(library, (100, 30)) as (app, pilot):
        tabs = app.main.facts_pane.tabs
        tabs.show([Tab(name, own(name.title()), own("12,345")) for name in ("counts", "who", "quotes")])
        for name in ("counts", "quotes"):
            tabs.active = name
            await settle(pilot)
            shown = tabs.render_line(0).text
            words = shown.split()
            assert words[1::2] == ["12,345"] * 3
            assert [word[0] for word in words[::2]] == ["C", "W", "Q"]
            assert cell_len(shown) == tabs.size.width


async def test_the_title_over_tags_is_shown_to_its_end(titled: Library, reading: Reading) -> None:
    async with reading(titled, SMALL) as (app, pilot):
        await pilot.press("1", "#")
        await settle(pilot)
        assert " ".join(TITLE.split()[-3:]) in screen_text(app)


async def test_a_proposed_file_is_named_with_whole_words(titled: Library, reading: Reading) -> None:
    async with reading(titled, SMALL) as (app, pilot):
        await pilot.press("e")
        await settle(pilot)
        assert "third-trilateral-flight-of-the-year-who.md" in screen_text(app)


async def test_what_a_setting_does_is_said_in_full_at_eighty_columns(library: Library, reading: Reading) -> None:
    async with reading(library, SMALL) as (app, pilot):
        await pilot.press(",")
        await settle(pilot)
        shown = app.screen.query_one(SettingList)
        width = shown.scrollable_content_region.width
        for index, setting in enumerate(shown.settings):
            words = " ".join(strip.text for strip in shown.draw(index, width, shown.rich_style)[1:])
            assert SafeText(setting.help).split() == words.split()


async def test_lines_of_the_help_go_on_below_their_beginning(library: Library, reading: Reading) -> None:
    async with reading(library, SMALL) as (app, pilot):
        await pilot.press("?")
        await until(pilot, lambda: "Everywhere" in screen_text(app))
        width = app.screen.query_one(Page).scrollable_content_region.width
        lines = str(app.screen.query_one("#keys-and-signs", Static).content).split("\n")
        assert max(map(cell_len, lines)) <= width
        assert any(line.startswith(" " * 21) for line in lines)
        assert app.screen.query_one("#keys-and-signs").size.height == len(lines)


async def test_files_to_add_have_signs_one_cell_wide(library: Library, reading: Reading) -> None:
    async with reading(library, SMALL) as (app, pilot):
        await pilot.press("A")
        await settle(pilot)
        tree = app.screen.query_one(DirectoryTree)
        icons = (tree.ICON_NODE, tree.ICON_NODE_EXPANDED, tree.ICON_FILE)
        assert [len(icon) for icon in icons] == [cell_len(icon) for icon in icons]


async def test_what_other_sources_say_of_a_count_is_never_cut(library: Library, reading: Reading) -> None:
    async with reading(library, (100, 30)) as (app, pilot):
        await pilot.press("3")
        await until(pilot, lambda: any(one.standing and one.standing.shown for one in app.main.fact_list.entries))
        facts = app.main.fact_list
        for width in (22, facts.content_width):
            facts.show(measure(facts.entries, set(), width), keep=True)
            for row in range(facts.count):
                standing = facts.entries[row].standing
                if standing and standing.shown:
                    lines = facts.draw(row, width, facts.rich_style)
                    assert str(standing.brief) in lines[0].text
                    assert {line.cell_length for line in lines} == {width}


def test_a_row_of_words_that_just_fits_is_not_cut() -> None:
    text = "our collective will and ability"
    for width in range(10, 40):
        spans = fold_spans(text, width, 9)
        rows = [line([(SafeText(text[start:end]), Style.null())], width, Style.null()).text for start, end in spans]
        assert " ".join(" ".join(rows).split()) == text


async def test_files_can_be_added_though_the_folder_one_is_in_was_deleted(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> str:
        raise FileNotFoundError

    async with reading(library, SMALL) as (app, pilot):
        monkeypatch.setattr("os.getcwd", gone)
        await pilot.press("A")
        await settle(pilot)
        assert app.screen.query_one(DirectoryTree).path == Path.home()
