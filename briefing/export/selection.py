"""A selection of sources with all that a brief of them is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from briefing.export.grades import Grades
from briefing.model.agreement import Comparison
from briefing.model.facts import Extraction
from briefing.model.listing import Note
from briefing.model.review import Review
from briefing.model.safetext import SafeText
from briefing.model.source import Source

Document = tuple[Source, Extraction]
Reviews = Mapping[str, Mapping[str, Review]]
"""Verdicts by source id, then by the key of the fact."""


class ExportError(Exception):
    """A selection that cannot be written; the message says what is wrong and where."""


@dataclass(frozen=True)
class Selection:
    """Sources with their extractions, in the order they are to be cited.

    ``day`` is printed as the brief's date: it is asked for so that the same selection gives the same text on any day.
    ``comparison`` is what :func:`briefing.export.compare_reviewed` gives for these documents and reviews; without one
    nothing is said of how sources stand to each other. With ``accepted_only`` a fact appears only once its reader said
    yes. ``bottom_line`` is the reader's own judgement; ``retrieved`` the day on which each source came in, by its id.
    """

    documents: tuple[Document, ...]
    day: date
    title: SafeText = field(default_factory=SafeText)
    reviews: Reviews = field(default_factory=dict)
    comparison: Comparison | None = None
    accepted_only: bool = False
    bottom_line: SafeText = field(default_factory=SafeText)
    grades: Grades = field(default_factory=Grades)
    retrieved: Mapping[str, date] = field(default_factory=dict)
    notes: Mapping[str, Note] | None = None
    """What readers wrote on sources, by id, for a brief that is to have their notes, those on facts as well."""
    before: Mapping[str, Any] | None = None
    """The brief that there was before, as JSON: what changed since then is said."""

    workspace: Mapping[str, Any] | None = None
    """The workspace that it is, as JSON: a bundle has it, so that whoever imports it has it too."""

    @property
    def heading(self) -> SafeText:
        """The title, or one made from the sources where none was given."""
        given = SafeText(self.title).line()
        if given:
            return given
        if len(self.documents) == 1:
            return SafeText("Brief: ") + (self.documents[0][0].title.line() or "untitled source")
        return SafeText(f"Brief on {len(self.documents)} sources")
