"""The settings file: reading it with every problem named by file, line and key, and writing a first one."""

import os
import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from briefing import paths
from briefing.model.own_files import MAX_TOML
from briefing.model.regular_files import read_regular
from briefing.model.settings import DECLARED, Origin, Setting, Settings, Wrong, as_toml, wrong
from briefing.model.settings import ConfigError as ConfigError
from briefing.model.settings import shown as shown

ENVIRONMENT: Final[Mapping[str, str]] = MappingProxyType({"library": "BRIEFING_LIBRARY", "kernels": "BRIEFING_KERNELS"})
"""Settings that a variable of the environment overrides, with its name."""

_TOLD: Final = 20
"""Problems that are told at once."""
_LONGEST: Final = 80
"""Characters of a value or a name that are shown of what cannot be."""
_AT: Final = r"\(at (?:line (?P<line>\d+)|end of document)[^)]*\)$"
_TABLE: Final = r"^\s*\[\s*(?P<name>[^\[\]]+?)\s*\]"
_KEY: Final = r"""^\s*(?P<name>(?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*="""


class Loaded:
    """The settings, where each comes from, and the file that was looked at (it need not exist)."""

    def __init__(
        self,
        settings: Settings,
        path: Path,
        origins: Mapping[str, Origin],
        environ: Mapping[str, str],
        options: Mapping[str, Any],
    ) -> None:
        self.settings = settings
        self.path = path
        self.origins = origins
        self.environ = environ
        self.options = options

    def __iter__(self) -> Iterator[Setting]:
        """Every setting, in the order of their declaration."""
        for name, declared in DECLARED.items():
            yield Setting(name, getattr(self.settings, name), self.origins.get(name, "default"), declared.help)

    @property
    def template(self) -> Path | None:
        """The user's template for briefs, if one is set."""
        return template_of(self)

    def changed(self, key: tuple[str, ...], value: Any) -> "Loaded":
        """Set or unset one key of the settings file and load it again.

        Comments and order of the file stay. Values from the environment and from options keep precedence. The file is
        left as it is where an error is raised.

        Args:
            key: The setting's path, such as ``("keys", "find")``.
            value: The new value; None takes the key out of the file.

        Raises:
            ConfigError: Where the value is not allowed or the file cannot be used.
        """
        text = _read(self.path)
        _parse(self.path, text)
        found = wrong({key[0]: {key[1]: value} if key[1:] else value}) if value is not None else ()
        if problems := [_not_allowed(problem) for problem in found]:
            raise ConfigError(problems)
        made = _with(text, key, value)
        _check(self.path, made)
        _write(self.path, made)
        return load(self.path, self.environ, self.options)


