"""The same history makes the same library, whatever keeps it: a file and a server are asked the same, side by side."""

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefing.library import Library, LibraryError
from briefing.library.checking import problems
from briefing.library.opening import open_library
from briefing.library.store.writer import Item
from briefing.model.listing import Failure
from briefing.model.safetext import SafeText
from briefing.model.selection import SourceFilter
from briefing.model.source import Source

from .made import make_extraction, make_source
from .server import Cluster

_WORDS = (
    "missile|ballistic|bomber|escort|sea|noon|dawn|pilot|US|U.S.|the|of|and|B-52H|F-2|Guam|Japan|Dan Caine|"
    "Gen. Caine|Kim Myung-soo|KCNA|25,000|AT&T|two drones|two ships|frigate|frigates|ракета|ракеты|폭격기가|Łódź|"
    "O'Neill|American|us"
)
WORDS = _WORDS.split("|")
_QUERIES = (
    "*|missile|ballistic missile|bomber OR frigate|missile -bomber|the|us|U.S.|frig*|miss*|b*|"
    '"ballistic missile"|"the missile"|"dan caine"|"missile bomber"~3|"ballistic sea noon"~8|"us missile"~2|'
    '"sea pilot"~50|bomer~1|misille~2|title:missile|title:bomber sea|-missile|-title:the|person:caine|'
    'person:kim missile|nation:japan|place:guam|org:kcna OR aircraft:f-2|quote:missile|quote:"the missile"|'
    "-quote:bomber|speaker:caine|publisher:wire|type:aircraft|type:quote sea|date:2025|"
    "date:[2024-03 TO 2025-02]|missile date:2025|tag:navy|-tag:navy missile|is:read|is:unread missile|"
    "is:pinned|is:reviewed|(missile bomber) OR (sea -noon)|(missile OR quote:sea) dawn|ракета|폭격기|lodz|at&t|"
    '25000|b-52|"b 52"~1|"of the and"|caine~1|the and of|missile the|missile the of'
)
QUERIES = _QUERIES.split("|")


@pytest.fixture
def pair(tmp_path: Path, server: Cluster) -> Iterator[tuple[Library, Library]]:
    """A library in a file and one on a server."""
    with open_library(tmp_path / "library.db") as one, open_library(server.new_library()) as other:
        yield one, other


def a_source(luck: random.Random, number: int) -> Source:
    """A made-up source; a few are much longer than the others."""

    def some(n: int) -> str:
        return " ".join(luck.choice(WORDS) for _ in range(n))

    body = f'{some(luck.randint(2, 40))}. "{some(4)}," said {luck.choice(("Gen. Caine", "Kim Myung-soo"))}. {some(9)}'
    if number % 17 == 0:
        body += " the" * 700 + " " + some(40) + " of" * 70 + f" end{number}"
    published = luck.choice((None, *(date(year, month, 3) for year in (2024, 2025) for month in (1, 2, 3, 9))))
    publisher = luck.choice((None, "Example Wire", "example wire", "Air & Space", "Ärzte"))
    title = some(luck.randint(1, 5))
    return make_source(
        f"{title}\n\n{body}", published=published, publisher=publisher, path=f"/in/{number % 3}/{number}.txt"
    )


def both(pair: tuple[Library, Library], ask: Callable[[Library], Any]) -> Any:
    """The answer of both, or the sentence that both refuse with; they must be equal."""
    answers = []
    for library in pair:
        try:
            answers.append(ask(library))
        except LibraryError as error:
            answers.append(str(error))
    assert answers[0] == answers[1]
    return answers[0]


