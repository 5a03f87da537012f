"""Facts that a reader marks in a text, and corrections of every field."""

import json
from typing import Any

from briefing.library import Library
from briefing.model.facts import Count, Participant, Quote
from briefing.tui.facts.add import AddFactScreen
from briefing.tui.facts.correct import CorrectScreen
from briefing.tui.facts.drafts import Marked, drafts
from tests.tui.conftest import (
    PATROL,
    Reading,
    make_count,
    make_extraction,
    patrol,
    screen_text,
    settle,
    until,
)
from tests.tui.test_facts import rows

PATROL_ID = patrol()[0].id


def marked(words: str) -> Marked:
    source, found = patrol()
    from briefing.model.mentions import Mentions

    start = PATROL.index(words)
    return Marked(source.text, start, start + len(words), found, Mentions.of(found.mentions))


def test_words_are_read_as_what_they_look_like() -> None:
    count = drafts(marked(" three Kestrel boats"))[0]
    assert isinstance(count, Count)
    assert (count.low, count.high, PATROL[count.start : count.end]) == (3, 3, "three Kestrel boats")
    quote = drafts(marked("“We met in open water and nobody was in danger,”"))[0]
    assert isinstance(quote, Quote)
    assert (quote.text[:6], quote.speaker) == ("We met", "Ida Falk")
    name = drafts(marked("Larnholm Accord"))[0]
    assert isinstance(name, Participant)
    assert name.mentions[0] == (PATROL.index("Larnholm Accord"), PATROL.index("Larnholm Accord") + 15)
    assert drafts(marked("\n\n")) == []
    for one in ("a Sudria Coast Guard cutter", "off Larnholm", "2019"):
        assert len({fact.key.partition(":")[0] for fact in drafts(marked(one))}) == 3


async def open_patrol(pilot: Any, app: Any, words: str) -> None:
    await pilot.press("down", "enter")
    await until(pilot, lambda: app.main.state.mentions is not None and app.main.state.source.id == PATROL_ID)
    start = PATROL.index(words)
    app.main.text_view.select(start, start + len(words))
    await settle(pilot)


async def test_a_fact_is_added_by_keys_and_taken_back(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await open_patrol(pilot, app, "a Sudria Coast Guard cutter")
        assert "a adds a fact" in screen_text(app)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AddFactScreen))
        fields = app.screen.query_one("#count")
        kinds = []
        while app.screen.query_one("ContentSwitcher").current != "count":
            kinds.append(app.screen.query_one("ContentSwitcher").current)
            await pilot.press("ctrl+n")
            await settle(pilot)
        assert kinds == ["participant"]
        fields.query_one("#field-low").value = "1"
        fields.query_one("#field-high").value = "1"
        fields.query_one("#field-item").value = "cutter"
        fields.query_one("#field-category").value = "sub"
        await pilot.press("enter")
        await settle(pilot)
        assert "is one of: aircraft, ship" in " ".join(screen_text(app).split())
        fields.query_one("#field-category").value = "sh"
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.main and library.reviews(PATROL_ID))
        await pilot.press("3")
        await until(pilot, lambda: app.main.fact_list.count == 4)
        app.main.fact_list.go_to_fact(next(one for one in app.main.state.extraction.counts if one.added_by))
        await settle(pilot)
        (row,) = rows(app, "1  cutter")
        assert row.rstrip("│ ╮").endswith("✔")
        assert "+ added by" in screen_text(app)
        (own,) = [one for one in library.extraction(PATROL_ID).counts if one.added_by]
        assert (own.low, own.high, own.item, own.category) == (1, 1, "cutter", "ship")
        await pilot.press("u")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        assert library.reviews(PATROL_ID) == {}


async def test_accepting_an_own_fact_again_keeps_it(library: Library, reading: Reading) -> None:
    source, _ = patrol()
    own, _ = library.add_fact(PATROL_ID, make_count(source.text, "a Sudria Coast Guard cutter", 1, 1, item="cutter"))
    async with reading(library) as (app, pilot):
        await pilot.press("down", "enter", "3")
        await until(pilot, lambda: app.main.fact_list.count == 4)
        app.main.fact_list.go_to_fact(next(one for one in app.main.state.extraction.counts if one.added_by))
        await pilot.press("a")
        await settle(pilot)
        assert library.reviews(PATROL_ID)[own.key].state == "accepted"
        assert app.main.fact_list.count == 4


async def test_every_field_of_a_count_is_corrected_and_told(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("down", "enter", "3")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, CorrectScreen))
        item = app.screen.query_one("#field-item").value
        new = {
            "evidence": "Kestrel patrol boats", "approx": "y", "item": "boat", "category": "veh", "operator": "Sudria",
            "what": "deployed", "asserted_by": "Ida Falk",
        }  # fmt: skip
        for name, value in new.items():
            app.screen.query_one(f"#field-{name}").value = value
        await settle(pilot)
        assert f"{item} → boat" in screen_text(app)
        app.screen.query_one("#field-evidence").value = "five boats"
        await pilot.press("enter")
        await settle(pilot)
        assert "do not stand in the source" in screen_text(app)
        app.screen.query_one("#field-evidence").value = new["evidence"]
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.main and library.reviews(PATROL_ID))
        start = PATROL.index("Kestrel patrol boats")
        (review,) = library.reviews(PATROL_ID).values()
        assert review.edited == {
            "start": start, "end": start + 20, "evidence": "Kestrel patrol boats", "approx": True, "item": "boat",
            "category": "vehicle", "operator": "Sudria", "what": "deployed", "asserted_by": "Ida Falk",
        }  # fmt: skip
        await pilot.press("enter")
        await until(pilot, lambda: len(app.main.text_view.marks.evidence))
        assert app.main.text_view.marks.evidence[0] == (start, start + 20)
        source, extraction = patrol()
        library.add(source, extraction.model_copy(update={"extractor": "another"}))
        assert library.reviews(PATROL_ID) == {review.key: review}


def test_an_added_fact_is_told_in_json_and_tables(library: Library) -> None:
    from briefing.export.facts import document_json

    source, _ = patrol()
    library.add_fact(PATROL_ID, make_count(source.text, "a Sudria Coast Guard cutter", 1, 1), by="Ada")
    shape = document_json("patrol", (library.source(PATROL_ID), library.extraction(PATROL_ID)))
    assert [one["added_by"] for one in json.loads(json.dumps(shape))["counts"]].count("Ada") == 1
    assert make_extraction(source).counts == ()
