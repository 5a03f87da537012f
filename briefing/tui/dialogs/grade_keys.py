"""Grading where claims are compared: how reliable a publisher or a source is, how credible one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from briefing.export.grades import CREDIBILITY, RELIABILITY, offered
from briefing.tui.widgets.claim_list import ClaimList
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import App

    from briefing.export.grade_file import Table
    from briefing.export.grades import Grades
    from briefing.model.agreement import Agreement
    from briefing.model.listing import SourceRow
    from briefing.model.safetext import SafeText
    from briefing.model.source import Source
    from briefing.tui.dialogs.choose import Choice


class Grading(Protocol):
    """Who keeps the grades."""

    grades: Grades
    """Those that are given here."""

    @property
    def holding(self) -> Grades:
        """Those that hold, with a workspace's own before them."""
        ...

    def give(self, table: Table, key: str, grade: str | None) -> bool:
        """Write a grade down, or take it out; whether that could be done."""
        ...


class GradeKeys:
    """The key that grades what the cursor is on."""

    grading: Grading | None
    sources: Mapping[str, Source]
    app: App[Any]

    if TYPE_CHECKING:

        def query_one(self, selector: type[ClaimList]) -> ClaimList:
            """The list, as every screen finds it."""

    def grade_of(self, group: Agreement) -> SafeText:
        """Both grades of a claim, empty where nothing of it was graded."""
        if self.grading is None:
            return own("")
        known = (self.sources.get(item.document) for item in group.items)
        reliabilities = [self.grading.holding.of_source(source) for source in known if source is not None]
        grade = self.grading.holding.of_claim(group, reliabilities)
        return own(f"  ·  {grade}") if grade else own("")

    def action_grade(self) -> None:
        """Grade the publisher, the source or the statement under the cursor."""
        listed = self.query_one(ClaimList)
        said, group, grading = listed.current(), listed.group, self.grading
        source = self.sources.get(said.document) if said else None
        if said is not None and group is not None and source is not None and grading is not None:
            statement = Statement(f"{source.id}:{said.start}-{said.end}", said.words, group.origins)
            ask_grade(self.app, grading, source, statement, self.graded)

    def graded(self) -> None:
        """What is shown is to be drawn with other grades."""


class Statement(NamedTuple):
    """What a source says of a claim: its place as ``id:start-end``, the words, the origins of the claim."""

    place: str
    words: SafeText
    origins: int


def ask_grade(
    app: App[Any],
    grading: Grading,
    source: Source | SourceRow,
    statement: Statement | None = None,
    graded: Callable[[], object] | None = None,
) -> None:
    """Ask for the grade of a publisher, of one source or of a statement in it, and keep it.

    Args:
        app: The app.
        grading: Who keeps the grades.
        source: The source.
        statement: The statement; None where only the source is graded.
        graded: Called once a grade was given.
    """
    from briefing.tui.dialogs.choose import Choice, ChooseScreen

    choices: list[Choice] = []

    def offer(head: SafeText, table: Table, key: str, degrees: Mapping[str, str]) -> None:
        choices.append(Choice(None, head))
        choices.extend(degree_choices(f"{table}|{key}|", degrees, getattr(grading.grades, table).get(key)))

    if source.publisher:
        offer(source.publisher.line(), "publishers", str(source.publisher.line()), RELIABILITY)
    offer(own("This source alone: ") + source.title.line(), "sources", source.id, RELIABILITY)
    if statement is not None:
        degrees = {degree: CREDIBILITY[degree] for degree in offered(statement.origins)}
        offer(own("This statement: ") + statement.words.line(), "items", statement.place, degrees)

    def chosen(answer: str | None) -> None:
        if answer is None:
            return
        table, _, rest = answer.partition("|")
        key, _, grade = rest.rpartition("|")
        if grading.give(table, key, grade or None) and graded is not None:  # type: ignore[arg-type]  # one of the three
            graded()

    app.push_screen(ChooseScreen(own("Grade"), choices), chosen)


def degree_choices(key: str, degrees: Mapping[str, str], now: str | None) -> list[Choice]:
    """The degrees of a grade to choose from, each under ``key`` and itself, and none where one was given.

    Args:
        key: What the choices' keys begin with.
        degrees: The degrees with their meanings.
        now: The one that was given; None for none.
    """
    from briefing.tui.dialogs.choose import Choice

    found = [
        Choice(key + degree, own(f"{degree}  {words}"), current=degree == now) for degree, words in degrees.items()
    ]
    return [*found, Choice(key, own("no grade"))] if now else found