def seen(library: Library) -> dict[str, Any]:
    """All that a library says of itself, but for what it finds."""
    orders = ("newest", "title", "publisher", "added")
    rows = library.sources(limit=500)
    filters = (
        SourceFilter("unread"),
        SourceFilter("reviewed"),
        SourceFilter("pinned"),
        SourceFilter(text="WIRE"),
        SourceFilter(tag="NAVY"),
    )
    return {
        "rows": rows,
        "orders": [[row.id for row in library.sources(order, limit=500)] for order in orders],
        "groups": [library.groups(by) for by in ("publisher", "day", "folder", "tag")],
        "grouped": [
            [row.id for row in library.sources("title", group=group)]
            for by in ("publisher", "day", "folder", "tag")
            for group in library.groups(by)
        ],
        "filters": [(library.count(where), [row.id for row in library.sources(where=where)]) for where in filters],
        "totals": library.totals(),
        "texts": [library.source(row.id) for row in rows[:40]],
        "found": [library.extraction(row.id) for row in rows],
        "reviews": [{key: (one.state, one.edited) for key, one in library.reviews(row.id).items()} for row in rows],
        "positions": [library.position(row.id) for row in rows],
        "tags": library.tags.all(),
        "entities": library.entities("", 200),
        "cards": [library.entity(name, kind) for name, kind, _ in library.entities("", 6)],
        "edits": library.entity_edits.all(),
        "failures": library.failures(),
        "saved": library.searches.saved(),
        "past": library.searches.past(),
        "suggested": [library.suggest(typed, len(typed)) for typed in ("mis", "person:c", "tag:", "date:2", "", "kim")],
        "outdated": (library.outdated("f1"), sorted(library.outdated_ids("f1"))),
    }  # fmt: skip


def step(luck: random.Random, sources: list[Source]) -> Callable[[Library], Any]:
    """Something that is done to a library; the same for both."""
    source = luck.choice(sources)
    number, other = luck.randint(0, 5), luck.choice(("Dan Caine", "Kim Myung-soo", "Ann"))
    word = luck.choice(("Navy", "navy", "air", "Later-on"))

    def fact(library: Any, state: str) -> Any:
        found = library.extraction(source.id)
        facts = [("count", one.key) for one in found.counts] + [("participant", one.key) for one in found.participants]
        if not facts:
            return None
        kind, key = facts[number % len(facts)]
        made = library.review(source.id, kind, key, state, {"low": 3} if state == "edited" else None)
        return made.key, made.state

    def undone(library: Library) -> Any:
        made = library.undo_review()
        return made and (made.key, made.state, made.edited)

    doings: tuple[Callable[[Library], Any], ...] = (
        lambda library: library.add(source, make_extraction(source, luck_extractor)),
        lambda library: library.add(source, make_extraction(source).model_copy(update={"counts": ()})),
        lambda library: library.remove(source.id),
        lambda library: fact(library, "accepted"),
        lambda library: fact(library, "edited"),
        lambda library: fact(library, "unreviewed"),
        undone,
        lambda library: library.tags.change([source.id], [word], ["air"]),
        lambda library: library.tags.set(source.id, [word, "x"]),
        lambda library: library.pin(source.id, number > 2),
        lambda library: library.mark_read(source.id, number > 1),
        lambda library: library.mark_reviewed(source.id, number > 1),
        lambda library: library.set_position(source.id, number),
        lambda library: library.entity_edits.merge("PERSON", "Dan Caine", other).described,
        lambda library: library.entity_edits.rename("PERSON", other, f"{other}!").described,
        lambda library: library.entity_edits.retype("AIRCRAFT", "F-2", "SHIP").described,
        lambda library: library.entity_edits.split("PERSON", "Dan Caine", "Gen. Caine", "Another Caine").described,
        lambda library: library.entity_edits.remove("PLACE", "Guam").described,
        lambda library: library.entity_edits.undo(),
        lambda library: library.searches.save(word, "missile"),
        lambda library: library.searches.mark_seen(word),
        lambda library: library.searches.remember(f"{word} {number}"),
        lambda library: library.searches.remove(word),
        lambda library: library.fail(Failure(path=SafeText(f"/in/{number}.txt"), reason=SafeText("is bad"))),
        lambda library: library.set_aside.forget([f"/in/{number}.txt"]),
    )
    luck_extractor = luck.choice(("f1", "f2"))
    return luck.choice(doings)


@pytest.mark.parametrize("seed", range(6))
def test_the_same_history(pair: tuple[Library, Library], seed: int) -> None:
    luck = random.Random(seed)
    sources = [a_source(luck, number) for number in range(14)]  # the first one is a long one
    both(pair, lambda library: library.add_all([Item(one, make_extraction(one)) for one in sources[:10]]))
    for _ in range(40):
        both(pair, step(luck, sources))
    both(pair, seen)
    both(pair, lambda library: [found(library, query) for query in ("the of", "missile", '"of of of"', "quote:the")])
    assert [list(problems(library)) for library in pair] == [[], []]


