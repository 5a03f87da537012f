"""Paths of the program's data, cache, settings and shipped files on each platform."""

import os
import sys
from pathlib import Path
from typing import Final, Literal

APP = "briefing"
_Kind = Literal["data", "config", "cache", "state"]
_XDG: Final[dict[_Kind, str]] = {
    "data": ".local/share",
    "config": ".config",
    "cache": ".cache",
    "state": ".local/state",
}
"""Below the home folder: the defaults of the XDG Base Directory Specification (0.8)."""


def _folder(kind: _Kind) -> Path:
    """The platform's folder for such files. On Linux by the specification, which is quicker than to load a library."""
    home = os.environ.get("HOME", "")
    if sys.platform != "linux" or "ANDROID_DATA" in os.environ or not home.startswith("/"):
        import platformdirs

        return Path(getattr(platformdirs, f"user_{kind}_dir")(APP, appauthor=False))
    named = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
    return (Path(named) if named.startswith("/") else Path(home) / _XDG[kind]) / APP


def data_folder() -> Path:
    """The folder of the library, such as ``~/.local/share/briefing``. Not created here."""
    return _folder("data")


def config_folder() -> Path:
    """The folder of ``config.toml`` and the user's themes, templates and lexicons. Not created here."""
    return _folder("config")


def cache_folder() -> Path:
    """The folder of cached extractions. Not created here."""
    return _folder("cache")


def library_file() -> Path:
    """The library that is used where none is named."""
    return data_folder() / "library.db"


def cache_file(library: Path | None = None) -> Path:
    """The file of extractions by content; beside a library that the user named, so that nothing else is touched."""
    return library.with_name(library.name + ".cache.db") if library else cache_folder() / "extractions.db"


def tour_file() -> Path:
    """An empty file that exists once the reader's tour was shown."""
    return data_folder() / "tour-shown"


def lists_file() -> Path:
    """The file that keeps order, groups and filters of each library's lists."""
    return _folder("state") / "lists.json"


def kernels_file() -> Path:
    """The file that keeps which matrix kernels are faster on this machine, as measured."""
    return cache_folder() / "kernels.json"


def config_file() -> Path:
    """The settings file."""
    return config_folder() / "config.toml"


def grades_file() -> Path:
    """The file of the user's grades of publishers and sources."""
    return config_folder() / "grades.toml"


def lexicons_folder() -> Path:
    """The folder of the user's own lexicon files."""
    return config_folder() / "lexicons"


def theme_folders() -> tuple[Path, Path]:
    """Folders of theme files: those shipped, then the user's own."""
    return shipped("themes"), config_folder() / "themes"


def shipped(name: str) -> Path:
    """The folder ``seeds`` or ``themes``: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "_shipped" / name
    return installed if installed.is_dir() else package.parent / name
