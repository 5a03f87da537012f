"""Load the extraction of the source in sight."""

from briefing.library.store.added_facts import added_to
from briefing.library.store.codec import unpack_columns
from briefing.library.store.database import Database
from briefing.library.store.entity_view import edits_of
from briefing.library.store.source_rows import naming
from briefing.model.facts import Extraction
from briefing.model.mentions import Mentions


def marked(db: Database, key: bytes, text: str) -> tuple[Extraction, Mentions] | None:
    """Load a source's extraction with its mentions in columns; None where there is no such source.

    Args:
        db: Connection to the library.
        key: Id of the source, as 32 bytes.
        text: Its text.

    Raises:
        Damaged: Where the extraction cannot be unpacked.
    """
    found = db.execute(
        "SELECT doc, fingerprint, facts FROM source JOIN extractor ON extractor.number = source.extractor"
        " LEFT JOIN extraction USING (kept) WHERE source.id = ?",
        (key,),
    ).fetchone()
    if found is None:
        return None
    edits = edits_of(db)
    doc, fingerprint, facts = found
    added = added_to(db, key)
    with naming(db, doc):
        if not edits:
            return unpack_columns(facts, text, key.hex(), fingerprint, added=added)
        return unpack_columns(facts, text, key.hex(), fingerprint, edits.plain, frozenset(edits.names()), added)