def load_settings(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the file and the environment.

    Args:
        path: The settings file; None for the user's ``config.toml``.
        environ: Environment variables.

    Raises:
        ConfigError: Where the file cannot be read, or holds an unknown key or a value that is not allowed.
    """
    return load(path, environ).settings


def load(
    path: Path | None = None, environ: Mapping[str, str] = os.environ, options: Mapping[str, Any] | None = None
) -> Loaded:
    """Load the settings with the origin of each: options win over environment, this over the file, this over defaults.

    Args:
        path: The settings file; None for the user's ``config.toml``. One that does not exist counts as empty.
        environ: Environment variables.
        options: Values from the command line by setting; those that are None are ignored.

    Raises:
        ConfigError: Where the file cannot be read, or holds an unknown key or a value that is not allowed.
    """
    file = path or paths.config_file()
    text = _read(file)
    data = _parse(file, text)
    unknown = _all_unknown(file, text, data)
    origins: dict[str, Origin] = dict.fromkeys((key for key in data if key in DECLARED), "file")
    overrides: dict[str, Any] = {}
    for key, variable in ENVIRONMENT.items():
        if environ.get(variable):
            overrides[key], origins[key] = environ[variable], "environment"
    for key, value in (options or {}).items():
        if value is not None:
            overrides[key], origins[key] = value, "option"
    values = {**{key: value for key, value in data.items() if key in DECLARED}, **overrides}
    if problems := _first(chain(unknown, (_wrong(file, text, origins, problem) for problem in wrong(values)))):
        raise ConfigError(problems)
    return Loaded(Settings(**values), file, origins, environ, options or {})


def library_of(loaded: Loaded) -> Path | str:
    """Where the library is: its file, or ``postgresql://…`` as it stands.

    A file that the settings file names relatively lies beside that file.
    """
    from briefing.library.address import on_server

    address = loaded.settings.library
    if address and on_server(address):
        return address
    return _path(loaded, "library") or paths.library_file()


def template_of(loaded: Loaded) -> Path | None:
    """The user's template for briefs, if one is set."""
    return _path(loaded, "template")


def _path(loaded: Loaded, name: str) -> Path | None:
    """A setting that is a path. In the file, an empty one is none, and a relative one lies beside the file."""
    value = getattr(loaded.settings, name)
    if not value:
        return None
    named = Path(value).expanduser()
    return loaded.path.parent / named if loaded.origins.get(name) == "file" else named


def written(settings: Settings | None = None) -> str:
    """A settings file with every setting explained: commented out at its default, or as ``settings`` has it."""
    lines = ["# Settings of briefing. A line that begins with # is not read; take the # away to set it.", ""]
    tables = [name for name, declared in DECLARED.items() if declared.kind is dict]
    for name in sorted(DECLARED, key=lambda name: name in tables):
        default, value = DECLARED[name].default, getattr(settings or Settings(), name)
        lines.append(f"# {DECLARED[name].help}")
        if name in tables:
            lines += [f"[{name}]", *(f"{as_toml(key)} = {as_toml(entry)}" for key, entry in value.items())]
        else:
            off = "# " if value == default else ""
            lines.append(f"{off}{name} = {as_toml(value if value is not None else '')}")
        lines.append("")
    return "\n".join(lines)


def _read(file: Path) -> str:
    try:
        return read_regular(file, MAX_TOML + 1).decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError([f"{file}:{line}: not UTF-8 text"]) from error
    except OSError as error:
        raise ConfigError([f"{file}: {error.strerror or error}"]) from error


def _parse(file: Path, text: str) -> dict[str, Any]:
    if not text:  # most have no such file, and reading TOML has to be loaded
        return {}
    import tomllib

    from briefing.model.data_files import parse_toml

    try:
        return parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        at = re.search(_AT, message)
        line = at["line"] if at and at["line"] else str(len(text.rstrip().splitlines()))
        raise ConfigError([f"{file}:{line}: not valid TOML: {re.sub(_AT, '', message).strip()}"]) from error


def _check(file: Path, text: str) -> None:
    """Raise :class:`ConfigError` where the text of a settings file could not be loaded."""
    data = _parse(file, text)
    known = {key: value for key, value in data.items() if key in DECLARED}
    not_allowed = (_wrong(file, text, dict.fromkeys(known, "file"), problem) for problem in wrong(known))
    if problems := _first(chain(_all_unknown(file, text, data), not_allowed)):
        raise ConfigError(problems)


def _with(text: str, key: tuple[str, ...], value: Any) -> str:
    """The text of a settings file with ``key`` set, or taken out; everything else stays as it is written."""
    import tomllib

    import tomlkit

    table, name = key[:-1], key[-1]
    if value is not None and not table and name not in tomllib.loads(text):
        return _with_line(text, name, value)
    document = tomlkit.parse(text)
    holder: Any = document
    for part in table:
        if part not in holder:
            if value is None:
                return text
            holder[part] = tomlkit.table()
        holder = holder[part]
    if value is None:
        holder.pop(name, None)
    elif holder.get(name) != value:
        holder[name] = value
    made = tomlkit.dumps(document)
    return re.sub(r"(?<!\r)\n", "\r\n", made) if "\r\n" in text else made


def _with_line(text: str, name: str, value: Any) -> str:
    """The text with a line more: in place of the one that is commented out, else after the last setting, else on top.

    The library that edits the rest would put it below the comment that belongs to the next table.
    """
    import tomllib

    lines = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    table = next((number for number, line in enumerate(lines) if re.match(_TABLE, line)), len(lines))
    commented = [number for number in range(table) if re.match(rf"#\s?{name}\s*=", lines[number])]
    last = max((n + 1 for n in range(table) if lines[n].strip() and not lines[n].lstrip().startswith("#")), default=0)
    expected = {**tomllib.loads(text), name: value}
    for at, after in [*((number, number + 1) for number in commented), (last, last), (0, 0)]:
        before = "".join(lines[:at])
        before += end if before and not before.endswith("\n") else ""
        made = before + f"{name} = {as_toml(value)}{end}" + "".join(lines[after:])
        try:
            if tomllib.loads(made) == expected:
                return made
        except tomllib.TOMLDecodeError:
            continue  # what looks like a line of its own is within a longer string
    raise AssertionError("a line on top of a settings file can always be read")


def _write(file: Path, text: str) -> None:
    from briefing.export.files import write_file

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, text, overwrite=True)
    except OSError as error:
        raise ConfigError([f"{file}: {error.strerror or error}"]) from error


