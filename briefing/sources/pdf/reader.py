"""PDF documents, through PDFium: text in reading order, page by page, with the numbers printed on the pages."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Final

from briefing.sources import properties
from briefing.sources.document import MAX_CHARS, BytesReader, Document, Refused
from briefing.sources.ocr.boxes import Seen, boxes_of
from briefing.sources.ocr.engine import HOW_TO, available, recognise
from briefing.sources.ocr.lines import page_lines
from briefing.sources.opening import read_opening, shorten
from briefing.sources.pdf.checks import refuse_harmful
from briefing.sources.pdf.forms import Forms
from briefing.sources.pdf.lines import Line, PageText
from briefing.sources.pdf.running import without_running
from briefing.sources.pdf.tables import Rules, find_rules
from briefing.sources.pdf.text import text_of

MAX_PAGES: Final = 5000
_SECONDS: Final = 60.0
"""After which a document is given up: about a thousand times what an ordinary one takes."""
_SHOWN: Final = 8
_COMMENT: Final = 80
"""Characters of a comment that are shown."""
_MOST_ATTACHED: Final = 1000
_DPI: Final = 200
_SECONDS_OF_PICTURES: Final = 90.0
"""For recognising the words on pages of pictures; the rest is said to be left out."""
_SPARSE: Final = 30
"""Characters on a page of pictures, as stamps and page numbers have, up to which it is taken for a scan."""
_WRITTEN: Final = 15
"""Characters on pages without pictures that are text, however many pages of pictures stand beside them."""
_OPENING: Final = 2000
_HEADING: Final = 120
"""Characters of a text that its title is looked for in, and of the longest."""
_PASSWORD: Final = 4
"""PDFium's number of the error."""
_LOCK: Final = threading.Lock()
"""PDFium is not made for several threads."""

_SCAN: Final = f"holds no text: it seems to be a scan, pictures of pages; {HOW_TO}"


def read(data: bytes) -> Document:
    """The text of all pages. Raises :class:`Refused` for scans, locked and damaged files."""
    refuse_harmful(data)
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
    """PDFium; imported when the first PDF is read."""
    import pypdfium2

    return pypdfium2


def _document(pdf: Any) -> Document:
    """The opened document as one text with its pages."""
    count = len(pdf)
    if not count:
        raise Refused("is a PDF document without pages")
    if count > MAX_PAGES:
        raise Refused(f"has {count:,} pages, more than the {MAX_PAGES:,} that are read; split it")
    found = _Pages(pdf)
    drawn = found.lines()
    labels = [pdf.get_page_label(number) or str(number + 1) for number in range(count)]
    headers: list[str] = []
    pages = without_running(drawn, labels, headers)
    flow = text_of(pages, labels, found.rules)
    text = flow.text()
    about = {key: value for key, value in pdf.get_metadata_dict().items() if value}
    opening = read_opening(text)
    return Document(
        text,
        properties.title(about.get("Title")) or _title(text, headers) or opening.title,
        opening.publisher,
        opening.author or properties.author(about.get("Author")),
        opening.published,
        _language(pdf),
        tuple(flow.pages),
        scanned=boxes_of(found.recognised, flow.pages, text),
        published_from=opening.published_from,
        published_inferred=opening.inferred,
        made=properties.moment(about.get("CreationDate")),
        lost=tuple(_lost(found, labels)),
    )


def _title(text: str, headers: Sequence[str]) -> str | None:
    """The heading below the running headers that a text begins with; None where there is none of either."""
    lines = [line for line in text[:_OPENING].split("\n") if line.strip()]
    running = {" ".join(header.split()) for header in headers}
    if not lines or " ".join(lines[0].split()) not in running:
        return None
    below = next((number for number, line in enumerate(lines) if " ".join(line.split()) not in running), 0)
    heading = lines[below] if below else ""
    return heading if 0 < len(heading) <= _HEADING and heading[-1] not in ".:;,|" else None


def _lost(found: "_Pages", labels: Sequence[str]) -> Iterator[str]:
    """Sentences on what the pages hold and the text does not."""
    if found.marks:
        marks = ", ".join(f"“{mark}”" for mark, _ in found.marks.most_common(_SHOWN))
        yield f"Words set across the pages are left out: {marks}."
    for numbers, what in (
        (tuple(found.recognised), "are read from pictures, so that facts of them are less sure"),
        (found.pictures, "hold a picture and hardly any text"),
        (found.damaged, "cannot be read"),
    ):
        if numbers:
            named = ", ".join(labels[number] for number in numbers[:_SHOWN])
            more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
            yield f"Pages that {what}: {named}{more}."
    if found.dynamic:
        yield "It is a form whose pages are made by the program that shows it (XFA); what is filled in may be missing."
    if found.comments:
        some = ", ".join(f"“{shorten(comment, _COMMENT)}”" for comment in found.comments[:_SHOWN])
        yield f"Comments on the pages are left out ({len(found.comments)}): {some}."
    if attached := found.attached():
        yield f"Attached files that are not read ({len(attached)}): {', '.join(attached[:_SHOWN])}."


