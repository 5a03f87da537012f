"""Cards of entities: going about on them, and saying what an entity is."""

from typing import Any

from briefing.library import Library
from briefing.tui.app import BriefingApp
from briefing.tui.dialogs.confirm import ConfirmScreen
from briefing.tui.dialogs.entity_card import CardScreen
from briefing.tui.dialogs.pick_entity import EditsScreen, NameScreen, PickEntity, TypeScreen
from briefing.tui.widgets.card_list import CardList
from tests.tui.conftest import (
    HOSTILE,
    Reading,
    key_place,
    make_extraction,
    make_source,
    patrol,
    report,
    screen_text,
    settle,
    told,
    until,
)


def named(app: BriefingApp, title: str) -> bool:
    """Whether a card of that title is on top."""
    return isinstance(app.screen, CardScreen) and title in screen_text(app)


def marked(app: BriefingApp) -> set[tuple[str, str]]:
    """What is marked in the text in sight, by type and name."""
    return {(one.type, str(one.name)) for one in app.main.text_view.marks.mentions}


async def open_card(app: BriefingApp, pilot: Any, name: str, kind: str) -> None:
    """Open the card of an entity."""
    app.main.entities.show_card(name, kind)
    await until(pilot, lambda: named(app, name))


async def until_edited(app: BriefingApp, pilot: Any, library: Library, edits: int) -> None:
    """Wait until so many edits hold and the reader has followed."""
    await until(pilot, lambda: len(library.entity_edits.all()) == edits)
    await settle(pilot)


async def test_its_parts_by_key_and_mouse(library: Library, reading: Reading) -> None:
    async with reading(library, size=(80, 24)) as (app, pilot):
        await open_card(app, pilot, "Ida Falk", "PERSON")
        rows = app.screen.query_one(CardList)
        await pilot.press("l")
        await until(pilot, lambda: rows.part == "facts")
        assert "Commander, Norland Navy" in screen_text(app)
        assert "“We met in open water and nobody was in danger”" in screen_text(app)
        parts = app.screen.query_one("#parts")
        line = next(line for line in screen_text(app).splitlines() if "Written as" in line)
        await pilot.click(parts, offset=(line.index("Written") - parts.region.x, 0))
        await until(pilot, lambda: rows.part == "ways")
        assert [str(way.text) for way in library.entity("Ida Falk", "PERSON").ways] == ["Falk", "Ida Falk"]
        await pilot.press("h")
        await until(pilot, lambda: rows.part == "company")
        assert "Norland Navy" in screen_text(app)


async def test_company_leads_to_its_card_and_back(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await open_card(app, pilot, "Ida Falk", "PERSON")
        await pilot.press("tab", "tab", "G", "enter")
        other = library.entity("Ida Falk", "PERSON").company[-1]
        await until(pilot, lambda: app.screen.entity == (other.name, other.type))
        await pilot.press("<")
        await until(pilot, lambda: app.screen.entity == ("Ida Falk", "PERSON"))
        assert app.screen.query_one(CardList).part == "company"
        await pilot.press(">")
        await until(pilot, lambda: app.screen.entity == (other.name, other.type))
        await pilot.press("<", "<")
        await until(pilot, lambda: app.screen is app.main)


async def test_back_from_an_occurrence_leads_to_the_card(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await open_card(app, pilot, "Larnholm", "PLACE")
        await pilot.press("G", "enter")
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == patrol()[0].id)
        await pilot.press("<")
        await until(pilot, lambda: named(app, "place · Larnholm"))
        assert app.main.state.source is not None
        assert app.main.state.source.id == report()[0].id
        assert app.screen.query_one(CardList).cursor > 1
        await pilot.press(">")
        await until(pilot, lambda: app.screen is app.main and app.main.state.source.id == patrol()[0].id)


async def test_a_fact_is_gone_to(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await open_card(app, pilot, "Norland Navy", "ORG")
        await pilot.press("tab", "enter")
        await until(pilot, lambda: app.screen is app.main and app.main.state.source.id == patrol()[0].id)
        text = str(app.main.text_view.text)
        assert app.main.text_view.marks.evidence[0][0] == text.index("Two Kestrel patrol boats")


async def test_the_card_asks_the_search(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await open_card(app, pilot, "Norland Navy", "ORG")
        await pilot.press("/")
        await until(pilot, lambda: app.main.hit_list.count == 1)
        assert app.main.search_bar.value == 'org:"Norland Navy"'


async def test_merging_follows_everywhere(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("2", "n", "n")
        await until(pilot, lambda: app.main.text_pane.mention().name == "Norland")
        place = app.main.text_view.place
        await open_card(app, pilot, "Norland", "NATION")
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, PickEntity))
        await pilot.press(*"Sudr")
        await until(pilot, lambda: app.screen.query_one("#offered").count == 2)
        assert "Sudria" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: named(app, "nation · Sudria"))
        await until(pilot, lambda: ("NATION", "Norland") not in marked(app))
        assert ("NATION", "Sudria") in marked(app)
        assert app.main.text_view.place == place
        await until(pilot, lambda: app.main.text_pane.mention() is not None)
        assert app.main.text_pane.mention().name == "Sudria"
        assert app.main.state.extraction.counts[0].operator == "Sudria"
        await pilot.press("u")
        await until(pilot, lambda: named(app, "nation · Norland"))
        await until(pilot, lambda: ("NATION", "Norland") in marked(app))
        assert app.main.state.extraction.counts[0].operator == "Norland"


async def test_renaming(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await open_card(app, pilot, "Larnholm", "PLACE")
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, NameScreen))
        await pilot.press("end", *" Bay", "enter")
        await until(pilot, lambda: named(app, "place · Larnholm Bay"))
        await until(pilot, lambda: ("PLACE", "Larnholm Bay") in marked(app))
        assert library.entity("Larnholm", "PLACE").sources == 0


