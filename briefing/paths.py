"""Paths of the program's data, cache, settings and shipped files on each platform."""

from pathlib import Path

import platformdirs

APP = "briefing"


def data_folder() -> Path:
    """Where the library is kept, such as ``~/.local/share/briefing``. Not created here."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def config_folder() -> Path:
    """Where ``config.toml``, the user's themes, templates and lexicons are kept. Not created here."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False))


def cache_folder() -> Path:
    """Where cached extractions are kept. Not created here."""
    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


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
    """How the lists of each library were left: order, groups, filters."""
    return Path(platformdirs.user_state_dir(APP, appauthor=False)) / "lists.json"


def kernels_file() -> Path:
    """Which matrix kernels are the faster ones on this machine, as measured."""
    return cache_folder() / "kernels.json"


def config_file() -> Path:
    """The settings file."""
    return config_folder() / "config.toml"


def grades_file() -> Path:
    """How far the user trusts publishers and sources."""
    return config_folder() / "grades.toml"


def lexicons_folder() -> Path:
    """The user's own names, merged into the lexicons that come with the program."""
    return config_folder() / "lexicons"


def theme_folders() -> tuple[Path, Path]:
    """Where themes are looked for: those shipped, then the user's own."""
    return shipped("themes"), config_folder() / "themes"


def shipped(name: str) -> Path:
    """The folder ``seeds`` or ``themes``: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "_shipped" / name
    return installed if installed.is_dir() else package.parent / name
