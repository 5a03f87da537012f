"""Workspaces, and lists of names that are kept."""

from pathlib import Path

import pytest

from briefing.library import Library, LibraryError
from briefing.library.copying import copy, differences
from briefing.library.search.name_lists import Sought, read_names
from briefing.model.selection import SourceFilter

from .made import make_extraction, make_source


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "l.db")
    for text in ("Alpha flew.", "Bravo flew.", "Charlie flew."):
        source = make_source(text)
        library.add(source, make_extraction(source))
    return library


@pytest.fixture
def ids(library: Library) -> list[str]:
    return [row.id for row in library.sources("added")]


def test_a_workspace_from_its_making_to_its_end(library: Library, ids: list[str]) -> None:
    made = library.workspaces.new("  Flights\n", [ids[1], ids[0], "00" * 32, ids[1]])
    assert (made.name, made.sources, made.archived) == ("Flights", (ids[1], ids[0]), False)
    library.workspaces.change("flights", {"bottom_line": "They flew.", "grades": {"publishers": {"Wire": "B"}}})
    other = library.workspaces.duplicate("FLIGHTS", "Second look")
    assert (other.bottom_line, other.grades, other.sources) == (
        "They flew.",
        {"publishers": {"Wire": "B"}},
        made.sources,
    )
    assert library.workspaces.put_in("Second look", [ids[2], ids[0]]).sources == (ids[1], ids[0], ids[2])
    assert library.workspaces.take_out("Second look", [ids[1]]).sources == (ids[0], ids[2])
    assert library.workspaces.rename("flights", "FLIGHTS of July").sources == made.sources
    assert library.workspaces.rename("flights of july", "Flights of July").name == "Flights of July"
    library.workspaces.change("second look", {"archived": True})
    assert [one.name for one in library.workspaces.all()] == ["Flights of July"]
    assert [one.name for one in library.workspaces.all(archived=True)] == ["Flights of July", "Second look"]
    library.workspaces.remove("second look")
    assert library.count() == 3


def test_the_list_of_a_workspace_is_its_sources(library: Library, ids: list[str]) -> None:
    library.workspaces.new("Flights", ids[:2])
    where = SourceFilter(workspace="flights")
    assert {row.id for row in library.sources(where=where)} == set(ids[:2])
    assert library.count(where) == 2
    assert sum(group.n for group in library.groups("publisher", where)) == 2
    library.remove(ids[0])
    assert library.workspaces.get("Flights").sources == (ids[1],)
    assert library.count(where) == 1


def test_what_cannot_be_done_names_the_workspace(library: Library) -> None:
    with pytest.raises(LibraryError, match="There is none yet"):
        library.workspaces.get("flights")
    library.workspaces.new("Flights")
    library.workspaces.new("Ships")
    with pytest.raises(LibraryError, match=r"“trains”. There are: Flights, Ships"):
        library.workspaces.rename("trains", "planes")
    for name in ("flights", "SHIPS"):
        with pytest.raises(LibraryError, match="already"):
            library.workspaces.new(name)
    with pytest.raises(LibraryError, match="already"):
        library.workspaces.rename("Flights", "ships")
    with pytest.raises(LibraryError, match="needs a name"):
        library.workspaces.new(" \n ")
    with pytest.raises(LibraryError, match="at most"):
        library.workspaces.new("x" * 300)


def test_lists_of_names_are_kept(library: Library) -> None:
    names = read_names("name,query\nKim Jong Un,\nB-52,aircraft:B-52*\n,tanker\n", "names.csv")
    assert names == [
        Sought("Kim Jong Un", '"Kim Jong Un"'),
        Sought("B-52", "aircraft:B-52*"),
        Sought("tanker", "tanker"),
    ]
    library.searches.lists.save("Watch", names)
    library.searches.lists.save("watch", names[:2])
    assert [(str(name), n) for name, n in library.searches.lists.all()] == [("watch", 2)]
    assert library.searches.lists.get("WATCH") == names[:2]
    with pytest.raises(LibraryError, match=r"“nobody”. There are: watch"):
        library.searches.lists.get("nobody")
    library.searches.lists.remove("Watch")
    assert library.searches.lists.all() == []
    with pytest.raises(LibraryError, match="holds no names"):
        read_names("name\n", "empty.csv")


def test_a_copy_has_them_too(library: Library, ids: list[str], tmp_path: Path) -> None:
    library.workspaces.new("Flights", [ids[2], ids[0]])
    library.searches.lists.save("Watch", [Sought("Kim", "Kim")])
    with Library.open(tmp_path / "copy.db") as other:
        copy(library, other)
        assert other.workspaces.all() == library.workspaces.all()
        assert other.searches.lists.get("watch") == [("Kim", "Kim")]
        assert list(differences(library, other)) == []
