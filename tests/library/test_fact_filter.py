"""Asking a library for facts."""

from typing import get_args

import pytest

from briefing.cli.options import CATEGORIES
from briefing.library import Library
from briefing.library.search.fact_filter import FactFilter
from briefing.model.facts import Category, Count, Extraction, Participant, Quote

from .made import make_extraction, make_source


def count(low: int | None, high: int | None, item: str = "oil tanker", operator: str | None = "Iran") -> Count:
    return Count(start=0, end=4, evidence="Some", low=low, high=high, item=item, category="ship", operator=operator)


@pytest.mark.parametrize(
    ("wanted", "fact", "holds"),
    [
        (FactFilter(item="tanker"), count(2, 2), True),
        (FactFilter(item="Oil Tankers"), count(2, 2), True),
        (FactFilter(item="tank"), count(2, 2), False),
        (FactFilter(item="oil", operator="iraq"), count(2, 2), False),
        (FactFilter(operator="iran"), count(2, 2, operator=None), False),
        (FactFilter(at_least=100), count(301, None), True),
        (FactFilter(at_least=10), count(None, 20), False),
        (FactFilter(at_most=20), count(None, 20), True),
        (FactFilter(at_most=20), count(5, None), False),
        (FactFilter(at_least=2, at_most=4), count(2, 4), True),
        (FactFilter(category="aircraft"), count(2, 2), False),
        (FactFilter(name="tanker"), count(2, 2), False),
        (FactFilter(name="caine"), Participant(name="Dan Caine", kind="person"), True),
        (FactFilter(speaker="caine"), Participant(name="Dan Caine", kind="person"), False),
        (FactFilter(speaker="caine"), Quote(start=0, end=1, text="a", speaker="Dan Caine"), True),
        (FactFilter(speaker="caine"), Quote(start=0, end=1, text="a"), False),
        (FactFilter(item="…"), count(2, 2), False),
    ],
)
def test_a_fact_is_wanted_where_all_that_is_asked_of_its_kind_holds(
    wanted: FactFilter, fact: Count | Participant | Quote, holds: bool
) -> None:
    assert wanted.holds(fact) is holds


def test_the_newest_sources_come_first_and_others_not_at_all(library: Library) -> None:
    made = [make_source(f"Text {n}. Some", published=f"2025-07-{n + 10}") for n in range(6)]
    for n, source in enumerate(made):
        facts = (count(n, n),) if n % 2 else ()
        library.add(source, Extraction(source_id=source.id, extractor="f", counts=facts))
    assert [row.id for row in library.with_facts(FactFilter(item="tanker", at_least=2))] == [made[5].id, made[3].id]


def test_a_fact_that_was_corrected_is_found_by_what_it_says_now(library: Library) -> None:
    source = make_source("Two boats came. Some")
    found = Extraction(source_id=source.id, extractor="f", counts=(count(2, 2, "boat"),))
    library.add(source, found)
    library.review(source.id, "count", found.counts[0].key, "edited", {"item": "frigate"})
    assert [row.id for row in library.with_facts(FactFilter(item="frigate"))] == [source.id]


def test_nothing_of_a_source_that_was_removed_is_left_in_the_table(library: Library) -> None:
    source = make_source("Two Xyzzies came over Guam. Some")
    library.add(source, make_extraction(source).model_copy(update={"counts": (count(2, 2, "xyzzy"),)}))
    library.remove(source.id)
    assert list(library.with_facts(FactFilter(item="xyzzy"))) == []
    assert b"xyzzy" not in library.path.read_bytes().lower()


def test_the_categories_of_the_option_are_those_of_counts() -> None:
    assert get_args(Category) == CATEGORIES
