"""Pictures: the words that are recognised in them, page by page. Part of the extra ``ocr``."""

import io
import time
import warnings
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from briefing.sources.document import BytesReader, Document, Refused, Wordless
from briefing.sources.ocr.boxes import boxes_of
from briefing.sources.ocr.engine import HOW_TO, available, recognise
from briefing.sources.ocr.lines import page_lines
from briefing.sources.opening import read_opening
from briefing.sources.pdf.text import text_of

_STARTS: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a")
_OF_TELEPHONES: Final = frozenset({b"heic", b"heix", b"mif1", b"hevc", b"msf1"})
"""Marks of HEIC, which no package of the extra decodes."""
_KINDS: Final = ("PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP")
_MOVING: Final = frozenset({"GIF", "WEBP", "PNG"})
"""Kinds whose further pages are the same picture, moved."""
_MOST_PIXELS: Final = 100_000_000
_LONGEST: Final = 4000
"""Pixels of the longer side; a larger picture is made smaller."""
_MOST_PAGES: Final = 200
_SECONDS: Final = 90.0


def read(data: bytes) -> Document:
    """The words of all pages. Raises :class:`Refused` where none are recognised, or nothing does so."""
    if not available():
        raise Refused(f"is a picture; {HOW_TO}")
    until = time.monotonic() + _SECONDS
    pages, seen = [], []
    left_out = 0
    for number, (picture, count) in enumerate(_pictures(data), 1):
        if time.monotonic() > until:
            left_out += 1
            continue
        found = recognise(picture, number, count)
        pages.append(page_lines(found, picture.shape[0], 72 / 150))
        seen.append((found, (picture.shape[1], picture.shape[0])))
    if not any(pages):
        raise Wordless("is a picture in which no words are recognised")
    flow = text_of(pages, [str(number) for number in range(1, len(pages) + 1)])
    text = flow.text()
    opening = read_opening(text)
    lost = (f"Pages after the first {len(pages)} are not recognised: that took {_SECONDS:.0f} seconds.",)
    return Document(
        text,
        opening.title,
        opening.publisher,
        opening.author,
        opening.published,
        pages=tuple(flow.pages),
        scanned=boxes_of(dict(enumerate(seen)), flow.pages, text),
        published_from=opening.published_from,
        published_inferred=opening.inferred,
        lost=lost if left_out else (),
    )


def picture_page(data: bytes, number: int, side: int) -> Any:
    """Draw a page as rows of pixels of three colours, an array.

    Args:
        data: The file.
        number: Number of the page, from zero.
        side: Most pixels of its longer side.

    Raises:
        Refused: Where it is damaged, or has no such page.
    """
    import numpy as np
    from PIL import Image

    page = next((page for at, (page, _) in enumerate(_pictures(data)) if at == number), None)
    if page is None:
        raise Refused("has no such page any more")
    drawn = Image.fromarray(page)
    drawn.thumbnail((side, side))
    return np.asarray(drawn)


def _pictures(data: bytes) -> Iterator[tuple[Any, int]]:
    """The pages as arrays of pixels, with their number. Raises :class:`Refused` where it is damaged or too large."""
    import numpy as np

    try:
        from PIL import Image, ImageOps, ImageSequence
    except ImportError as error:
        raise Refused(f"is a picture; {HOW_TO}") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            whole = Image.open(io.BytesIO(data), formats=_kinds(data))
            count = 1 if whole.format in _MOVING else getattr(whole, "n_frames", 1)
            for number, page in enumerate(islice(ImageSequence.Iterator(whole), count)):
                if number >= _MOST_PAGES or page.width * page.height > _MOST_PIXELS:
                    raise Refused(f"has more than {_MOST_PAGES} pages or {_MOST_PIXELS // 10**6} million pixels")
                upright = ImageOps.exif_transpose(page) or page
                upright.thumbnail((_LONGEST, _LONGEST))
                yield np.asarray(upright.convert("RGB")), count
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused("is a damaged picture") from error


def _kinds(data: bytes) -> tuple[str, ...]:
    """The kinds that are tried. Raises :class:`Refused` for HEIC where nothing is installed that decodes it."""
    if not _is_heic(data):
        return _KINDS
    try:
        from pillow_heif import register_heif_opener
    except ImportError as error:
        raise Refused("is a picture of the kind HEIC; save it as JPEG, or run: pip install pillow-heif") from error
    register_heif_opener()
    return ("HEIF",)


def _is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in _OF_TELEPHONES


def looks_like(data: bytes) -> bool:
    """Recognise it by its first bytes, where text recognition is available."""
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    bitmap = data[:2] == b"BM" and data[6:10] == bytes(4) and b"\0" in data[10:18]
    return (data.startswith(_STARTS) or webp or bitmap or _is_heic(data)) and available()


READER = BytesReader(
    "picture", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif", ".bmp", ".heic", ".heif"), looks_like, read
)
"""Only among the readers of folders where something recognises words: see ``formats``."""
