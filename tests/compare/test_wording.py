"""Wordings, word by word."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from briefing.compare import diff_words
from briefing.compare.wording import keys, likeness, words

TEXT = st.text(alphabet="abc’'.,- U2%&ßİ\n", max_size=40)


def test_what_makes_no_difference() -> None:
    assert keys("The U.S. Navy’s 1,000 round-the-clock men") == keys("the US navy's 1000 round the clock MEN")
    assert keys("AT&T: 5%") == ("at", "and", "t", "5", "percent")


def test_likeness() -> None:
    assert likeness(keys("We go home today"), keys("we go home, today!")) == 1.0
    assert likeness(keys("We go home today"), keys("they stay")) == 0.0
    assert likeness((), ()) == 0.0


def test_changed_words_are_marked() -> None:
    a = "We are ready to sail inside the hour."
    b = "We are quite ready to sail within an hour"
    changes = [(op, a[slice(*left)], b[slice(*right)]) for op, left, right in diff_words(a, b)]
    assert changes == [
        ("equal", "We are", "We are"),
        ("insert", "", "quite"),
        ("equal", "ready to sail", "ready to sail"),
        ("replace", "inside the", "within an"),
        ("equal", "hour", "hour"),
    ]


def test_deleted_words() -> None:
    assert diff_words("one two three", "one three")[1] == ("delete", (4, 7), (3, 3))


@given(TEXT, TEXT)
def test_a_diff_accounts_for_every_word(a: str, b: str) -> None:
    changes = diff_words(a, b)
    for side, text in ((1, a), (2, b)):
        spans = [change[side] for change in changes]
        assert spans == sorted(spans)
        covered = [key for start, end in spans for key in keys(text[start:end])]
        assert len(covered) == len(words(text))
    for op, left, right in changes:
        empty = (left[0] == left[1], right[0] == right[1])
        assert empty == {"insert": (True, False), "delete": (False, True)}.get(op, (False, False))
        if op == "equal":
            assert len(words(a[slice(*left)])) == len(words(b[slice(*right)]))
    joined = [op for op, _, _ in changes]
    assert all("equal" in pair for pair in pairwise(joined))


@given(TEXT)
def test_a_text_equals_itself(text: str) -> None:
    assert [op for op, _, _ in diff_words(text, text)] in ([], ["equal"])