def _all_unknown(file: Path, text: str, data: Mapping[str, Any]) -> Iterator[str]:
    return (_unknown(file, text, (key,), DECLARED) for key in data if key not in DECLARED)


def _first(problems: Iterator[str]) -> list[str]:
    """The problems that are told: finding the place of each takes time, and nobody reads thousands."""
    told = list(islice(problems, _TOLD))
    return [*told, "there is more that cannot be"] if next(problems, None) is not None else told


def _unknown(file: Path, text: str, key: tuple[str, ...], known: Mapping[str, Any]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key[-1], known, n=1, cutoff=0.5)
    advice = f"; did you mean '{near[0]}'?" if near else f"; known are {', '.join(known)}"
    return f"{file}:{line_of(text, key)}: unknown setting '{_short('.'.join(key))}'{advice}"


def _wrong(file: Path, text: str, origins: Mapping[str, Origin], problem: Wrong) -> str:
    """One value that is not allowed, named by where it was set."""
    key, name = problem.key, ".".join(problem.key)
    reason = _not_allowed(problem)
    origin = origins.get(key[0])
    if origin == "environment":
        return f"{ENVIRONMENT[key[0]]}: {reason}"
    return f"--{name}: {reason}" if origin == "option" else f"{file}:{line_of(text, key)}: {reason}"


def _not_allowed(problem: Wrong) -> str:
    value = _short(shown(problem.value)) if _plain(problem.value) else "this"
    return f"'{'.'.join(problem.key)}' cannot be {value}: {problem.reason}"


def _short(said: str) -> str:
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | bool)


def line_of(text: str, key: tuple[str, ...]) -> int:
    """The line, counted from one, where a key of a TOML text is set; the nearest table above it where it is not found.

    The standard library's parser does not tell. Keys in inline tables count as their table's line.

    Args:
        text: The TOML text.
        key: Path of the key, such as ``("keys", "find")``.
    """
    best, depth = 1, 0
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        here: tuple[str, ...] | None = None
        if header := re.match(_TABLE, line):
            here = table = _parts(header["name"])
        elif assignment := re.match(_KEY, line):
            here = table + _parts(assignment["name"])
        if here is None:
            continue
        if here[: len(key)] == key:
            return number
        if len(here) > depth and here == key[: len(here)]:
            best, depth = number, len(here)
    return best


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in re.findall(r"""[^."']+|"[^"]*"|'[^']*'""", dotted))
