"""After any edits, undos and re-adds the library is what it would be had the edits been made first."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.library import Library, LibraryError
from briefing.library.search.fact_filter import FactFilter
from briefing.model.facts import Count, EntityType, Extraction, Mention, Participant, Quote
from briefing.model.source import Source

from .made import make_source

KINDS: tuple[EntityType, ...] = ("PERSON", "ORG")
NAMES = ("Ann", "Bo")
WAYS = ("Ann", "Bo", "A. N.")
PARTS = {"PERSON": "person", "ORG": "organisation"}

ASKED = (
    FactFilter(item="ann"),
    FactFilter(operator="Bo", at_least=1),
    FactFilter(at_most=1, category="ship"),
    FactFilter(name="Ann"),
    FactFilter(speaker="cy"),
    FactFilter(name="bo", item="boats"),
)

mentions = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(NAMES), st.sampled_from(WAYS)), max_size=5)


@st.composite
def extractions(draw: Any) -> tuple[list[tuple[EntityType, str, str]], list[Any], list[Any], list[Any]]:
    """Mentions, and facts that name some of what is mentioned, or of what is not."""
    found = draw(mentions)
    quotes = draw(st.lists(st.tuples(st.sampled_from(("person", "organisation")), st.integers(0, 6)), max_size=2))
    participants = draw(st.lists(st.integers(0, 6), max_size=3, unique=True))
    counts = draw(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=2))
    return found, quotes, participants, counts


def make(number: int, drawn: Any) -> tuple[Source, Extraction]:
    """A source that holds what was drawn; its ``number`` makes it another one than the next."""
    found, quotes, participants, counts = drawn
    text = f"Source {number}. " + " ".join(written for _, _, written in found)
    source = make_source(text, publisher="Ann" if number % 2 else None)
    made, at = [], text.index(". ") + 2
    for kind, name, written in found:
        made.append(Mention(start=at, end=at + len(written), text=written, type=kind, name=name))
        at += len(written) + 1

    def named(index: int) -> Any:
        return made[index] if index < len(made) else None

    return source, Extraction(
        source_id=source.id,
        extractor="f",
        mentions=tuple(made),
        quotes=tuple(
            Quote(start=0, end=3, text=text[:3], speaker=one.name if one else "Bo", speaker_kind=kind,
                  speaker_start=one and one.start, speaker_end=one and one.end)
            for kind, index in quotes for one in [named(index)]
        ),
        participants=tuple(
            Participant(name=one.name, kind=PARTS[one.type], aliases=(one.text,), mentions=((one.start, one.end),))
            for one in {(m.type, m.name): m for m in map(named, participants) if m}.values()
        ),
        counts=tuple(
            Count(start=0, end=3, evidence=text[:3], low=1, high=1, category="ship",
                  item=item.name if item else "boat", operator=operator.name if operator else "Bo")
            for a, b in counts for item, operator in [(named(a), named(b))]
        ),
    )  # fmt: skip


def edit(library: Library, step: Any) -> None:
    """Do what was drawn, where that is possible."""
    action, kind, name, to_kind, to, written = step
    edits = library.entity_edits
    try:
        match action:
            case "merge":
                edits.merge(kind, name, to, to_kind)
            case "rename":
                edits.rename(kind, name, to + "!")
            case "type":
                edits.retype(kind, name, to_kind)
            case "split":
                edits.split(kind, name, written, to, to_kind)
            case "remove":
                edits.remove(kind, name)
            case "undo":
                edits.undo()
            case "back" if known := edits.all():
                edits.take_back(known[len(name + written) % len(known)].number)
    except LibraryError:
        return


edits = st.tuples(
    st.sampled_from(("merge", "rename", "type", "split", "remove", "undo", "back")),
    st.sampled_from(KINDS),
    st.sampled_from((*NAMES, "Ann!", "Bo!")),
    st.sampled_from(KINDS),
    st.sampled_from((*NAMES, "Cy")),
    st.sampled_from(WAYS),
)
steps = st.lists(st.one_of(edits, edits, st.tuples(st.sampled_from(("add", "drop")), st.integers(0, 3))), max_size=10)


def state(library: Library) -> dict[str, Any]:
    """All that is counted, by names instead of numbers."""
    with library.store.read() as db:

        def rows(sql: str) -> list[Any]:
            return sorted(db.execute(sql).fetchall(), key=repr)

        named = "(SELECT type || name FROM entity e WHERE e.entity = x.entity)"
        there = "x.entity IN (SELECT entity FROM entity WHERE sources > 0)"
        source = "(SELECT hex(id) FROM source WHERE source.doc = x.doc)"
        numbers = dict(db.execute("SELECT entity, type || name FROM entity").fetchall())
        from briefing.library.store.codec_names import unpack_numbers

        return {
            "entities": rows("SELECT type, name, sources, mentions FROM entity WHERE sources > 0"),
            "negative": rows("SELECT type, name FROM entity WHERE sources < 0 OR mentions < 0"),
            "places": rows(f"SELECT {named}, {source} FROM entity_doc x"),
            "aliases": rows(f"SELECT {named}, text, n FROM alias x"),
            "words": rows(f"SELECT {named}, word FROM entity_word x WHERE {there}"),
            "edited": rows(f"SELECT {named}, {source} FROM edited_doc x"),
            "sources": rows("SELECT hex(id), mentions, counts, participants, quotes, traits FROM source"),
            "totals": rows("SELECT * FROM total"),
            "terms": rows("SELECT text, uses FROM term WHERE uses > 0"),
            "facts": rows(
                f"SELECT (SELECT text FROM term WHERE term.term = x.term), {source}, start, kind, length, low, high,"
                " (SELECT text FROM term WHERE term.term = x.operator) FROM fact x"
            ),
            "names": sorted(
                (key, sorted(numbers[one] for one in unpack_numbers(packed)))
                for key, packed in db.execute("SELECT hex(id), entities FROM source JOIN names USING (kept)")
            ),
        }


def check_against_facts(library: Library) -> None:
    """Counters of rows are what the extractions hold."""
    for row in library.sources(limit=100):
        found = library.extraction(row.id)
        assert (row.counts, row.participants, row.quotes) == (
            len(found.counts), len(found.participants), len(found.quotes),
        )  # fmt: skip
        keys = [one.key for one in found.participants]
        assert len(keys) == len(set(keys))
        shown, mentions = library.marked(row.id, library.source(row.id).text)
        assert shown == found.model_copy(update={"mentions": ()})
        assert list(mentions) == sorted(found.mentions, key=lambda one: (one.start, one.end))
    everything = [row.id for row in library.sources(limit=100)]
    for wanted in ASKED:
        asked = [row.id for row in library.with_facts(wanted) if any_fact(wanted.kept(library.extraction(row.id)))]
        assert asked == [key for key in everything if any_fact(wanted.kept(library.extraction(key)))]


def any_fact(found: Extraction) -> bool:
    return bool(found.counts or found.participants or found.quotes)


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(st.lists(extractions(), min_size=4, max_size=4), steps)
def test_edits_afterwards_are_edits_before(drawn: list[Any], done: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = [make(number, one) for number, one in enumerate(drawn)]
        there = [0, 1, 2]
        with Library.open(Path(folder, "one.db")) as library, Library.open(Path(folder, "two.db")) as other:
            for number in there:
                library.add(*made[number])
            pristine = {made[number][0].id: library.extraction(made[number][0].id) for number in there}
            for step in done:
                if step[0] == "add":
                    library.add(*made[step[1]])
                    there = [*there, step[1]] if step[1] not in there else there
                elif step[0] == "drop" and step[1] in there:
                    library.remove(made[step[1]][0].id)
                    there.remove(step[1])
                elif len(step) > 2:
                    edit(library, step)
            with library.store.read() as db, other.store.write() as into:
                columns = "number, action, type, name, written, to_type, to_name"
                rows = db.execute(f"SELECT {columns} FROM entity_edit").fetchall()
                into.executemany(f"INSERT INTO entity_edit ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            for number in there:
                other.add(*made[number])
            assert state(library) == state(other)
            check_against_facts(library)
            while library.entity_edits.undo() is not None:
                pass
            assert library.entity_edits.all() == []
            for number in there:
                key = made[number][0].id
                assert library.extraction(key) == pristine.get(key, made[number][1])
            with library.store.read() as db:
                assert db.execute("SELECT count(*) FROM edited_doc").fetchone() == (0,)
