"""Lists of sources: filters, groups, pins, tags; and that indexes serve them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from briefing.library import Library, LibraryError
from briefing.library.store import source_lists
from briefing.library.store.tags import tag_of
from briefing.model.selection import EVERYTHING, Group, GroupBy, Order, SourceFilter, SourceState

from .made import make_extraction, make_source

IN = (
    ("alpha", "Wire", date(2025, 7, 1), "/pile/a/1.txt"),
    ("Bravo", "wire", date(2025, 7, 2), "/pile/a/2.txt"),
    ("charlie", None, date(2025, 7, 2), "/pile/b/3.txt"),
    ("delta", "Gazette", None, "C:\\pile\\4.txt"),
    ("echo", "Gazette", date(2025, 6, 1), "-"),
)


@pytest.fixture
def five(tmp_path: Path) -> Iterator[Library]:
    """Five sources named after letters."""
    with Library.open(tmp_path / "five.db") as library:
        for title, publisher, published, path in IN:
            source = make_source(title, publisher=publisher, published=published, path=path)
            library.add(source, make_extraction(source))
        yield library


def key(library: Library, title: str) -> str:
    return next(row.id for row in library.sources() if row.title == title)


def titles(library: Library, order: Order = "title", **more: object) -> list[str]:
    return [row.title for row in library.sources(order, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize("order", ["newest", "title", "publisher", "added"])
def test_pinned_sources_come_first_in_every_order(five: Library, order: Order) -> None:
    before = titles(five, order)
    five.pin(key(five, "delta"))
    assert titles(five, order) == ["delta", *(title for title in before if title != "delta")]
    assert five.sources(order)[0].pinned
    five.pin(key(five, "delta"), False)
    assert titles(five, order) == before


def test_filters_by_state(five: Library) -> None:
    five.mark_read(key(five, "alpha"))
    five.mark_read(key(five, "Bravo"))
    five.mark_reviewed(key(five, "Bravo"))
    five.pin(key(five, "echo"))
    expected: dict[SourceState, set[str]] = {
        "all": {"alpha", "Bravo", "charlie", "delta", "echo"},
        "unread": {"charlie", "delta", "echo"},
        "unreviewed": {"alpha", "charlie", "delta", "echo"},
        "reviewed": {"Bravo"},
        "pinned": {"echo"},
        "gone": set(),
    }
    for state, wanted in expected.items():
        where = SourceFilter(state=state)
        assert set(titles(five, where=where)) == wanted
        assert five.count(where) == len(wanted)


def test_filters_work_together(five: Library) -> None:
    for title in ("alpha", "Bravo", "delta"):
        five.tags.set(key(five, title), ["navy"])
    five.mark_read(key(five, "alpha"))
    assert titles(five, where=SourceFilter("WIRE", "unread", "Navy")) == ["Bravo"]
    assert five.count(SourceFilter("WIRE", tag="navy")) == 2


def test_groups_have_heads_with_numbers_and_pages(five: Library) -> None:
    def heads(by: GroupBy, where: SourceFilter = EVERYTHING) -> list[tuple[str | None, int]]:
        return [("pinned" if group.pinned else group.key, group.n) for group in five.groups(by, where)]

    assert heads("publisher") == [("Gazette", 2), ("Wire", 2), (None, 1)]  # whatever the case
    assert heads("day") == [("2025-07-02", 2), ("2025-07-01", 1), ("2025-06-01", 1), (None, 1)]
    assert heads("folder") == [("", 1), ("/pile/a/", 2), ("/pile/b/", 1), ("C:\\pile\\", 1)]
    five.pin(key(five, "alpha"))
    assert heads("publisher") == [("pinned", 1), ("Gazette", 2), ("wire", 1), (None, 1)]
    five.mark_read(key(five, "delta"))
    assert heads("publisher", SourceFilter(state="unread")) == [("pinned", 1), ("Gazette", 1), ("wire", 1), (None, 1)]
    for by in ("publisher", "day", "folder"):
        for group in five.groups(by):  # type: ignore[arg-type]
            for order in ("newest", "title", "publisher", "added"):
                found = titles(five, order, group=group)  # type: ignore[arg-type]
                assert len(found) == group.n
                assert titles(five, order, group=group, offset=1) == found[1:]  # type: ignore[arg-type]


def test_a_source_stands_under_each_of_its_tags(five: Library) -> None:
    five.tags.set(key(five, "alpha"), ["navy", "korea"])
    five.tags.set(key(five, "Bravo"), ["Navy"])
    found = five.groups("tag")
    assert [(group.key, group.n) for group in found] == [("korea", 1), ("navy", 2), (None, 3)]
    assert [titles(five, group=group) for group in found] == [
        ["alpha"], ["alpha", "Bravo"], ["charlie", "delta", "echo"],
    ]  # fmt: skip
    five.pin(key(five, "alpha"))
    assert [(group.key, group.n) for group in five.groups("tag")] == [(None, 1), ("navy", 1), (None, 3)]


def test_tags_are_set_changed_and_kept(five: Library) -> None:
    source_id = key(five, "alpha")
    five.tags.set(source_id, ["#Navy", "  two words ", "", "navy"])
    assert five.tags.of(source_id) == ["navy", "two-words"]
    assert five.row(source_id).tags == ("navy", "two-words")
    five.tags.change([source_id, key(five, "echo")], add=["Two-Words", "new"], take=["NAVY"])
    assert five.tags.of(source_id) == ["new", "two-words"]
    assert five.tags.all() == [("new", 2), ("two-words", 2)]
    source = five.source(source_id)
    five.pin(source_id)
    five.add(source, make_extraction(source, extractor="f2"))
    assert five.row(source_id).tags == ("new", "two-words")
    assert five.row(source_id).pinned
    five.remove(source_id)
    assert five.tags.all() == [("new", 1), ("two-words", 1)]
    with pytest.raises(LibraryError, match="No source"):
        five.tags.set(source_id, ["x"])


def test_a_tag_is_one_safe_word() -> None:
    assert tag_of("##a\x1bb c\nd") == "a�b-c-d"
    assert len(tag_of("x" * 99)) == 40
    assert tag_of(" # ") == ""


@pytest.mark.parametrize("order", source_lists.ORDERS)
@pytest.mark.parametrize("state", ["all", "unread", "unreviewed", "reviewed"])
def test_no_order_is_sorted_or_read_as_a_whole(five: Library, order: Order, state: SourceState) -> None:
    where = source_lists.STATES[state]
    query = f"SELECT id FROM source WHERE {where} ORDER BY {source_lists.ORDERS[order]} LIMIT 5 OFFSET 5"
    assert _plan(five, query) == [f"SCAN source USING INDEX list_{order}"]


@pytest.mark.parametrize("by", source_lists.GROUP_ORDERS)
def test_groups_are_counted_and_found_by_an_index(five: Library, by: GroupBy) -> None:
    order = source_lists.GROUP_ORDERS[by]
    shown = "min(publisher)" if by == "publisher" else source_lists.KEYS[by]
    counted = f"SELECT {shown}, count(*) FROM source WHERE pinned = 0 GROUP BY {order.removesuffix(' DESC')}"
    (how,) = _plan(five, f"{counted} ORDER BY {order}")
    assert f"list_{by} (pinned=?)" in how
    condition, values = source_lists._of_group(Group(by, five.sources()[0].title, 1))
    (how,) = _plan(five, f"SELECT id FROM source WHERE {condition} ORDER BY {source_lists.ORDERS['newest']}", values)
    assert f"USING INDEX list_{by} (pinned=? AND" in how


def _plan(library: Library, query: str, values: list[object] | None = None) -> list[str]:
    with library.store.read() as db:
        return [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", values or [])]
