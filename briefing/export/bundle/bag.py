"""BagIt 1.0 in a zip: files with their SHA-256, written the same each time and read without being unpacked."""

import io
import lzma
import weakref
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from briefing.export.selection import ExportError
from briefing.model.regular_files import open_regular

_ROOT: Final = "brief/"
_DECLARATION: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST: Final = "manifest-sha256.txt"
_TAG_MANIFEST: Final = "tagmanifest-sha256.txt"

MAX_FILES: Final = 100_000
MAX_FILE: Final = 256 * 1024 * 1024
MAX_ALL: Final = 4 * 1024 * 1024 * 1024
_PIECE: Final = 1 << 20
_DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError, NotImplementedError,
)  # fmt: skip
_RATIO: Final = 500
"""A file that unpacks to more than this many times its size is no text of ours."""


def packed(files: Mapping[str, bytes], day: date) -> bytes:
    """Pack files as a bag; the bytes are the same for the same files and day.

    Args:
        files: Contents by path below ``data/``.
        day: The bagging date, also that of the zip's entries.
    """
    payload = {f"data/{path}": data for path, data in files.items()}
    size = sum(map(len, payload.values()))
    tags = {
        "bagit.txt": _DECLARATION.encode(),
        "bag-info.txt": f"Bagging-Date: {day.isoformat()}\nPayload-Oxum: {size}.{len(payload)}\n".encode(),
        _MANIFEST: _lines(payload),
    }
    tags[_TAG_MANIFEST] = _lines(tags)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for path, data in sorted({**tags, **payload}.items()):
            info = zipfile.ZipInfo(_ROOT + path, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            made.writestr(info, data)
    return out.getvalue()


def _lines(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())).encode()


class Files(Mapping[str, bytes]):
    """The files of a zip by name, each read when it is asked for: together they may be larger than memory."""

    def __init__(self, archive: zipfile.ZipFile, infos: Mapping[str, zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._infos = infos

    def __getitem__(self, name: str) -> bytes:
        return b"".join(self._pieces(name))

    def __contains__(self, name: object) -> bool:
        return name in self._infos

    def __iter__(self) -> Iterator[str]:
        return iter(self._infos)

    def __len__(self) -> int:
        return len(self._infos)

    def digest(self, name: str) -> str | None:
        """The SHA-256 of a file; None where its packed bytes are damaged."""
        hashed = sha256()
        try:
            for piece in self._pieces(name):
                hashed.update(piece)
        except ExportError:
            return None
        return hashed.hexdigest()

    def below(self, folder: str) -> "Files":
        """The files of a folder, by their path in it."""
        inside = {name.removeprefix(folder): info for name, info in self._infos.items() if name.startswith(folder)}
        return Files(self._archive, inside)

    def _pieces(self, name: str) -> Iterator[bytes]:
        """Raises :class:`ExportError` where they are damaged."""
        info = self._infos[name]
        try:
            with self._archive.open(info) as file:
                while piece := file.read(_PIECE):
                    yield piece
        except _DAMAGED as error:
            raise ExportError(f"{name} in the bundle: its packed bytes are damaged") from error


class Bag:
    """A bag that was read. ``damaged`` names each file (its path below ``data/``) that does not match the manifest."""

    def __init__(self, files: Files, damaged: Mapping[str, str]) -> None:
        self.files = files
        self.damaged = damaged

    def text(self, path: str) -> str:
        """A file of the bag as text. Raises :class:`ExportError` where it is not there or is no UTF-8."""
        try:
            return self.files[path].decode("utf-8")
        except KeyError:
            raise ExportError(f"the bundle has no {path}") from None
        except UnicodeDecodeError as error:
            raise ExportError(f"{path} in the bundle is no UTF-8 text") from error


def is_bag(path: Path) -> bool:
    """Whether a file is a zip, by its first bytes."""
    try:
        with open_regular(path) as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def open_bag(path: Path) -> Bag:
    """Read a bag. Raises :class:`ExportError` for what is none, or is larger than any bundle of ours."""
    file = open_regular(path)
    try:
        archive = zipfile.ZipFile(file)
        weakref.finalize(archive, file.close)  # open for as long as anybody may read from it
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
        file.close()
        raise ExportError(f"{path}: no bundle: {error}") from error
    files = Files(archive, _entries_of(archive))
    root = next((name.removesuffix("bagit.txt") for name in files if name.endswith("bagit.txt")), None)
    if root is None or root + _MANIFEST not in files:
        raise ExportError(f"{path}: no bundle: it has no bagit.txt with a {_MANIFEST}")
    within = files.below(root)
    damaged = _against(within, _MANIFEST) | _against(within, _TAG_MANIFEST)
    listed = {name for _, name in _entries(within[_MANIFEST])}
    damaged |= {name: "is not in the manifest" for name in within if name.startswith("data/") and name not in listed}
    return Bag(within.below("data/"), {name.removeprefix("data/"): reason for name, reason in damaged.items()})


def _entries_of(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files by name. Raises :class:`ExportError` where they are more or larger than any of ours."""
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    if len(infos) > MAX_FILES or sum(info.file_size for info in infos) > MAX_ALL:
        raise ExportError("the bundle holds more than any of ours")
    for info in infos:
        if info.file_size > MAX_FILE or info.file_size > _RATIO * max(info.compress_size, 1000):
            raise ExportError(f"{info.filename} in the bundle is too large")
    return {info.filename: info for info in infos}


def _entries(manifest: bytes) -> list[tuple[str, str]]:
    lines = manifest.decode("utf-8", "replace").splitlines()
    return [(parts[0].lower(), parts[1].strip()) for line in lines if len(parts := line.split(None, 1)) == 2]


def _against(files: Files, manifest: str) -> dict[str, str]:
    """Problems of the files that a manifest lists."""
    wrong = {}
    for digest, name in _entries(files.get(manifest, b"")):
        if name not in files:
            wrong[name] = "is missing"
        elif (found := files.digest(name)) != digest:
            wrong[name] = "is not as it was written" if found else "its packed bytes are damaged"
    return wrong
