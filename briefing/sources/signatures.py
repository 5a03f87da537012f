"""Recognise files that are no text by their first bytes, to tell the user what to do with them."""

from typing import Final

_SAVE: Final = "save its text as .txt or .html and add that"
_UNPACK: Final = "unpack it and add what is in it"

_IMAGE: Final = 'is a picture; to read the words in it, run: pip install "briefing[ocr]"'
_SOUND: Final = "is a sound or video recording; add a transcript of it instead"
_ARCHIVE: Final = f"is an archive; {_UNPACK}"
_PROGRAM: Final = "is a program, not a document"

# Bytes that no text begins with.
_CERTAIN: Final = (
    (b"{\\rtf", "is a rich text (RTF) document, not plain text"),
    (b"\xd0\xcf\x11\xe0", f"is an old or a locked Office document; {_SAVE}"),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF87a", _IMAGE),
    (b"GIF89a", _IMAGE),
    (b"II*\0", _IMAGE),
    (b"MM\0*", _IMAGE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"Rar!\x1a", _ARCHIVE),
    (b"\x1aE\xdf\xa3", _SOUND),
    (b"\x7fELF", _PROGRAM),
    (b"\0asm", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"SQLite format 3\0", "is a database, not a document"),
)

# Bytes that a text could begin with: they count only where NUL bytes follow.
_WITH_NULS: Final = (
    (b"MZ", _PROGRAM),
    (b"BM", _IMAGE),
    (b"RIFF", _SOUND),
    (b"ID3", _SOUND),
    (b"OggS", _SOUND),
    (b"fLaC", _SOUND),
    (b"BZh", _ARCHIVE),
)


def what_it_is(data: bytes) -> str | None:
    """A sentence about bytes of a known format that is no text, beginning with its verb; None for any other bytes."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "is a PDF document, not text"
    if data.startswith(b"PK\x03\x04"):
        return _ARCHIVE
    if data[4:8] == b"ftyp" and data[0] == 0:
        return _IMAGE if data[8:12] in {b"avif", b"heic", b"mif1"} else _SOUND
    if data[257:262] == b"ustar" and b"\0" in data[:257]:
        return _ARCHIVE
    for signatures in (_CERTAIN, _WITH_NULS if b"\0" in data else ()):
        for start, what in signatures:
            if data.startswith(start):
                return _IMAGE if data[8:12] == b"WEBP" else what
    return None
