"""Make the selection of a brief: documents with verdicts, the comparison, grades, the user's bottom line."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.cli.failing import Failed
from briefing.model.regular_files import read_regular, read_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefing.cli.gather import Gathered
    from briefing.export import Selection
    from briefing.export.grades import Grades
    from briefing.library import Library
    from briefing.library.workspaces import Workspace
    from briefing.model.facts import Extraction
    from briefing.model.listing import Note
    from briefing.model.source import Source


class Wanted(NamedTuple):
    """Options of a brief."""

    title: str
    day: date
    bottom_line: str = ""
    grades: Path | None = None
    since: Path | None = None
    accepted: bool = False
    as_extracted: bool = False
    compare: bool = True
    notes: bool = False
    workspace: str = ""


def selection_of(found: "Gathered", wanted: Wanted) -> "Selection":
    """Make the selection of a brief.

    Args:
        found: The documents.
        wanted: Options of the brief.

    Raises:
        Failed: Where the grades or the earlier brief cannot be read.
        ExportError: Where the earlier brief is no brief, or a correction does not fit its fact.
    """
    from briefing.export import Selection, compare_reviewed
    from briefing.model.safetext import SafeText

    documents = tuple({document[0].id: document for _, document in found}.values())
    judged = () if wanted.as_extracted else documents
    reviews = {source.id: verdicts for source, _ in judged if (verdicts := found.library.reviews(source.id))}
    edits = [] if wanted.as_extracted else found.library.claim_edits.all()
    grades = read_grades(wanted.grades)
    made = found.library.workspaces.get(wanted.workspace) if wanted.workspace else None
    if made is not None:
        grades, wanted = grades.over(made.grades), _of_workspace(wanted, made)
    return Selection(
        documents=documents,
        day=wanted.day,
        title=SafeText(wanted.title),
        reviews=reviews,
        comparison=compare_reviewed(documents, reviews, wanted.accepted, edits) if wanted.compare else None,
        accepted_only=wanted.accepted,
        bottom_line=SafeText(wanted.bottom_line),
        grades=grades,
        retrieved=_file_dates(source for source, _ in documents),
        notes=_notes(found.library, documents) if wanted.notes else None,
        before=_before(wanted.since) if wanted.since else None,
        workspace=made.packed if made is not None else None,
    )


def _of_workspace(wanted: Wanted, made: "Workspace") -> Wanted:
    """What the workspace says of its brief where the call does not."""
    return wanted._replace(
        title=wanted.title or str(made.title or made.name), bottom_line=wanted.bottom_line or str(made.bottom_line)
    )


def _notes(library: "Library", documents: "Iterable[tuple[Source, Extraction]]") -> "dict[str, Note]":
    """The notes on sources, by id."""
    from briefing.library.notes import note_on

    return {source.id: note for source, _ in documents if (note := note_on(library, source.id)) is not None}


def read_grades(named: Path | None) -> "Grades":
    """The grades of a file, else of ``grades.toml`` in the folder of the settings, where there is one."""
    from briefing.export.grade_file import read_grade_file
    from briefing.export.grades import GradeError
    from briefing.paths import grades_file

    if named is not None:
        named.stat()  # of the user's own file nobody knows whether there is one
    try:
        return read_grade_file(named or grades_file())
    except GradeError as error:
        raise Failed(str(error)) from error


def _before(path: Path) -> "Mapping[str, Any]":
    """The earlier brief, from JSON or out of a bundle."""
    from briefing.export.bundle import open_bag
    from briefing.export.bundle.bag import is_bag
    from briefing.export.since import earlier_brief

    try:
        return earlier_brief(open_bag(path).text("brief.json") if is_bag(path) else read_words(path), str(path))
    except UnicodeDecodeError as error:
        raise Failed(f"{path} is no UTF-8 text") from error


def originals_of(selection: "Selection") -> dict[str, bytes]:
    """The files that sources were read from, by id of the source, where there still are such files."""
    from briefing.sources import MAX_BYTES

    found = {}
    for source, _ in selection.documents:
        path = _file(source)
        if path is not None and path.stat().st_size <= MAX_BYTES:
            found[source.id] = read_regular(path, MAX_BYTES)
    return found


def _file_dates(sources: "Iterable[Source]") -> dict[str, date]:
    """The day of each source's file."""
    return {
        source.id: date.fromtimestamp(path.stat().st_mtime) for source in sources if (path := _file(source)) is not None
    }


def _file(source: "Source") -> Path | None:
    """The file of a source; None for an address, for standard input and for what is packed in another file."""
    if "://" in source.path or source.path == "-":
        return None
    try:
        path = Path(source.path)
        return path if path.is_file() else None
    except (OSError, ValueError):
        return None
