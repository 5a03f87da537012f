"""Make a library on a server ``n`` times as large, as ``multiply_library.py`` does with a file: the same ids and dates.

Rows are copied by SQL, with the indexes put aside meanwhile and made anew in the end; counters are multiplied.
"""

from typing import Any, Final

import psycopg

from briefing.library.store.row_ids import BITS

_BY_KEPT: Final = ("body", "extraction", "names")
_BY_DOC: Final = ("words", "quoted", "entity_doc", "fact")
_SHIFTED: Final = {
    "doc": "doc - {doc}",
    "kept": "kept + {kept}",
    "id": "sha256(id || '{k}'::bytea)",
    "added": "added + {kept}",
    "came": "came + {kept}",
    "path": "'/{k}' || path",
}
_COUNTED: Final = (
    "UPDATE entity SET sources = sources * {n}, mentions = mentions * {n}",
    "UPDATE alias SET n = n * {n}",
    "UPDATE term SET uses = uses * {n}",
    "UPDATE total SET n = n * {n}",
    "UPDATE lexeme SET n = n * {n}",
    "UPDATE measure SET n = n * {n}",
)


def multiply_on_server(address: str, n: int) -> None:
    """Write what the library holds ``n`` times over.

    Args:
        address: Address of the library, of an owner; nobody else may be at work in it.
        n: How many times.
    """
    with psycopg.connect(address, options="-c search_path=briefing") as db:
        db.execute("SET session_replication_role = replica")  # nobody has to be told
        db.execute("SET maintenance_work_mem = '400MB'")
        low, high, kept = _one(db, "SELECT min(doc), max(doc), max(kept) FROM source")
        assert low >= 1 << 30, "every source is dated"
        assert not _one(db, "SELECT count(*) FROM word_part")[0], "no source is parted"
        step = ((high - low) >> BITS) + 1 << BITS
        tables = ("source", *_BY_KEPT, *_BY_DOC)
        indexes = db.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'briefing' AND tablename = ANY (%s)"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
            (list(tables),),
        ).fetchall()
        for name, _ in indexes:
            _run(db, f"DROP INDEX {name}")
        for table in tables:
            columns = [row[0] for row in db.execute(f"SELECT * FROM {table} LIMIT 0").description or ()]  # type: ignore[call-overload]
            where = f"kept <= {kept}" if "kept" in columns else f"doc >= {low}"
            for k in range(1, n):
                made = [_SHIFTED.get(each, each).format(doc=k * step, kept=k * kept, k=k) for each in columns]
                _run(db, f"INSERT INTO {table} SELECT {', '.join(made)} FROM {table} WHERE {where}")
        for _, definition in indexes:
            _run(db, definition)
        for sql in _COUNTED:
            _run(db, sql.format(n=n))
        _run(db, f"SELECT setval('body_kept_seq', {n * kept + 1})")
    with psycopg.connect(address, autocommit=True) as db:
        db.execute("VACUUM ANALYZE")


def _run(db: "psycopg.Connection[Any]", sql: str) -> None:
    db.execute(sql)  # type: ignore[call-overload]


def _one(db: "psycopg.Connection[Any]", sql: str) -> Any:
    return db.execute(sql).fetchone()  # type: ignore[call-overload]