async def test_a_name_that_is_taken_is_refused(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await open_card(app, pilot, "Norland", "NATION")
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, NameScreen))
        await pilot.press("ctrl+u", *"Sudria", "enter")
        await until(pilot, lambda: "merge them" in told(app))
        assert library.entity_edits.all() == []


async def test_splitting_a_way_of_writing(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await open_card(app, pilot, "Ida Falk", "PERSON")
        await pilot.press("s")
        rows = app.screen.query_one(CardList)
        await until(pilot, lambda: rows.part == "ways")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PickEntity))
        await pilot.press(*"Bo Falk")
        await until(pilot, lambda: app.screen.query_one("#offered").count > 0)
        assert "a new entity" in screen_text(app)
        await pilot.press("enter")
        await until_edited(app, pilot, library, 1)
        assert library.entity("Bo Falk", "PERSON").sources == 2
        assert [str(way.text) for way in library.entity("Ida Falk", "PERSON").ways] == ["Ida Falk"]
        await until(pilot, lambda: ("PERSON", "Bo Falk") in marked(app))


async def test_another_type_and_no_entity_by_mouse(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await open_card(app, pilot, "Kestrel-class boat", "SHIP")
        await pilot.click(offset=key_place(app, "Type"))
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        await pilot.press("up", "enter")
        await until(pilot, lambda: named(app, "aircraft · Kestrel-class boat"))
        await until(pilot, lambda: ("AIRCRAFT", "Kestrel-class boat") in marked(app))
        await pilot.click(offset=key_place(app, "No entity"))
        await until(pilot, lambda: "No entity (y)" in screen_text(app))
        await pilot.click("#yes")
        await until(pilot, lambda: app.screen is app.main)
        await until(pilot, lambda: not any(name.startswith("Kestrel") for _, name in marked(app)))
        assert "AIRCRAFT" not in app.main.legend_bar.present()
        assert library.search("Kestrel").total == 2


async def test_an_edit_in_the_middle_is_taken_back(library: Library, reading: Reading) -> None:
    library.entity_edits.rename("PLACE", "Larnholm", "Larn")
    library.entity_edits.rename("PERSON", "Ida Falk", "I. Falk")
    async with reading(library) as (app, pilot):
        await open_card(app, pilot, "I. Falk", "PERSON")
        await pilot.press("U")
        await until(pilot, lambda: isinstance(app.screen, EditsScreen))
        assert "Larnholm is called Larn" in screen_text(app)
        await pilot.press("down", "enter")
        await until_edited(app, pilot, library, 1)
        await until(pilot, lambda: ("PLACE", "Larnholm") in marked(app))
        assert ("PERSON", "I. Falk") in marked(app)
        assert library.entity("I. Falk", "PERSON").sources == 2


async def test_edits_from_the_text_itself(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await app.main.do("merge_entity")
        await until(pilot, lambda: "first" in told(app))
        await pilot.press("2", "n")
        await app.main.do("merge_entity")
        await until(pilot, lambda: isinstance(app.screen, PickEntity))
        assert "Which entity is Larnholm?" in screen_text(app)


async def test_hovering_says_what_it_is(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        view = app.main.text_view
        start = str(view.text).index("Kestrel")
        row = view.rows.row_of(start)
        await pilot.hover(view, offset=(view.margin_of(view.size.width) + start - view.rows.span(row)[0] + 1, row))
        await until(pilot, lambda: view.tooltip is not None)
        assert str(view.tooltip) == "Kestrel-class boat\nship · 3 mentions in 2 sources"
        await pilot.hover(view, offset=(2, view.size.height - 1))
        await until(pilot, lambda: view.tooltip is None)


async def test_hostile_names_are_plain_text(library: Library, reading: Reading) -> None:
    source = make_source(f"Larnholm {HOSTILE}", title=HOSTILE)
    library.add(source, make_extraction(source))
    library.entity_edits.rename("PLACE", "Larnholm", HOSTILE)
    async with reading(library, size=(80, 24)) as (app, pilot):
        name = library.entities("nope")[0][0]
        app.main.entities.show_card(name, "PLACE")
        await until(pilot, lambda: isinstance(app.screen, CardScreen))
        assert "[/nope]" in screen_text(app)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, PickEntity))
        assert "[@click=app.quit]" in screen_text(app)
        await pilot.press("escape", "r")
        await until(pilot, lambda: isinstance(app.screen, NameScreen))
        await pilot.press("escape", "U")
        await until(pilot, lambda: isinstance(app.screen, EditsScreen))
        assert "\x1b" not in screen_text(app)
        assert "[/nope]" in screen_text(app)


async def test_enter_waits_for_what_fits(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await open_card(app, pilot, "Norland", "NATION")
        await pilot.press("m", *"Sudria C", "enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until_edited(app, pilot, library, 1)
        edit = library.entity_edits.all()[0]
        assert (edit.to_type, edit.to_name) == ("ORG", "Sudria Coast Guard")


async def test_hits_follow_an_edit(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("/", *"person:falk")
        await until(pilot, lambda: app.main.hit_list.count == 2)
        app.main.entities.edit(lambda edits: edits.remove("PERSON", "Ida Falk"))
        await until(pilot, lambda: app.main.hit_list.count == 0)
