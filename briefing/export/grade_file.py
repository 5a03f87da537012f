"""The file of grades, beside the settings: read, and changed without touching what else its writer put there."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final, Literal

from briefing.export.files import write_file
from briefing.export.grades import GradeError, Grades, grades_from
from briefing.model.data_files import MAX_TOML, parse_toml
from briefing.model.regular_files import read_words

NAME: Final = "grades.toml"
"""Its name, in the folder of the settings."""
Table = Literal["publishers", "sources", "items"]


def read_grade_file(path: Path) -> Grades:
    """The grades of a file; none where it is not there. Raises :class:`GradeError`, which names the file."""
    try:
        return grades_from(parse_toml(read_words(path, MAX_TOML)))
    except FileNotFoundError:
        return Grades()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, GradeError) as error:
        raise GradeError(f"{path}: {error}") from error
    except OSError as error:
        raise GradeError(f"{path} cannot be read: {error.strerror or error}") from error


def give_grade(path: Path, table: Table, key: str, grade: str | None) -> Grades:
    """Write a grade down, or take it out with None; the file is made where it is not there.

    Args:
        path: The file.
        table: What is graded: publishers by name, sources by id, items by ``id:start-end``.
        key: Which of them.
        grade: A to F, or of items 1 to 6.

    Returns:
        The grades that hold now.

    Raises:
        GradeError: Where the file or the grade cannot be used; the file is then as it was.
    """
    import tomlkit

    read_grade_file(path)
    text = read_words(path, MAX_TOML) if path.is_file() else ""
    document: Any = tomlkit.parse(text)
    holder = document.setdefault(table, tomlkit.table())
    known = next((name for name in holder if name.strip().casefold() == key.strip().casefold()), key)
    if grade is None:
        holder.pop(known, None)
    else:
        holder[known] = grade
    made = tomlkit.dumps(document)
    grades = grades_from(tomllib.loads(made))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, made.encode(), overwrite=True)
    return grades
