"""The grades that the reader gives, kept beside the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.export.grades import GradeError, Grades
from briefing.tui.app_protocol import reader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from textual.screen import Screen

    from briefing.export.grade_file import Table
    from briefing.tui.state import ReaderState


class KeptGrades:
    """Reads and writes the file of grades; a reader without settings of its own keeps them while it runs."""

    def __init__(self, screen: Screen[Any]) -> None:
        self.screen = screen
        self.grades = Grades()
        """Those of the file."""
        self._workspace: Mapping[str, Mapping[str, str]] = {}

    @property
    def path(self) -> Path | None:
        """The file, where the settings have one."""
        from briefing.export.grade_file import NAME

        kept = reader(self.screen).kept
        return kept.path.parent / NAME if kept is not None else None

    @property
    def holding(self) -> Grades:
        """The grades that hold: those of the open workspace before those of the file."""
        return self.grades.over(self._workspace)

    def read(self, workspace: Mapping[str, Mapping[str, str]] | None = None) -> Grades:
        """Read the grades that hold. What is wrong with the file is told once it is asked for.

        Args:
            workspace: Grades of the workspace that is open; None for none.
        """
        self._workspace = workspace or {}
        from briefing.export.grade_file import read_grade_file

        if self.path is not None:
            self.grades = read_grade_file(self.path)
        return self.holding

    def give(self, table: Table, key: str, grade: str | None) -> bool:
        """Write a grade down, or take it out.

        Args:
            table: What is graded.
            key: Which of them.
            grade: The grade; None for none.

        Returns:
            Whether that could be done.
        """
        from briefing.export.grade_file import give_grade

        try:
            if self.path is not None:
                self.grades = give_grade(self.path, table, key, grade)
                return True
        except (GradeError, OSError) as error:
            reader(self.screen).tell_error(error)
            return False
        tables = {name: dict(getattr(self.grades, name)) for name in ("publishers", "sources", "items")}
        tables[table].pop(key, None)
        tables[table].update({key: grade} if grade else {})
        self.grades = Grades(**tables)
        return True


def kept_grades(screen: Screen[Any], state: ReaderState) -> KeptGrades:
    """The grades of a reader, with those of the workspace that is open.

    Args:
        screen: The main screen.
        state: What the reader shows.
    """
    if state.grading is None:
        state.grading = KeptGrades(screen)
    name, library = state.where.workspace, state.library
    state.grading.read(library.workspaces.get(name).grades if name and library is not None else None)
    return state.grading
