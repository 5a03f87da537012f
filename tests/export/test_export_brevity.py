"""A brief says each thing once: who says so, what nobody counts, persons under several spellings, long timelines."""

from datetime import date

from made_briefs import item

from briefing.compare import compare
from briefing.export import Selection, render
from briefing.export.cited import read_notes
from briefing.model.agreement import Agreement, ClaimItem, Comparison
from briefing.model.event import Event
from briefing.model.safetext import SafeText

DAY = date(2025, 8, 1)


def pair(document, first: str = "Three boats left.", second: str = "Boats left, the wing said.", third: str = "Boats."):
    """Three sources, of which only the first has a number."""
    texts = (first, second, third)
    words = ("Three boats", "Boats", "Boats")
    return tuple(
        document(text, counts=[(word, 3 if n == 0 else None, "boat")], path=f"{n}.txt")
        for n, (text, word) in enumerate(zip(texts, words, strict=True))
    )


def chosen(documents, *, asserted: str | None = None, event: str | None = None, events=()) -> Selection:
    sources = [source for source, _ in documents]
    facts = [found.counts[0] for _, found in documents]
    items = (
        item(sources[0], facts[0], "3", origin="a", asserted_by=SafeText(asserted) if asserted else None),
        *(
            ClaimItem(
                document=source.id,
                start=fact.start,
                end=fact.end,
                value=SafeText("boats"),
                asserted_by=SafeText("wing"),
            )
            for source, fact in zip(sources[1:], facts[1:], strict=True)
        ),
    )
    group = Agreement(kind="count", status="less_precise", claim=SafeText("boat"), origins=1, items=items, event=event)
    return Selection(tuple(documents), DAY, comparison=Comparison(groups=(group,), near_duplicates=(), events=events))


def test_those_without_a_number_stand_together_and_assert_none(document) -> None:
    text = render(chosen(pair(document), asserted="the ministry"))
    (row,) = [line for line in text.splitlines() if line.startswith("| C1 |")]
    assert "| the ministry |" in row
    assert "wing" not in row
    assert row.count("no number") == 1
    assert row.index("no number: S2 [^2]") < row.index("S3 [^3] |")
    page = render(chosen(pair(document), asserted="the ministry"), "html")
    assert page.count("no number: ") == 1


def test_on_page_one_it_is_said_who_says_so_even_if_nobody_is_named(document) -> None:
    row = next(line for line in render(chosen(pair(document))).splitlines() if line.startswith("| C1 |"))
    assert "| own account |" in row


def test_a_person_under_two_spellings_is_one_line(document) -> None:
    made = [
        document(f"The flight ended, said General {name}, commander of the wing. {more}", path=f"{n}.txt",
                 participants=[(f"General {name}", name, "person", {"role": role, "core": True})])
        for n, (name, role, more) in enumerate(
            [("Gennadi Ershov", "commander of the wing", "One."), ("Gennady Yershov", "commander of the wing", "Two.")]
        )
    ]  # fmt: skip
    spans = []
    for source, found in made:
        (person,) = found.participants
        start, end = person.mentions[0]
        spans.append((source.id, start, end, start + len("General "), str(person.name)))
    groups = [
        Agreement(
            kind="participant", status="single", claim=SafeText(name), origins=1,
            items=(ClaimItem(document=key, start=start, end=end, value=SafeText(name)),),
        )
        for key, start, end, _, name in spans
    ]  # fmt: skip
    spelt = tuple(
        ClaimItem(document=key, start=bare, end=end, value=SafeText(name)) for key, _, end, bare, name in spans
    )
    name = Agreement(kind="name", status="spelling", claim=SafeText("Ershov"), origins=2, items=spelt)
    comparison = Comparison(groups=(*groups, name), near_duplicates=())
    text = render(Selection(tuple(made), DAY, comparison=comparison))
    lines = [
        line
        for line in text.splitlines()
        if "commander of the wing" in line and line.startswith("- **") and not line.startswith("- **S")
    ]
    assert len(lines) == 1
    assert "S1 [^1]; also S2" in lines[0]
    apart = render(Selection(tuple(made), DAY, comparison=comparison.model_copy(update={"groups": tuple(groups)})))
    assert sum("commander of the wing" in line and line.startswith("- **G") for line in apart.splitlines()) == 2


def test_names_that_all_write_alike_are_no_claim(document) -> None:
    made = pair(document)
    items = tuple(ClaimItem(document=s.id, start=0, end=5, value=SafeText("Boats")) for s, _ in made)
    group = Agreement(kind="name", status="agree", claim=SafeText("Boats"), origins=3, items=items)
    text = render(Selection(tuple(made), DAY, comparison=Comparison(groups=(group,), near_duplicates=())))
    assert "**Boats**" not in text.partition("## Notes")[0]


def test_the_timeline_of_very_many_events_has_those_most_told_of(document) -> None:
    documents, groups, events = [], [], []
    for n in range(20):
        words = "Three boats" if n else "Three boats and two tugs"
        counts = [("Three boats", 3, "boat"), *([("two tugs", 2, "tug")] if not n else [])]
        source, found = made = document(
            f"{words} left port {n}. " + "More was said. " * 90, counts=counts, path=f"{n}.txt"
        )
        documents.append(made)
        events.append(
            Event(id=f"e{n}", what=SafeText(f"port {n}"), start_date=f"2025-07-{n + 1:02}", documents=(source.id,))
        )
        groups += [
            Agreement(
                kind="count", status="single", claim=SafeText(str(fact.item)), origins=1, event=f"e{n}",
                items=(item(source, fact, str(fact.low), origin="a"),),
            )
            for fact in found.counts
        ]  # fmt: skip
    comparison = Comparison(groups=tuple(groups), near_duplicates=(), events=tuple(events))
    text = render(Selection(tuple(documents), DAY, comparison=comparison))
    timeline = text.partition("## Timeline")[2].partition("\n## ")[0].strip().splitlines()
    assert len(timeline) == 13
    assert timeline[0] == "- 1 July 2025: port 0 (E1)"
    assert timeline[-1] == "- 8 more events, below in order of time"
    assert all(f"## E{n} port {n - 1}" in text for n in range(1, 21))


def test_sources_as_they_were_listed_before_are_read_too(document) -> None:
    made = pair(document)
    text = render(Selection(made, DAY, comparison=compare(made)))
    before = text.replace(f". {made[0][0].id}\n", f", 3 words. SHA-256 {made[0][0].id}\n")
    assert before != text
    assert read_notes(before, "b.md") == read_notes(text, "b.md")
    assert {note.source.where for note in read_notes(text, "b.md")} == {"0.txt", "1.txt", "2.txt"}
