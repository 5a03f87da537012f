"""Searching: what is found, where it is marked, how it is ordered, and that index and text agree."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.library import Library
from briefing.library.search import search as search_module
from briefing.library.store.source_rows import number_of
from briefing.model.source import Source

from .made import make_extraction, make_source, set_back
from .test_query import QUERIES

E, M, C = "Bombers escorted over the sea", "A ballistic missile falls short", "Café talk"


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {E, M, C}),
        ("*", {E, M, C}),
        ("!!!", set()),
        ("missile", {E, M}),
        ("MISSILE", {E, M}),
        ('"ballistic missile"', {E, M}),
        ("ballistic-missile", {E, M}),
        ('"missile ballistic"', set()),
        ("ballistic guam", {E}),
        ("guam OR launched", {E, M}),
        ("ballistic -guam", {M}),
        ("-ballistic", {C}),
        ("NOT (ballistic OR jets)", set()),
        ("B-52H", {E}),
        ("b52h", {E}),
        ("B52", {E}),
        ("B-52s", {E}),
        ("B-5", set()),
        ("B-5*", {E}),
        ("F/A-18", {C}),
        ("FA-18", {C}),
        ("at&t", {C}),
        ("cafe", {C}),
        ("lodz", {C}),
        ("O'Neill", {C}),
        ("U.S.", {E}),
        ("US", {E}),
        ("us", {E, M}),
        ("25000", {M}),
        ("25,000", {M}),
        ("balis*", set()),
        ("ballis*", {E, M}),
        ('"ballistic mis"*', {E, M}),
        ('"ballistic flew"~2', {M}),
        ('"flew ballistic"~2', {M}),
        ('"ballistic flew"~0', set()),
        ("misile~1", {E, M}),
        ("imssile~1", {E, M}),
        ("nissile~1", {E, M}),
        ("mizzile~1", set()),
        ("mizzile~2", {E, M}),
        ("title:missile", {M}),
        ("title:caf*", {C}),
        ("person:caine", {E}),
        ('person:"dan caine"', {E}),
        ('person:"caine dan"', set()),
        ("person:cain*", {E}),
        ("person:caime~1", {E}),
        ("speaker:caine", {E}),
        ("speaker:kim", {E}),
        ("speaker:(kim OR nobody)", {E}),
        ("nation:american", {E, M}),
        ('nation:"united states" -guam', {M}),
        ("aircraft:b-52", {E}),
        ("aircraft:stratofortress", {E}),
        ("org:kcna", {M}),
        ("org:agency", {M}),
        ("place:guam OR org:kcna", {E, M}),
        ("quote:ready", {E}),
        ("quote:noon", set()),
        ('quote:"tests our"', set()),
        ("quote:ballistic missile", {E}),
        ("ballistic quote:pilots", {E}),
        ("publisher:wire", {M}),
        ("publisher:air", {E}),
        ("type:quote", {E}),
        ("type:counts", {E}),
        ("type:aircraft", {E}),
        ("type:html", {M}),
        ("type:warning", {C}),
        ("quote:*", {E}),
        ("date:2025", {E, M}),
        ("date:2025-07", {E}),
        ("date:[2025-07-12 TO *]", {M}),
        ("missile date:2025-08-02", {M}),
        ("-date:2025", {C}),
        ("ballistic (date:2025-07 OR org:kcna)", {E, M}),
        ("ballistic -(date:2025-07 OR nothing)", {M}),
        ("date:1066", set()),
    ],
)
def test_what_is_found(library: Library, query: str, titles: set[str]) -> None:
    found = library.search(query)
    assert {hit.source.title for hit in found.hits} == titles
    assert found.total == len(titles)
    assert found.exact


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("missile", [["missile"], ["missile", "missile"]]),
        ('"ballistic missile"', [["ballistic-missile"], ["ballistic missile"]]),
        ("B-52", [["B-52", "B-52"]]),
        ("U.S.", [["U.S."]]),
        ("25000", [["25,000"]]),
        ("at&t OR lodz", [["Łódź", "AT&T"]]),
        ("person:caine", [["Gen. Caine"]]),
        ("speaker:kim", [["Our pilots fly together,"]]),
        ("quote:pilots", [["pilots"]]),
        ("aircraft:stratofortress", [["B-52Hs", "B-52H"]]),
        ("guam OR (missile pilots) OR (ballistic nowhere)", [["Guam", "missile", "pilots"]]),
    ],
)
def test_what_is_marked(library: Library, query: str, marked: list[list[str]]) -> None:
    for hit in library.search(query).hits:
        text = library.source(hit.source.id).text
        shown = [hit.snippet[start:end] for start, end in hit.marks]
        matched = [text[start:end] for start, end in library.matches(query, hit.source.id)]
        assert any(set(matched) == set(words) for words in marked)
        assert set(shown) <= set(matched)
        assert (hit.start, hit.end) in library.matches(query, hit.source.id)


def test_a_hit_by_its_title_shows_how_the_text_goes_on(library: Library) -> None:
    hit = library.search("title:bombers").hits[0]
    assert (hit.start, hit.end, hit.marks) == (0, 0, ())
    assert hit.snippet.startswith("The U.S.")
    assert hit.snippet.endswith("said Kim Myung-soo.")


def test_what_does_not_match_is_not_marked(library: Library, sources: list[Source]) -> None:
    assert library.matches("ballistic guam", sources[1].id) == []
    assert library.matches("-guam", sources[1].id) == []
    assert library.matches("", sources[1].id) == []


def test_typing(library: Library) -> None:
    assert library.search("ballis").total == 0
    found = library.search("ballis", typing=True)
    assert (found.total, found.interpreted) == (2, "ballis*")
    assert library.matches("ballis", found.hits[0].source.id, typing=True)


def test_the_word_itself_comes_before_those_that_begin_so(tmp_path: Path) -> None:
    texts = [
        "Storms pass over the raptor pen. Raptors came.",
        "Raptors fly. Raptors land. Raptors!",
        "One rap was heard.",
    ]
    with Library.open(tmp_path / "library.db") as library:
        for text in texts:
            source = make_source(text)
            library.add(source, make_extraction(source))
        assert library.search("rap", typing=True).hits[0].source.title.startswith("One rap")
        assert library.search("rap*").total == 3


@pytest.mark.parametrize("others", [3, 30])
def test_words_that_begin_so_few_or_many(tmp_path: Path, others: int) -> None:
    letters = [chr(97 + n // 6) + chr(97 + n % 6) for n in range(others)]
    texts = ["One gram of it.", "Two gramme² of it.", *(f"The gram{end} of it." for end in letters), "A grasp."]
    with Library.open(tmp_path / "library.db") as library:
        for text in texts:
            source = make_source(text)
            library.add(source, make_extraction(source))
        assert library.search("gram", typing=True, limit=50).total == 2 + others
        assert library.search("gram", typing=True).hits[0].source.title == "One gram of it."
        assert library.search("gramm*").total == library.search('"two gramm"*').total == 1
        assert library.search("gramz*").total == library.search("gramz* OR gramy*").total == 0
        assert library.search("gram* -grama*").total == 2 + max(0, others - 6)


def test_the_vocabulary_of_an_older_library_is_completed(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        source = make_source("Two gramme² of it.")
        library.add(source, make_extraction(source))
        with library.store.write() as db:
            assert db.execute("DELETE FROM vocabulary WHERE word = 'gramme2'").rowcount == 1
            db.execute("INSERT INTO vocabulary VALUES ('grammar')")
            set_back(db, 2)
    with Library.open(path) as library:
        assert library.search("gram*").total == 1


def test_notes_and_what_was_understood(library: Library) -> None:
    found = library.search('author:smith "open quote')
    assert found.interpreted == '"author:smith" "open quote"'
    assert found.note == "There is no field “author”; searched as words"


def test_within(library: Library, sources: list[Source]) -> None:
    assert library.search("missile", within=[sources[0].id]).total == 1
    assert library.search("missile", within=[]).total == 0
    assert library.search("", within=[sources[0].id, sources[2].id]).total == 2


def test_orders_and_pages(library: Library) -> None:
    assert [hit.source.title for hit in library.search("", order="newest").hits] == [M, E, C]
    assert library.search("ballistic", order="ranked").hits[0].source.title == M
    first, second = (library.search("ballistic", limit=1, offset=n).hits[0].source.title for n in (0, 1))
    assert {first, second} == {E, M}
    assert library.search("ballistic", limit=0).total == 2


def test_too_many_to_rank(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "RANKED", 1)
    found = library.search("ballistic")
    assert (found.order, found.exact, found.total) == ("newest", False, 1)
    assert found.note == "1+ matches, newest first"
    assert [hit.source.title for hit in found.hits] == [M, E]
    found = library.search("ballistic", order="ranked")
    assert (found.order, found.exact, found.total, found.note) == ("ranked", True, 2, None)


@pytest.mark.parametrize(
    "query", ["missile ballistic", "ballistic -jets", "missile ballistic -guam", "us date:2025 missile"]
)
@pytest.mark.parametrize("order", ["auto", "ranked"])
def test_what_is_frequent_is_left_out_of_the_weighing_only(
    library: Library, query: str, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = library.search(query, order=order)  # type: ignore[arg-type]
    monkeypatch.setattr("briefing.library.search.index.SAMPLE", 3)
    found = library.search(query, order=order)  # type: ignore[arg-type]
    assert (found.total, found.order) == (whole.total, "ranked")
    assert {hit.source.id for hit in found.hits} == {hit.source.id for hit in whole.hits}
    assert len(library.search(query, order=order, limit=1).hits) == 1  # type: ignore[arg-type]


def test_stopped(library: Library) -> None:
    assert library.search("ballistic").total == 2
    (connection,) = library.store._idle
    connection.set_progress_handler(library.interrupt, 1)
    found = library.search("ballistic")
    assert (found.hits, found.exact, found.note) == ((), False, "Stopped")
    connection.set_progress_handler(None, 1)
    assert library.search("ballistic").total == 2


def test_stopped_while_snippets_are_made(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    made = search_module.Sought.snippet

    def stopping(*args: object, **named: object) -> object:
        library.interrupt()
        return made(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(search_module.Sought, "snippet", stopping)
    assert library.search("ballistic").note == "Stopped"


PLAIN = [
    "missile",
    "missiles",
    "ballistic",
    "U.S.",
    "US",
    "us",
    "B-52H",
    "B-52s",
    "B52",
    "F-16",
    "Guam",
    "Café",
    "café",
]
OTHER = [
    "“said”",
    "KCNA's",
    "25,000",
    "Gen. Caine",
    '"we',
    'stand"',
    "O'Neill",
    "Łódź",
    "AT&T",
    "sea.",
    "北京",
    "Dan Caine",
]
WORDS = st.sampled_from([*PLAIN, *OTHER, "two F-2", "Kim Myung-soo", "\n\n"])
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map(" ".join).filter(str.strip)
IN_TEXT = [
    "missile",
    '"ballistic missile"',
    "B-52",
    "b52h",
    "us",
    "US",
    "U.S.",
    "f*",
    "mis*",
    '"B-52 Guam"~3',
    "misile~1",
]
IN_TEXT += ["misile~1", "cafe", "25000", '"guam missile us"~4', "北", '"two f"*', "*", "caine~2"]
IN_FIELDS = ["person:caine", "speaker:kim", "quote:stand", "nation:united", "title:guam", "date:2025-07", "type:quote"]
IN_FIELDS += ["quote:(we OR guam)", "aircraft:F-2", "-type:count"]
TERMS = st.sampled_from([*IN_TEXT, *IN_FIELDS])
# a hit by one alternative must not be marked for another one that does not hold
FORKED = '-("ballistic missile") OR (missile "ballistic missile")'
TREES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        inner.map(lambda part: f"-({part})"),
    ),
    max_leaves=5,
)


@example(texts=[("missile", None)], queries=[FORKED])
@settings(max_examples=60)
@given(
    texts=st.lists(st.tuples(TEXTS, st.one_of(st.none(), st.dates(date(2025, 6, 25), date(2025, 8, 5)))), max_size=4),
    queries=st.lists(st.one_of(TREES, QUERIES), min_size=1, max_size=5),
)
def test_the_index_and_the_text_agree(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, date | None]], queries: list[str]
) -> None:
    made = [
        make_source(text, published=day, title="About Guam" if n % 2 else "T") for n, (text, day) in enumerate(texts)
    ]
    with Library.open(tmp_path_factory.mktemp("agree") / "library.db") as library:
        for source in made:
            library.add(source, make_extraction(source))
        for query in queries:
            found = library.search(query, limit=100)
            hits = {hit.source.id: hit for hit in found.hits}
            assert found.total == len(hits)
            for source in {s.id: s for s in made}.values():
                with library.store.read() as db:
                    doc = number_of(db, source.id)
                    tree = search_module.language.parse(query).tree
                    if tree is None:
                        continue
                    condition = search_module.resolve(tree, db)
                    document = search_module.document_of(db, doc)
                    holds, spans = search_module.evaluate(condition, document)
                assert holds == (source.id in hits), (query, source.text)
                if holds:
                    _check_hit(hits[source.id].snippet, source, hits[source.id], search_module.merged(spans))


def _check_hit(snippet: str, source: Source, hit: search_module.Hit, spans: list[tuple[int, int]]) -> None:
    """A hit's marks are places in the text that make it a hit; where there are any, one is shown."""
    assert bool(spans) == bool(hit.marks)
    if not spans:
        return
    assert any(start <= hit.start and hit.end <= end for start, end in spans)
    covered = {n for start, end in spans for n in range(start, end)}
    begins = "…" * snippet.startswith("…")
    at = source.text.replace("\n", " ").find(snippet.removeprefix("…").removesuffix("…"))
    for start, end in hit.marks:
        assert (
            set(range(start - len(begins) + at, end - len(begins) + at)) <= covered or source.text.count(snippet) != 1
        )


@settings(max_examples=30)
@given(query=QUERIES, typing=st.booleans(), order=st.sampled_from(["auto", "ranked", "newest"]))
def test_no_query_raises(library_of_one: Library, query: str, typing: bool, order: str) -> None:
    found = library_of_one.search(query, typing=typing, order=order)  # type: ignore[arg-type]
    assert library_of_one.search(found.interpreted).total == found.total or found.note


@pytest.fixture(scope="module")
def library_of_one(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library.open(Path(tmp_path_factory.mktemp("one")) / "library.db")
    source = make_source("US missile near Guam\n\ntext 1 2025-07 é 北")
    library.add(source, make_extraction(source))
    return library
