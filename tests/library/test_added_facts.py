"""Facts that readers added, in another text of their source."""

import pytest

from briefing.library.store.added_facts import found_again, nearest


@pytest.mark.parametrize("name", ["Norland", "Acme Inc.", "U.S.", "(ISC)²"])
def test_names_are_found_again_whatever_they_end_in(name: str) -> None:
    text = f"A {name}, the {name} and no{name}x."
    found = found_again("participant", {"name": name, "aliases": (), "mentions": ()}, text)
    assert found is not None
    assert [text[start:end] for start, end in found["mentions"]] == [name, name]


def test_words_are_found_where_they_are_nearest() -> None:
    text = "four tugs, and four tugs"
    assert nearest("four tugs", 2, text) == 0
    assert nearest("four tugs", 14, text) == 15
    assert nearest("five tugs", 0, text) is None
    moved = found_again("count", {"evidence": "four tugs", "start": 30, "end": 39}, text)
    assert moved is not None
    assert (moved["start"], moved["end"]) == (15, 24)
