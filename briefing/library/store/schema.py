"""The tables of a library file, and the steps by which an older file is brought up to date.

A source's number, ``doc``, orders sources by date (see :mod:`briefing.library.store.row_ids`): it is the row id of its
row and of the full-text index, so "newest first" is a walk of any index backwards and a span of dates is a range of it.
What is large is kept under a number that only grows, ``kept``: pages that are filled in order are filled to the brim.

Names are shared: an ``entity`` row is an entity of some type, or a speaker of quotes, or a publisher, with counters;
``entity_doc`` says in which sources it stands, ``names`` which ones stand in a source. What was found in one source is
one compressed value (``extraction``): a row for every mention would take more than the text itself.
"""

import sqlite3
from collections.abc import Callable
from typing import Final

_FIRST: Final = """
CREATE TABLE source (
    doc INTEGER PRIMARY KEY,
    kept INTEGER NOT NULL,
    id BLOB NOT NULL UNIQUE,
    added INTEGER NOT NULL,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT,
    author TEXT,
    published TEXT,
    language TEXT,
    format TEXT NOT NULL,
    encoding TEXT NOT NULL,
    pages TEXT,
    extractor INTEGER NOT NULL REFERENCES extractor,
    words INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    counts INTEGER NOT NULL,
    participants INTEGER NOT NULL,
    quotes INTEGER NOT NULL,
    traits INTEGER NOT NULL,
    warnings TEXT,
    read INTEGER NOT NULL DEFAULT 0,
    reviewed INTEGER NOT NULL DEFAULT 0,
    position INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX source_added ON source (added);
CREATE INDEX source_title ON source (title COLLATE NOCASE, doc);
CREATE INDEX source_publisher ON source (publisher IS NULL, publisher COLLATE NOCASE, doc DESC);

CREATE TABLE extractor (number INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE);
CREATE TABLE body (kept INTEGER PRIMARY KEY AUTOINCREMENT, text BLOB NOT NULL);
CREATE TABLE extraction (kept INTEGER PRIMARY KEY, facts BLOB NOT NULL);
CREATE TABLE names (kept INTEGER PRIMARY KEY, entities BLOB NOT NULL);

CREATE TABLE entity (
    entity INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    sources INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0,
    UNIQUE (type, name)
);
CREATE INDEX entity_sources ON entity (sources);
CREATE TABLE entity_doc (entity INTEGER, doc INTEGER, PRIMARY KEY (entity, doc)) WITHOUT ROWID;
CREATE TABLE entity_word (word TEXT, entity INTEGER, PRIMARY KEY (word, entity)) WITHOUT ROWID;
CREATE TABLE alias (entity INTEGER, text TEXT, n INTEGER NOT NULL, PRIMARY KEY (entity, text)) WITHOUT ROWID;

CREATE VIRTUAL TABLE word_index USING fts5 (body, title, content = '', tokenize = 'ascii', prefix = '3');
INSERT INTO word_index (word_index, rank) VALUES ('rank', 'bm25(1.0, 4.0)');
CREATE VIRTUAL TABLE quote_index USING fts5 (text, content = '', tokenize = 'ascii');
CREATE TABLE vocabulary (word TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE review (
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    edited TEXT,
    at TEXT,
    fact TEXT NOT NULL,
    live INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (id, kind, key)
) WITHOUT ROWID;
CREATE TABLE undo (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, before TEXT
);

CREATE TABLE failure (path TEXT PRIMARY KEY, reason TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE total (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO total VALUES
    ('sources', 0), ('mentions', 0), ('counts', 0), ('participants', 0), ('quotes', 0), ('spilled', 0);
"""

