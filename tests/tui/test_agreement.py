"""The words and signs of a comparison beside a fact."""

import pytest

from briefing.model.agreement import Agreement, ClaimItem
from briefing.tui.agreement import _standing


def claim(status: str, *values: str, origins: int = 9, kind: str = "count") -> Agreement:
    items = [ClaimItem(document=str(n), start=n, end=n + 1, value=value) for n, value in enumerate(values)]
    return Agreement.model_validate(
        {"kind": kind, "status": status, "claim": "c", "origins": origins, "items": items, "silent": ["x"]}
    )


@pytest.mark.parametrize(
    ("values", "document", "text"),
    [
        (["2", "2", "2"], "0", "✓ 3 sources"),
        (["2", "2", "B-52H"], "0", "≈ less precise in 1"),
        (["2", "2", "B-52H"], "2", "≈ more precise in 2"),
        (["300+", "about 310", "300+"], "0", "≈ put otherwise in 1"),
        (["25,000–30,000", "up to 30,000"], "1", "≈ put otherwise in 1"),
    ],
)
def test_counts_that_agree(values: list[str], document: str, text: str) -> None:
    assert _standing(claim("agree", *values), document).text == text


def test_origins_are_told_where_they_are_fewer() -> None:
    assert _standing(claim("agree", "2", "2", "2", origins=1), "0").text == "✓ 3 sources, 1 origin"


def test_other_states() -> None:
    assert _standing(claim("differ", "2", "3"), "0").text == "≠ sources differ"
    assert _standing(claim("altered", "a", "b", kind="quote"), "0").text == "~ words altered"
    assert _standing(claim("single", "2"), "0").text == "○ silent in 1"
