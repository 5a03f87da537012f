"""Suggestions while a query is typed: what is offered, and that what is taken means what it shows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.library import Library
from briefing.library.search.cursor import typed
from briefing.library.search.query import FIELDS, And, Dates, Node, Not, Or, Text, parse
from briefing.library.search.suggest import ABOUT_FIELDS
from briefing.model.source import Source

from .test_query import QUERIES


def offered(library: Library, query: str, cursor: int | None = None, limit: int = 8) -> list[str]:
    """The queries that the suggestions give, with a bar where one goes on typing."""
    found = library.suggest(query, len(query) if cursor is None else cursor, limit)
    return [one.query[: one.cursor] + "|" + one.query[one.cursor :] for one in found]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("cai", ['person:"Dan Caine" |']),
        ("dan cai", ['person:"Dan Caine" |']),
        ('missile "dan cai', ['missile person:"Dan Caine" |']),
        ("missile -cai", ['missile -person:"Dan Caine" |']),
        ("americ", ['nation:"United States" |']),
        ("org:", ['org:"Korean Central News Agency" |']),
        ("org:agen", ['org:"Korean Central News Agency" |']),
        ("person:ag", []),
        ("speaker:", ['speaker:"Dan Caine" |', 'speaker:"Kim Myung-soo" |']),
        ("person:(cai", ['person:("Dan Caine" |']),
        ("organisation:agen", ['org:"Korean Central News Agency" |']),
        ("publisher:w", ['publisher:"Example Wire" |']),
        ("wir", ['publisher:"Example Wire" |']),
        ("B-5", ['aircraft:"B-52H Stratofortress" |']),
        ("is:pi", ["is:pinned |"]),
        ("unr", ["is:unread |", "is:unreviewed |"]),
        ("type:airc", ["type:aircraft |"]),
        ("nati", ["nation:|"]),
        ("title:cai", []),
        ("quote:cai", []),
        ("date:", ["date:2025 |"]),
        ("date:2025", ["date:2025-08 |", "date:2025-07 |", "date:[2025-07 TO 2025-08] |", "date:[2025-08 TO *] |"]),
        ("date:2025-0", ["date:2025-08 |", "date:2025-07 |"]),
        ("date:2024", []),
        ("date:[2025-07 TO 2025-", ["date:[2025-07 TO 2025-08] |", "date:[2025-07 TO 2025-07] |"]),
        ("date:[20", ["date:[2025 TO *] |"]),
        ('person:"Dan Caine"', []),
        ("zzz", []),
    ],
)
def test_what_is_suggested(library: Library, query: str, first: list[str]) -> None:
    found = offered(library, query)
    assert found[: len(first)] == first
    assert first or not found


def test_the_word_at_the_cursor_is_replaced_and_the_rest_stays(library: Library) -> None:
    assert offered(library, "guam person:cai missile", 15)[0] == 'guam person:"Dan Caine"| missile'
    assert offered(library, "person:caix", 10)[0] == 'person:"Dan Caine" |'


def test_nothing_behind_what_is_searched(library: Library) -> None:
    assert offered(library, "x " * 3000 + "cai") == []


def test_nothing_typed_yet(library: Library) -> None:
    assert offered(library, "")[:2] == ["person:|", "org:|"]
    library.searches.remember("ballistic missile")
    library.searches.save("Bombers", "B-52H")
    assert offered(library, "")[:3] == ["B-52H|", "ballistic missile|", "person:|"]
    assert [one.kind for one in library.suggest("", 0)][:3] == ["saved", "past", "field"]


def test_searches_of_before(library: Library) -> None:
    library.searches.remember("guam missile")
    library.searches.save("Bombers", "B-52H")
    assert "guam missile|" in offered(library, "gua")
    assert "guam missile|" not in offered(library, "guam missile")
    assert offered(library, "bom") == ["B-52H|"]
    assert offered(library, "guam missile", 3) == ["place:Guam| missile"], (
        "they would replace what stands behind the cursor"
    )


def test_tags(library: Library, sources: list[Source]) -> None:
    library.tags.set(sources[0].id, ["to check"])
    assert offered(library, "tag:") == ["tag:to-check |"]
    assert offered(library, "tag:ch") == ["tag:to-check |"]
    assert library.search(library.suggest("tag:to", 6)[0].query).total == 1


def test_every_field_is_explained() -> None:
    assert set(ABOUT_FIELDS) == set(FIELDS)
    assert [typed(f"{name}:x", 40).field for name in FIELDS] == list(FIELDS)


@settings(max_examples=60)
@given(query=QUERIES, cursor=st.integers(-1, 70))
def test_any_query_may_be_typed(crowded: Library, query: str, cursor: int) -> None:
    for one in crowded.suggest(query, cursor):
        assert 0 <= one.cursor <= len(one.query)
        assert crowded.search(one.query).interpreted is not None


@settings(max_examples=60)
@given(
    begun=QUERIES.filter(lambda q: not set(q) & set('"“”„')),
    word=st.sampled_from(["cai", "org:", "is:", "date:", "ame"]),
)
def test_what_is_taken_is_understood_as_it_is_shown(crowded: Library, begun: str, word: str) -> None:
    query = f"{begun} {word}"
    for one in crowded.suggest(query, len(query)):
        if one.kind == "entity" and not one.query.startswith(begun):
            continue
        tree = parse(one.query).tree
        assert tree is not None
        assert any(_is(leaf, one.kind) for leaf in _leaves(tree)) or one.kind in {"field", "past", "saved"}, one


def _leaves(tree: Node) -> list[Node]:
    match tree:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in _leaves(part)]
        case Not(part):
            return _leaves(part)
        case _:
            return [tree]


def _is(leaf: Node, kind: str) -> bool:
    return isinstance(leaf, Dates) or (isinstance(leaf, Text) and leaf.field is not None)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Library:
    from datetime import date

    from .made import ESCORT, MISSILE, make_extraction, make_source

    library = Library.open(tmp_path_factory.mktemp("suggest") / "library.db")
    for text, day in ((ESCORT, date(2025, 7, 11)), (MISSILE, date(2025, 8, 2))):
        source = make_source(text, published=day, publisher="Example Wire")
        library.add(source, make_extraction(source))
    return library
