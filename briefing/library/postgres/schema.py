"""The tables of a library on a server, who may do what in them, and how an older one is brought up to date.

They are those of a library file (:mod:`briefing.library.store.schema`) wherever the two engines can have the same, so
that the same statements ask both. Otherwise here: the index of words (``words``, ``word_part``, ``quoted``,
``quote_part``, see :mod:`briefing.library.postgres.passages`), one verdict for each author, and what is personal: what
somebody has read, where they were, what they searched. Vectors lie in the rows themselves and are not compressed: the
newest of them are gone through for every frequent word. Names may be of any length, an entry of an index may not: what
long values are found by is their digest.
"""

from collections.abc import Callable
from typing import Any, Final, LiteralString

from briefing.library.errors import LibraryError
from briefing.library.postgres.connection import SCHEMA, Server

ROLES: Final = ("briefing_reader", "briefing_reviewer", "briefing_owner")
"""Each may do what those before it may."""

_TABLES: Final[LiteralString] = """
CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

CREATE TABLE source (
    doc bigint PRIMARY KEY, kept bigint NOT NULL, id bytea NOT NULL UNIQUE, added bigint NOT NULL,
    path text COLLATE "C" NOT NULL, title text COLLATE "C" NOT NULL, publisher text COLLATE "C",
    author text COLLATE "C", published text COLLATE "C", language text COLLATE "C", format text COLLATE "C" NOT NULL,
    encoding text COLLATE "C" NOT NULL, pages text COLLATE "C", extractor bigint NOT NULL, words bigint NOT NULL,
    mentions bigint NOT NULL, counts bigint NOT NULL, participants bigint NOT NULL, quotes bigint NOT NULL,
    traits bigint NOT NULL, warnings text COLLATE "C", read smallint NOT NULL DEFAULT 0,
    reviewed smallint NOT NULL DEFAULT 0, position bigint NOT NULL DEFAULT 0, pinned smallint NOT NULL DEFAULT 0,
    gone smallint NOT NULL DEFAULT 0, newer bytea, came bigint NOT NULL DEFAULT 0
);
CREATE INDEX list_newest ON source (pinned, doc);
CREATE INDEX list_added ON source (pinned DESC, added, doc);
CREATE INDEX list_title ON source (pinned DESC, lower(left(title, 200)), doc);
CREATE INDEX list_publisher ON source (pinned DESC, (publisher IS NULL), lower(left(publisher, 200)), doc DESC);
CREATE INDEX source_came ON source (came);
CREATE INDEX source_extractor ON source (extractor);
CREATE INDEX source_newer ON source (newer) WHERE newer IS NOT NULL;
CREATE INDEX source_gone ON source (gone) WHERE gone = 1 OR newer IS NOT NULL;

CREATE TABLE extractor (number bigserial PRIMARY KEY, fingerprint text COLLATE "C" NOT NULL UNIQUE);
CREATE TABLE body (kept bigserial PRIMARY KEY, text bytea NOT NULL);
CREATE TABLE extraction (kept bigint PRIMARY KEY, facts bytea NOT NULL);
CREATE TABLE names (kept bigint PRIMARY KEY, entities bytea NOT NULL);
ALTER TABLE body ALTER COLUMN text SET STORAGE EXTERNAL;
ALTER TABLE extraction ALTER COLUMN facts SET STORAGE EXTERNAL;

CREATE TABLE entity (
    entity bigserial PRIMARY KEY, type text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL,
    sources bigint NOT NULL DEFAULT 0, mentions bigint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX entity_name ON entity (type, md5(name));
CREATE INDEX entity_by_name ON entity USING hash (name);
CREATE INDEX entity_sources ON entity (sources);
CREATE TABLE entity_doc (entity bigint, doc bigint, PRIMARY KEY (entity, doc));
CREATE INDEX entity_doc_doc ON entity_doc (doc);
CREATE TABLE entity_word (word text COLLATE "C", entity bigint, PRIMARY KEY (word, entity));
CREATE INDEX entity_word_entity ON entity_word (entity);
CREATE TABLE alias (entity bigint, text text COLLATE "C", n bigint NOT NULL);
CREATE UNIQUE INDEX alias_text ON alias (entity, md5(text));
CREATE TABLE edited_doc (entity bigint, doc bigint, PRIMARY KEY (entity, doc));
CREATE INDEX edited_doc_doc ON edited_doc (doc);
CREATE TABLE entity_edit (
    number bigserial PRIMARY KEY, action text COLLATE "C" NOT NULL, type text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL, written text COLLATE "C", to_type text COLLATE "C", to_name text COLLATE "C",
    author text NOT NULL DEFAULT current_user
);

CREATE TABLE term (term bigserial PRIMARY KEY, text text COLLATE "C" NOT NULL, uses bigint NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX term_text ON term (md5(text));
CREATE INDEX term_by_text ON term USING hash (text);
CREATE TABLE fact (
    term bigint, doc bigint, kind bigint, n bigint, start bigint NOT NULL, length bigint NOT NULL,
    low bigint, high bigint, operator bigint, PRIMARY KEY (term, doc, kind, n)
);
CREATE INDEX fact_operator ON fact (operator, doc) WHERE operator IS NOT NULL;
CREATE INDEX fact_doc ON fact (doc);

CREATE TABLE claim_edit (
    number bigserial PRIMARY KEY, body text COLLATE "C" NOT NULL, author text NOT NULL DEFAULT current_user
);

CREATE TABLE words (doc bigint PRIMARY KEY, size bigint NOT NULL, vec tsvector)
    WITH (toast_tuple_target = 8160);
ALTER TABLE words ALTER COLUMN vec SET STORAGE EXTERNAL;
CREATE INDEX words_vec ON words USING gin (vec);
CREATE INDEX words_parted ON words (doc) WHERE vec IS NULL;
CREATE TABLE word_part (doc bigint, part integer, first bigint NOT NULL, vec tsvector, PRIMARY KEY (doc, part));
CREATE INDEX word_part_vec ON word_part USING gin (vec);
CREATE TABLE quoted (doc bigint PRIMARY KEY, size bigint NOT NULL, vec tsvector)
    WITH (toast_tuple_target = 8160);
ALTER TABLE quoted ALTER COLUMN vec SET STORAGE EXTERNAL;
CREATE INDEX quoted_vec ON quoted USING gin (vec);
CREATE INDEX quoted_parted ON quoted (doc) WHERE vec IS NULL;
CREATE TABLE quote_part (doc bigint, part integer, first bigint NOT NULL, vec tsvector, PRIMARY KEY (doc, part));
CREATE INDEX quote_part_vec ON quote_part USING gin (vec);
CREATE TABLE lexeme (word text COLLATE "C" PRIMARY KEY, n bigint NOT NULL, spelt boolean NOT NULL)
    WITH (fillfactor = 70);
CREATE VIEW vocabulary AS SELECT word FROM lexeme WHERE spelt;
CREATE TABLE measure (name text COLLATE "C" PRIMARY KEY, n bigint NOT NULL);
INSERT INTO measure VALUES ('sources', 0), ('words', 0), ('parted words', 0), ('parted quoted', 0);

CREATE TABLE tag (
    id bytea, name text COLLATE nocase, author text NOT NULL DEFAULT current_user, PRIMARY KEY (id, name)
);
CREATE INDEX tag_name ON tag (name);
CREATE FUNCTION tags_of(bytea) RETURNS text LANGUAGE sql STABLE
    AS $$ SELECT string_agg(name, chr(10) ORDER BY name) FROM tag WHERE id = $1 $$;
CREATE TABLE verdict (
    number bigserial PRIMARY KEY, id bytea NOT NULL, kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
    author name NOT NULL DEFAULT current_user, by_owner boolean NOT NULL, state text NOT NULL,
    edited text, at text, fact text NOT NULL, live smallint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX verdict_of ON verdict (id, kind, md5(key), author);
CREATE VIEW review AS
    SELECT DISTINCT ON (id, kind, key) id, kind, key, state, edited, at, fact, live FROM verdict
    ORDER BY id, kind, key, live DESC, by_owner DESC, number DESC;

CREATE TABLE undo_of (
    number bigserial PRIMARY KEY, who name NOT NULL DEFAULT current_user, id bytea NOT NULL,
    kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, before text
);
CREATE INDEX undo_of_who ON undo_of (who, number);
CREATE VIEW undo AS SELECT number, id, kind, key, before FROM undo_of WHERE who = current_user;
CREATE TABLE reading_of (
    who name NOT NULL DEFAULT current_user, id bytea NOT NULL, was_read smallint NOT NULL DEFAULT 0,
    position bigint NOT NULL DEFAULT 0, PRIMARY KEY (who, id)
);
CREATE VIEW reading AS SELECT id, was_read, position FROM reading_of WHERE who = current_user;
CREATE FUNCTION read_by_me(bytea) RETURNS smallint LANGUAGE sql STABLE
    AS $$ SELECT coalesce((SELECT was_read FROM reading WHERE id = $1), 0::smallint) $$;
CREATE TABLE saved_search_of (
    who name NOT NULL DEFAULT current_user, name text COLLATE nocase NOT NULL, query text NOT NULL,
    seen bigint NOT NULL, PRIMARY KEY (who, name)
);
CREATE VIEW saved_search AS SELECT name, query, seen FROM saved_search_of WHERE who = current_user;
CREATE TABLE past_query_of (
    who name NOT NULL DEFAULT current_user, query text COLLATE "C" NOT NULL, at bigint NOT NULL
);
CREATE INDEX past_query_who ON past_query_of (who, at);
CREATE VIEW past_query AS SELECT query, at FROM past_query_of WHERE who = current_user;

CREATE TABLE failure (path text COLLATE "C" NOT NULL, reason text NOT NULL, at text NOT NULL, file bytea);
CREATE INDEX failure_path ON failure USING hash (path);
CREATE TABLE watched (folder bytea PRIMARY KEY, since text NOT NULL);
CREATE TABLE file (
    path bytea NOT NULL, part text COLLATE "C" NOT NULL, id bytea, size bigint NOT NULL, modified bigint NOT NULL,
    gone smallint NOT NULL DEFAULT 0, tried text
);
CREATE INDEX file_path ON file USING hash (path);
CREATE INDEX file_id ON file (id) WHERE id IS NOT NULL;
CREATE TABLE total (name text COLLATE "C" PRIMARY KEY, n bigint NOT NULL);
INSERT INTO total VALUES
    ('sources', 0), ('mentions', 0), ('counts', 0), ('participants', 0), ('quotes', 0), ('spilled', 0);
CREATE TABLE removal (n bigint NOT NULL, overwritten smallint NOT NULL);
INSERT INTO removal VALUES (0, 1);
CREATE TABLE secret (key bytea NOT NULL);
INSERT INTO secret
    VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
CREATE TABLE removed (mark bytea PRIMARY KEY);
"""

