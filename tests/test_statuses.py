"""How the items of a claim make its status, the one place where that is decided."""

import pytest

from briefing.model.agreement import Agreement, ClaimItem
from briefing.model.days import date_relation, interval
from briefing.model.statuses import GRAVITY, SIGNS, Status, group_of, narrowed, status_of, words_of


def amounts(*values: object) -> list[ClaimItem]:
    """One item a document: a number, (low, high), None for an amount without a number; "9!" is a superseded 9."""
    items = []
    for number, value in enumerate(values):
        moved = isinstance(value, str)
        plain = int(str(value).rstrip("!")) if moved else value
        low, high = plain if isinstance(plain, tuple) else (plain, plain)
        items.append(
            ClaimItem(document=f"d{number}", start=0, end=1, value="x", low=low, high=high, superseded=moved)  # type: ignore[arg-type]
        )
    return items


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ((4, 4), "agree"),
        ((4, 5), "differ"),
        ((60, (60, None)), "compatible"),
        ((92, (None, 100)), "compatible"),
        (((300, None), 5000), "differ"),
        (((130, None), (140, None)), "differ"),
        ((4, None), "less_precise"),
        ((None, None), "agree"),
        (("9!", 14), "later"),
        (("9!", 14, 15), "differ"),
        ((4, None, 5), "differ"),
    ],
)
def test_counts(values: tuple[object, ...], status: Status) -> None:
    assert status_of("count", amounts(*values)) == status


@pytest.mark.parametrize(("exact", "status"), [(64, "compatible"), (60, "compatible"), (90, "differ")])
def test_a_rounded_number_fits_what_it_was_rounded_from(exact: int, status: Status) -> None:
    one, rounded = amounts(exact, 60)
    assert status_of("count", [one, rounded.model_copy(update={"approx": True})]) == status


@pytest.mark.parametrize(
    ("values", "status"),
    [((3, 3), "agree"), ((3, 4), "differ"), ((3, (2, None)), "compatible"), ((1, (2, None)), "differ")],
)
def test_ranks(values: tuple[object, ...], status: Status) -> None:
    assert status_of("ordinal", amounts(*values)) == status


@pytest.mark.parametrize(
    ("one", "two", "status"),
    [
        ("2031-05-02", "2031-05-02", "agree"),
        ("2031-05-02", "2031-05", "less_precise"),
        ("2031-04-28/2031-05-04", "2031-05-02", "less_precise"),
        ("2031-05-02", "2031-05-03", "differ"),
        ("2031", "2030-12-31", "differ"),
    ],
)
def test_dates(one: str, two: str, status: Status) -> None:
    assert date_relation(one, two) == date_relation(two, one) == status


def test_an_interval_is_written_as_short_as_it_can_be() -> None:
    from datetime import date

    assert interval(date(2031, 2, 1), date(2031, 2, 28)) == "2031-02"
    assert interval(date(2031, 1, 1), date(2031, 12, 31)) == "2031"
    assert interval(date(2031, 2, 3), date(2031, 2, 3)) == "2031-02-03"
    assert interval(date(2031, 2, 3), date(2031, 2, 5)) == "2031-02-03/2031-02-05"


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (("Joao Prata", "João Prata"), "agree"),
        (("Kim Jong Un", "Kim Jong-un"), "agree"),
        (("Tanaka Ichiro", "Ichiro Tanaka"), "agree"),
        (("Gen. Orla Finch", "Orla Finch"), "agree"),
        (("Kiev", "Kyiv"), "agree"),
        (("Norwell", "Norwell Air Base"), "agree"),
        (("Orla Finch", "Orla Fynch"), "spelling"),
    ],
)
def test_names(names: tuple[str, str], status: Status) -> None:
    items = [ClaimItem(document=name, start=0, end=1, value=name) for name in names]
    assert status_of("name", items) == status


def test_the_gravest_form_of_a_quotation_stands() -> None:
    forms = ("original", "verbatim", "shortened", "altered", "reattributed")
    items = [ClaimItem(document=form, start=0, end=1, value="x", form=form) for form in forms]
    assert [status_of("quote", items[:n]) for n in range(1, 6)] == [
        "single", "verbatim", "shortened", "altered", "reattributed",
    ]  # fmt: skip


def test_every_status_has_sign_words_and_group() -> None:
    for status in GRAVITY:
        assert SIGNS[status]
        assert words_of("count", status)
        assert group_of(status) in {"contrast", "agreed", "single"}
    assert set(GRAVITY) == set(SIGNS)


def test_what_a_review_takes_away_changes_no_origin_of_the_rest() -> None:
    letters = ("A", "A", "B", "C")
    items = tuple(
        item.model_copy(update={"origin": letter}) for item, letter in zip(amounts(4, 4, 4, 5), letters, strict=True)
    )
    group = Agreement(kind="count", status="differ", claim="boat", origins=3, items=items)
    assert narrowed(group, items) is group
    kept = narrowed(group, items[:3])
    assert (kept.status, kept.origins, [item.origin for item in kept.items]) == ("agree", 2, ["A", "A", "B"])
    assert (narrowed(group, items[:2]).status, narrowed(group, items[:2]).origins) == ("agree", 1)
    assert narrowed(group, items[:1]).status == "single"
