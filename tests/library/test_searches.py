"""Searches that are kept, with what is new; queries of before; facets; search by tag and state."""

from datetime import date

import pytest

from briefing.library import Library, LibraryError
from briefing.library.search import arrivals
from briefing.library.search import facets as facets_module
from briefing.library.search import index as index_module
from briefing.library.search import saved as searches_module
from briefing.model.answers import Facet, Facets
from briefing.model.source import Source

from .made import make_extraction, make_source


def add(library: Library, text: str, **more: object) -> Source:
    source = make_source(text, **more)
    library.add(source, make_extraction(source))
    return source


def saved(library: Library) -> list[tuple[str, str, int, int]]:
    return [(one.name, one.query, one.total, one.new) for one in library.searches.saved()]


class TestSaved:
    def test_what_came_since_the_last_look_is_new(self, library: Library) -> None:
        library.searches.save("Missiles", "missile")
        library.searches.save("all", "")
        assert saved(library) == [("all", "", 3, 0), ("Missiles", "missile", 2, 0)]
        add(library, "Another missile", published=date(1990, 1, 1))
        add(library, "Nothing of the kind")
        assert saved(library) == [("all", "", 5, 2), ("Missiles", "missile", 3, 1)]
        library.searches.mark_seen("missiles")
        assert saved(library) == [("all", "", 5, 2), ("Missiles", "missile", 3, 0)]

    def test_a_source_that_is_extracted_anew_is_not_new(self, library: Library, sources: list[Source]) -> None:
        library.searches.save("all", "")
        library.add(sources[0], make_extraction(sources[0], "f2"))
        assert saved(library) == [("all", "", 3, 0)]

    @pytest.mark.parametrize("query", ["missile", "person:caine OR missile", "date:2025", "", "is:unread", "nothing"])
    def test_new_ones_are_counted_alike_whether_few_or_many(
        self, library: Library, query: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        library.searches.save("x", query)
        for n in range(3):
            add(library, f"A missile, number {n}", published=date(2025, 7, n + 1))
        few = saved(library)
        monkeypatch.setattr(index_module, "_MARKS", 0)
        assert saved(library) == few
        monkeypatch.setattr(index_module, "MANY", 1)
        assert saved(library) == few

    def test_new_ones_are_told_from_others_that_came_just_before(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Sources are marked by what came together with them; a look may lie between these."""
        monkeypatch.setattr(arrivals, "_BITS", 1)
        for n in range(9):
            library.searches.save(f"after {n}", "rocket")
            add(library, f"A rocket, number {n}", published=date(2025, 7, 9 - n))
        monkeypatch.setattr(index_module, "_MARKS", 2)
        found = {name: new for name, _, _, new in saved(library)}
        assert found == {f"after {n}": 9 - n for n in range(9)}
        monkeypatch.setattr(index_module, "_MARKS", 100)
        assert {name: new for name, _, _, new in saved(library)} == found

    def test_what_is_taken_out_is_new_no_more(self, library: Library) -> None:
        library.searches.save("x", "rocket")
        one = add(library, "A rocket")
        again = add(library, "Another rocket")
        library.add(again, make_extraction(again, "f2"))
        library.remove(one.id)
        assert saved(library) == [("x", "rocket", 1, 1)]

    def test_numbers_are_capped_and_say_so(self, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        library.searches.save("x", "missile")
        add(library, "A missile")
        add(library, "A second missile")
        monkeypatch.setattr(searches_module, "RANKED", 1)
        (one,) = library.searches.saved()
        assert (one.total, one.exact, one.new, one.new_exact) == (1, False, 1, False)

    def test_names(self, library: Library) -> None:
        library.searches.save(" A\x1b ", "guam\n")
        library.searches.save("a\ufffd", "missile")
        assert saved(library) == [("a\ufffd", "missile", 2, 0)]
        assert library.searches.query("A\x1b") == "missile"
        library.searches.remove("A\ufffd")
        assert saved(library) == []
        assert library.searches.query("a") is None
        for change in (library.searches.remove, library.searches.mark_seen):
            with pytest.raises(LibraryError, match="no saved search “a”"):
                change("a")
        with pytest.raises(LibraryError, match="needs a name"):
            library.searches.save(" ", "missile")


class TestPast:
    def test_latest_first_each_once(self, library: Library) -> None:
        for query in ("guam", "missile", " ", "Guam missile", "guam"):
            library.searches.remember(query)
        assert library.searches.past() == ["guam", "Guam missile", "missile"]
        assert library.searches.past("GU") == ["guam", "Guam missile"]
        assert library.searches.past("", 1) == ["guam"]
        library.searches.forget_past()
        assert library.searches.past() == []

    def test_old_ones_are_forgotten(self, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(searches_module, "PAST", 2)
        for query in ("a", "b", "c"):
            library.searches.remember(query)
        assert library.searches.past() == ["c", "b"]


def group(found: Facets, title: str) -> list[tuple[str, int, str]]:
    facets: tuple[Facet, ...] = dict(found.groups).get(title, ())  # type: ignore[call-overload]
    return [(facet.value, facet.n, facet.term) for facet in facets]


class TestFacets:
    def test_of_all(self, library: Library, sources: list[Source]) -> None:
        library.tags.set(sources[0].id, ["todo"])
        found = library.facets("")
        assert found.exact
        assert found.counted == 3
        assert group(found, "Nations") == [("United States", 2, 'nation:"United States"'), ("Japan", 1, "nation:Japan")]
        assert group(found, "People") == [
            ("Dan Caine", 1, 'person:"Dan Caine"'),
            ("Kim Myung-soo", 1, 'person:"Kim Myung-soo"'),
        ]
        assert group(found, "Years") == [("2025", 2, "date:2025")]
        assert group(found, "Publishers")[0] == ("Air & Space", 1, 'publisher:"Air & Space"')
        assert group(found, "Tags") == [("todo", 1, "tag:todo")]

    @pytest.mark.parametrize("query", ["", "missile", "ballistic", "person:caine", "-guam", "nothing", "!!!"])
    def test_taking_one_finds_as_many(self, library: Library, query: str) -> None:
        found = library.facets(query)
        assert found.counted == library.search(query).total
        for _, facets in found.groups:
            for facet in facets:
                assert library.search(f"{query} {facet.term}").total == facet.n, facet

    def test_of_a_large_result_the_newest_are_counted(self, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(facets_module, "COUNTED", 1)
        found = library.facets("ballistic")
        assert (found.exact, found.counted) == (False, 1)
        assert group(found, "Organisations") == [
            ("Korean Central News Agency", 1, 'org:"Korean Central News Agency"'),
        ]
        assert group(found, "Years") == [("2025", 2, "date:2025")], "counted in the index, whatever is looked at"
        assert not dict(found.groups)["Organisations"][0].exact  # type: ignore[index]

    def test_limit_within_and_stopped(self, library: Library, sources: list[Source]) -> None:
        assert len(group(library.facets("", limit=1), "Nations")) == 1
        assert library.facets("", within=[sources[2].id]).counted == 1
        assert library.search("missile").total == 2
        (connection,) = library.store._idle
        connection.set_progress_handler(library.interrupt, 1)
        assert library.facets("missile") == Facets(exact=False)


class TestTagsAndStates:
    def test_by_tag(self, library: Library, sources: list[Source]) -> None:
        library.tags.set(sources[0].id, ["to-check", "Asia"])
        library.tags.set(sources[1].id, ["asia"])
        assert library.search("tag:asia").total == 2
        assert library.search("tag:to-check").total == 1
        assert library.search("tag:chec*").total == 1
        assert library.search("missile -tag:check").total == 1
        assert library.search("tag:*").total == 2
        assert library.search("tag:nothing").total == 0
        assert library.search("tag:as", typing=True).total == 2

    def test_by_state(self, library: Library, sources: list[Source]) -> None:
        library.mark_read(sources[0].id)
        library.mark_reviewed(sources[1].id)
        library.pin(sources[2].id, True)
        found = {
            state: library.search(f"is:{state}").total
            for state in ("read", "unread", "reviewed", "unreviewed", "pinned", "gone")
        }
        assert found == {"read": 1, "unread": 2, "reviewed": 1, "unreviewed": 2, "pinned": 1, "gone": 0}
        assert library.search("missile is:read").total == 1
        assert library.search("missile (is:pinned OR is:read OR caine)").total == 1
        assert library.search("-is:read").total == 2

    @pytest.mark.parametrize("few", [0, 5000])
    def test_frequent_ones_are_found_alike(
        self, library: Library, sources: list[Source], few: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from briefing.library.search import plan, sql

        monkeypatch.setattr(sql, "FEW", few)
        monkeypatch.setattr(plan, "FEW", few)
        library.tags.set(sources[0].id, ["x1", "x2"])
        library.mark_read(sources[1].id)
        assert library.search("tag:x*").total == 1
        assert library.search("missile tag:x*").total == 1
        assert library.search("missile is:read").total == 1
        assert library.search("is:read").total == 1
        assert library.search("missile -is:read (tag:x1 OR is:gone)").total == 1
