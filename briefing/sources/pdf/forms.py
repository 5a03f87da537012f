"""Put the filled-in fields of a PDF's forms where they stand on the page; comments are left out."""

import ctypes
import logging
from collections.abc import Iterator
from typing import Any, Final

from briefing.sources.pdf.lines import Line

_MOST_FIELDS: Final = 5000
"""Of one page."""
_MOST_CHARS: Final = 100_000
"""Of one field."""
_HIDDEN: Final = 0x2 | 0x20
"""Flags of what is shown neither on the page nor on paper."""
_LINE: Final = 12.0
"""Height of a line of a field, in points, where the field is higher."""


class Forms:
    """The fields of one opened document; closed with it."""

    def __init__(self, pdf: Any) -> None:
        import pypdfium2

        logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # it warns of forms that are read in another way here
        self._raw = pypdfium2.raw
        self.comments: list[str] = []
        """What readers of the document typed onto its pages."""
        self._row = 1_000_000
        """The next number of a row that no line of the page's own text has."""
        try:
            self.dynamic = pdf.get_formtype() in {self._raw.FORMTYPE_XFA_FULL, self._raw.FORMTYPE_XFA_FOREGROUND}
            pdf.init_forms()
            self._form = pdf.formenv.raw if pdf.formenv else None
        except pypdfium2.PdfiumError:
            self.dynamic, self._form = False, None

    def put_in(self, page: Any, lines: list[Line]) -> list[Line]:
        """Add the fields of a page to its lines, beside their labels or between the lines above and below them.

        Args:
            page: The opened page.
            lines: Its lines.
        """
        out = lines
        for text, box in self._filled(page):
            if out is lines:
                out = list(lines)
            out = self._placed(out, text, box)
        return out

    def _filled(self, page: Any) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
        """The words of every field that is filled in, and its place: left, right, bottom, top."""
        raw = self._raw
        for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_FIELDS)):
            note = raw.FPDFPage_GetAnnot(page.raw, index)
            if not note:
                continue
            try:
                box = raw.FS_RECTF()
                if raw.FPDFAnnot_GetFlags(note) & _HIDDEN or not raw.FPDFAnnot_GetRect(note, ctypes.byref(box)):
                    continue
                text = self._text(note)
                if text.strip():
                    low, high = sorted((box.bottom, box.top))
                    left, right = sorted((box.left, box.right))
                    yield text, (left, right, low, high)
            finally:
                raw.FPDFPage_CloseAnnot(note)

    def _text(self, note: Any) -> str:
        raw = self._raw
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind in {raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_TEXT} and len(self.comments) < _MOST_FIELDS:
            said = self._string(lambda buffer, size: raw.FPDFAnnot_GetStringValue(note, b"Contents", buffer, size))
            if said.strip():
                self.comments.append(" ".join(said.split()))
            return ""
        if kind != raw.FPDF_ANNOT_WIDGET or self._form is None:
            return ""
        field = raw.FPDFAnnot_GetFormFieldType(self._form, note)
        if field in {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}:
            return "[x]" if raw.FPDFAnnot_IsChecked(self._form, note) else ""
        if field in {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}:
            return self._string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(self._form, note, buffer, size))
        return ""

    def _string(self, get: Any) -> str:
        """A string that PDFium writes into a buffer as UTF-16, given its size in bytes."""
        size = get(None, 0)
        if not 2 < size <= 2 * _MOST_CHARS:
            return ""
        buffer = ctypes.create_string_buffer(size)
        get(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
        return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").replace("\r\n", "\n").replace("\r", "\n")

    def _placed(self, lines: list[Line], text: str, box: tuple[float, float, float, float]) -> list[Line]:
        """The lines with a field among them."""
        left, right, low, high = box
        words = [line for line in text.split("\n") if line.strip()]
        step = min(_LINE, (high - low) / len(words))
        self._row += len(words)
        rows = range(self._row - len(words), self._row)
        new = [
            Line(line.strip(), left, right, high - step * (n + 1), high - step * n, row)
            for n, (line, row) in enumerate(zip(words, rows, strict=True))
        ]
        label = _label(lines, box)
        if label is not None:
            new[0].row = lines[label].row
            new[0].y0, new[0].y1 = lines[label].y0, lines[label].y1
            return [*lines[: label + 1], *new, *lines[label + 1 :]]
        below = next((at for at, line in enumerate(lines) if line.y1 <= high - 0.5 * step), len(lines))
        return [*lines[:below], *new, *lines[below:]]


def _label(lines: list[Line], box: tuple[float, float, float, float]) -> int | None:
    """The line on the left of a field, on the height of its first line."""
    left, _, low, high = box
    beside = [at for at, line in enumerate(lines) if line.x1 <= left + 2 and low <= (line.y0 + line.y1) / 2 <= high]
    return max(beside, key=lambda at: (lines[at].y0, lines[at].x1), default=None)