_QUEUE: Final[LiteralString] = """
CREATE TABLE task (
    number bigserial PRIMARY KEY, sha bytea NOT NULL, extractor text COLLATE "C" NOT NULL, version text NOT NULL,
    model text NOT NULL, path bytea NOT NULL, name text COLLATE "C" NOT NULL, kept boolean NOT NULL,
    state text COLLATE "C" NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'held', 'done', 'failed')),
    attempts integer NOT NULL DEFAULT 0, worker text COLLATE "C", until timestamptz, reason text,
    finished timestamptz, UNIQUE (sha, extractor)
);
CREATE INDEX task_open ON task (extractor, number) WHERE state IN ('waiting', 'held');
CREATE TABLE original (sha bytea PRIMARY KEY, data bytea NOT NULL);
ALTER TABLE original ALTER COLUMN data SET STORAGE EXTERNAL;
"""
"""What is to be read (see :mod:`briefing.library.postgres.tasks`), and bytes that are kept until they are."""

_TELLING: Final[LiteralString] = """
CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('briefing', TG_ARGV[0] || ' - ' || current_user);
    RETURN NULL;
END $$;
CREATE FUNCTION tell_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('briefing', TG_ARGV[0] || ' '
        || encode(CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END, 'hex') || ' ' || current_user);
    RETURN NULL;
END $$;
CREATE TRIGGER tell AFTER INSERT OR DELETE ON source FOR EACH STATEMENT EXECUTE FUNCTION tell('sources');
CREATE TRIGGER tell_state AFTER UPDATE OF reviewed, pinned, gone, newer ON source FOR EACH ROW
    EXECUTE FUNCTION tell_source('tag');
CREATE TRIGGER tell AFTER INSERT OR DELETE ON entity_edit FOR EACH STATEMENT EXECUTE FUNCTION tell('names');
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON verdict FOR EACH ROW EXECUTE FUNCTION tell_source('verdict');
CREATE TRIGGER tell AFTER INSERT OR DELETE ON tag FOR EACH ROW EXECUTE FUNCTION tell_source('tag');
"""
"""Open readers are told what changed, and by whom."""

