"""Checks of Python, packages, the model, folders, settings, lexicons and themes for ``doctor``."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

from briefing.cli.doctor.check import Check
from briefing.cli.state import State
from briefing.model.data_files import MAX_TOML, parse_toml
from briefing.model.regular_files import read_regular

_MODEL_SECONDS: Final = 120
_TRY_MODEL: Final = (
    "import sys; from briefing.extract.nlp.base_model import ModelChanged; from briefing.extract.pipeline import load\n"
    "try: load(sys.argv[1])\n"
    "except ModelChanged as error: sys.exit(str(error))"
)


def check_python(_: State) -> Iterator[Check]:
    """The interpreter's version."""
    version = sys.version.split()[0]
    if (3, 11) <= sys.version_info < (3, 15):
        yield Check("ok", "Python", version)
    else:
        yield Check("warn", "Python", version, "briefing is made for 3.11 to 3.14.")


def check_packages(_: State) -> Iterator[Check]:
    """Whether the packages the program needs are installed."""
    try:
        needed = [
            re.split(r"[^\w.-]", need)[0] for need in metadata.requires("briefing") or [] if "extra ==" not in need
        ]
    except metadata.PackageNotFoundError:
        yield Check("warn", "packages", "briefing is not installed, it runs from its folder", "Try 'pip install .'.")
        return
    found = {name: version for name in needed if (version := _version(name))}
    missing = [name for name in needed if name not in found]
    if missing:
        yield Check("fail", "packages", f"missing: {', '.join(missing)}", f"Try 'pip install {' '.join(missing)}'.")
    else:
        yield Check("ok", "packages", ", ".join(f"{name} {version}" for name, version in found.items()))


_EXTRAS: Final = {
    "python-calamine": ("spreadsheets of older programs cannot be read", "xls"),
    "rapidocr": ("words of scans and pictures are not recognised", "ocr"),
    "warcio": ("archives of web pages cannot be read", "warc"),
    "textual-serve": ("'briefing serve' cannot be used", "web"),
}
"""Packages that only some need: what goes without them, and the extra that brings them."""


def check_extras(_: State) -> Iterator[Check]:
    """Whether the packages of the extras are there; the program does without them."""
    for name, (lost, extra) in _EXTRAS.items():
        if version := _version(name):
            yield Check("ok", f"extra {extra}", f"{name} {version}")
        elif extra == "ocr" and (program := shutil.which("tesseract")):
            yield Check("ok", f"extra {extra}", f"{name} is not installed, {program} recognises the words of scans")
        else:
            yield Check(
                "warn", f"extra {extra}", f"{name} is not installed: {lost}", f"Try: pip install 'briefing[{extra}]'."
            )


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def check_model(state: State) -> Iterator[Check]:
    """Whether the spaCy pipeline loads: in a process of its own, as everything that imports spaCy."""
    from briefing.cli.failing import Failed
    from briefing.config import ConfigError

    try:
        name = state.settings.model
        state.require_model()
    except ConfigError:
        return
    except Failed as error:
        yield Check("fail", "model", error.message)
        return
    try:
        done = subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", _TRY_MODEL, name], capture_output=True, text=True, errors="replace",
            timeout=_MODEL_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        yield Check(
            "fail", "model", f"{name} did not load within {_MODEL_SECONDS} s", "Is the machine short of memory?"
        )
        return
    if done.returncode == 0:
        yield Check("ok", "model", _loaded(name))
        yield Check("ok", "kernels", _kernels(state.settings.kernels))
    else:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        if "not those that were tested" in last:
            yield Check("fail", "model", *last.split(". ", 1))
            return
        yield Check("fail", "model", f"{name} does not load: {last}", f"Try 'pip install {name.replace('_', '-')}'.")


def _loaded(name: str) -> str:
    """What is said of a pipeline that loads: whether its files were compared, or another stands in for it."""
    from briefing.extract.nlp.base_model import DEFAULT_MODEL, installed

    found = installed(name)
    if found != name:
        return f"{found} loads, in the place of {name}"
    return f"{name} loads" + (", its files are those that were tested" if name == DEFAULT_MODEL else "")


_TRY_OTHER: Final = (
    "import sys; from briefing.extract.name_pipelines import problem; print(problem(*sys.argv[1:]) or '')"
)


