"""Read a file or bytes: choose the reader, apply limits, and make sources, or reasons why there are none."""

import hashlib
import mmap
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, Final

from briefing.model.regular_files import open_regular, read_regular
from briefing.model.safetext import SafeText
from briefing.model.source import INSIDE, Aside, Format, Page, PassedOver, Source, Unreadable, kind_of_file
from briefing.sources.decode import decode
from briefing.sources.discover import is_folder
from briefing.sources.document import MAX_CHARS, Bundle, BytesReader, Document, Part, Reader, Refused, Wordless
from briefing.sources.formats import can_be_read, choose
from briefing.sources.language import language_of
from briefing.sources.lists.stated_of_files import missing_files, with_stated
from briefing.sources.opening import shorten
from briefing.sources.package import is_zip
from briefing.sources.signatures import what_it_is

MAX_BYTES: Final = 64 * 1024 * 1024
"""Larger files are set aside: more than a hundred novels in one file is a data dump, not a source."""

MAX_LARGE: Final = 4 * 1024 * 1024 * 1024
"""Boxes of mail and archives may be that large; what is in them may not."""
MAX_DEPTH: Final = 3
"""Files within files within a file, and no deeper."""
MAX_PARTS: Final = 100_000
MAX_UNPACKED: Final = 2 * 1024 * 1024 * 1024
"""Of one file with all that is packed into it."""
_SECONDS: Final = 1800.0
"""For all of that together."""

_HEAD: Final = 65536
_KINDS_NAMED: Final = 12
_FEW_WORDS: Final = 3
"""Words of a message that its language is told by, without what it quotes."""
_BLOCK: Final = 512
"""Bytes in which the space of a file is counted."""
_SPARSE: Final = 20
"""A file that claims so many times the space that it has is none that anybody wrote."""

_MAX_TITLE: Final = 300
_MAX_LABEL: Final = 40


def read_file(path: Path) -> Source:
    """The source in the file ``path``; of several, the first. Raises :class:`Unreadable`, nothing else; never waits."""
    return with_stated(read_bytes(contents(path), str(path)), path)


def read_bytes(data: bytes, path: str, format: Format | None = None) -> Source:  # noqa: A002 - the field's word
    """Read the source in some bytes; of several, the first.

    Args:
        data: The bytes of a whole file.
        path: Name of the file, as the user knows it; its suffix helps to tell the format.
        format: The format; None to find out, see :func:`briefing.sources.formats.choose`.

    Raises:
        Unreadable: Where there is no text in it.
    """
    first: Unreadable | None = None
    for found in read_parts(data, path, format):
        if isinstance(found, Source):
            return found
        if not isinstance(found, PassedOver):
            first = first or found
    raise first or Unreadable(path, "holds no text that can be read")


def read_all(path: Path) -> Iterator[Source | Unreadable]:
    """Read every source in a file, with the reasons why parts of it are none. Raises nothing, and never waits."""
    try:
        with _mapped(path) as large:
            if large is not None:
                yield from _Unpacking(None).read_large(large, str(path))
                return
        data = contents(path)
    except Unreadable as error:
        yield error
        return
    for found in read_parts(data, str(path)):
        whole = isinstance(found, Source) and found.path == SafeText(str(path)).line()
        yield with_stated(found, path) if whole and isinstance(found, Source) else found
    if missing := missing_files(path):
        yield missing


class _Map(mmap.mmap):
    """A file as bytes, without having it in memory; in older Pythons a map does not say that it can be searched."""

    def seekable(self) -> bool:
        return True


@contextmanager
def _mapped(path: Path) -> Iterator[_Map | None]:
    """A file that is larger than a document may be, but not than a file of many; None for others."""
    try:
        if not MAX_BYTES < path.stat().st_size <= MAX_LARGE:
            yield None
            return
        status = path.stat()
        if getattr(status, "st_blocks", status.st_size) * _BLOCK * _SPARSE < status.st_size:
            raise Unreadable(str(path), "is mostly empty: a file of which only a few parts were ever written")
        file = open_regular(path)
    except (OSError, ValueError):
        yield None  # reading it says why
        return
    with file, _Map(file.fileno(), 0, access=mmap.ACCESS_READ) as large:
        yield large


def read_parts(
    data: bytes,
    path: str,
    format: Format | None = None,  # noqa: A002
    charset: str | None = None,
) -> Iterator[Source | Unreadable]:
    """Read every source in some bytes, with the reasons why parts of them are none. Raises nothing.

    Args:
        data: The bytes of a whole file.
        path: Name of the file; parts are named after it: ``a.zip » inner/letter.eml``.
        format: The format; None to find out.
        charset: Encoding that whoever sent the bytes stated; None where none was.
    """
    yield from _Unpacking(charset).read(data, path, format)


