"""What people make of sources and facts: read, reviewed, pinned, judged, added."""

from typing import TYPE_CHECKING, Literal

from briefing.library.search.facade import Searchable
from briefing.library.store import source_rows
from briefing.model.kinds import FactKind, ReviewState
from briefing.model.safetext import SafeText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.library.store.database import Store
    from briefing.library.store.reviews import Edited, Judging
    from briefing.model.facts import Fact
    from briefing.model.review import Review


class Judgeable(Searchable):
    """Base of a library: notes on sources, and verdicts on facts. Everything raises :class:`LibraryError`."""

    @property
    def _verdicts(self) -> "Judging":
        """How verdicts are kept here."""
        from briefing.library.store import reviews

        return reviews

    def pin(self, source_id: str, pinned: bool = True) -> None:
        """List a source before all others, whatever the order, or at its own place again.

        Args:
            source_id: Id of the source.
            pinned: Whether it comes first.
        """
        _note(self.store, source_id, "pinned", int(pinned))

    def mark_read(self, source_id: str, read: bool = True) -> None:
        """Mark a source as read, or as unread.

        Args:
            source_id: Id of the source.
            read: Whether it was read.
        """
        _note(self.store, source_id, "read", int(read))

    def mark_reviewed(self, source_id: str, reviewed: bool = True) -> None:
        """Mark the review of a source as done, or as open.

        Args:
            source_id: Id of the source.
            reviewed: Whether its review is done.
        """
        _note(self.store, source_id, "reviewed", int(reviewed))

    def position(self, source_id: str) -> int:
        """Where the user stopped reading a source: a character of its text."""
        with self.store.read() as db:
            doc = source_rows.number_of(db, source_id)
            return int(db.execute("SELECT position FROM source WHERE doc = ?", (doc,)).fetchone()[0])

    def set_position(self, source_id: str, position: int) -> None:
        """Note where the user stops reading a source.

        Args:
            source_id: Id of the source.
            position: A character of its text.
        """
        _note(self.store, source_id, "position", position)

    def review(
        self, source_id: str, kind: FactKind, key: str, state: ReviewState, edited: "Edited | None" = None,
        *, note: str | None = None, by: str | None = None,
    ) -> "Review":  # fmt: skip
        """Say what the reader thinks of a fact, and why; ``unreviewed`` takes that back, and an added fact out.

        Args:
            source_id: Id of the source.
            kind: Kind of the fact.
            key: Key of the fact.
            state: The verdict.
            edited: Corrected fields by name; None for none.
            note: The reason; None for none.
            by: Who says so; None for this machine's user, or whoever is connected.
        """
        from briefing.library.store import reviews
        from briefing.model.review import remarked

        with self.store.write() as db:
            said = remarked(edited, note, by or self._verdicts.user(db))
            return reviews.judge(db, source_rows.number_of(db, source_id), kind, key, state, said, self._verdicts.put)

    def add_fact(
        self, source_id: str, fact: "Fact", *, note: str | None = None, by: str | None = None
    ) -> "tuple[Fact, Review]":
        """Keep a fact that its reader marked in a source, with their verdict: accepted. :meth:`undo_review` undoes it.

        Args:
            source_id: Id of the source.
            fact: The fact.
            note: Why it was added; None for no reason.
            by: Who added it; None for this machine's user, or whoever is connected.
        """
        from briefing.library.store import reviews
        from briefing.model.review import remarked

        with self.store.write() as db:
            who = by or self._verdicts.user(db)
            own = fact.model_copy(update={"added_by": SafeText(who or "reader").line(), "rule": None})
            doc = source_rows.number_of(db, source_id)
            return own, reviews.add(db, doc, own, remarked(None, note, who), self._verdicts.put)

    def undo_review(self) -> "Review | None":
        """Undo the last verdict; returns what holds for its fact now, or None where there is nothing to undo."""
        with self.store.write() as db:
            return self._verdicts.undo(db)

    def reviews(self, source_id: str) -> "dict[str, Review]":
        """The verdicts on a source's facts, by the facts' keys."""
        from briefing.library.store import reviews

        with self.store.read() as db:
            return reviews.of_source(db, source_id)


def reviews_of(library: Judgeable, source_ids: "Sequence[str]") -> "dict[str, dict[str, Review]]":
    """The verdicts on the facts of several sources, by their ids; a server is asked once for all of them.

    Args:
        library: The library.
        source_ids: Ids of the sources.

    Returns:
        For each of them the verdicts by the facts' keys, none for one that is not there.
    """
    from briefing.library.store import reviews

    with library.store.read() as db:
        return reviews.of_sources(db, source_ids)


def _note(
    store: "Store", source_id: str, column: Literal["read", "reviewed", "position", "pinned"], value: int
) -> None:
    with store.write() as db:
        db.execute(f"UPDATE source SET {column} = ? WHERE doc = ?", (value, source_rows.number_of(db, source_id)))
