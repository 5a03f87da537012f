"""A claim has one status in comparison, command, reader and brief, and no review moves an origin."""

import re
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.briefs.compare_command import comparison_json
from briefing.compare import compare
from briefing.export.compose import compose
from briefing.export.selection import Selection
from briefing.export.verdicts import compare_reviewed
from briefing.model.agreement import Comparison
from briefing.model.facts import Count, Extraction, Mention, Quote
from briefing.model.review import Review
from briefing.model.source import Source
from briefing.model.statuses import status_of
from briefing.tui.agreement import TONES, Standings

LEAD = "The ferry Old Waverley ran aground near Port Alder on Wednesday."
SAID = "Nobody had seen the reef, and nobody will say who moved the light on the mole"
TEXTS = {
    "office": f"The wreck\n\n{LEAD} Nine people died, the harbour office said. Two trawlers came. “{SAID}”, it wrote.",
    "wire": f"The wreck\n\n{LEAD} Nine people died, the harbour office said. Trawlers came. “{SAID}”, it wrote.",
    "paper": f"A wreck\n\n{LEAD} The mayor spoke of 12 people dead. Four trawlers came. "
    f"“{SAID.replace('reef', 'rock')}”",
    "late": f"A wreck\n\n{LEAD} Nine people died. Two trawlers came. The Old Waverly was old.",
}
AMOUNTS = {"Nine people": 9, "12 people": 12, "Two trawlers": 2, "Four trawlers": 4, "Trawlers": None}


def source(name: str, text: str) -> tuple[Source, Extraction]:
    """A source with the counts, names and quotation that stand in its text."""
    counts = []
    for words, number in AMOUNTS.items():
        for match in re.finditer(rf"\b{words}\b", text):
            item, category = ("person", "personnel") if "people" in words else ("trawler", "ship")
            counts.append(
                Count(
                    start=match.start(), end=match.end(), evidence=words, low=number, high=number, item=item,
                    category=category,  # type: ignore[arg-type]
                )
            )  # fmt: skip
    kinds = {"Old Waverley": "SHIP", "Old Waverly": "SHIP", "Port Alder": "PLACE"}
    mentions = [
        Mention(start=match.start(), end=match.end(), text=words, name=words, type=kind)  # type: ignore[arg-type]
        for words, kind in kinds.items()
        for match in re.finditer(rf"\b{words}\b", text)
    ]
    quotes = [Quote(start=m.start(1), end=m.end(1), text=m[1]) for m in re.finditer("“([^”]*)”", text)]
    found = Extraction(
        source_id=name,
        extractor="t",
        counts=tuple(sorted(counts, key=lambda count: count.start)),
        mentions=tuple(mentions),
        quotes=tuple(quotes),
        sentences=tuple(match.span() for match in re.finditer(r"\S[^.\n]*[.\n]?", text)),
    )
    return Source(id=name, path=f"{name}.txt", title=name, text=text, published=date(2031, 5, 14)), found


@pytest.fixture(scope="module")
def documents() -> list[tuple[Source, Extraction]]:
    return [source(name, text) for name, text in TEXTS.items()]


@pytest.fixture(scope="module")
def comparison(documents: list[tuple[Source, Extraction]]) -> Comparison:
    return compare(documents)


def test_there_is_something_to_compare(comparison: Comparison) -> None:
    assert {group.status for group in comparison.groups} >= {"differ", "altered", "spelling", "agree"}


def test_the_status_is_what_the_items_make(comparison: Comparison) -> None:
    for group in comparison.groups:
        assert group.status == status_of(group.kind, group.items, group.status), group.claim


def test_command_reader_and_brief_say_the_same(
    documents: list[tuple[Source, Extraction]], comparison: Comparison
) -> None:
    said = [(group.kind, group.claim, group.status) for group in comparison.groups]
    shown = comparison_json(comparison, {name: name for name in TEXTS})["groups"]
    assert [(group["kind"], group["claim"], group["status"]) for group in shown] == said
    standings = Standings(comparison)
    of_fact = defaultdict(set)
    for group in comparison.groups:
        for item in group.items:
            of_fact[group.kind, item.document, item.start].add(group.status)
    for text, found in documents:
        for fact in (*found.counts, *found.quotes):
            group_of_fact = standings.group_of(text.id, fact)
            standing = standings.of(text.id, fact)
            assert group_of_fact is not None
            assert standing is not None
            kind = fact.key.partition(":")[0]
            assert of_fact[kind, text.id, fact.start] == {group_of_fact.status}
            copied = standing.tone == "copied" and TONES[group_of_fact.status] == "agree"
            assert standing.tone == TONES[group_of_fact.status] or copied
    brief = compose(Selection(tuple(documents), date(2031, 6, 1), comparison=comparison))
    told = [(claim.kind, claim.status, claim.origins) for claim in brief.claims if claim.status != "single"]
    ours = [
        (g.kind, g.status, g.origins) for g in comparison.groups if g.status != "single" and g.kind != "participant"
    ]
    assert sorted(told) == sorted(ours)


@given(st.data())
def test_no_review_moves_an_origin(data: st.DataObject) -> None:
    pile = [source(name, text) for name, text in TEXTS.items()]
    before = {
        (group.kind, item.document, item.start): (number, item.origin, item.asserted_by)
        for number, group in enumerate(compare(pile).groups)
        for item in group.items
    }
    reviews = {
        text.id: {
            fact.key: Review(source_id=text.id, kind=kind, key=fact.key, state=state)  # type: ignore[arg-type]
            for kind, facts in (("count", found.counts), ("quote", found.quotes))
            for fact in facts
            if (state := data.draw(st.sampled_from(["unreviewed", "accepted", "rejected"]))) != "unreviewed"
        }
        for text, found in pile
    }
    for group in compare_reviewed(pile, reviews).groups:
        places = [(group.kind, item.document, item.start) for item in group.items]
        assert [item.origin for item in group.items] == [before[place][1] for place in places]
        assert len({before[place][0] for place in places}) == 1
        assert group.origins == len({item.origin for item in group.items})
