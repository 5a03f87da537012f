"""What is shown of a query is a query that is understood in the same way."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.library.search.query import MOST_CHARACTERS, parse

ATOMS = (
    '"', "(", ")", "-", "+", "*", "~", "~1", "~5", ":", "OR", "AND", "NOT ", "a", "bb", "title:", "date:",
    "date:[2025 TO 2026]",
    'speaker:"x y"', "B-52H", "AT&T", "[", "]", "TO", "is:read", "is:un*", "type:html", "type:air*", "^", "!", "\\",
    "/", "||",
    "&&", "“", "”", "?", ".", "nation:", "2025-07", "{", "}", "'", "date:2025..2026", "date:>2025",
    "tag:*",
    "person:(a b)",
    "*:*", "x*", '"a b"~3', '"a b"*', "²", "ﬁ", "２", "İ", "\x1b", "－", "＊", "（", "👨\u200d👩", " ", " ", " ",
)  # fmt: skip
queries = st.one_of(
    st.lists(st.sampled_from(ATOMS), max_size=20).map("".join),
    st.lists(st.sampled_from(ATOMS), min_size=60, max_size=120).map(" ".join),
    st.text(max_size=40),
    st.tuples(st.sampled_from(["(", "-(", "a OR (b ", "(a OR ", "person:("]), st.integers(1, 120)).map(
        lambda nested: nested[0] * nested[1] + "x y" + ")" * nested[1]
    ),
)


@settings(max_examples=600)
@given(queries)
@example("type:air*~2")
@example("-is:un*~1")
@example('date:["a TO b')
@example("a b OR c " * 40)
@example('x" ' * 2000)
@example("-".join("ab" for _ in range(3000)))
def test_what_is_shown_is_understood_alike(query: str) -> None:
    first = parse(query)
    again = parse(str(first))
    assert str(again) == str(first)
    assert again.tree == first.tree
    assert len(str(first)) <= MOST_CHARACTERS
