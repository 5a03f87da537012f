"""What the reader says of events and origins, kept in the library: over every extraction, until it is taken back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from briefing.library.errors import LibraryError
from briefing.library.store.database import Store
from briefing.model.claim_edit import ClaimAction, ClaimEdit, TextPlace
from briefing.model.review import user_name
from briefing.model.safetext import SafeText

_MOST: Final = 10_000
"""Edits that a library keeps."""


class ClaimEdits:
    """Edits of events and origins, in the order in which they were made. Everything raises :class:`LibraryError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[ClaimEdit]:
        """The edits that hold, the oldest first; what is damaged is left out."""
        with self._store.read() as db:
            found = db.execute("SELECT number, body FROM claim_edit ORDER BY number").fetchall()
        edits = []
        for number, body in found:
            try:
                edits.append(ClaimEdit.model_validate_json(body).model_copy(update={"number": number}))
            except ValueError:
                continue
        return edits

    def add(
        self, action: ClaimAction, places: Sequence[TextPlace], to: TextPlace | None = None, words: str = ""
    ) -> ClaimEdit:
        """Take an edit down.

        Args:
            action: What is said.
            places: What it is said of.
            to: The event that facts are moved to.
            words: What it is about, for whoever reads the list of edits.

        Returns:
            The edit with its number.
        """
        self._store.require_writable()
        if not places or (action.startswith("join") and len(places) < 2):
            raise LibraryError("Name at least two to join.")
        edit = ClaimEdit(
            action=action,
            places=tuple(places),
            to=to,
            words=SafeText(words).line(),
            by=SafeText(user_name()).line() or None,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        with self._store.write() as db:
            if db.execute("SELECT count(*) FROM claim_edit").fetchone()[0] >= _MOST:
                raise LibraryError(f"A library keeps {_MOST:,} edits of events; take some back first.")
            number = db.execute("INSERT INTO claim_edit (body) VALUES (?)", (edit.model_dump_json(),)).lastrowid
        return edit.model_copy(update={"number": number or 0})

    def undo(self) -> ClaimEdit | None:
        """Take the last edit back; None where there is none."""
        edits = self.all()
        return self.take_back(edits[-1].number) if edits else None

    def take_back(self, number: int) -> ClaimEdit:
        """Take one edit back."""
        self._store.require_writable()
        edit = next((one for one in self.all() if one.number == number), None)
        if edit is None:
            raise LibraryError(f"There is no edit {number} of events; 'briefing events edits' lists them.")
        with self._store.write() as db:
            db.execute("DELETE FROM claim_edit WHERE number = ?", (number,))
        return edit
