"""What is known of the fact under the cursor: who says so, each source's value by origin, how sure it is."""

from briefing.library import Library
from briefing.model.agreement import Agreement, ClaimItem
from briefing.model.facts import Count
from briefing.model.safetext import SafeText
from briefing.tui.facts.detail import detail_of
from briefing.tui.glossary import CONFIDENCE
from tests.tui.conftest import Reading, screen_text, settle, until

NAMES = {one: SafeText(one.title()) for one in ("wire", "daily", "post", "blog")}


def words(lines: object) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]  # type: ignore[attr-defined]


def item(document: str, value: str, origin: str | None) -> ClaimItem:
    return ClaimItem(document=document, start=0, end=1, value=SafeText(value), origin=origin)


def test_sources_stand_by_origin_and_value_and_who_says_so_before_them() -> None:
    fact = Count(
        start=0, end=14, evidence="left five dead", low=5, high=5, item="person", category="personnel", what="killed",
        asserted_by="the ministry", confidence="medium", rule="count:predicate",
    )  # fmt: skip
    group = Agreement(
        kind="count", status="differ", claim="person, killed", origins=2, silent=("blog",),
        items=(item("wire", "5", "A"), item("daily", "5", "A"), item("post", "6", "B")),
    )  # fmt: skip
    assert words(detail_of(fact, group, NAMES, 60)) == [
        "“left five dead”",
        "killed · said by the ministry",
        "2 origins:",
        "A 5  Wire, Daily",
        "B 6  Post",
        "○ silent: Blog",
        "? found by a weaker rule: count:predicate",
    ]
    own = fact.model_copy(update={"added_by": SafeText("Ada"), "what": None, "asserted_by": None})
    assert words(detail_of(own, None, NAMES, 60)) == ["“left five dead”", "+ added by Ada"]


async def test_how_sure_a_fact_is_stands_in_the_same_words_in_both_places_and_the_rule_in_one(
    library: Library, reading: Reading
) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("down", "enter", "3")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        sure = set()
        for _ in range(app.main.fact_list.count):
            await settle(pilot)
            entry = app.main.fact_list.current()
            assert entry is not None
            assert entry.fact is not None
            assert screen_text(app).count(f": {entry.fact.rule}") == bool(entry.fact.rule)
            sure.add(entry.fact.confidence)
            says = CONFIDENCE.get(entry.fact.confidence)
            assert screen_text(app).count(says or "stated outright") == (2 if says else 1)
            await pilot.press("j")
        assert sure


async def test_it_follows_the_cursor(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await until(pilot, lambda: app.main.state.standings is not None)
        await pilot.press("down", "enter", "3")
        await until(pilot, lambda: app.main.fact_list.count == 3)
        await settle(pilot)
        assert "“Two Kestrel patrol boats”" in screen_text(app)
        assert "origins:" in screen_text(app)
        await pilot.press("j")
        await settle(pilot)
        assert "“More than 120 sailors”" in screen_text(app)
