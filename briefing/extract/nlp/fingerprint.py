"""The fingerprint of the extractor: its declared number, its lexicons and its model. Never imports spaCy."""

import hashlib
import importlib.metadata
import importlib.util
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from briefing.extract.nlp.base_model import DEFAULT_MODEL, WEIGHTS, installed
from briefing.model.own_files import MAX_TOML
from briefing.model.regular_files import read_regular

EXTRACTOR: Final = 10
"""Raised by one whenever the same text may be extracted differently, and only then: what a lower number read is
offered for reading again. A test holds the output on sample texts against the number."""
_LEXICONS: Final = Path(__file__).parents[1] / "lexicons"


def fingerprint(
    model: str = DEFAULT_MODEL, lexicons: Path | None = None, languages: Mapping[str, str] | None = None
) -> str:
    """16 hex digits that change with :data:`EXTRACTOR`, the lexicons, the model's files, our weights, spaCy's version.

    Costs a few milliseconds: about 300 KB are hashed, and of a packaged model only the list of hashes that it was
    installed with.

    Args:
        model: An installed spaCy pipeline (import name), or a folder of one.
        lexicons: The user's lexicon folder, which need not exist; None for none.
        languages: Pipelines of other languages by ISO 639-1 code, whose files count too; None for none.
    """
    return hashed(model, lexicons, tuple(sorted((languages or {}).items())))


@lru_cache(maxsize=8)
def hashed(model: str, lexicons: Path | None, languages: tuple[tuple[str, str], ...]) -> str:
    """The fingerprint, computed once for each model, folder and pipelines of other languages.

    Args:
        model: An installed spaCy pipeline (import name), or a folder of one.
        lexicons: The user's lexicon folder; None for none.
        languages: Codes of other languages with their pipelines, in order.
    """
    digest = hashlib.sha256(f"extractor={EXTRACTOR}".encode())
    for folder in (_LEXICONS, *([lexicons] if lexicons else [])):
        for name, content in _lexicon_files(folder):
            digest.update(name.encode(errors="surrogateescape") + content)
    digest.update(f"spacy={_version('spacy')}".encode())
    digest.update(model_hash(installed(model) or model).encode())
    if own_weights(model) is not None:
        digest.update((WEIGHTS / "names.sha256").read_bytes().strip())
    for language, pipeline in languages:
        digest.update(f"{language}={pipeline}={model_hash(pipeline)}".encode())
    return digest.hexdigest()[:16]


def own_weights(model: str) -> Path | None:
    """The weights of our own name finder, which take the place of the default model's; none for other models.

    Their SHA-256 lies beside them, so that it need not be computed at each start.
    """
    return WEIGHTS / "names.bin" if model == DEFAULT_MODEL else None


def model_hash(model: str) -> str:
    """Hex digits that name the model's files, or nothing where it is not installed.

    Of a package: the SHA-256 of what its installer recorded of each file. Of a folder: of its files.
    """
    digest = hashlib.sha256()
    package = model.partition(".")[0]
    try:
        recorded = importlib.metadata.files(package.replace("_", "-")) or []
    except importlib.metadata.PackageNotFoundError:
        if not Path(model).is_dir():
            return package if importlib.util.find_spec(package) else ""
        for name, content in _files(Path(model)):
            digest.update(name.encode(errors="surrogateescape") + content)
        return digest.hexdigest()
    for file in sorted(recorded, key=str):
        if file.hash and file.parts[0] == package:
            digest.update(f"{file}={file.hash.value}".encode())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name within the folder and content of every file, in order."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file.read_bytes()


def _lexicon_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of every lexicon, in order.

    What is no file (a pipe, a folder) or cannot be read counts too: nothing read without it is taken for what was read
    with it, and whoever reads next says what is wrong.
    """
    for file in sorted(folder.rglob("*.toml")):
        try:
            content = read_regular(file, MAX_TOML + 1)
        except OSError as error:
            content = b"\0" + str(error).encode(errors="replace")
        yield file.relative_to(folder).as_posix(), content


def _version(package: str) -> str:
    return importlib.metadata.version(package)