_RIGHTS: Final[LiteralString] = """
GRANT USAGE ON SCHEMA briefing TO briefing_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA briefing TO briefing_reader;
REVOKE SELECT ON undo_of, reading_of, saved_search_of, past_query_of, secret FROM briefing_reader;
GRANT INSERT, UPDATE, DELETE ON undo, reading, saved_search, past_query TO briefing_reviewer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA briefing TO briefing_reviewer;
GRANT INSERT, UPDATE, DELETE ON verdict, tag, claim_edit TO briefing_reviewer;
GRANT UPDATE (reviewed, pinned) ON source TO briefing_reviewer;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA briefing TO briefing_owner;
GRANT ALL ON ALL SEQUENCES IN SCHEMA briefing TO briefing_owner;
ALTER TABLE verdict ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody_sees ON verdict FOR SELECT USING (true);
CREATE POLICY own_name_in ON verdict FOR INSERT TO briefing_reviewer WITH CHECK
    (author = current_user AND by_owner = pg_has_role(current_user, 'briefing_owner', 'MEMBER'));
CREATE POLICY own_name_up ON verdict FOR UPDATE TO briefing_reviewer USING (author = current_user) WITH CHECK
    (author = current_user AND by_owner = pg_has_role(current_user, 'briefing_owner', 'MEMBER'));
CREATE POLICY own_name_out ON verdict FOR DELETE TO briefing_reviewer USING (author = current_user);
CREATE POLICY owners ON verdict TO briefing_owner USING (true) WITH CHECK (true);
CREATE FUNCTION forget_reading(bytea) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = briefing, pg_temp
    AS $$ DELETE FROM reading_of WHERE id = $1; DELETE FROM undo_of WHERE id = $1 $$;
CREATE FUNCTION steps_on(bytea) RETURNS TABLE (number bigint, who name, kind text, key text) LANGUAGE sql
    SECURITY DEFINER SET search_path = briefing, pg_temp
    AS $$ SELECT number, who, kind, key FROM undo_of WHERE id = $1 $$;
CREATE FUNCTION step_now(bigint, text) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = briefing, pg_temp
    AS $$ UPDATE undo_of SET key = $2 WHERE number = $1 $$;
REVOKE EXECUTE ON FUNCTION forget_reading(bytea), steps_on(bytea), step_now(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_reading(bytea), steps_on(bytea), step_now(bigint, text) TO briefing_owner;
"""


