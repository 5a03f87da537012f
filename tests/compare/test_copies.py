"""Near-equal texts are found, however many there are."""

import random

from hypothesis import given
from hypothesis import strategies as st

from briefing.compare.copies import find_copies

WORDS = [f"word{n}" for n in range(400)]


def _text(seed: int, size: int = 300) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choices(WORDS, k=size))


def test_a_trimmed_copy_with_another_beginning() -> None:
    text = _text(1)
    copy = "Another lead for it. " + " ".join(text.split()[8:240])
    (found,) = find_copies([text, _text(2), copy])
    assert found.members == (0, 2)
    assert 0.8 < found.similarity < 1


def test_case_marks_and_line_breaks_make_no_difference() -> None:
    text = _text(3)
    (found,) = find_copies([text, text.upper().replace(" word1", ",\n\nword1")])
    assert found.similarity > 0.99


def test_texts_on_one_matter_are_no_copies() -> None:
    shared = " ".join(_text(4).split()[:60])
    assert find_copies([f"{shared} {_text(5)}", f"{_text(6)} {shared}", "", "too short"]) == []


def test_many_copies_of_one_text_are_one_group() -> None:
    text = _text(7)
    (found,) = find_copies([f"{text} {_text(100 + n, 20)}" for n in range(60)])
    assert found.members == tuple(range(60))


def test_short_and_long_copies() -> None:
    assert find_copies(["we sail at dawn", "We sail at dawn!"])[0].similarity == 1.0
    long = _text(8, 5000)
    (found,) = find_copies([long, " ".join(long.split()[:4000])])
    assert 0.8 < found.similarity < 0.95


@given(st.lists(st.text(alphabet="ab \n", max_size=30), max_size=6))
def test_never_fails(texts: list[str]) -> None:
    numbers = [number for copies in find_copies(texts) for number in copies.members]
    assert len(numbers) == len(set(numbers))
