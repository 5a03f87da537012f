"""The reader, the command and the brief say the same of every claim; a verdict changes no origin."""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

import pytest

from briefing.cli.briefs.compare_command import comparison_json
from briefing.export import Selection, compare_reviewed, compose
from briefing.model.facts import Extraction
from briefing.model.review import Review
from briefing.model.source import Source
from briefing.tui.agreement import Standings, comparison_of

Document = tuple[Source, Extraction]
Place = tuple[str, str, int, int]
SEEDS = Path(__file__).parents[2] / "seeds"

STORM = "Storm over the bay\n\n"
PILE = [
    f"{STORM}Three tugs of the Norland Navy left Port Alder. “We will bring them all home,” Capt. Ada Lind said.",
    f"{STORM}Norland sent three tugs from Port Alder, the navy said. “We will bring them all home,” Lind said.",
    f"{STORM}Four tugs of the Norland Navy left Port Alder. “We will bring everybody home,” Capt. Ada Lind said.",
    f"{STORM}Several tugs of the Norland Navy left Port Alder on Friday.",
]


@pytest.fixture
def pile(document) -> list[Document]:
    """Four reports that agree, differ, alter a quotation and give no number."""
    made = []
    words = ["Three tugs", "three tugs", "Four tugs", "Several tugs"]
    quotes = ["We will bring them all home,", "We will bring them all home,", "We will bring everybody home,", None]
    for n, (text, counted, quoted) in enumerate(zip(PILE, words, quotes, strict=True)):
        low = {"T": 3, "t": 3, "F": 4, "S": None}[counted[0]]
        made.append(
            document(
                text,
                path=f"r{n}.txt",
                publisher=f"Gazette {n}",
                published=date(2025, 7, 12 + n),
                counts=[(counted, low, "tug", "Norland Navy", {"category": "ship", "approx": low is None})],
                quotes=[(quoted, "Ada Lind")] if quoted else [],
                participants=[("Lind", "Ada Lind", "person", {"core": True})] if quoted else [],
                mentions=[("Port Alder", "PLACE", "Port Alder")],
            )
        )
    return made


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    """The shipped samples, with the facts that the program finds in them."""
    from briefing.library import Library

    path = tmp_path_factory.mktemp("samples") / "library.db"
    command = [sys.executable, "-m", "briefing", "add", str(SEEDS), "--library", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    with Library.open(path) as library:
        return [(library.source(row.id), library.extraction(row.id)) for row in library.sources(order="added")]


def in_the_reader(documents: Sequence[Document], reviews: dict) -> dict[Place, str]:
    standings = Standings(comparison_of(documents, reviews))
    found = {}
    for source, extraction in documents:
        for fact in (*extraction.counts, *extraction.quotes):
            if (group := standings.group_of(source.id, fact)) is not None:
                found[fact.key.partition(":")[0], source.id, fact.start, fact.end] = group.status
    return found


def in_the_command(documents: Sequence[Document], reviews: dict) -> dict[Place, str]:
    made = comparison_json(compare_reviewed(documents, reviews), {source.id: source.id for source, _ in documents})
    return {
        (group["kind"], item["document"], item["start"], item["end"]): group["status"]
        for group in json.loads(json.dumps(made))["groups"]
        for item in group["items"]
        if group["kind"] in {"count", "quote"}
    }


def in_the_brief(documents: Sequence[Document], reviews: dict) -> dict[Place, str]:
    comparison = compare_reviewed(documents, reviews)
    brief = compose(Selection(tuple(documents), date(2025, 8, 1), reviews=reviews, comparison=comparison))
    status = {(claim.kind, tuple(sorted(claim.sources)), claim.claim): claim.status for claim in brief.claims}
    number = {source.id: n for n, (source, _) in enumerate(documents, start=1)}
    found = {}
    for group in comparison.groups:
        if group.kind in {"count", "quote"}:
            sources = tuple(sorted({number[item.document] for item in group.items}))
            for item in group.items:
                found[group.kind, item.document, item.start, item.end] = status[group.kind, sources, group.claim.line()]
    return found


def rejections(documents: Sequence[Document], seed: int) -> dict[str, dict[str, Review]]:
    """Some verdicts of each sort."""
    random = Random(seed)
    reviews: dict[str, dict[str, Review]] = {}
    for source, extraction in documents:
        for fact in (*extraction.counts, *extraction.quotes, *extraction.participants):
            state = random.choice(["accepted", "rejected", "unreviewed"])
            kind = fact.key.partition(":")[0]
            verdict = Review(source_id=source.id, kind=kind, key=fact.key, state=state)
            reviews.setdefault(source.id, {})[fact.key] = verdict
    return reviews


@pytest.mark.parametrize("which", ["pile", "samples"])
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_reader_command_and_brief_agree(which: str, seed: int | None, request: pytest.FixtureRequest) -> None:
    documents = request.getfixturevalue(which)
    reviews = rejections(documents, seed) if seed is not None else {}
    reader, command = in_the_reader(documents, reviews), in_the_command(documents, reviews)
    brief = in_the_brief(documents, reviews)
    assert command == brief
    assert reader
    assert {place: command[place] for place in reader} == reader
    if seed is None:
        assert len(set(command.values())) > 1


@pytest.mark.parametrize("seed", range(20))
def test_a_verdict_changes_no_origin(pile: list[Document], seed: int) -> None:
    before = {
        (group.kind, item.document, item.start, item.end): item.origin
        for group in compare_reviewed(pile, {}).groups
        for item in group.items
    }
    after = compare_reviewed(pile, rejections(pile, seed))
    for group in after.groups:
        for item in group.items:
            assert before[group.kind, item.document, item.start, item.end] == item.origin
        assert group.origins <= len({item.origin for item in group.items})


def test_accepting_changes_nothing(pile: list[Document]) -> None:
    source, extraction = pile[0]
    key = extraction.counts[0].key
    accepted = {source.id: {key: Review(source_id=source.id, kind="count", key=key, state="accepted")}}
    assert compare_reviewed(pile, accepted) == compare_reviewed(pile, {})


def test_what_was_rejected_is_in_no_claim(pile: list[Document]) -> None:
    source, extraction = pile[2]
    key = extraction.counts[0].key
    rejected = {source.id: {key: Review(source_id=source.id, kind="count", key=key, state="rejected")}}
    counts = [group for group in compare_reviewed(pile, rejected).groups if group.kind == "count"]
    assert source.id not in {item.document for group in counts for item in group.items}
    assert "differ" not in {group.status for group in counts}


def test_a_correction_is_compared_as_corrected(pile: list[Document]) -> None:
    source, extraction = pile[2]
    key = extraction.counts[0].key
    edited = Review(source_id=source.id, kind="count", key=key, state="edited", edited={"low": 3, "high": 3})
    values = {
        item.value: group.status
        for group in compare_reviewed(pile, {source.id: {key: edited}}).groups
        if group.kind == "count"
        for item in group.items
    }
    assert "4" not in values
    assert values["3"] == "less_precise"