def check_languages(state: State) -> Iterator[Check]:
    """Whether the pipelines that the settings name for other languages can be used, each tried in a process."""
    from briefing.config import ConfigError
    from briefing.model.languages import language_name

    try:
        named = state.settings.languages
    except ConfigError:
        return
    for language, pipeline in named.items():
        subject = f"names in {language_name(language)}"
        try:
            done = subprocess.run(  # noqa: S603 - our own code
                [sys.executable, "-c", _TRY_OTHER, language, pipeline], capture_output=True, text=True,
                errors="replace", timeout=_MODEL_SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            yield Check("fail", subject, f"{pipeline} did not load within {_MODEL_SECONDS} s")
            continue
        said = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
        if said:
            yield Check("fail", subject, said[-1].rstrip("."), "Without it only what any language has is read.")
        else:
            yield Check("ok", subject, f"{pipeline} loads")


def _kernels(setting: str) -> str:
    """Which matrix kernels extraction uses, and why."""
    from briefing.extract.nlp.kernels import remembered
    from briefing.paths import kernels_file

    if setting != "auto":
        return f"{setting}, as the settings say"
    found = remembered(kernels_file())
    return f"{found}, the faster ones on this machine" if found else "not timed yet; the next extraction does"


def check_folders(state: State) -> Iterator[Check]:
    """Whether the library, the settings, the cache and how the lists were left can be written."""
    from briefing import paths
    from briefing.config import ConfigError

    try:
        path = state.library_path
        library, there = (path.parent, path.exists()) if path else (paths.data_folder(), False)
    except ConfigError:
        library, there = paths.data_folder(), False
    for subject, folder in (
        ("library folder", library), ("settings folder", paths.config_folder()), ("cache folder", paths.cache_folder()),
        ("state folder", paths.lists_file().parent),
    ):  # fmt: skip
        nearest = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
        if not nearest.is_dir():
            yield Check("fail", subject, f"{nearest} is not a folder", "Move that file away.")
        elif there and subject == "library folder" and not os.access(nearest, os.W_OK):
            yield Check("warn", subject, f"{nearest} cannot be written", "The library in it can be read, not changed.")
        elif not os.access(nearest, os.W_OK):
            yield Check("fail", subject, f"{nearest} cannot be written", "Change its owner or mode, or name another.")
        else:
            yield Check("ok", subject, f"{folder}" + ("" if nearest == folder.absolute() else ", made when needed"))


def check_settings(state: State) -> Iterator[Check]:
    """Whether the settings file can be used."""
    from briefing.config import ConfigError

    try:
        loaded = state.loaded
    except ConfigError as error:
        for problem in error.problems:
            yield Check("fail", "settings", problem, "'briefing config --path' says where the file is.")
        return
    there = "" if loaded.path.exists() else ", not there, all default"
    yield Check("ok", "settings", f"{loaded.path}{there}")


def check_lexicons(state: State) -> Iterator[Check]:
    """Whether the user's own lexicons are TOML."""
    folder = state.lexicons
    files = sorted(folder.glob("*.toml")) if folder else []
    bad = [(file, problem) for file in files if (problem := _toml_problem(file))]
    for file, problem in bad:
        yield Check("fail", "lexicon", f"{file}: {problem}", "Mend or move the file.")
    if files and not bad:
        yield Check("ok", "lexicons", f"{len(files)} of your own in {folder}")


def _toml_problem(file: Path) -> str | None:
    try:
        parse_toml(read_regular(file, MAX_TOML + 1).decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        return str(error)
    return None


def check_themes(state: State) -> Iterator[Check]:
    """Whether the theme files can be used, and the one that is set is there."""
    from briefing.config import ConfigError
    from briefing.paths import theme_folders
    from briefing.tui.theming.theme_files import load_themes

    found = load_themes(theme_folders())
    for problem in found.problems:
        yield Check("warn", "theme", str(problem.message), "The theme is left out until this is mended.")
    if not found.files:
        yield Check("fail", "themes", "none can be used", "Install briefing again.")
        return
    yield Check("ok", "themes", ", ".join(found.files))
    try:
        name = state.settings.theme
    except ConfigError:
        return
    if name not in {*found.files, "auto"}:
        yield Check("warn", "theme", f"the setting names '{name}', which is not there", "'briefing themes' lists all.")
