"""PDF documents, through PDFium: text in reading order, page by page, with the numbers printed on the pages."""

import threading
import time
from contextlib import suppress
from typing import Any, Final

from briefing.sources import properties
from briefing.sources.document import BytesReader, Document, Refused
from briefing.sources.opening import read_opening
from briefing.sources.pdf_flow import Flow
from briefing.sources.pdf_layout import blocks
from briefing.sources.pdf_lines import Line, PageText
from briefing.sources.pdf_running import without_running

MAX_PAGES: Final = 5000
_SECONDS: Final = 60.0
"""After which a document is given up: about a thousand times what an ordinary one takes."""
_MOST_CHARS: Final = 20_000_000
_SPARSE: Final = 30
"""Characters on a page of pictures, as stamps and page numbers have, up to which it is taken for a scan."""
_PASSWORD: Final = 4
"""PDFium's number of the error."""
_LOCK: Final = threading.Lock()
"""PDFium is not made for several threads."""

_SCAN: Final = (
    "holds no text: it seems to be a scan, pictures of pages; run text recognition (OCR) on it and add the result"
)


def read(data: bytes) -> Document:
    """The text of all pages. Raises :class:`Refused` for scans, locked and damaged files."""
    pdfium = _library()
    with _LOCK:
        pdf = _opened(pdfium, data)
        try:
            return _document(pdf)
        except pdfium.PdfiumError as error:
            raise Refused("is a damaged PDF document: a page of it cannot be read") from error
        finally:
            pdf.close()


def _opened(pdfium: Any, data: bytes) -> Any:
    """The document. Raises :class:`Refused` where it is locked or damaged."""
    for again in (False, True):
        try:
            return pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) != _PASSWORD:
                what = "a damaged PDF document" if looks_like(data) else "no PDF document, or a damaged one"
                raise Refused(f"is {what}: it cannot be opened") from error
            if again:
                raise Refused("is locked by a password; save a copy without one and add that") from error
            with suppress(pdfium.PdfiumError):  # where PDFium knows no reason, it repeats the last one
                pdfium.PdfDocument(b"none")
    raise AssertionError


def _library() -> Any:
    """PDFium; it is large, so that not every installation has it."""
    try:
        import pypdfium2
    except ImportError as error:
        raise Refused('is a PDF document; to read those, run: pip install "briefing[pdf]"') from error
    return pypdfium2


def _document(pdf: Any) -> Document:
    """The opened document as one text with its pages."""
    count = len(pdf)
    if not count:
        raise Refused("is a PDF document without pages")
    if count > MAX_PAGES:
        raise Refused(f"has {count:,} pages, more than the {MAX_PAGES:,} that are read; split it")
    labels = [pdf.get_page_label(number) or str(number + 1) for number in range(count)]
    pages = without_running(_pages(pdf, count), labels)
    flow = Flow(line for lines in pages for line in lines)
    for lines, label in zip(pages, labels, strict=True):
        flow.page(label)
        for block in blocks(lines):
            flow.block(block)
    text = flow.text()
    about = {key: value for key, value in pdf.get_metadata_dict().items() if value}
    opening = read_opening(text)
    return Document(
        text,
        properties.title(about.get("Title")) or opening.title,
        opening.publisher,
        opening.author or properties.author(about.get("Author")),
        opening.published or properties.moment(about.get("CreationDate")),
        _language(pdf),
        tuple(flow.pages),
    )


def _pages(pdf: Any, count: int) -> list[list[Line]]:
    """The lines of every page. Raises :class:`Refused` where there is hardly any text, or no end of it."""
    until = time.monotonic() + _SECONDS
    pages: list[list[Line]] = []
    chars = strange = pictures = 0
    for number in range(count):
        lines, codes, pictured = _page(pdf, number)
        pages.append(lines)
        chars += len(codes)
        strange += sum(code == 0 or code == 0xFFFD or 0xE000 <= code <= 0xF8FF for code in codes)
        pictures += pictured
        if chars > _MOST_CHARS:
            raise Refused("holds more text than a thousand books; split it")
        if time.monotonic() > until:
            raise Refused(f"takes too long to read: {number + 1} of {count} pages in {_SECONDS:.0f} seconds")
    letters = sum(len(line.text) for lines in pages for line in lines)
    if not letters or (pictures and letters < _SPARSE * count):
        raise Refused(_SCAN)
    if strange > 0.3 * chars:
        raise Refused("does not say which letters its fonts draw; run text recognition (OCR) on it and add the result")
    return pages


def _page(pdf: Any, number: int) -> tuple[list[Line], list[int], bool]:
    """Lines, character codes, and whether a page with little text shows a picture. A damaged page is an empty one."""
    import pypdfium2

    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        return [], [], False
    try:
        text = page.get_textpage()
        try:
            found = PageText(pypdfium2.raw, text.raw, page.get_rotation())
            lines = found.lines()
        finally:
            text.close()
        sparse = sum(len(line.text) for line in lines) < _SPARSE
        return lines, found.codes, sparse and _pictured(page)
    finally:
        page.close()


def _pictured(page: Any) -> bool:
    """Whether the page shows a picture."""
    import pypdfium2

    with suppress(pypdfium2.PdfiumError):
        return any(True for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    return False


def _language(pdf: Any) -> str | None:
    """The language that the document's catalogue states."""
    import ctypes

    import pypdfium2

    size = pypdfium2.raw.FPDFCatalog_GetLanguage(pdf.raw, None, 0)
    if not 2 < size <= 200:
        return None
    buffer = ctypes.create_string_buffer(size)
    pypdfium2.raw.FPDFCatalog_GetLanguage(pdf.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return properties.language(buffer.raw.decode("utf-16-le", "ignore"))


def looks_like(data: bytes) -> bool:
    """By its header, at most white space before it."""
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\f\0").startswith(b"%PDF-")


READER = BytesReader("pdf", (".pdf",), looks_like, read)
