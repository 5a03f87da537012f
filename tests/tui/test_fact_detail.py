"""What is known of the fact under the cursor: who says so, each source's value by origin, how sure it is."""

from briefing.library import Library
from briefing.model.agreement import Agreement, ClaimItem
from briefing.model.facts import Count
from briefing.model.review import Review
from briefing.model.safetext import SafeText
from briefing.tui.agreement import Standing
from briefing.tui.app import BriefingApp
from briefing.tui.fact_rows import Entry
from briefing.tui.facts.detail import InSight, Sentence, detail_of, sentence_without_text
from briefing.tui.glossary import CONFIDENCE
from tests.tui.conftest import Reading, screen_text, settle, until

NAMES = {one: SafeText(one.title()) for one in ("wire", "daily", "post", "blog")}


def words(lines: object) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]  # type: ignore[attr-defined]


def item(document: str, value: str, origin: str | None, asserted_by: str = "", joined_by: str = "") -> ClaimItem:
    made = ClaimItem(document=document, start=0, end=1, value=SafeText(value), origin=origin)
    return made.model_copy(
        update={"asserted_by": SafeText(asserted_by) or None, "joined_by": SafeText(joined_by) or None}
    )


def test_sources_stand_by_origin_and_value_and_who_says_so_before_them() -> None:
    fact = Count(
        start=0, end=14, evidence="left five dead", low=5, high=5, item="person", category="personnel", what="killed",
        asserted_by="the ministry", confidence="medium", rule="count:casualties",
    )  # fmt: skip
    group = Agreement(
        kind="count", status="differ", claim="person, killed", origins=2, silent=("blog",),
        items=(
            item("wire", "5", "A", "the ministry"),
            item("daily", "5", "A", "a spokesman", "same number, both killed"),
            item("post", "6", "B"),
        ),
    )  # fmt: skip
    standing = Standing("differ", SafeText("sources differ"), sources=3)
    review = Review(source_id="wire", kind="count", key=fact.key, state="accepted", by=SafeText("Ada"), note="seen")
    entry = Entry("wire", fact, standing=standing, review=review)
    sentence = Sentence(SafeText("A blast on the quay left five dead, the ministry said."), (20, 34))
    told = InSight(entry, (1, 3), sentence, group, NAMES)
    lines = detail_of(told, 60)
    assert words(lines) == [
        "A blast on the quay left five dead, the ministry said.",
        "statement 2 of 3  ] next",
        "killed · said by the ministry",
        "✔ accepted by Ada: seen",
        "sources differ, 2 origins:",
        "A 5  Wire, Daily",
        "  from the ministry, a spokesman",
        "  joined: same number, both killed",
        "B 6  Post",
        "○ silent: Blog",
        "? found by a weaker rule: a number of killed, wounded or",
        "missing",
    ]
    assert [text for text, ink in lines[0] if ink == "title"] == ["left five dead"]
    own = fact.model_copy(update={"added_by": SafeText("Ada"), "what": None, "asserted_by": None})
    assert words(detail_of(InSight(Entry("wire", own), sentence=sentence_without_text(own)), 60)) == [
        "left five dead",
        "+ added by Ada",
    ]


def test_lines_of_the_detail_are_as_wide_as_it_is() -> None:
    long = SafeText("word " * 60)
    fact = Count(start=0, end=9, evidence=long, low=5, high=5, item="person", category="personnel", asserted_by=long)
    group = Agreement(
        kind="count", status="agree", claim="person", origins=1, silent=("blog",) * 9,
        items=tuple(item(f"source number {number}", "5", "A", long) for number in range(9)),
    )  # fmt: skip
    standing = Standing("agree", SafeText("9 sources, 1 origin"), sources=9)
    lines = detail_of(InSight(Entry("wire", fact, standing=standing), group=group), 30)
    assert len(lines) >= 30
    assert max(map(len, words(lines))) <= 30


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
            assert str(entry.fact.rule) not in below(app)
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
        assert "Two Kestrel patrol boats of the" in below(app)
        assert "origins:" in below(app)
        await pilot.press("j")
        await settle(pilot)
        assert "More than 120 sailors took part" in below(app)
        await pilot.resize_terminal(140, 24)
        await settle(pilot)
        assert "stated outright" not in below(app)
        await pilot.press(*"JJJJJJJJ")
        await settle(pilot)
        assert "More than 120 sailors" not in below(app)
        assert "stated outright" in below(app)
        await pilot.press(*"KKKKKKKK")
        await settle(pilot)
        assert "More than 120 sailors took part" in below(app)


def below(app: BriefingApp) -> str:
    """What is shown below the list of facts, in one line."""
    detail = app.main.facts_pane.detail
    return " ".join("".join(s.text for s in detail.render_line(y)).strip() for y in range(detail.size.height))