_WORKSPACES: Final[LiteralString] = """
CREATE TABLE workspace (
    name text COLLATE nocase PRIMARY KEY, body text COLLATE "C" NOT NULL, author text NOT NULL DEFAULT current_user
);
CREATE TABLE workspace_source (
    name text COLLATE nocase, id bytea, place bigint NOT NULL, PRIMARY KEY (name, id)
);
CREATE TABLE name_list (
    name text COLLATE nocase PRIMARY KEY, body text COLLATE "C" NOT NULL, author text NOT NULL DEFAULT current_user
);
GRANT SELECT ON workspace, workspace_source, name_list TO briefing_reader;
GRANT INSERT, UPDATE, DELETE ON workspace, workspace_source, name_list TO briefing_reviewer;
GRANT SELECT, INSERT, UPDATE, DELETE ON workspace, workspace_source, name_list TO briefing_owner;
"""
"""Workspaces and lists of names are everybody's."""


_NOTES: Final[LiteralString] = """
CREATE OR REPLACE VIEW review AS
    SELECT DISTINCT ON (id, kind, key) id, kind, key, state, edited, at, fact, live FROM verdict
    ORDER BY id, kind, key, live DESC, state = 'unreviewed', by_owner DESC, number DESC;
"""
"""A note alone does not take the place of somebody's verdict."""


