"""Workspaces: named selections of sources, kept in the library until they are removed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import Field, field_validator

from briefing.library.errors import LibraryError
from briefing.library.store.database import Database, Store
from briefing.library.store.source_rows import key_of
from briefing.model.base import Frozen
from briefing.model.review import user_name
from briefing.model.safetext import SafeText

_LONGEST: Final = 80
"""Characters of a name."""
_COPIED: Final = ("title", "bottom_line", "note", "grades")


GradeTables = dict[str, dict[str, str]]
"""Grades as the file of grades has them: by table (``publishers``, ``sources``, ``items``), then by what is graded."""


class Workspace(Frozen):
    """A selection under a name.

    The verdicts that belong to it are those on the facts of its sources. ``bottom_line`` is what its brief begins with,
    ``title`` what that is called, ``note`` is for whoever works in it. Its ``grades`` go before those of the settings.
    """

    name: SafeText
    title: SafeText = SafeText()
    bottom_line: SafeText = SafeText()
    note: SafeText = SafeText()
    grades: GradeTables = Field(default_factory=dict)
    archived: bool = False
    by: SafeText | None = None
    made: str | None = None
    """ISO moment."""
    sources: tuple[str, ...] = ()
    """Ids, those put in first at the beginning; not part of what is kept under the name."""

    @field_validator("grades")
    @classmethod
    def _cleaned(cls, tables: GradeTables) -> GradeTables:
        """What comes from a colleague is shown as it is kept."""
        return {
            SafeText(table).line(): {SafeText(name).line(): SafeText(grade).line() for name, grade in grades.items()}
            for table, grades in tables.items()
        }

    @property
    def packed(self) -> dict[str, Any]:
        """What a colleague is given of it, as JSON."""
        return self.model_dump(mode="json", include={"name", *_COPIED, "by", "sources"})


class Workspaces:
    """The workspaces of one library. Everything raises :class:`LibraryError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, *, archived: bool = False) -> list[Workspace]:
        """Every workspace by name; those that are archived only if asked for. What is damaged is left out."""
        with self._store.read() as db:
            rows = db.execute("SELECT name, body FROM workspace ORDER BY name").fetchall()
            found = [one for name, body in rows if (one := _read(db, name, body)) is not None]
        return [one for one in found if archived or not one.archived]

    def get(self, name: str) -> Workspace:
        """The workspace of a name, in any case."""
        with self._store.read() as db:
            return _required(db, name)

    def new(self, name: str, source_ids: Sequence[str] = (), like: Workspace | None = None) -> Workspace:
        """Make a workspace.

        Args:
            name: Its name, which no other has.
            source_ids: Ids of its sources; those that are not in the library are left out.
            like: Whose title, bottom line, note and grades it begins with; None for none.
        """
        made = Workspace(
            name=_named(name),
            by=SafeText(user_name()).line() or None,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        if like is not None:
            made = made.model_copy(update={field: getattr(like, field) for field in _COPIED})
        with self._store.write() as db:
            _require_free(db, made.name)
            _put(db, made)
            _put_in(db, made.name, source_ids)
            return _required(db, made.name)

    def change(self, name: str, fields: Mapping[str, Any]) -> Workspace:
        """Give a workspace other fields: title, bottom line, note, grades, whether it is archived.

        Args:
            name: Its name.
            fields: Their new values by name.
        """
        with self._store.write() as db:
            changed = _required(db, name).model_copy(update=dict(fields))
            _put(db, changed)
            return changed

    def rename(self, name: str, to: str) -> Workspace:
        """Call a workspace otherwise.

        Args:
            name: Its name.
            to: The new name, which no other workspace has.
        """
        with self._store.write() as db:
            old = _required(db, name)
            renamed = old.model_copy(update={"name": _named(to)})
            if renamed.name.casefold() != old.name.casefold():
                _require_free(db, renamed.name)
            _take(db, old.name)
            _put(db, renamed)
            _put_in(db, renamed.name, old.sources)
            return renamed

    def duplicate(self, name: str, to: str) -> Workspace:
        """Make another workspace that begins as one is.

        Args:
            name: Its name.
            to: Name of the other one.
        """
        old = self.get(name)
        return self.new(to, old.sources, old)

    def remove(self, name: str) -> Workspace:
        """Take a workspace away; its sources and the verdicts on them stay in the library."""
        with self._store.write() as db:
            gone = _required(db, name)
            _take(db, gone.name)
            return gone

    def put_in(self, name: str, source_ids: Collection[str]) -> Workspace:
        """Put sources into a workspace; those that are in it stay.

        Args:
            name: Its name.
            source_ids: Ids of the sources.
        """
        with self._store.write() as db:
            _put_in(db, _required(db, name).name, source_ids)
            return _required(db, name)

    def take_out(self, name: str, source_ids: Collection[str]) -> Workspace:
        """Take sources out of a workspace; they stay in the library.

        Args:
            name: Its name.
            source_ids: Ids of the sources.
        """
        with self._store.write() as db:
            own = _required(db, name).name
            rows = [(own, key_of(one)) for one in source_ids]
            db.executemany("DELETE FROM workspace_source WHERE name = ? AND id = ?", rows)
            return _required(db, name)


def _named(name: str) -> SafeText:
    shown = SafeText(name).line()
    if not shown:
        raise LibraryError("A workspace needs a name.")
    if len(shown) > _LONGEST:
        raise LibraryError(f"The name of a workspace has at most {_LONGEST} characters.")
    return shown


def _read(db: Database, name: str, body: str) -> Workspace | None:
    """A workspace as it is kept; None where that is damaged."""
    rows = db.execute("SELECT id FROM workspace_source WHERE name = ? ORDER BY place", (name,)).fetchall()
    try:
        kept = Workspace.model_validate_json(body)
    except ValueError:
        return None
    return kept.model_copy(update={"name": SafeText(name), "sources": tuple(bytes(row[0]).hex() for row in rows)})


def _required(db: Database, name: str) -> Workspace:
    found = db.execute("SELECT name, body FROM workspace WHERE name = ?", (SafeText(name).line(),)).fetchone()
    kept = _read(db, *found) if found is not None else None
    if kept is None:
        names = [str(row[0]) for row in db.execute("SELECT name FROM workspace ORDER BY name LIMIT 8")]
        there = f"There are: {', '.join(names)}." if names else "There is none yet: briefing workspace new NAME"
        raise LibraryError(f"No workspace is called “{SafeText(name).line()}”. {there}")
    return kept


def _require_free(db: Database, name: str) -> None:
    if db.execute("SELECT 1 FROM workspace WHERE name = ?", (name,)).fetchone():
        raise LibraryError(f"There is a workspace “{name}” already.")


def _put(db: Database, workspace: Workspace) -> None:
    body = workspace.model_dump_json(exclude={"sources"})
    if not db.execute("UPDATE workspace SET body = ? WHERE name = ?", (body, workspace.name)).rowcount:
        db.execute("INSERT INTO workspace (name, body) VALUES (?, ?)", (workspace.name, body))


def _put_in(db: Database, name: str, source_ids: Collection[str]) -> None:
    """Put those of the sources in that are in the library and not in the workspace."""
    last = db.execute("SELECT coalesce(max(place), 0) FROM workspace_source WHERE name = ?", (name,)).fetchone()[0]
    there = {bytes(row[0]) for row in db.execute("SELECT id FROM workspace_source WHERE name = ?", (name,))}
    for key in dict.fromkeys(map(key_of, source_ids)):
        if key not in there and db.execute("SELECT 1 FROM source WHERE id = ?", (key,)).fetchone():
            last += 1
            db.execute("INSERT INTO workspace_source (name, id, place) VALUES (?, ?, ?)", (name, key, last))


def _take(db: Database, name: str) -> None:
    db.execute("DELETE FROM workspace_source WHERE name = ?", (name,))
    db.execute("DELETE FROM workspace WHERE name = ?", (name,))