def holds_several(path: Path, name: str) -> bool:
    """Whether a file is one to take apart: an archive, mail, a feed. Never raises, and never waits.

    Only its first bytes are looked at: a document that is a zip file inside and is not named like one is taken apart
    too, into itself.

    Args:
        path: The file.
        name: What the user calls it; its suffix helps to tell the format.
    """
    try:
        with open_regular(path) as file:
            head = file.read(_HEAD)
            size = os.fstat(file.fileno()).st_size
        found = choose(name, head) if 0 < size <= MAX_LARGE else None
        return isinstance(found, Bundle) and (found.large or size <= MAX_BYTES)
    except (OSError, ValueError):
        return False


class _NoWords(Unreadable):
    """A picture without words."""


class _Unpacking:
    """One file and what is in it, and in that, with the limits that hold for all of it together."""

    def __init__(self, charset: str | None) -> None:
        self.charset = charset
        self.parts = MAX_PARTS
        self.bytes = MAX_UNPACKED
        self.until = time.monotonic() + _SECONDS

    def read(
        self,
        data: bytes,
        path: str,
        format: Format | None = None,  # noqa: A002
        depth: int = 0,
    ) -> Iterator[Source | Unreadable]:
        """The sources of one file. Damage in it ends it, with what was found before kept."""
        try:
            if not data:
                raise Refused("is empty")
            if len(data) > MAX_BYTES:
                raise Refused(f"is larger than {MAX_BYTES >> 20} MiB; split it into the documents it holds")
            reader = choose(path, data, format)
            if isinstance(reader, Bundle):
                yield from self._bundle(reader, data, path, depth)
            else:
                yield _source(reader, data, path, None if depth else self.charset)
        except Wordless as error:
            yield _NoWords(path, str(error))
        except Refused as error:
            yield Unreadable(path, str(error))
        except Unreadable as error:
            yield error

    def read_large(self, large: _Map, path: str) -> Iterator[Source | Unreadable]:
        """The sources of a file that is not read as a whole."""
        try:
            reader = choose(path, large[:_HEAD])
            if not (isinstance(reader, Bundle) and reader.large):
                raise Refused(f"is larger than {MAX_BYTES >> 20} MiB; split it into the documents it holds")
            self.bytes = max(self.bytes, len(large))
            yield from self._bundle(reader, large, path, 0)
        except Refused as error:
            yield Unreadable(path, str(error))

    def _bundle(self, bundle: Bundle, data: Any, path: str, depth: int) -> Iterator[Source | Unreadable]:
        """What is in a file of several sources. Raises :class:`Refused`."""
        if depth >= MAX_DEPTH:
            raise Refused(f"is packed into more than {MAX_DEPTH} others; unpack it and add what is in it")
        empty = True
        passed: Counter[str] = Counter()
        skipped = ""
        for part in bundle.parts(data):
            if bundle.wraps and not part.name:
                part = replace(part, name=PurePath(path.rpartition(INSIDE)[2]).stem)
            name = f"{path}{INSIDE}{part.name}" if part.name else path
            self._allow(part)
            named = bundle.wraps and not PurePath(part.name).suffix.strip(".0123456789")  # it says nothing of a kind
            if not (named or part.format or part.document or part.refused or can_be_read(part.name, part.data)):
                passed[part.passed_over or kind_of_file(part.name)] += 1
                skipped = skipped or part.name
                continue
            empty = False
            for found in self._part(part, name, depth + bundle.nests):
                if isinstance(found, _NoWords) and found.path == name:  # logos of mail are no failures
                    passed[f"{kind_of_file(part.name)} without words"] += 1
                    skipped = skipped or part.name
                else:
                    yield found
        if passed and not empty:
            yield PassedOver.in_file(path, passed, skipped)
        elif empty:
            kinds = ", ".join(f"{number} {kind}" for kind, number in passed.most_common(_KINDS_NAMED))
            raise Refused("holds nothing of a kind that can be read" + (f": {kinds}" if kinds else ""))

    def _allow(self, part: Part) -> None:
        """Count one more part. Raises :class:`Refused` where that is too much."""
        self.parts -= 1
        self.bytes -= len(part.data)
        if self.parts < 0:
            raise Refused(f"holds more than {MAX_PARTS:,} documents; the rest is left out")
        if self.bytes < 0:
            raise Refused(f"unpacks to more than {MAX_UNPACKED >> 20} MiB; the rest is left out")
        if time.monotonic() > self.until:
            raise Refused(f"takes more than {_SECONDS:.0f} seconds to unpack; the rest is left out")

    def _part(self, part: Part, name: str, depth: int) -> Iterator[Source | Unreadable]:
        """What one part is.

        Args:
            part: The part.
            name: What it is called.
            depth: How many files it lies in.
        """
        if part.refused is not None:
            yield Unreadable(name, part.refused)
        elif part.document is not None:
            try:
                yield _made(part.document, part.data, name, part.format or "text")
            except Refused as error:
                yield Unreadable(name, str(error))
        else:
            yield from self.read(part.data, name, part.format, depth)


