"""A library copied into another one, either way, is the same library."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.library import Library, LibraryError
from briefing.library.checking import problems
from briefing.library.copying import copy, differences
from briefing.library.notes import write_note
from briefing.library.opening import open_library
from briefing.model.listing import Failure
from briefing.model.safetext import SafeText
from briefing.model.source import Source

from .made import make_extraction, make_source
from .server import Cluster
from .test_same_answers import seen

Opener = Callable[[], Library]


@pytest.fixture(params=["file to server", "server to file", "file to file", "server to server"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Library, Library]]:
    """An empty library and another one, of both kinds."""
    opened = []
    for number, kind in enumerate(request.param.split(" to ")):
        if kind == "file":
            opened.append(open_library(tmp_path / f"{number}.db"))
        else:
            server: Cluster = request.getfixturevalue("server")
            opened.append(open_library(server.new_library()))
    yield opened[0], opened[1]
    for library in opened:
        library.close()


def fill(library: Library, sources: list[Source]) -> None:
    for source in sources:
        library.add(source, make_extraction(source))
    one, other = sources[0].id, sources[1].id
    found = library.extraction(one)
    library.review(one, "count", found.counts[0].key, "edited", {"low": 3})
    library.review(one, "participant", found.participants[0].key, "accepted")
    library.review(one, "quote", found.quotes[0].key, "rejected")
    library.add(sources[0], make_extraction(sources[0]).model_copy(update={"quotes": ()}))  # that verdict sleeps
    library.tags.set(one, ["navy", "Air"])
    library.pin(other)
    write_note(library, other, "Ask the desk", by="Kim")
    library.mark_read(one)
    library.mark_reviewed(other)
    library.set_position(one, 12)
    library.entity_edits.rename("PERSON", "Dan Caine", "Daniel Caine")
    library.entity_edits.merge("PERSON", "Kim Myung-soo", "Daniel Caine")
    library.searches.save("Missiles", "missile")
    late = make_source("A missile came later.")
    library.add(late, make_extraction(late))
    library.searches.remember("ballistic")
    library.fail(Failure(path=SafeText("/in/bad.txt"), reason=SafeText("is bad")))


def told(library: Library) -> dict[str, Any]:
    """All that a library says of itself; of searches of before, only that they are there."""
    return seen(library)


def test_a_copy_is_the_same(pair: tuple[Library, Library], sources: list[Source]) -> None:
    one, other = pair
    fill(one, sources)
    assert copy(one, other).sources == 4
    assert told(other) == told(one)
    assert list(differences(one, other)) == []
    assert list(problems(other)) == []
    assert copy(one, other)[:2] == (0, 4)  # once more changes nothing
    assert told(other) == told(one)
    (saved,) = other.searches.saved()
    assert (saved.total, saved.new) == (3, 1)
    sleeping = make_extraction(sources[0])
    for library in pair:
        library.add(sources[0], sleeping)
        assert library.reviews(sources[0].id)[sleeping.quotes[0].key].state == "rejected"


def test_a_copy_that_was_cut_short_goes_on(
    pair: tuple[Library, Library], sources: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = pair
    fill(one, sources)
    monkeypatch.setattr("briefing.library.copying.TOGETHER", 2)

    def cut(n: int, of: int) -> None:
        if n == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(one, other, cut)
    assert other.totals().sources == 2
    assert len(list(differences(one, other))) > 2
    assert copy(one, other)[:2] == (2, 2)
    assert told(other) == told(one)


def test_only_into_a_beginning_of_it(pair: tuple[Library, Library], sources: list[Source]) -> None:
    one, other = pair
    one.add(sources[0], make_extraction(sources[0]))
    other.add(sources[1], make_extraction(sources[1]))
    with pytest.raises(LibraryError, match="holds 1 sources that"):
        copy(one, other)
    assert other.totals().sources == 1


def test_what_is_wrong_is_told(pair: tuple[Library, Library], sources: list[Source]) -> None:
    library, other = pair
    fill(library, sources)
    copy(library, other)
    with other.store.write() as db:
        db.execute("UPDATE total SET n = 7 WHERE name = 'mentions'")
        db.execute("UPDATE entity SET sources = sources + 1 WHERE type = 'NATION'")
        db.execute("UPDATE source SET title = 'Another' WHERE id = ?", (bytes.fromhex(sources[1].id),))
        db.execute("UPDATE body SET text = ? WHERE kept = (SELECT max(kept) FROM body)", (b"no",))
    found = list(problems(other))
    assert any("holds 7 mentions" in one for one in found)
    assert any("2 names are counted wrongly: nation “" in one for one in found)
    assert any("is damaged in the library" in one for one in found)
    assert sum("differs in the copy" in one or "is missing" in one for one in differences(library, other)) == 2
