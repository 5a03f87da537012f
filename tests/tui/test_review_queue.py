"""Reviewing by claim: one key each, what is left is counted, and every verdict outlives another extraction."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config import load
from briefing.export.grade_file import give_grade
from briefing.export.grades import GradeError
from briefing.export.verdicts import compare_reviewed
from briefing.library import Library
from briefing.model.agreement import Comparison
from briefing.model.facts import Count, Extraction
from briefing.model.review import Review
from briefing.model.source import Source
from briefing.tui.dialogs.choose import ChooseScreen
from briefing.tui.dialogs.compare import ClaimsScreen
from briefing.tui.review_desk import ReviewDesk
from briefing.tui.widgets.claim_list import ClaimList
from tests.tui.conftest import Reading, make_extraction, make_source, patrol, report, screen_text, settle, until

CLAIMS = 200


def fleet(day: int) -> tuple[Source, Extraction]:
    """A source with very many figures of things that nothing else is like."""
    kinds = [f"Kestrel{n:03}" for n in range(CLAIMS // 2)]
    text = f"The fleet of day {day}\n\n" + "\n\n".join(f"The Norland Navy has {day + 4} {kind}." for kind in kinds)
    source = make_source(text, publisher=f"Gazette {day}", published=date(2025, 3, day))
    counts = []
    for kind in kinds:
        words = f"{day + 4} {kind}"
        start = text.index(words)
        counts.append(
            Count(
                start=start, end=start + len(words), evidence=words, low=day + 4, high=day + 4, item=kind,
                category="ship",
            )
        )  # fmt: skip
    return source, make_extraction(source, counts=tuple(counts))


def compared(app: Any) -> Comparison:
    """What the screen on top compares."""
    found: Comparison = app.screen.comparison
    return found


async def open_queue(pilot: Any, app: Any) -> ClaimList:
    await pilot.press("equals_sign")
    await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))
    await pilot.press("shift+tab")
    await settle(pilot)
    listed: ClaimList = app.screen.query_one(ClaimList)
    return listed


async def test_two_hundred_claims_by_keys_and_then_another_extraction(tmp_path: Any, reading: Reading) -> None:
    made = [fleet(3), fleet(9)]
    with Library.open(tmp_path / "fleet.db") as library:
        for one in made:
            library.add(*one)
        async with reading(library) as (app, pilot):
            await open_queue(pilot, app)
            desk = app.screen.desk
            waiting = desk.left(compared(app).groups)
            assert f"To review {waiting}" in screen_text(app).replace("  ", " ")
            keys = ["a", "r", "d"]
            for number in range(waiting):
                await pilot.press(keys[number % len(keys)])
            await until(pilot, lambda: sum(len(library.reviews(s.id)) for s, _ in made) == CLAIMS)
            await pilot.press("tab", "shift+tab")
            await settle(pilot)
            assert desk.left(compared(app).groups) == 0
            assert "No claims of this kind." in screen_text(app)
        for source, found in made:  # and two more of each source: words put right, a fact of one's own
            fact = found.counts[0]
            right = {"start": fact.start - 9, "end": fact.end, "evidence": source.text[fact.start - 9 : fact.end]}
            library.review(source.id, "count", fact.key, "accepted", right)
            library.add_fact(
                source.id, Count(start=0, end=9, evidence="The fleet", low=1, high=1, item="fleet", category="ship")
            )
        before = {source.id: library.reviews(source.id) for source, _ in made}
        assert sum(map(len, before.values())) == CLAIMS + 2
        assert {review.state for one in before.values() for review in one.values()} == {
            "accepted",
            "rejected",
            "unsure",
        }
        assert all(review.by and review.at for one in before.values() for review in one.values())
        for source, found in made:
            otherwise = [one.model_copy(update={"rule": "another", "what": "deployed"}) for one in found.counts]
            library.add(source, found.model_copy(update={"extractor": "another", "counts": tuple(otherwise)}))
        assert {source.id: library.reviews(source.id) for source, _ in made} == before
        assert all(sum(one.added_by is not None for one in library.extraction(s.id).counts) == 1 for s, _ in made)


async def test_a_key_is_for_the_claim_and_a_capital_for_the_source(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        listed = await open_queue(pilot, app)
        desk: ReviewDesk = app.screen.desk
        group = next(one for one in compared(app).groups if len({i.document for i in one.items}) == 2)
        listed.go_to(group, group.items[0].document)
        await pilot.press("A")
        await until(pilot, lambda: sum(len(library.reviews(s.id)) for s, _ in (patrol(), report())) == 1)
        assert desk.waits(group)
        listed.go_to(group, group.items[0].document)
        await pilot.press("r")
        await until(pilot, lambda: sum(len(library.reviews(s.id)) for s, _ in (patrol(), report())) == 2)
        assert not desk.waits(group)
        assert "✘" in screen_text(app)
        await pilot.press("u")
        await until(pilot, lambda: desk.waits(group) or desk.state(desk.members(group)) != "rejected")


async def test_a_reason_is_kept_with_who_gave_it(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        listed = await open_queue(pilot, app)
        members = app.screen.desk.members(listed.group)
        await pilot.press("n", *"seen twice", "enter")
        await until(pilot, lambda: all(m.fact.key in library.reviews(m.source_id) for m in members))
        kept = [library.reviews(member.source_id)[member.fact.key] for member in members]
        assert {(one.state, one.note) for one in kept} == {("unsure", "seen twice")}
        assert all(one.by and one.edited is None for one in kept)


DOCUMENTS = [patrol(), report()]
FACTS = [
    (source.id, fact.key.partition(":")[0], fact.key)
    for source, found in DOCUMENTS
    for fact in (*found.counts, *found.quotes, *found.participants)
]


@settings(max_examples=25)
@given(
    st.lists(
        st.sampled_from(["unreviewed", "accepted", "rejected", "unsure"]), min_size=len(FACTS), max_size=len(FACTS)
    )
)
def test_no_verdict_changes_whom_anything_is_from(states: list[str]) -> None:
    reviews: dict[str, dict[str, Review]] = {}
    for (source, kind, key), state in zip(FACTS, states, strict=True):
        made = Review(source_id=source, kind=kind, key=key, state=state)  # type: ignore[arg-type]
        reviews.setdefault(source, {})[key] = made
    plain = {_place(g, i): i.origin for g in compare_reviewed(DOCUMENTS, {}).groups for i in g.items}
    after = compare_reviewed(DOCUMENTS, reviews).groups
    assert all(plain[_place(group, item)] == item.origin for group in after for item in group.items)
    if "rejected" not in states:
        assert after == compare_reviewed(DOCUMENTS, {}).groups


def _place(group: Any, item: Any) -> tuple[str, str, str, int, int]:
    return group.kind, group.claim, item.document, item.start, item.end


async def test_what_belongs_together_is_said_by_key_and_taken_back(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        listed = await open_queue(pilot, app)

        def two() -> Any:
            return next(g for g in compared(app).groups if g.kind == "count" and len(g.items) == 2)

        def fresh(before: Any) -> bool:
            return isinstance(app.screen, ClaimsScreen) and app.screen is not before and app.screen.is_running

        before, origins = app.screen, two().origins
        listed.go_to(two(), two().items[0].document)
        assert origins == 2
        await pilot.press("o")
        await until(pilot, lambda: fresh(before))
        assert two().origins == 1
        assert [edit.action for edit in library.claim_edits.all()] == ["join origins"]
        before = app.screen
        await pilot.press("U")
        await until(pilot, lambda: fresh(before))
        assert two().origins == 2
        assert library.claim_edits.all() == []
        before, place = app.screen, two().items[0].document
        app.screen.query_one(ClaimList).go_to(two(), place)
        event = two().event
        await pilot.press("m", "end", "enter")
        await until(pilot, lambda: fresh(before))
        assert [edit.action for edit in library.claim_edits.all()] == ["move"]
        assert two().event != event


async def test_an_event_is_split_by_key_and_joined_again(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        listed = await open_queue(pilot, app)
        shared = next(g for g in compared(app).groups if g.kind == "count" and len(g.items) == 2)
        (event,) = (one for one in compared(app).events if one.id == shared.event)
        assert len(event.documents) == 2

        def together() -> list[Any]:
            return [g for g in compared(app).groups if g.claim == shared.claim and len(g.items) == 2]

        before = app.screen
        listed.go_to(shared, shared.items[0].document)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await settle(pilot)
        assert "Which source reports another event" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClaimsScreen) and app.screen is not before)
        await settle(pilot)
        (edit,) = library.claim_edits.all()
        assert [place.source_id for place in edit.places][:1] == [shared.items[0].document]
        assert together() == []
        before = app.screen
        await pilot.press("U")
        await until(pilot, lambda: isinstance(app.screen, ClaimsScreen) and app.screen is not before)
        await settle(pilot)
        assert library.claim_edits.all() == []
        assert len(together()) == 1


async def test_the_scope_is_said_and_changed_by_a_key(library: Library, reading: Reading) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("space", "down", "space")
        await open_queue(pilot, app)
        assert "Compare 2 sources · marked" in screen_text(app)
        before = app.screen
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, ClaimsScreen) and app.screen is not before)
        await settle(pilot)
        assert "marked" not in screen_text(app).splitlines()[1]


async def test_enter_goes_to_the_passage_and_one_comes_back_to_the_same_claim(
    library: Library, reading: Reading
) -> None:
    async with reading(library) as (app, pilot):
        await pilot.press("equals_sign")
        await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))
        await settle(pilot)
        listed = app.screen.query_one(ClaimList)
        await pilot.press("down", "down")
        said = listed.current()
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, ClaimsScreen))
        await until(pilot, lambda: app.main.state.source and app.main.state.source.id == said.document)
        await settle(pilot)
        await pilot.press("equals_sign")
        await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))
        await settle(pilot)
        again = app.screen.query_one(ClaimList).current()
        assert (again.document, again.start) == (said.document, said.start)


async def test_a_grade_is_given_by_key_and_one_needs_two_origins(
    library: Library, reading: Reading, tmp_path: Any
) -> None:
    kept = load(tmp_path / "config.toml", environ={})
    async with reading(library, kept=kept) as (app, pilot):
        listed = await open_queue(pilot, app)
        group = next(g for g in compared(app).groups if g.kind == "count" and len(g.items) == 1)
        listed.go_to(group, group.items[0].document)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await settle(pilot)
        shown = screen_text(app)
        assert "B  usually reliable" in shown
        assert "2  probably true" in shown
        assert "1  confirmed" not in shown
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ClaimsScreen))
        await settle(pilot)
        written = (tmp_path / "grades.toml").read_text(encoding="utf-8")
        assert '"Norland Gazette" = "B"' in written
        assert "B6" in screen_text(app)


def test_the_file_of_grades_keeps_what_else_stands_in_it(tmp_path: Any) -> None:
    path = tmp_path / "grades.toml"
    path.write_text('# mine\n[publishers]\n"Norland Gazette" = "C"  # so far\n', encoding="utf-8")
    assert give_grade(path, "publishers", "norland gazette", "A").publishers == {"Norland Gazette": "A"}
    assert give_grade(path, "items", "abcdef12:3-9", "2").items == {"abcdef12:3-9": "2"}
    text = path.read_text(encoding="utf-8")
    assert text.startswith('# mine\n[publishers]\n"Norland Gazette" = "A"')
    assert "so far" in text
    with pytest.raises(GradeError, match="none of"):
        give_grade(path, "sources", "abcdef12", "Z")
    assert path.read_text(encoding="utf-8") == text
    assert give_grade(path, "publishers", "Norland Gazette", None).publishers == {}


async def test_grades_are_given_in_every_pane_even_of_one_source(tmp_path: Any, reading: Reading) -> None:
    kept = load(tmp_path / "config.toml", environ={})
    with Library.open(tmp_path / "one.db") as one:
        source, found = patrol()
        one.add(source, found)
        async with reading(one, kept=kept) as (app, pilot):
            await pilot.press("1", "R")
            await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
            await settle(pilot)
            assert "B  usually reliable" in screen_text(app)
            assert "This statement" not in screen_text(app)
            await pilot.press("down", "enter")
            await until(pilot, lambda: (tmp_path / "grades.toml").exists())
            await pilot.press("3", "R")
            await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
            await settle(pilot)
            shown = screen_text(app)
            assert "This statement: Two Kestrel patrol boats" in shown
            assert "1  confirmed" not in shown  # from one origin nothing is confirmed
            await pilot.press("G", "k", "k", "enter")
            await until(pilot, lambda: "[items]" in (tmp_path / "grades.toml").read_text(encoding="utf-8"))
    start = found.counts[0].start
    text = (tmp_path / "grades.toml").read_text(encoding="utf-8")
    assert '"Norland Gazette" = "B"' in text
    assert f'"{source.id}:{start}-{found.counts[0].end}" = "4"' in text
