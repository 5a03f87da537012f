"""Lists of sources: a page of them in some order, their number, and their groups.

Every order and every group but those of tags is the order of an index (see the schema), which also holds what a filter
by state asks for: rows before the page are skipped without being read, and groups are counted without reading any.
"""

from typing import Final

from briefing.library.store import source_rows
from briefing.library.store.database import Database
from briefing.model.listing import SourceRow
from briefing.model.safetext import SafeText
from briefing.model.selection import EVERYTHING, Group, GroupBy, Order, SourceFilter, SourceState

ORDERS: Final[dict[Order, str]] = {
    "newest": "pinned DESC, doc DESC",
    "title": "pinned DESC, title COLLATE NOCASE, doc",
    "publisher": "pinned DESC, publisher IS NULL, publisher COLLATE NOCASE, doc DESC",
    "added": "pinned DESC, added, doc",
}
STATES: Final[dict[SourceState, str]] = {
    "all": "1 = 1",
    "unread": "+read = 0",
    "unreviewed": "+reviewed = 0",
    "reviewed": "+reviewed = 1",
    "pinned": "pinned = 1",
    "gone": "(gone = 1 OR newer IS NOT NULL)",
}
"""With ``+`` no index by state is used, whose sources would have to be sorted: that of the order has the column."""
KEYS: Final[dict[GroupBy, str]] = {
    "publisher": "publisher",
    "day": "substr(published, 1, 10)",
    "folder": r"rtrim(path, replace(replace(path, '/', ''), '\', ''))",
}
"""What sources are grouped by, as the indexes have it; a folder is a path without the letters behind its last slash."""
GROUP_ORDERS: Final[dict[GroupBy, str]] = {
    "publisher": "publisher IS NULL, publisher COLLATE NOCASE",
    "day": f"{KEYS['day']} DESC",
    "folder": KEYS["folder"],
}
_UNTAGGED: Final = "NOT EXISTS (SELECT 1 FROM tag WHERE tag.id = source.id)"
_Where = tuple[str, list[object]]
"""A condition in SQL and its values."""


def listed(
    db: Database, order: Order, where: SourceFilter, group: Group | None, offset: int, limit: int
) -> list[SourceRow]:
    """A page of the sources that pass a filter; pinned ones first.

    Args:
        db: Connection to the library.
        order: The order.
        where: The filter.
        group: One group to list; None for all sources.
        offset: Sources before the page.
        limit: Sources of the page.
    """
    condition, values = _condition(where, group)
    by = ORDERS[order]
    if group is not None and group.by != "tag" and order != "newest":
        by = "+" + by.removeprefix("pinned DESC, ")  # sorted: in its index, the group lies among all others
    rest = f"WHERE {condition} ORDER BY {by} LIMIT ? OFFSET ?"
    return source_rows.select(db, rest, (*values, max(0, limit), max(0, offset)))


def count(db: Database, where: SourceFilter) -> int:
    """Number of sources that pass a filter.

    Args:
        db: Connection to the library.
        where: The filter.
    """
    if where == EVERYTHING:
        return int(db.execute("SELECT n FROM total WHERE name = 'sources'").fetchone()[0])
    condition, values = _condition(where, None)
    return _number(db, condition, values)


def groups(db: Database, by: GroupBy, where: SourceFilter) -> list[Group]:
    """The groups of the sources that pass a filter, in their order; days from the latest on. Empty ones are left out.

    Args:
        db: Connection to the library.
        by: What sources are grouped by.
        where: The filter.
    """
    condition, values = _condition(where, None)
    found = [Group(by, None, _number(db, f"{condition} AND pinned = 1", values), pinned=True)]
    rest = f"{condition} AND pinned = 0"
    if by == "tag":
        tagged = f"FROM tag CROSS JOIN source USING (id) WHERE {rest}"
        counted = db.execute(f"SELECT name, count(*) {tagged} GROUP BY name", values).fetchall()
        some = db.execute(f"SELECT count(DISTINCT source.id) {tagged}", values).fetchone()[0]
        counted.append((None, _number(db, rest, values) - some))
    else:
        order = GROUP_ORDERS[by]
        alike = order.removesuffix(" DESC")
        shown = "min(publisher)" if by == "publisher" else KEYS[by]  # of the ways to write it always the same
        counted = db.execute(
            f"SELECT {shown}, count(*) FROM source WHERE {rest} GROUP BY {alike} ORDER BY {order}", values
        ).fetchall()
    found += [Group(by, None if key is None else SafeText(key), n) for key, n in counted]
    return [group for group in found if group.n]


def _number(db: Database, condition: str, values: list[object]) -> int:
    return int(db.execute(f"SELECT count(*) FROM source WHERE {condition}", values).fetchone()[0])


def _condition(where: SourceFilter, group: Group | None) -> _Where:
    conditions, values = [STATES[where.state]], list[object]()
    if text := where.text.strip():
        pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        conditions.append("(title LIKE ? ESCAPE '\\' OR publisher LIKE ? ESCAPE '\\')")
        values += [pattern, pattern]
    if where.tag:
        conditions.append("source.id IN (SELECT id FROM tag WHERE name = ?)")
        values.append(where.tag)
    if where.workspace:
        conditions.append("source.id IN (SELECT id FROM workspace_source WHERE name = ?)")
        values.append(where.workspace)
    if group is not None:
        condition, more = _of_group(group)
        conditions.append(condition)
        values += more
    return " AND ".join(conditions), values


def _of_group(group: Group) -> _Where:
    if group.pinned:
        return "pinned = 1", []
    if group.by == "tag":
        if group.key is None:
            return f"pinned = 0 AND {_UNTAGGED}", []
        return "pinned = 0 AND source.id IN (SELECT id FROM tag WHERE name = ?)", [group.key]
    key = KEYS[group.by]
    none, alike = f"{key} IS NULL", f"{key} = ?"
    if group.by == "publisher":  # as its index has it
        none, alike = "(publisher IS NULL) = 1", "(publisher IS NULL) = 0 AND publisher = ? COLLATE NOCASE"
    return (f"pinned = 0 AND {none}", []) if group.key is None else (f"pinned = 0 AND {alike}", [group.key])
