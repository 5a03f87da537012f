"""What the first lines state, and what they only seem to state."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.sources.opening import read_opening, shorten, with_title

BODY = "The patrol left harbour on Friday and came back on Sunday with nothing to report, the navy said in a note."


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By Jane Doe and John R. Smith, Stars of the Sea", "Jane Doe and John R. Smith"),
        ("by Ludwig van der Rohe | 12 July 2025", "Ludwig van der Rohe"),
        ("BY JANE DOE, STAFF WRITER", "JANE DOE"),
        ("Author: Jane Doe", "Jane Doe"),
        ("By The Associated Press", None),
        ("By Land and Sea", None),
        ("By Order of the King", None),
        ("By Friday the patrol was back in its harbour.", None),
    ],
)
def test_author(line: str, author: str | None) -> None:
    assert read_opening(f"A title\n\n{line}\n\n{BODY}").author == author


@pytest.mark.parametrize(
    "line",
    [
        "Saturday, July 12, 2025", "Published: 12 July 2025", "Posted by the press desk, 12 July 2025",
        f"SEOUL, July 12, 2025 (Sample Wire) - {BODY}", f"PORT VICTORIA, Seychelles (July 12, 2025) – {BODY}",
        "Larnholm Courier, 12 July 2025", "12 July 2025 | Sample Wire",
        f"WASHINGTON, Jul. 12, 2025 -- {BODY}", "By Jane Doe | July 12, 2025", "Date: Sat, 12 Jul 2025",
    ],
)  # fmt: skip
def test_published(line: str) -> None:
    assert read_opening(f"A title\n\n{line}\n\n{BODY}").published == date(2025, 7, 12)


@pytest.mark.parametrize(
    "line",
    [
        "Updated: 12 July 2025", "— Name (@handle) July 12, 2025", "June 30, 2019: the minister crossed the border",
        "On 12 July 2025 the patrol left.", "Battle of Larnholm Sound, 4 June 1942",
        "Iron Post, 12 July 2025, day 3", f"WARSAW, May 13 (Sample Wire) - {BODY}",
    ],
)  # fmt: skip
def test_not_published(line: str) -> None:
    assert read_opening(f"A title\n\n{line}\n\n{BODY}").published is None


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Source: Sample Wire", "Sample Wire"),
        ("Source: https://example.org/a", None),
        (f"WARSAW, May 13 (Sample Wire) - {BODY}", "Sample Wire"),
        (f"HEMPSTEAD, N.Y., Sept. 26 (UPX) — {BODY}", "UPX"),
        (f"CAPE TOWN (XP) — {BODY}", "XP"),
        (f"The Navy (again) – {BODY}", None),
        ("Larnholm Courier, 12 July 2025", "Larnholm Courier"),
        ("The Daily Signal | July 12, 2025", "The Daily Signal"),
        ("12 July 2025 · Norland Ministry of Defence", "Norland Ministry of Defence"),
        ("Reuters – Saturday, 12 July 2025", "Reuters"),
        ("The fleet left the Navy yard, 12 July 2025", None),
    ],
)
def test_publisher(line: str, publisher: str | None) -> None:
    assert read_opening(f"A title\n\n{line}\n\n{BODY}").publisher == publisher


def test_a_heading_with_brackets_is_no_dateline() -> None:
    opening = read_opening(f"Old Bombers (Stratofortress) - a retrospect\n\n{BODY}")
    assert opening.publisher is None
    assert opening.title == "Old Bombers (Stratofortress) - a retrospect"


def test_labels_before_the_title() -> None:
    opening = read_opening(f"Source: Sample Wire\nDate: 12 July 2025\n\nA title\n\n{BODY}")
    assert (opening.title, opening.publisher, opening.published) == ("A title", "Sample Wire", date(2025, 7, 12))
    assert read_opening("Subject: A title\n\nBy now all is well.").title == "A title"


def test_labels_inside_the_body_state_nothing() -> None:
    assert read_opening(f"A title\n\n{BODY} {BODY}\n\nSource: Sample Wire").publisher is None


@given(st.text(), st.integers(5, 200))
def test_shortened_at_a_space(line: str, limit: int) -> None:
    short = shorten(line, limit)
    assert len(short) <= limit
    assert short == line.strip() or short.endswith("…")


def test_shortened_between_words() -> None:
    assert shorten("alpha beta gamma delta", 12) == "alpha beta…"


@pytest.mark.parametrize("line", ["A-" * 5000, "Aa " * 5000, "By " + "Aa, " * 5000, "july 1 " * 5000, "A.A, " * 5000])
@pytest.mark.timeout(60)  # what backtracks in these takes hours
def test_repetition_is_no_trap(line: str) -> None:
    read_opening(f"t\n{line}\n" + f"{line[:150]}\n" * 12)


def test_title_stands_first_once() -> None:
    assert with_title("A  title", "Some text") == "A title\n\nSome text"
    assert with_title("A Title", "By Jane Doe\n\nA title!\n\nSome text").startswith("By Jane")
    assert with_title(None, "Some text") == with_title("—", "Some text") == "Some text"


@given(st.text())
def test_never_fails(text: str) -> None:
    read_opening(text)
