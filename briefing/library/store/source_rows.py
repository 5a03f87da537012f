"""Read rows of lists, and single sources with their text and extraction."""

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from briefing.library.errors import Damaged, LibraryError
from briefing.library.store.added_facts import added_to, with_added
from briefing.library.store.codec import (
    Places,
    checked,
    unpack_details,
    unpack_extraction,
    unpack_plain,
    unpack_raw,
    unpack_text,
)
from briefing.library.store.database import Database, Store
from briefing.library.store.fact_codecs import Plain
from briefing.library.store.notes import OF_SOURCE, note_from
from briefing.model.data_files import parse_json
from briefing.model.listing import SourceRow, Totals
from briefing.model.safetext import SafeText

if TYPE_CHECKING:  # lists are shown without pydantic
    from briefing.library.store.entity_view import Edits
    from briefing.model.facts import Extraction
    from briefing.model.source import Source

_ROW: Final = (
    "source.id, path, title, publisher, published, words, counts, participants, quotes, warnings, read, reviewed,"
    " pinned, gone, newer, (SELECT group_concat(name, char(10)) FROM tag WHERE tag.id = source.id),"
    f" {OF_SOURCE}"
)


def select(db: Database, rest: str, values: Sequence[object]) -> list[SourceRow]:
    """Rows of sources by SQL.

    Args:
        db: Connection to the library.
        rest: What follows ``FROM source``; no foreign text may be in it.
        values: Values of its question marks.
    """
    return [_row(*columns) for columns in db.execute(f"SELECT {_ROW} FROM source {rest}", values)]


def by_number(db: Database, docs: Sequence[int]) -> dict[int, SourceRow]:
    """Rows of sources, by row number; numbers without a source are left out.

    Args:
        db: Connection to the library.
        docs: Row numbers.
    """
    return {doc: row for doc, (row, _) in with_kept(db, docs).items()}


def with_kept(db: Database, docs: Sequence[int]) -> dict[int, tuple[SourceRow, int]]:
    """Rows of sources, by row number, each with the number that its text and extraction are kept under.

    Args:
        db: Connection to the library.
        docs: Row numbers.
    """
    marks = ",".join("?" * len(docs))
    found = db.execute(f"SELECT doc, kept, {_ROW} FROM source WHERE doc IN ({marks})", docs)
    return {doc: (_row(*columns), kept) for doc, kept, *columns in found}


def _row(*columns: Any) -> SourceRow:
    """A line of a list; of one with a damaged value, what can be shown of it."""
    try:
        return _whole_row(*columns)
    except (ValueError, TypeError, AttributeError):
        key, path, title = columns[:3]
        damaged = SafeText("Its entry in the library is damaged. “briefing doctor” says what to do.")
        return SourceRow(
            id=key.hex() if isinstance(key, bytes) else "", path=SafeText(str(path)).line(),
            title=SafeText(str(title)).line(), publisher=None, published=None,
            words=0, counts=0, participants=0, quotes=0, warnings=(damaged,),
        )  # fmt: skip


def _whole_row(*columns: Any) -> SourceRow:
    key, path, title, publisher, published, words, counts, participants, quotes, warnings, *states = columns
    read, reviewed, pinned, gone, newer, tags, note = states
    if not type(words) is type(counts) is type(participants) is type(quotes) is int:
        raise TypeError("a number is none")  # columns of a damaged file hold anything
    return SourceRow(  # in their order: with names, it takes three times as long
        key.hex(),
        SafeText(path),
        SafeText(title),
        None if publisher is None else SafeText(publisher),
        when(published),
        words,
        counts,
        participants,
        quotes,
        tuple(map(SafeText, parse_json(warnings))) if warnings else (),
        bool(read),
        bool(reviewed),
        bool(pinned),
        tuple(map(SafeText, tags.split("\n"))) if tags else (),
        bool(gone),
        newer.hex() if newer else None,
        note_from(note) if note else None,
    )


def key_of(source_id: str) -> bytes:
    """The id as 32 bytes; empty, which no source has, where it is no id."""
    try:
        return bytes.fromhex(source_id)
    except ValueError:
        return b""


def when(published: str | None) -> datetime | date | None:
    """Parse a date or moment as the library keeps it. Raises ValueError or TypeError where it is none."""
    if published is None:
        return None
    return date.fromisoformat(published) if len(published) == 10 else datetime.fromisoformat(published)


