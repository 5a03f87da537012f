"""The query language: every input is a query, and what was understood can be written again."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.library.search.query import And, Dates, Everything, Not, Or, Text, parse

MARKS = ["“", "(", ")", "-", "+", "!", "~", "~1", "~2", "*", "?", ":", "[", "]", "{", "||", "&&", "^2", "..", ">=", "'"]
WORDS = ["missile", "B-52H", "AT&T", "U.S.", "us", "OR", "AND", "NOT", "TO", "title:", "person:", "Speaker:", "date:"]
WORDS += [
    "type:",
    "tag:",
    "is:",
    "is:un",
    "unread",
    "aircraft",
    "2025-07",
    "2025-07-11",
    "/re/",
    "a:b",
    "北",
    "é",
    "1",
    "near",
]
PIECES = st.sampled_from([*MARKS, *WORDS, " ", "\n", '"', "\\", "\x1b]52;", "\u202e"])
QUERIES = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join), st.lists(PIECES, max_size=14).map(" ".join)
)


@example("““~0", False)
@given(QUERIES, st.booleans())
def test_every_input_is_a_query_and_reads_back(query: str, typing: bool) -> None:
    understood = parse(query, typing=typing)
    again = parse(str(understood))
    assert again.tree == understood.tree
    assert str(again) == str(understood)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ""),
        ("missile", "missile"),
        ("  ballistic   missile ", "ballistic missile"),
        ('"ballistic missile"', '"ballistic missile"'),
        ("“ballistic missile”", '"ballistic missile"'),
        ('"ballistic missile', '"ballistic missile"'),
        ("ballistic-missile", "ballistic-missile"),
        ("B-52H", "B-52H"),
        ("AT&T", '"AT&T"'),
        ("F/A-18", '"F/A-18"'),
        ("a OR b", "a OR b"),
        ("a || b && c", "a OR (b c)"),
        ("a AND b", "a b"),
        ("a AND (b OR c)", "a (b OR c)"),
        ("a NOT b", "a -b"),
        ("a -b !c", "a -b -c"),
        ("a - b", "a b"),
        ("+a +b", "a b"),
        ("NOT (a OR b)", "-(a OR b)"),
        ("NOT NOT a", "a"),
        ("-(-a)", "a"),
        ("miss*", "miss*"),
        ('"ballistic mis"*', '"ballistic mis"*'),
        ('"radar lock"~5', '"radar lock"~5'),
        ("anderson~", "anderson~2"),
        ("anderson~1", "anderson~1"),
        ("anderson~0.8", "anderson"),
        ("anderson~9", "anderson~2"),
        ("missile^4", "missile"),
        ("title:guam", "title:guam"),
        ("Title: guam", "title:guam"),
        ('speaker:"Dan Caine"', 'speaker:"Dan Caine"'),
        ("person:(caine OR kim)", "person:caine OR person:kim"),
        ("organisation:NATO", "org:NATO"),
        ("person:*", "type:person"),
        ("*", "*"),
        ("*:*", "*"),
        ("a OR", "a"),
        ("OR a", "a"),
        ("AND", '"AND"'),
        ("OR", '"OR"'),
        ("((a", "a"),
        ("a))", "a"),
        ("()", ""),
        ("/re/", '"/re/"'),
        ("*sen", "sen"),
        ("an*son", "an*"),
        ("why?", "why"),
        ("10:30", '"10:30"'),
        ("date:2025", "date:2025"),
        ("date:2025-7", "date:2025-07"),
        ("date:2025-07-11", "date:2025-07-11"),
        ("date:[2025-07 TO 2025-08]", "date:[2025-07 TO 2025-08]"),
        ("date:[2025-08 TO 2025-07]", "date:[2025-07 TO 2025-08]"),
        ("date:[2025-07 TO *]", "date:[2025-07 TO *]"),
        ("date:{2025-06 TO 2025-08}", "date:[2025-07-01 TO 2025-07-31]"),
        ("date:2025-07..2025-08", "date:[2025-07 TO 2025-08]"),
        ("date:>2025-07", "date:[2025-08-01 TO *]"),
        ("date:<=2025-07", "date:[* TO 2025-07]"),
        ("date:(2024 OR 2025)", "date:2024 OR date:2025"),
        ("date:yesterday", "yesterday"),
        ("tag:todo", "tag:todo"),
        ('tag:"to check"', 'tag:"to check"'),
        ("tag:*", "tag:*"),
        ("-tag:*", "-tag:*"),
        ("is:unread", "is:unread"),
        ("IS: Pinned", "is:Pinned"),
        ("is:(read OR gone)", "is:read OR is:gone"),
        ("is:blue", "blue"),
        ("is:*", "*"),
    ],
)
def test_how_a_query_is_understood(query: str, shown: str) -> None:
    assert str(parse(query)) == shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("miss", "miss*"),
        ("miss ", "miss"),
        ("ballistic miss", "ballistic miss*"),
        ('"ballistic miss', '"ballistic miss"*'),
        ('"ballistic missile"', '"ballistic missile"'),
        ('"ballistic m', "ballistic"),
        ("m", "m"),
        ("guam m", "guam"),
        ("B-5", "B-5*"),
        ("B-52H", "B-52H"),
        ("guam OR", "guam"),
        ("speaker:", ""),
        ("guam speaker:", "guam"),
        ("speaker:cai", "speaker:cai*"),
        ("anderson~1", "anderson~1"),
        ("date:[2025-07 TO", "date:[2025-07 TO *]"),
        ("date:2025-0", "date:2025"),
        ("date:2025-", "date:2025"),
        ("-gua", "-gua*"),
        ("is:pin", "is:pin*"),
        ("tag:", ""),
        ("tag:to", "tag:to*"),
    ],
)
def test_while_typing_the_last_word_may_go_on(query: str, shown: str) -> None:
    assert str(parse(query, typing=True)) == shown


def test_the_tree() -> None:
    assert parse('a (b OR -"c d"~3)').tree == And((Text("a"), Or((Text("b"), Not(Text("c d", near=3))))))
    assert parse("date:2025 *").tree == And((Dates("2025", "2025"), Everything()))


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("*sen", "* may stand only at the end of a word"),
        ("/re/", "regular expressions are searched as words"),
        ("author:smith", "there is no field “author”; searched as words"),
        ("natoin:smith", "there is no field “natoin” (did you mean “nation:”?); searched as words"),
        ("is:blue", "there is no state “blue”; searched as words"),
        ("date:soon", "“soon” is no date; searched as words"),
        ("!?", "nothing to search for: no letters or digits"),
        ("x" * 5000, "only the first 4,000 characters are searched"),
        ("w " * 200, "only the first 64 terms are searched"),
    ],
)
def test_what_means_nothing_is_said(query: str, note: str) -> None:
    assert note in parse(query).notes


def test_brackets_without_end() -> None:
    assert str(parse("(" * 3000 + "a")) == "a"
    assert str(parse("-" * 3000 + "a")) in {"a", "-a", ""}
    assert str(parse("NOT " * 900 + "a")) in {"a", "-a", ""}
