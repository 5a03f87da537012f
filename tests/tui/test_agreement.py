"""What a comparison says of one fact, in a sign and a few words."""

from typing import Any

import pytest

from briefing.compare import compare
from briefing.library import Library
from briefing.model.agreement import Agreement, ClaimItem, Comparison
from briefing.tui.agreement import MEANINGS, SIGNS, Standings, comparison_of
from briefing.tui.main_screen.compare import document
from tests.tui.conftest import patrol, report

FACT = patrol()[1].counts[0]
ID = patrol()[0].id


def made(status: Any, origins: int, values: tuple[str, ...], silent: int = 0, kind: Any = "count") -> Comparison:
    items = tuple(
        ClaimItem(
            document=ID if number == 0 else f"other{number}",
            start=FACT.start,
            end=FACT.end,
            value=value,
            low=int(value) if value.isdigit() else None,
            high=int(value) if value.isdigit() else None,
        )
        for number, value in enumerate(values)
    )
    group = Agreement(
        kind=kind,
        status=status,
        claim="boats",
        origins=origins,
        items=items,
        silent=tuple(f"silent{number}" for number in range(silent)),
    )
    return Comparison(groups=(group,), near_duplicates=())


@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        (made("agree", 2, ("2", "2")), "✓ 2 sources"),
        (made("agree", 2, ("2", "2", "2")), "✓ 3 sources, 2 origins"),
        (made("agree", 1, ("2", "2")), "= 2 sources, 1 origin"),
        (made("less_precise", 2, ("2", "several")), "≈ less precise in 1"),
        (made("differ", 2, ("2", "3")), "≠ sources differ"),
        (made("single", 1, ("2",), silent=3), "○ silent in 3"),
        (made("single", 1, ("2",)), "○ only here"),
    ],
)
def test_signs(comparison: Comparison, said: str) -> None:
    standing = Standings(comparison).of(ID, FACT)
    assert standing is not None
    assert standing.text == said


def test_a_fact_that_is_not_spoken_of() -> None:
    assert Standings(made("agree", 2, ("2", "2"))).of(ID, patrol()[1].counts[1]) is None
    assert Standings(made("agree", 2, ("2", "2"))).of("another", FACT) is None


def test_disagreement_is_said_before_agreement() -> None:
    agree, differ = made("agree", 2, ("2", "2")), made("differ", 2, ("2", "3"))
    both = Comparison(groups=(*agree.groups, *differ.groups), near_duplicates=())
    standing = Standings(both).of(ID, FACT)
    assert standing is not None
    assert standing.tone == "differ"


def test_every_sign_has_a_meaning() -> None:
    assert set(SIGNS) == set(MEANINGS)
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_the_comparison_room_is_asked_for_a_few_sources_only() -> None:
    documents = [patrol(), report()]
    assert comparison_of(documents) == compare(documents)
    assert comparison_of(documents[:1]) is None
    assert comparison_of(documents * 40) is None


def test_mentions_in_columns_compare_as_objects_do(library: Library) -> None:
    ids = [row.id for row in library.sources()]
    objects = comparison_of([(library.source(one), library.extraction(one)) for one in ids])
    assert objects == comparison_of([document(library, one) for one in ids])
    assert objects
    assert objects.groups
