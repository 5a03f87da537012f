"""What of the writes that a killed process reported is not in the library; for ``bench_kill_writes.py``."""

from collections.abc import Callable, Iterator
from typing import Final

from briefing.library import Library
from briefing.library.notes import note_on

Done = list[list[str]]
"""Columns of what a process reported, a list for each write."""


def _lost_verdicts(library: Library, done: Done) -> Iterator[str]:
    last = {(source, key): state for source, key, state in done}
    found = {(source, key): library.reviews(source).get(key) for source, key in last}
    other = [one for one, state in last.items() if (verdict := found[one]) is None or verdict.state != state]
    if len(other) > 1 or any(found[one] is None for one in other):  # one may be written and not reported yet
        yield f"verdicts are lost: {other[:5]}"


def _lost_tags(library: Library, done: Done) -> Iterator[str]:
    yield from (f"{tag} is not on {source}" for source, tag, _ in done if tag not in library.tags.of(source))


def _lost_positions(library: Library, done: Done) -> Iterator[str]:
    for source, number in {source: int(number) for source, number, _ in done}.items():
        if library.position(source) < number:
            yield f"position {number} of {source} is {library.position(source)}"


def _lost_edits(library: Library, done: Done) -> Iterator[str]:
    if done and abs(len(library.entity_edits.all()) - int(done[-1][0])) > 1 and int(done[-1][0]) < 8:
        yield f"{len(library.entity_edits.all())} edits, of {done[-1][0]}"


def _lost_events(library: Library, done: Done) -> Iterator[str]:
    kept = {edit.number for edit in library.claim_edits.all()}
    back = {-int(number) for number, *_ in done if number.startswith("-")}
    lost = {int(number) for number, *_ in done if not number.startswith("-")} - back - kept
    if len(lost) > 1 or (back & kept):  # one may be taken back and not reported yet
        yield f"edits of events are lost: {sorted(lost)[:5]}; or there again: {sorted(back & kept)[:5]}"


def _lost_searches(library: Library, done: Done) -> Iterator[str]:
    saved = {name: query for name, query, _ in done}
    lost = [name for name, query in saved.items() if library.searches.query(name) != query]
    if len(lost) > 1 or any(library.searches.query(name) is None for name in saved):
        yield f"searches are lost: {lost[:5]}"


def _back_again(library: Library, done: Done) -> Iterator[str]:
    yield from (f"{source} is there again" for source, *_ in done if library.has(source))
    for row in library.sources():
        library.extraction(row.id)


def _lost_corrections(library: Library, done: Done) -> Iterator[str]:
    """Corrections that are not there as they were reported; the last write of all may be newer than its report."""
    last = {(source, key): int(number) for source, key, number in done}
    found = {(source, key): library.reviews(source).get(key) for source, key in last}
    other = [one for one, low in last.items() if (said := found[one]) is None or said.edited.get("low") != low]
    if len(other) > 1 or any(found[one] is None for one in other):
        yield f"corrections are lost: {other[:5]}"


def _lost_workspaces(library: Library, done: Done) -> Iterator[str]:
    """Workspaces that are not as they were reported; of the last one a write may be done and not reported yet."""
    last = {name: (grade, size) for name, grade, size in done}
    renamed = {name.replace("room", "desk") for name in last if name.startswith("room")}
    newest = done[-1][0] if done else ""
    kept = {str(one.name): one for one in library.workspaces.all(archived=True)}
    for name, (grade, size) in last.items():
        if name in renamed or not size:
            if name in kept:
                yield f"workspace {name} is there again"
        elif name not in kept:
            if name != newest:
                yield f"workspace {name} is lost"
        else:
            found = kept[name].grades.get("publishers", {}).get("wire", ""), str(len(kept[name].sources))
            if found != (grade, size) and name != newest:
                yield f"workspace {name} has {found}, of {grade, size}"


def _lost_remarks(library: Library, done: Done) -> Iterator[str]:
    """Notes that are not there; the last write of all may be newer than its report."""
    last = {(source, key): f"note {number}" for source, key, number in done}
    lost = []
    for (source, key), words in last.items():
        verdict = library.reviews(source).get(key) if key else note_on(library, source)
        said = getattr(verdict, "note" if key else "words", None)
        if said is None:
            yield f"the note on {source} {key} is gone"
        elif said != words:
            lost.append((source, key))
    if len(lost) > 1:
        yield f"notes are lost: {lost[:5]}"


def _lost_marked(library: Library, done: Done) -> Iterator[str]:
    """Facts of a reader's own that are not there, or there again after they were undone."""
    last = {(source, key): there == "1" for source, key, there in done}
    newest = tuple(done[-1][:2]) if done else ()
    for (source, key), there in last.items():
        found = key in {one.key for one in library.extraction(source).participants if one.added_by}
        if found != there and (source, key) != newest:
            yield f"{key} of {source} is {'lost' if there else 'there again'}"


LOST: Final[dict[str, Callable[[Library, Done], Iterator[str]]]] = {
    "review": _lost_verdicts, "tag": _lost_tags, "note": _lost_positions, "merge and rename": _lost_edits,
    "split and retype": _lost_edits, "correct": _lost_corrections, "join events": _lost_events,
    "save searches": _lost_searches, "remove": _back_again,
    "workspaces and grades": _lost_workspaces, "remark": _lost_remarks, "mark facts": _lost_marked,
}  # fmt: skip
"""What of the writes that a process reported, in columns, is not there."""
