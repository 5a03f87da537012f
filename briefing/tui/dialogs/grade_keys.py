"""Grading where claims are compared: how reliable a publisher or a source is, how credible one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from briefing.export.grades import CREDIBILITY, RELIABILITY, offered
from briefing.tui.widgets.claim_list import ClaimList
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

    from briefing.export.grade_file import Table
    from briefing.export.grades import Grades
    from briefing.model.agreement import Agreement
    from briefing.model.safetext import SafeText
    from briefing.model.source import Source


class Grading(Protocol):
    """Who keeps the grades."""

    grades: Grades

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
        reliabilities = [self.grading.grades.of_source(source) for source in known if source is not None]
        grade = self.grading.grades.of_claim(group, reliabilities)
        return own(f"  ·  {grade}") if grade else own("")

    def action_grade(self) -> None:
        """Grade the publisher, the source or the statement under the cursor."""
        from briefing.tui.dialogs.choose import Choice, ChooseScreen

        listed = self.query_one(ClaimList)
        said, group, grading = listed.current(), listed.group, self.grading
        source = self.sources.get(said.document) if said else None
        if said is None or group is None or source is None or grading is None:
            return
        choices: list[Choice] = []

        def offer(head: SafeText, table: Table, key: str, degrees: Mapping[str, str]) -> None:
            now = getattr(grading.grades, table).get(key)
            choices.append(Choice(None, head))
            choices.extend(
                Choice(f"{table}|{key}|{degree}", own(f"{degree}  {words}"), current=degree == now)
                for degree, words in degrees.items()
            )
            if now:
                choices.append(Choice(f"{table}|{key}|", own("no grade")))

        if source.publisher:
            offer(source.publisher.line(), "publishers", str(source.publisher.line()), RELIABILITY)
        offer(own("This source alone: ") + source.title.line(), "sources", source.id, RELIABILITY)
        degrees = {degree: CREDIBILITY[degree] for degree in offered(group.origins)}
        place = f"{source.id}:{said.start}-{said.end}"
        offer(own("This statement: ") + said.words.line(), "items", place, degrees)

        def chosen(answer: str | None) -> None:
            if answer is None:
                return
            table, _, rest = answer.partition("|")
            key, _, grade = rest.rpartition("|")
            if grading.give(table, key, grade or None):  # type: ignore[arg-type]  # one of the three above
                self.graded()

        self.app.push_screen(ChooseScreen(own("Grade"), choices), chosen)

    def graded(self) -> None:
        """What is shown is to be drawn with other grades."""