class _Pages:
    """The pages of one opened document, with what is found beside their text."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.count = len(pdf)
        self.marks: Counter[str] = Counter()
        """Words across the pages."""
        self.pictures: list[int] = []
        """Numbers of the pages that show a picture and hardly any text."""
        self.recognised: dict[int, Seen] = {}
        """What was recognised on those on which anything was, by their numbers."""
        self.damaged: list[int] = []
        self.comments: list[str] = []
        self.dynamic = False
        """Whether it is a form whose pages are made by the program that shows it."""

    def lines(self) -> list[list[Line]]:
        """The lines of every page. Raises :class:`Refused` where there is hardly any text, or no end of it."""
        until = time.monotonic() + _SECONDS
        pages: list[list[Line]] = []
        chars = strange = 0
        forms = Forms(self.pdf)
        for number in range(self.count):
            lines, codes = self._page(number, forms)
            pages.append(lines)
            chars += len(codes)
            strange += sum(code == 0 or code == 0xFFFD or 0xE000 <= code <= 0xF8FF for code in codes)
            if chars > MAX_CHARS:
                raise Refused(f"holds more than {MAX_CHARS:,} characters of text; split it")
            if time.monotonic() > until:
                raise Refused(f"takes too long to read: {number + 1} of {self.count} pages in {_SECONDS:.0f} seconds")
        self.dynamic, self.comments = forms.dynamic, forms.comments
        if self.pictures and available():
            self._recognise(pages)
        letters = sum(len(line.text) for lines in pages for line in lines)
        pictured = {*self.pictures, *self.recognised}
        written = sum(len(line.text) for number, lines in enumerate(pages) if number not in pictured for line in lines)
        if not letters or (self.pictures and letters < _SPARSE * self.count and written < _WRITTEN):
            raise Refused("is a scan in which no words are recognised" if available() else _SCAN)
        if strange > 0.3 * chars:
            raise Refused(
                "does not say which letters its fonts draw; run text recognition (OCR) on it and add the result"
            )
        return pages

    def rules(self, number: int) -> Rules:
        """The lines of a page, which part the cells of tables."""
        page = self.pdf[number]
        try:
            return find_rules(page)
        finally:
            page.close()

    def _recognise(self, pages: list[list[Line]]) -> None:
        """Put what is recognised on pages of pictures in their place, as far as there is time."""
        until = time.monotonic() + _SECONDS_OF_PICTURES
        wanted = tuple(self.pictures)
        for count, number in enumerate(wanted, 1):
            if time.monotonic() > until:
                break
            page = self.pdf[number]
            try:
                picture = page.render(scale=_DPI / 72, may_draw_forms=False, rev_byteorder=True).to_numpy()
                height, width = picture.shape[:2]
            finally:
                page.close()
            found = recognise(picture[:, :, :3].copy(), count, len(wanted))
            if lines := page_lines(found, height, 72 / _DPI):
                pages[number] = lines
                self.recognised[number] = found, (width, height)
                self.pictures.remove(number)

    def attached(self) -> list[str]:
        """The names of the files that are attached to the document."""
        import pypdfium2

        with suppress(pypdfium2.PdfiumError):
            count = min(self.pdf.count_attachments(), _MOST_ATTACHED)
            return [self.pdf.get_attachment(number).get_name() for number in range(count)]
        return []

    def _page(self, number: int, forms: Forms) -> tuple[list[Line], list[int]]:
        """Lines and character codes. A damaged page is an empty one."""
        import pypdfium2

        try:
            page = self.pdf[number]
        except pypdfium2.PdfiumError:
            self.damaged.append(number)
            return [], []
        try:
            lines, codes, marks = _text(page)
            lines = forms.put_in(page, lines)
            self.marks.update({" ".join(mark.split()) for mark in marks})
            if sum(len(line.text) for line in lines) < _SPARSE and _pictured(page):
                self.pictures.append(number)
            return lines, codes
        finally:
            page.close()


def _text(page: Any) -> tuple[list[Line], list[int], list[str]]:
    """The lines of a page, the codes of its characters, and what is set across it."""
    import pypdfium2

    text = page.get_textpage()
    try:
        found = PageText(pypdfium2.raw, text.raw, page.get_rotation())
        return found.lines(), found.codes, found.marks
    finally:
        text.close()


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
    """Recognise it by its header, at most white space before it."""
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\f\0").startswith(b"%PDF-")


READER = BytesReader("pdf", (".pdf",), looks_like, read)