def _source(reader: Reader | BytesReader, data: bytes, path: str, charset: str | None) -> Source:
    """The one source that ``data`` is. Raises :class:`Unreadable` or :class:`Refused`."""
    if isinstance(reader, BytesReader):
        other = not reader.looks_like(data) and not (reader.packed and is_zip(data))
        if other and (what := what_it_is(data)):
            raise Refused(what)
        return _made(reader.read(data), data, path, reader.format)
    decoded = decode(data, path, charset or reader.declared(data))
    document = reader.read(SafeText(decoded.text))
    return _made(replace(document, encoding=decoded.encoding), data, path, reader.format)


def _made(document: Document, data: bytes, path: str, format: Format) -> Source:  # noqa: A002
    """The source. Raises :class:`Refused` where it has no text, or too much."""
    if len(document.text) > MAX_CHARS:
        raise Refused(f"holds more than {MAX_CHARS:,} characters of text; split it")
    text = SafeText(document.text)
    if not text.strip():
        raise Refused("holds no text that can be read")
    return Source(
        id=source_id(data),
        path=SafeText(path).line(),
        title=_title(document, text, path),
        text=text,
        format=format,
        publisher=_line(document.publisher),
        author=_line(document.author),
        published=document.published,
        published_from=_line(document.published_from) if document.published else None,
        published_inferred=document.published_inferred,
        made=document.made,
        language=language_of(_own(text, document.asides), document.language),
        encoding=document.encoding,
        message_id=_line(document.message_id),
        replies_to=tuple(filter(None, map(_line, document.replies_to))),
        asides=document.asides,
        pages=tuple(
            Page(
                start=start,
                label=SafeText(label[:_MAX_LABEL]).line(),
                kind="scan" if number in document.scanned else document.page_kind,
                boxes=document.scanned.get(number, ()),
            )
            for number, (start, label) in enumerate(document.pages)
        ),
        lost=tuple(filter(None, map(_line, document.lost))),
    )


def _own(text: str, asides: Sequence[Aside]) -> str:
    """The text without what its sender did not write, perhaps in another language, unless hardly a word is left."""
    own, place = [], 0
    for aside in asides:
        own.append(text[place : aside.start])
        place = aside.end
    left = "".join([*own, text[place:]])
    return left if len(left.split()) >= _FEW_WORDS else text


def source_id(data: bytes) -> str:
    """The id of the source with these bytes: SHA-256, hex."""
    return hashlib.sha256(data).hexdigest()


def contents(path: Path) -> bytes:
    """Read all bytes of a regular file, at most one more than may be read. Opening never waits for a writer.

    Raises :class:`Unreadable` where there is no such file or it may not be read.
    """
    try:
        return read_regular(path, MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(str(path), _why(path, error)) from error


def _why(path: Path, error: OSError | ValueError) -> str:
    """The reason in words a user can act on."""
    if isinstance(error, FileNotFoundError):
        return "is a link to a file that is not there" if path.is_symlink() else "is not there"
    folder = is_folder(path)
    if isinstance(error, PermissionError) or (folder and not os.access(path, os.R_OK | os.X_OK)):
        return "may not be read: permission denied"
    if folder and path.is_symlink():
        return "is a link to a folder; name that folder to add what is in it"
    if isinstance(error, OSError) and error.errno is None:
        return str(error)
    detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {detail}"


def _title(document: Document, text: SafeText, path: str) -> SafeText:
    """The stated title, else the first line of the text; before a table its heading or the file's name."""
    stated = _line(document.title)
    if text.startswith("| ") and (stated is None or stated.startswith("| ")):
        words = [cell.strip() for cell in text.partition("\n")[0].split("|") if cell.strip()]
        stem = SafeText(PurePath(path.rpartition(INSIDE)[2]).stem).line()
        stated = SafeText(words[0]) if len(words) == 1 else stem or None
    return SafeText(shorten(stated or text.strip().partition("\n")[0], _MAX_TITLE)).line()


def _line(stated: str | None) -> SafeText | None:
    """Clean to one line; None where nothing is left."""
    return SafeText(stated).line() or None if stated else None