def text_of(db: Database, doc: int) -> SafeText:
    """The text of a source. Raises :class:`Damaged`.

    Args:
        db: Connection to the library.
        doc: Row number of the source.
    """
    found = db.execute("SELECT text FROM source LEFT JOIN body USING (kept) WHERE doc = ?", (doc,)).fetchone()
    with naming(db, doc):
        return unpack_text(found[0])


@contextmanager
def naming(db: Database, doc: int) -> Iterator[None]:
    """Have :class:`Damaged` errors of the block name a source, and say what to do.

    Args:
        db: Connection to the library.
        doc: Row number of the source.
    """
    try:
        yield
    except Damaged as error:
        found = db.execute("SELECT id, path FROM source WHERE doc = ?", (doc,)).fetchone()
        key, path = found or (b"", "?")
        shown = key.hex()[:12] if isinstance(key, bytes) else "without an id"
        raise Damaged(
            f"The source {shown} ({path}) is damaged in the library: {error}. 'briefing remove' takes it out,"
            " 'briefing rescue' saves all that can be read into a new library."
        ) from error


def source_of(db: Database, doc: int) -> "Source":
    """A source with its text. Raises :class:`Damaged`.

    Args:
        db: Connection to the library.
        doc: Row number of the source.
    """
    columns = "id, path, title, text, format, publisher, author, published, language, encoding, pages"
    found = db.execute(f"SELECT {columns} FROM source LEFT JOIN body USING (kept) WHERE doc = ?", (doc,)).fetchone()
    with naming(db, doc):
        return _source(*found)


@checked
def _source(*columns: Any) -> "Source":
    from briefing.model.source import Source

    key, path, title, text, form, publisher, author, published, language, encoding, pages = columns
    if not isinstance(key, bytes):
        raise Damaged("its id is none")
    return Source(
        id=key.hex(),
        path=path,
        title=title,
        text=unpack_raw(text),  # the field cleans it
        format=form,
        publisher=publisher,
        author=author,
        published=when(published),
        language=language,
        encoding=encoding,
        **unpack_details(pages),
    )


def extraction_of(
    db: Database, doc: int, text: str, *, added: bool = True, edits: "Edits | None" = None
) -> "Extraction":
    """The extraction of a source, with what readers added and the edits of entities applied. Raises :class:`Damaged`.

    Args:
        db: Connection to the library.
        doc: Row number of the source.
        text: Its text.
        added: Whether to have what readers added: counters and indexes have it not.
        edits: The edits of entities, where they are known already.
    """
    from briefing.library.store.entity_view import edits_of

    edits = edits_of(db) if edits is None else edits
    return _unpacked(db, doc, text, edits.plain if edits else None, added=added)


def extracted(db: Database, doc: int, text: str) -> "Extraction":
    """The extraction of a source as the extractor made it. Raises :class:`Damaged`.

    Args:
        db: Connection to the library.
        doc: Row number of the source.
        text: Its text.
    """
    return _unpacked(db, doc, text, None, added=False)


def _unpacked(
    db: Database, doc: int, text: str, change: Callable[[Plain, str], Plain] | None, *, added: bool
) -> "Extraction":
    key, fingerprint, facts = db.execute(
        "SELECT source.id, coalesce(fingerprint, ''), facts FROM source"
        " LEFT JOIN extractor ON extractor.number = source.extractor LEFT JOIN extraction USING (kept) WHERE doc = ?",
        (doc,),
    ).fetchone()
    with naming(db, doc):
        return unpack_extraction(facts, text, key.hex(), fingerprint, change, added_to(db, key) if added else ())


def participant_keys(db: Database, key: bytes) -> dict[str, str | None]:
    """Keys of a source's participants by their keys as extracted, where edits changed them; None where none is left.

    Args:
        db: Connection to the library.
        key: Id of the source, as 32 bytes.
    """
    from briefing.library.store.entity_view import edits_of

    edits = edits_of(db)
    found = db.execute(
        "SELECT text, facts FROM source JOIN body USING (kept) JOIN extraction USING (kept) WHERE id = ?", (key,)
    ).fetchone()
    if not edits or found is None:
        return {}
    try:
        text = unpack_text(found[0])
        return edits.change(with_added(unpack_plain(found[1], text), added_to(db, key)), text).keys
    except Damaged:
        return {}