_STATES: Final = """
ALTER TABLE source ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN newer BLOB;
ALTER TABLE source ADD COLUMN came INTEGER NOT NULL DEFAULT 0;
UPDATE source SET came = kept;
CREATE TABLE tag (id BLOB, name TEXT COLLATE NOCASE, PRIMARY KEY (id, name)) WITHOUT ROWID;
CREATE INDEX tag_name ON tag (name);
DROP INDEX source_title;
DROP INDEX source_publisher;
CREATE INDEX list_newest ON source (pinned, doc, read, reviewed);
CREATE INDEX list_added ON source (pinned DESC, added, doc, read, reviewed);
CREATE INDEX list_title ON source (pinned DESC, title COLLATE NOCASE, doc, read, reviewed);
CREATE INDEX list_publisher
    ON source (pinned DESC, publisher IS NULL, publisher COLLATE NOCASE, doc DESC, read, reviewed);
CREATE INDEX list_day ON source (pinned, substr(published, 1, 10), doc, read, reviewed);
CREATE INDEX list_folder
    ON source (pinned DESC, rtrim(path, replace(replace(path, '/', ''), '\\', '')), doc DESC, read, reviewed);
"""
"""What a reader notes on a source, and what became of its file: ``gone`` when it was deleted, ``newer`` the id of what
it was replaced by. ``came`` is the ``kept`` that the source had first: a greater one came later.

The indexes are the orders and groups of the list of sources (see :mod:`briefing.library.store.source_lists`)."""

_FOLDERS: Final = """
CREATE TABLE watched (folder BLOB PRIMARY KEY, since TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    path BLOB,
    part TEXT,
    id BLOB,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    tried TEXT,
    PRIMARY KEY (path, part)
) WITHOUT ROWID;
ALTER TABLE failure ADD COLUMN file BLOB;
CREATE INDEX source_extractor ON source (extractor);
CREATE INDEX source_newer ON source (newer) WHERE newer IS NOT NULL;
"""
"""Watched folders; files as they were read last (see :mod:`briefing.library.store.file_records`); what to read to
try one that was set aside again. The indexes find what an older extractor did, and what a source is the newer
version of."""

_SEARCHES: Final = """
CREATE TABLE saved_search (name TEXT PRIMARY KEY COLLATE NOCASE, query TEXT NOT NULL, seen INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE past_query (query TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX source_came ON source (came);
CREATE INDEX source_read ON source (read) WHERE read = 1;
CREATE INDEX source_reviewed ON source (reviewed) WHERE reviewed = 1;
CREATE INDEX source_gone ON source (gone) WHERE (gone = 1 OR newer IS NOT NULL);
"""
"""Searches that are kept, each with the greatest ``came`` of its sources that were seen; and what was asked before.

``at`` counts up with every query. The indexes find what came last, and what is in a state that the lists do not order
by."""

_ENTITY_EDITS: Final = """
CREATE TABLE entity_edit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    action TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    written TEXT,
    to_type TEXT,
    to_name TEXT
);
CREATE TABLE edited_doc (entity INTEGER, doc INTEGER, PRIMARY KEY (entity, doc)) WITHOUT ROWID;
CREATE INDEX edited_doc_doc ON edited_doc (doc);
"""
"""What the reader said of entities (see :mod:`briefing.library.store.entity_view`), and in which sources stand the
names, as extracted, that this changes: where to look when it is taken back. Names have the numbers of
``entity`` rows."""


_REMOVALS: Final = """
CREATE TABLE removal (only INTEGER PRIMARY KEY CHECK (only = 0), n INTEGER NOT NULL, overwritten INTEGER NOT NULL);
INSERT INTO removal VALUES (0, 0, 0);
CREATE TABLE secret (only INTEGER PRIMARY KEY CHECK (only = 0), key BLOB NOT NULL);
INSERT INTO secret VALUES (0, randomblob(32));
CREATE TABLE removed (mark BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE INDEX file_id ON file (id) WHERE id IS NOT NULL;
"""
"""How often sources were taken out: what programs remember of names and words no longer holds then.

``overwritten`` is 0 until what earlier versions of the program left in free pages is gone, else one of
:mod:`briefing.library.store.fts.states`. ``removed`` has the sources that were taken out of watched folders, as marks
that tell nothing without the file itself: they are not to come back by themselves."""


_CLAIM_EDITS: Final = """
CREATE TABLE claim_edit (number INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
"""
"""What the reader said of events and origins, each as JSON (see :class:`briefing.model.claim_edit.ClaimEdit`)."""


