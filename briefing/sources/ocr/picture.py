"""Pictures (PNG, JPEG, TIFF): the words that are recognised in them, page by page. Part of the extra ``ocr``."""

import io
import time
import warnings
from collections.abc import Iterator
from typing import Any, Final

from briefing.sources.document import BytesReader, Document, Refused
from briefing.sources.ocr.engine import HOW_TO, available, recognise
from briefing.sources.ocr.lines import page_lines
from briefing.sources.opening import read_opening
from briefing.sources.pdf.text import text_of

_STARTS: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
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
    pages = []
    left_out = 0
    for picture in _pictures(data):
        if time.monotonic() > until:
            left_out += 1
            continue
        found = recognise(picture)
        pages.append(page_lines(found, picture.shape[0], 72 / 150))
    if not any(pages):
        raise Refused("is a picture in which no words are recognised")
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
        scanned=tuple(range(len(flow.pages))),
        published_from=opening.published_from,
        published_inferred=opening.inferred,
        lost=lost if left_out else (),
    )


def _pictures(data: bytes) -> Iterator[Any]:
    """The pages as arrays of pixels. Raises :class:`Refused` where it is damaged or too large."""
    import numpy as np

    try:
        from PIL import Image, ImageOps, ImageSequence
    except ImportError as error:
        raise Refused(f"is a picture; {HOW_TO}") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            whole = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
            for number, page in enumerate(ImageSequence.Iterator(whole)):
                if number >= _MOST_PAGES or page.width * page.height > _MOST_PIXELS:
                    raise Refused(f"has more than {_MOST_PAGES} pages or {_MOST_PIXELS // 10**6} million pixels")
                upright = ImageOps.exif_transpose(page) or page
                upright.thumbnail((_LONGEST, _LONGEST))
                yield np.asarray(upright.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused("is a damaged picture") from error


def looks_like(data: bytes) -> bool:
    """Recognise it by its first bytes, where text recognition is available."""
    return data.startswith(_STARTS) and available()


READER = BytesReader("picture", (".png", ".jpg", ".jpeg", ".tif", ".tiff"), looks_like, read)
"""Only among the readers of folders where something recognises words: see ``formats``."""