def places_of(db: Database, doc: int, text: str) -> Places:
    """Positions of a source's mentions and quotes, without the rest of its extraction. Raises :class:`Damaged`.

    Args:
        db: Connection to the library.
        doc: Row number of the source.
        text: Its text.
    """
    kept = db.execute("SELECT kept FROM source WHERE doc = ?", (doc,)).fetchone()[0]
    known = places_in(db, [kept]).get(kept)
    if known is None:
        raise Damaged("what was found in it is missing")
    return known(text)


def places_in(db: Database, kept: Collection[int]) -> dict[int, Callable[[str], Places]]:
    """Functions that give the positions of mentions and quotes from the text, by number that the source is kept under.

    Args:
        db: Connection to the library.
        kept: Numbers that extractions are kept under; those without one are left out.
    """
    from briefing.library.store.entity_view import edits_of

    edits = edits_of(db)
    change = edits.plain if edits else None
    marks = ",".join("?" * len(kept))
    found = db.execute(f"SELECT kept, facts FROM extraction WHERE kept IN ({marks})", tuple(kept))
    return {number: partial(Places, facts, change=change) for number, facts in found}


def problem_of(db: Database, doc: int) -> Damaged | None:
    """The damage of a source, or None: all that is kept of it is unpacked.

    Args:
        db: Connection to the library.
        doc: Row number of the source.
    """
    try:
        source = source_of(db, doc)
        extracted(db, doc, source.text)
        with naming(db, doc):
            columns = db.execute(f"SELECT {_ROW} FROM source WHERE doc = ?", (doc,)).fetchone()
            checked(_whole_row)(*columns)
            names = db.execute("SELECT entities FROM names JOIN source USING (kept) WHERE doc = ?", (doc,)).fetchone()
            if names is None or not isinstance(names[0], bytes) or len(names[0]) % 4:
                raise Damaged("the list of its names is damaged")
    except Damaged as error:
        return error
    return None


def outdated(db: Database, fingerprint: str) -> int:
    """Number of sources that another extractor read.

    Args:
        db: Connection to the library.
        fingerprint: Fingerprint of the current extractor.
    """
    others = db.execute("SELECT number FROM extractor WHERE fingerprint <> ?", (fingerprint,)).fetchall()
    return sum(db.execute("SELECT count(*) FROM source WHERE extractor = ?", other).fetchone()[0] for other in others)


def outdated_ids(store: Store, fingerprint: str) -> Iterator[str]:
    """Ids of the sources that another extractor read, read in pages: others may write between two of them.

    Args:
        store: The library's connections.
        fingerprint: Fingerprint of the current extractor.
    """
    with store.read() as db:
        others = db.execute("SELECT number FROM extractor WHERE fingerprint <> ?", (fingerprint,)).fetchall()
    sql = "SELECT doc, id FROM source WHERE extractor = ? AND doc < ? ORDER BY doc DESC LIMIT 200"
    for (other,) in others:
        last = sys.maxsize
        while True:
            with store.read() as db:
                page = db.execute(sql, (other, last)).fetchall()
            if not page:
                break
            yield from (key.hex() for _, key in page)
            last = page[-1][0]


def totals(db: Database) -> Totals:
    """Totals of the library, from counters that are kept."""
    kept = dict.fromkeys(("sources", "mentions", "counts", "participants", "quotes"), 0)
    for name, n in db.execute("SELECT name, n FROM total").fetchall():
        if name in kept and type(n) is int:  # a damaged file says anything
            kept[name] = n
    return Totals(**kept, failures=db.execute("SELECT count(*) FROM failure").fetchone()[0])


def number_of(db: Database, source_id: str) -> int:
    """The row number of a source. Raises :class:`LibraryError` where none has the id.

    Args:
        db: Connection to the library.
        source_id: Id of the source.
    """
    found = db.execute("SELECT doc FROM source WHERE id = ?", (key_of(source_id),)).fetchone()
    if found is None:
        raise unknown(source_id)
    return int(found[0])


def unknown(ref: str) -> LibraryError:
    """The error that no source has this id."""
    return LibraryError(f"No source in the library has the id {ref}. See them with: briefing list")
