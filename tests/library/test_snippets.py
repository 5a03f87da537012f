"""Snippets: words are found without cutting the whole text just where the cut would find them."""

import re
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from briefing.library import Library
from briefing.library.search.conditions import Words
from briefing.library.search.matcher import Tokens
from briefing.library.search.snippets import LONGEST_WORD, Sought, _Read, _Term
from briefing.library.store.text_cache import Texts
from briefing.library.store.tokenizer import LONGEST, words
from briefing.model.safetext import SafeText

from .made import make_extraction, make_source

WORDS = ["ab", "abs", "ba", "us", "usa", "a", "s", "b"]
PIECES = st.sampled_from([*WORDS, "AB", "Ab", "US", "aba", "1", "52", "é", "AB" * 33, "abb" * 22])
JOINTS = st.sampled_from([*" \n\t.,;:!?()\"'’-&/_", "", ". ", "'s ", ".s", "\u00ad", " (", ") "])
JOINED = re.compile(r"[a-z]'+(?!s\b)[a-z]|[a-z]&[a-z]|(?<![a-z\d])[a-z][./][a-z](?![a-z\d])", re.IGNORECASE)
"""O'Neill, AT&T, D.C., F/A, each one word: found by cutting the text where no place is found without."""


@example(pieces=[("ab", "'s "), ("AB", " ")], word="ab", prefix=False)
@example(pieces=[("AB" * 33, " ")], word=("ab" * 33)[:64], prefix=False)
@settings(max_examples=400)
@given(
    pieces=st.lists(st.tuples(PIECES, JOINTS), min_size=1, max_size=12),
    word=st.sampled_from(WORDS),
    prefix=st.booleans(),
)
def test_what_is_found_in_a_text_is_what_the_cut_finds(pieces: list[tuple[str, str]], word: str, prefix: bool) -> None:
    text = SafeText("".join(piece + joint for piece, joint in pieces))
    assume(all(len(run) <= LONGEST_WORD for run in text.split()))  # further than that no neighbourhood is cut
    condition = Words(((word,),), prefix=prefix)
    cut = Tokens(words(text)).places(condition)
    found = list(_Term(condition).places(_Read(text), 0, len(text)))
    plain = text.isascii() and len(word) < LONGEST and not JOINED.search(text)
    assert found == cut if plain else set(found) <= set(cut)
    shown = Sought(condition).snippet(text)
    assert bool(shown.marks) == bool(cut)
    assert not cut or (shown.start, shown.end) == (found or cut)[0]


def test_texts_that_were_read_are_held_up_to_a_limit(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        for n in range(5):
            source = make_source(f"{n} " + "word " * 2000)
            library.add(source, make_extraction(source))
        with library.store.read() as db:
            kept = [row[0] for row in db.execute("SELECT kept FROM body ORDER BY kept")]
            small = Texts(10_100)
            assert small.of(db, kept[:1])[kept[0]] is not small.of(db, kept[:1])[kept[0]]
            texts = Texts(10_100 * 4)
            first = texts.of(db, kept[:4])
            assert texts.of(db, kept[:1])[kept[0]] is first[kept[0]]
            assert texts.of(db, kept[4:])[kept[4]].startswith("4 ")  # takes the place of the one not asked for longest
            assert texts.of(db, kept[:1])[kept[0]] is first[kept[0]]
            assert texts.of(db, kept[1:2])[kept[1]] == first[kept[1]]
            assert texts.of(db, kept[1:2])[kept[1]] is not first[kept[1]]


@pytest.mark.parametrize(
    ("query", "snippet", "marked"),
    [
        ("convoy", "The convoy sailed.", "convoy"),  # stands above it too
        ("leaves", "Convoy leaves port  The convoy sailed.", "leaves"),
        ("leaves convoy", "The convoy sailed.", "convoy"),
        ("port", "Convoy leaves port  The convoy sailed.", "port"),
        ("type:text", "The convoy sailed.", ""),
    ],
)
def test_the_title_is_not_said_twice(tmp_path: Path, query: str, snippet: str, marked: str) -> None:
    source = make_source("Convoy leaves port\n\nThe convoy sailed.", title="Convoy leaves port")
    with Library.open(tmp_path / "library.db") as library:
        library.add(source, make_extraction(source))
        (hit,) = library.search(query).hits
        assert hit.snippet == snippet
        assert [hit.snippet[start:end] for start, end in hit.marks] == [marked] * bool(marked)
        assert source.text[hit.start : hit.end] == marked


def test_of_a_title_that_was_cut_the_rest_is_shown(tmp_path: Path) -> None:
    source = make_source("Convoy leaves port for the far side of the sea. It sailed.", title="Convoy leaves port…")
    with Library.open(tmp_path / "library.db") as library:
        library.add(source, make_extraction(source))
        assert library.search("sea convoy").hits[0].snippet == "…for the far side of the sea. It sailed."
        assert library.search("type:text").hits[0].snippet == "…for the far side of the sea. It sailed."
        assert library.search("convoy").hits[0].snippet == source.text