def test_a_long_source_comes_and_goes(pair: tuple[Library, Library]) -> None:
    luck = random.Random(3)
    long, other = a_source(luck, 17), a_source(luck, 1)
    for source in (long, other):
        both(pair, lambda library, source=source: library.add(source, make_extraction(source)))  # type: ignore[misc]
    both(pair, lambda library: library.add(long, make_extraction(long, "f2")))
    renamed = long.model_copy(update={"title": SafeText("Another title")})
    both(pair, lambda library: library.add(renamed, make_extraction(renamed)))
    both(
        pair, lambda library: [found(library, query) for query in ("title:another", "end17", '"the the the"', "of the")]
    )
    assert [list(problems(library)) for library in pair] == [[], []]
    both(pair, lambda library: library.remove(long.id))
    both(pair, lambda library: found(library, "the"))
    assert [list(problems(library)) for library in pair] == [[], []]
    with pair[1].store.read() as db:
        assert db.execute("SELECT count(*) FROM word_part").fetchone() == (0,)
        assert db.execute("SELECT n FROM measure WHERE name = 'parted words'").fetchone() == (0,)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, server: Cluster) -> Iterator[tuple[Library, Library]]:
    """A pair with some hundred sources."""
    luck = random.Random(7)
    sources = [a_source(luck, number) for number in range(400)]
    path = tmp_path_factory.mktemp("large") / "library.db"
    with open_library(path) as one, open_library(server.new_library()) as other:
        for library in (one, other):
            for start in range(0, len(sources), 50):
                library.add_all([Item(each, make_extraction(each)) for each in sources[start : start + 50]])
            ids = [each.id for each in sources]
            for number, key in enumerate(ids[:60]):
                library.tags.set(key, ["Navy"] if number % 2 else ["air", "navy"])
                library.mark_read(key, number % 3 == 0)
                library.pin(key, number % 20 == 0)
        yield one, other


def found(library: Library, query: str, order: Any = "auto") -> Any:
    """What a library finds: hits in their order with their snippets, how many, what it says."""
    result = library.search(query, limit=30, order=order)
    hits = [(hit.source.id, hit.snippet, hit.marks, hit.start) for hit in result.hits]
    return result.total, result.exact, result.order, result.note, result.interpreted, hits


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_hits_in_the_same_order(large: tuple[Library, Library], query: str) -> None:
    for order in ("auto", "newest", "ranked"):
        both(large, lambda library, order=order: found(library, query, order))  # type: ignore[misc]
    both(large, lambda library: [hit.source.id for hit in library.search(query, limit=7, offset=5).hits])
    both(large, lambda library: library.facets(query))


def any_query(luck: random.Random, depth: int = 0) -> str:
    """A query of any kind."""
    word = luck.choice(WORDS)
    kinds = (
        lambda: word,
        lambda: f'"{word} {luck.choice(WORDS)}"',
        lambda: f'"{word} {luck.choice(WORDS)}"~{luck.randint(0, 40)}',
        lambda: f'"{word} {luck.choice(WORDS)} {luck.choice(WORDS)}"~{luck.randint(0, 9)}',
        lambda: f"{word.split()[0][:luck.randint(2, 5)]}*",
        lambda: f"{word}~{luck.randint(1, 2)}",
        lambda: f"title:{word}", lambda: f'quote:"{word}"', lambda: f"-{word}", lambda: f'person:"{word}"',
        lambda: f"date:[2024 TO 2025-0{luck.randint(1, 9)}]", lambda: "is:unread",
        lambda: f"({any_query(luck, depth + 1)} OR {any_query(luck, depth + 1)})" if depth < 3 else word,
        lambda: f"({any_query(luck, depth + 1)} {any_query(luck, depth + 1)})" if depth < 3 else word,
        lambda: f"{any_query(luck, depth + 1)} {any_query(luck, depth + 1)}" if depth < 3 else word,
    )  # fmt: skip
    return luck.choice(kinds)()


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("ranked", [1000, 40])
def test_the_same_hits_of_any_query(
    large: tuple[Library, Library], seed: int, ranked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.library.search.search.RANKED", ranked)
    for index in ("briefing.library.search.index", "briefing.library.postgres.index"):
        monkeypatch.setattr(f"{index}.RANKED", ranked)
        monkeypatch.setattr(f"{index}.SAMPLE", ranked // 2)
    luck = random.Random(seed * ranked)
    for _ in range(25):
        query = any_query(luck)
        both(large, lambda library, query=query: (query, found(library, query)))  # type: ignore[misc]
