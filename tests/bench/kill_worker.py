"""Writes to a library or the settings without end: ``python kill_worker.py KIND PATH SEED``.

For ``bench_kill_writes.py``. A line is printed, and flushed, when a write is done: what must hold from then on.
"""

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from briefing.library import Library, LibraryError
from briefing.library.notes import write_note
from briefing.model.claim_edit import TextPlace
from briefing.model.facts import Participant

STATES = ("accepted", "rejected", "unsure")


def reviews(library: Library, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Verdicts on counts: source, fact, verdict."""
    facts = [(row.id, one.key) for row in library.sources() for one in library.extraction(row.id).counts]
    while True:
        source, key = chance.choice(facts)
        state = chance.choice(STATES[:2])
        library.review(source, "count", key, state)  # type: ignore[arg-type]
        yield source, key, state


def tags(library: Library, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """A tag more on a source."""
    sources = [row.id for row in library.sources()]
    for number in count():
        source = chance.choice(sources)
        library.tags.change([source], add=[f"tag{number}"])
        yield source, f"tag{number}", ""


def notes(library: Library, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Where a reader is, and what is pinned."""
    sources = [row.id for row in library.sources()]
    for number in count(1):
        source = chance.choice(sources)
        library.set_position(source, number)
        library.pin(source, chance.random() < 0.5)
        yield source, str(number), ""


def edits(library: Library, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Entities that are renamed and merged."""
    for number in count():
        named = [(name, kind) for name, kind, _ in library.entities() if kind in {"NATION", "ORG", "PERSON", "PLACE"}]
        name, kind = chance.choice(named)
        others = [other for other, its in named if its == kind and other != name]
        if others and chance.random() < 0.5:
            library.entity_edits.merge(kind, name, chance.choice(others))
        else:
            library.entity_edits.rename(kind, name, f"Renamed {number}")
        yield str(len(library.entity_edits.all())), "", ""
        if number % 8 == 7:
            while library.entity_edits.undo():
                pass
            yield "0", "", ""


def forms(library: Library, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Entities that get another type, lose a way of writing, or are none any more."""
    for number in count():
        named = [(name, kind) for name, kind, _ in library.entities(limit=200)]
        name, kind = chance.choice(named)
        match chance.randrange(3):
            case 0:
                others = [one for one in ("NATION", "ORG", "PERSON", "PLACE", "SHIP") if one != kind]
                library.entity_edits.retype(kind, name, chance.choice(others))  # type: ignore[arg-type]
            case 1:
                with suppress(LibraryError):  # the name is nowhere written so
                    library.entity_edits.split(kind, name, str(name), f"Split {number}")
            case _:
                library.entity_edits.remove(kind, name)
        yield str(len(library.entity_edits.all())), "", ""
        if number % 8 == 7:
            yield "8", "", ""  # all are being taken back: how many are left is not known
            while library.entity_edits.undo():
                pass
            yield "0", "", ""


def corrections(library: Library, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Counts that are corrected: source, fact, its new number."""
    facts = [(row.id, one) for row in library.sources() for one in library.extraction(row.id).counts]
    for number in count(1000):
        source, fact = chance.choice(facts)
        library.review(source, "count", fact.key, "edited", {"low": number, "high": number}, note=f"See {number}")
        yield source, fact.key, str(number)


def events(library: Library, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Events that are joined and split: the number of the edit, or, of one that was taken back, less than nothing."""
    places = [(row.id, one.start) for row in library.sources() for one in library.extraction(row.id).counts]
    for number in count():
        chosen = [TextPlace(source_id=source, start=start) for source, start in chance.sample(places, 2)]
        edit = library.claim_edits.add(chance.choice(["join events", "join origins"]), chosen, words=f"{number}")
        yield str(edit.number), str(number), ""
        if number % 5 == 4:
            library.claim_edits.undo()
            yield str(-edit.number), str(number), ""


def searches(library: Library, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Searches that are saved."""
    for number in count():
        query = f"jets {chance.choice(['Guam', 'Japan', 'F-16'])} {number}"
        library.searches.save(f"search {number % 40}", query)
        yield f"search {number % 40}", query, ""


def removals(library: Library, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Sources that are taken out, until none is left."""
    while sources := [row.id for row in library.sources()]:
        source = chance.choice(sources)
        library.remove(source)
        yield source, "", ""


def workspaces(library: Library, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Workspaces that are made, filled, graded and renamed: name, grade and how many sources; a name alone is gone."""
    sources = [row.id for row in library.sources()]
    for number in count():
        name, chosen = f"desk {number}", chance.sample(sources, 4)
        library.workspaces.new(name, chosen[:2])
        yield name, "", "2"
        library.workspaces.put_in(name, chosen[2:])
        yield name, "", "4"
        library.workspaces.change(name, {"grades": {"publishers": {"wire": "ABCDEF"[number % 6]}}})
        yield name, "ABCDEF"[number % 6], "4"
        if number % 3 == 2:
            library.workspaces.rename(name, f"room {number}")
            yield f"room {number}", "ABCDEF"[number % 6], "4"
        elif number % 3 == 1:
            library.workspaces.remove(name)
            yield name, "", ""


def remarks(library: Library, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Notes on sources and on facts: source, fact (empty for the source itself), number of the note."""
    facts = [(row.id, one.key) for row in library.sources() for one in library.extraction(row.id).counts]
    for number in count():
        source, key = chance.choice(facts)
        if chance.random() < 0.5:
            library.review(source, "count", key, "unreviewed", note=f"note {number}")
        else:
            key = ""
            write_note(library, source, f"note {number}")
        yield source, key, str(number)


def marked(library: Library, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Facts that a reader marks: source, fact, and whether it is there (``1``) or was undone (``0``)."""
    rows = library.sources()
    for number in count():
        source = library.source(chance.choice(rows).id)
        start = chance.randrange(len(source.text) - 10)
        fact = Participant(name=f"Marked {number}", kind="person", mentions=((start, start + 5),))
        own, _ = library.add_fact(source.id, fact)
        yield source.id, own.key, "1"
        if number % 4 == 3:
            library.undo_review()
            yield source.id, own.key, "0"


WRITES: dict[str, Callable[[Library, random.Random], Iterator[tuple[str, str, str]]]] = {
    "review": reviews, "tag": tags, "note": notes, "merge and rename": edits, "remove": removals,
    "split and retype": forms, "correct": corrections, "join events": events, "save searches": searches,
    "workspaces and grades": workspaces, "remark": remarks, "mark facts": marked,
}  # fmt: skip


def settings(path: Path) -> Iterator[tuple[str, str, str]]:
    """A setting that is changed in its file."""
    from briefing.config import load

    loaded = load(path, {})
    for number in count():
        loaded = loaded.changed(("measure",), 30 + number % 170)
        yield str(30 + number % 170), "", ""


def main() -> None:
    kind, path, seed = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    if kind == "settings":
        for done in settings(path):
            print("\t".join(done), flush=True)
        return
    with Library.open(path) as library:
        print("ready", flush=True)
        for done in WRITES[kind](library, random.Random(seed)):
            print("\t".join(done), flush=True)


if __name__ == "__main__":
    main()
