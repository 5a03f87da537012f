"""Read and check theme files: TOML that names every colour the reader uses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from textual.color import Color, ColorParseError

from briefing.model.data_files import MAX_TOML, parse_toml
from briefing.model.regular_files import read_regular
from briefing.model.safetext import SafeText
from briefing.tui.theming.palette import Look


def _colour(value: str) -> str:
    try:
        Color.parse(value)
    except ColorParseError:
        raise ValueError(f"{value!r} is not a colour; write one as #rrggbb or ansi_blue") from None
    return value


Colour = Annotated[str, AfterValidator(_colour)]
"""A colour as Textual reads it: ``#rrggbb``, ``ansi_blue``, a web colour's name."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Colours(_Table):
    """Everything but marks and entities."""

    background: Colour
    foreground: Colour
    muted: Colour
    """What matters less: dates, places, empty lists."""
    frame: Colour
    frame_focus: Colour
    row: Colour
    """The background of the row under a cursor that has not the focus, and of fields."""
    active: Colour
    """The background of the row under the cursor, and of the active tab."""
    active_text: Colour
    row_text: Colour | None = None
    """Set where words in their own colours cannot be read on ``row``, ``active`` and ``selection``."""
    selection: Colour
    panel: Colour
    """The background of dialogs."""
    key: Colour
    """Keys, signs and what is in progress."""
    good: Colour
    warn: Colour
    bad: Colour


class Marks(_Table):
    """Marks in the text. Words on ``evidence`` keep their entity's colour; the others bring their own."""

    evidence: Colour
    evidence_text: Colour | None = None
    """Set where the colours of entities cannot be read on ``evidence``."""
    evidence_sign: Colour
    match: Colour
    match_text: Colour
    current: Colour
    current_text: Colour
    current_match: Colour
    current_match_text: Colour


class Entities(_Table):
    """A colour for each type of entity."""

    PERSON: Colour
    ORG: Colour
    NATION: Colour
    PLACE: Colour
    AIRCRAFT: Colour
    SHIP: Colour
    VEHICLE: Colour
    WEAPON: Colour
    EVENT: Colour
    DATE: Colour
    QUANTITY: Colour
    MONEY: Colour


class ThemeFile(_Table):
    """A theme file. With ``ansi`` the colours are the terminal's own sixteen."""

    name: str
    about: str = ""
    dark: bool
    ansi: bool = False
    colors: Colours
    marks: Marks
    entities: Entities

    def look(self) -> Look:
        """The theme in the form the app uses, which needs no pydantic."""
        colours = {**self.colors.model_dump(), **self.marks.model_dump(), **self.entities.model_dump()}
        return Look(
            self.name, self.about, self.dark, self.ansi, {key: value for key, value in colours.items() if value}
        )


class Problem(NamedTuple):
    """A problem of a theme file, with its place."""

    path: Path
    line: int | None
    key: str
    reason: str

    @property
    def message(self) -> SafeText:
        """File, line, key and reason in a line."""
        line = f":{self.line}" if self.line else ""
        key = f" {self.key}:" if self.key else ""
        return SafeText(f"{self.path}{line}:{key} {self.reason}").line()


class Themes(NamedTuple):
    """The usable themes by name, and why others are not."""

    files: Mapping[str, ThemeFile]
    problems: tuple[Problem, ...]


def load_themes(folders: Iterable[Path]) -> Themes:
    """All themes of these folders. A later folder's theme replaces an earlier one's of the same name.

    Those of other packages come after the first folder, which is that of the program: the user's own go before both.
    """
    from briefing.tui.theming.theme_packages import theme_packages

    given = list(folders)
    files: dict[str, ThemeFile] = {}
    problems: list[Problem] = []
    for folder in (*given[:1], *theme_packages(), *given[1:]):
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            read = read_theme(path)
            if isinstance(read, ThemeFile):
                files[read.name] = read
            else:
                problems += read
    return Themes(files, tuple(problems))


def read_theme(path: Path) -> ThemeFile | list[Problem]:
    """The theme of a file, or what is wrong with it."""
    try:
        text = read_regular(path, MAX_TOML + 1).decode("utf-8-sig")
        return ThemeFile.model_validate(parse_toml(text))
    except (OSError, UnicodeDecodeError) as error:
        return [Problem(path, None, "", str(error))]
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        last = len(text.rstrip().split("\n"))
        return [Problem(path, int(found[1]) if found else last, "", str(error))]
    except ValidationError as error:
        return [_problem(path, text, detail) for detail in islice(error.errors(), _TOLD)]


_TOLD: Final = 20
"""Problems of a file that are told: the place of each takes time to find."""
_REASONS: Final = {"missing": "is missing", "extra_forbidden": "is not a key of themes"}


def _problem(path: Path, text: str, detail: Mapping[str, Any]) -> Problem:
    """A pydantic complaint with the line of the key, or of the table that lacks it."""
    keys = [str(part) for part in detail["loc"]]
    reason = _REASONS.get(detail["type"], str(detail["msg"]).removeprefix("Value error, "))
    return Problem(path, _line_of(text, keys), ".".join(keys), reason)


def _line_of(text: str, keys: Sequence[str]) -> int | None:
    """The line where ``keys`` are set, else that of their table, counted from one."""
    table, found = "", None
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.fullmatch(r"\s*\[\s*([\w.-]+)\s*\]\s*(#.*)?", line):
            table = header[1]
            found = number if [table] == list(keys[:1]) else found
        elif (pair := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", line)) and [*filter(None, [table]), pair[1]] == [*keys]:
            return number
    return found
