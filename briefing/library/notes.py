"""Notes on sources: read from a library, and written into it."""

from typing import TYPE_CHECKING

from briefing.library.store import notes, source_rows

if TYPE_CHECKING:
    from briefing.library.library import Library
    from briefing.model.listing import Note
    from briefing.model.review import Review


def note_on(library: "Library", source_id: str) -> "Note | None":
    """What its reader wrote on a source.

    Args:
        library: The library.
        source_id: Id of the source.
    """
    with library.store.read() as db:
        return notes.note_on(db, source_rows.key_of(source_id))


def write_note(library: "Library", source_id: str, words: str, *, by: str | None = None) -> None:
    """Write a note on a source, in the place of the one before.

    Args:
        library: The library.
        source_id: Id of the source.
        words: The note; empty takes it away.
        by: Who wrote it; None for this machine's user, on a server for who is connected.

    Raises:
        LibraryError: Where no source has this id, or the library can only be read.
    """
    from briefing.model.review import remarked

    with library.store.write() as db:
        source_rows.number_of(db, source_id)
        said = remarked(None, words, by or library._verdicts.user(db)) if words.strip() else None
        library._verdicts.remark(db, source_id, said)


def notes_of(library: "Library", source_id: str) -> "tuple[Note | None, dict[str, Review]]":
    """The note on a source, and the verdicts on its facts, which have theirs.

    Args:
        library: The library.
        source_id: Id of the source.
    """
    return note_on(library, source_id), library.reviews(source_id)