def _create(db: Any) -> None:
    _make_roles(db)
    for part in (_TABLES, _QUEUE, _TELLING, _RIGHTS):
        db.execute(part)


def _keep_workspaces(db: Any) -> None:
    db.execute(_WORKSPACES)
    db.execute(_NOTES)


MIGRATIONS: Final[tuple[Callable[[Any], None], ...]] = (_create, _keep_workspaces)
"""Step ``n`` takes a library from version ``n`` to ``n + 1``. Steps are only ever added."""


def prepare(server: Server, *, create: bool) -> None:
    """Create the tables in an empty database, or migrate the library to the newest version, in one transaction.

    Args:
        server: The server; whether it is read-only for this user is set here.
        create: Whether tables may be made where there are none.

    Raises:
        LibraryError: Where there is none and none is to be made, it may not be made, or is of a newer version.
    """
    with server.explained(), server.connect() as db:
        db.execute("BEGIN")
        version = _version(db)
        if version == 0 and not create:
            raise LibraryError(
                f"There is no library at {server.address} yet. Make one with: briefing --library {server.address} add"
                " FILE"
            )
        if version > len(MIGRATIONS):
            raise LibraryError(
                f"The library {server.address} was written by a newer version of briefing (its format is {version},"
                f" this program knows {len(MIGRATIONS)}). Update briefing."
            )
        if version < len(MIGRATIONS):
            db.execute("SELECT pg_advisory_xact_lock(%s)", (0x42524646,))
            if version == 0:
                db.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
                db.execute("CREATE TABLE IF NOT EXISTS version (only_one boolean PRIMARY KEY DEFAULT true, n integer)")
            for step in range(_version(db), len(MIGRATIONS)):  # another program may have been first
                MIGRATIONS[step](db)
            db.execute("DELETE FROM version")
            db.execute("INSERT INTO version (n) VALUES (%s)", (len(MIGRATIONS),))
            db.execute(f"GRANT SELECT ON version TO {ROLES[0]}")
        may = db.execute("SELECT has_table_privilege('verdict', 'INSERT')").fetchone()
        server.read_only = not (may and may[0])
        db.execute("COMMIT")


def _version(db: Any) -> int:
    """The version of the library; 0 where there is none."""
    if db.execute("SELECT to_regclass('briefing.version')").fetchone()[0] is None:
        return 0
    found = db.execute("SELECT n FROM version").fetchone()
    if found is None:
        return 0
    if not isinstance(found[0], int) or found[0] < 0:
        raise LibraryError("The library cannot be used: what says which version its tables are of is damaged.")
    return found[0]


def _make_roles(db: Any) -> None:
    """The roles that people are given; they belong to the whole server, and may be there already."""
    there = {name for (name,) in db.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)", (list(ROLES),))}
    missing = [role for role in ROLES if role not in there]
    if not missing:
        return
    may = db.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if not (may and may[0]):
        asked = " ".join(f"CREATE ROLE {role};" for role in missing)
        raise LibraryError(
            f"The roles {', '.join(missing)} are not on the server yet, and you may not make them. Have whoever looks"
            f" after it do so once: {asked} GRANT briefing_reader TO briefing_reviewer; GRANT briefing_reviewer TO"
            " briefing_owner;"
        )
    for role in missing:
        db.execute(f"CREATE ROLE {role} NOLOGIN")
    db.execute("GRANT briefing_reader TO briefing_reviewer")
    db.execute("GRANT briefing_reviewer TO briefing_owner")