_WORKSPACES: Final = """
CREATE TABLE workspace (name TEXT PRIMARY KEY COLLATE NOCASE, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE workspace_source (name TEXT COLLATE NOCASE, id BLOB, place INTEGER NOT NULL, PRIMARY KEY (name, id))
    WITHOUT ROWID;
CREATE TABLE name_list (name TEXT PRIMARY KEY COLLATE NOCASE, body TEXT NOT NULL) WITHOUT ROWID;
"""
"""Named selections of sources, each as JSON (see :class:`briefing.library.workspaces.Workspace`) with its sources,
those put in first at the beginning; and lists of names to search for."""


def _create(db: sqlite3.Connection) -> None:
    _run(db, _FIRST)


def _count_removals(db: sqlite3.Connection) -> None:
    from briefing.library.store.reindex import index_hidden

    _run(db, _REMOVALS)
    index_hidden(db)


def _organise(db: sqlite3.Connection) -> None:
    for part in (_STATES, _FOLDERS, _SEARCHES, _ENTITY_EDITS):
        _run(db, part)


def _run(db: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)


def _complete_vocabulary(db: sqlite3.Connection) -> None:
    """Words that hold more than letters were left out, so what begins with some letters could not be told from it."""
    db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, word_index, row)")
    db.execute(
        "INSERT OR IGNORE INTO vocabulary SELECT term FROM temp.terms WHERE length(term) > 2 AND term GLOB '*[^0-9]*'"
    )
    db.execute("DROP TABLE temp.terms")


def _index_other_scripts(db: sqlite3.Connection) -> None:
    from briefing.library.store.reindex import index_other_scripts

    index_other_scripts(db)


def _index_anew(db: sqlite3.Connection) -> None:
    """Make the index of words anew where it is not yet as it is now.

    It has the texts first, since of all words but those in its first column it notes the column; it gathers beginnings
    of three letters (see :mod:`briefing.library.search.beginnings`), and knows when sources came.
    """
    from briefing.library.store.reindex import index_all

    written = db.execute("SELECT sql FROM sqlite_master WHERE name = 'word_index'").fetchone()[0]
    if flat(written) == VIRTUAL["word_index"][0]:
        return
    db.execute("DROP TABLE word_index")
    for statement in _FIRST.split(";\n"):
        if "word_index" in statement:
            db.execute(statement)
    index_all(db)


def _list_facts(db: sqlite3.Connection) -> None:
    from briefing.library.store.fact_table import TABLES
    from briefing.library.store.reindex import list_facts

    _run(db, TABLES)
    list_facts(db)


def _keep_claim_edits(db: sqlite3.Connection) -> None:
    _run(db, _CLAIM_EDITS)


def _keep_workspaces(db: sqlite3.Connection) -> None:
    _run(db, _WORKSPACES)


MIGRATIONS: Final[tuple[Callable[[sqlite3.Connection], None], ...]] = (
    _create,
    _organise,
    _complete_vocabulary,
    _index_other_scripts,
    _count_removals,
    _index_anew,
    _list_facts,
    _keep_claim_edits,
    _keep_workspaces,
    _index_anew,
)
"""Step ``n`` takes a file from version ``n`` to ``n + 1``. Steps are only ever added."""


def flat(statement: str) -> str:
    """A statement on one line, however it was written."""
    return " ".join(statement.split())


def _defined(name: str) -> str:
    return flat(next(each for each in _FIRST.split(";\n") if f"VIRTUAL TABLE {name}" in each))


_TITLE_FIRST: Final = (
    "CREATE VIRTUAL TABLE word_index USING fts5 (title, body, content = '', tokenize = 'ascii', prefix = '2 3')"
)

VIRTUAL: Final = {
    "word_index": (_defined("word_index"), _TITLE_FIRST, _TITLE_FIRST.replace("(title, body,", "(body, title,")),
    "quote_index": (_defined("quote_index"),),
}
"""How each virtual table is defined, and how older libraries have it."""
