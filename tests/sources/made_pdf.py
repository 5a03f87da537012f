"""Minimal PDF files, made by hand."""

import re
from collections.abc import Sequence

Drawn = tuple[float, float, float, str]
"""x, y and size in points, and the words drawn there."""


_RAISED = re.compile(r"\{\^(.+?)\}")


def pdf(
    pages: Sequence[Sequence[Drawn]],
    info: str = "",
    catalogue: str = "",
    page: str = "",
    trailer: str = "",
    drawing: str = "",
    objects: Sequence[str] = (),
) -> bytes:
    """A document of A4 pages in Helvetica; the strings are put into the dictionaries as they are.

    ``{^1}`` within words is raised and smaller. ``drawing`` is put before the words of each page; ``objects`` have the
    numbers from ``first_free(pages)`` on.
    """
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    made_objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, drawn in enumerate(pages):
        body = "\n".join([drawing, *(f"BT {x} {y} Td {_shown(size, words)} ET" for x, y, size, words in drawn)])
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        made_objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {5 + 2 * number} 0 R {page} >>"
        )
        made_objects.append(f"<< /Length {len(body.encode('cp1252'))} >>\nstream\n{body}\nendstream")
    made_objects.append(f"<< {info} >>")
    made_objects += objects
    out = b"%PDF-1.7\n"
    places = []
    for number, made in enumerate(made_objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{made}\nendobj\n".encode("cp1252")
    table = len(out)
    out += f"xref\n0 {len(made_objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    ends = f"/Size {len(made_objects) + 1} /Root 1 0 R /Info {first_free(pages) - 1} 0 R {trailer}"
    return out + f"trailer\n<< {ends} >>\nstartxref\n{table}\n%%EOF\n".encode()


def first_free(pages: Sequence[Sequence[Drawn]]) -> int:
    """The number of the first object after those that every document has."""
    return 5 + 2 * len(pages)


def _shown(size: float, words: str) -> str:
    """The operators that show words of one size, what is raised in them smaller and higher."""
    parts = _RAISED.split(words)
    out = []
    for number, part in enumerate(parts):
        small, rise = (size * 0.6, size * 0.4) if number % 2 else (size, 0)
        out.append(f"/F1 {small} Tf {rise} Ts ({_escaped(part)}) Tj")
    return " ".join(out)


def _escaped(words: str) -> str:
    for sign in "\\()":
        words = words.replace(sign, "\\" + sign)
    return words


def set_in_lines(
    lines: Sequence[str], x: float = 72, y: float = 760, size: float = 10, step: float = 14
) -> list[Drawn]:
    """Lines below each other."""
    return [(x, y - step * number, size, line) for number, line in enumerate(lines)]
