"""Minimal PDF files, made by hand."""

from collections.abc import Sequence

Drawn = tuple[float, float, float, str]
"""x, y and size in points, and the words drawn there."""


def pdf(
    pages: Sequence[Sequence[Drawn]], info: str = "", catalogue: str = "", page: str = "", trailer: str = ""
) -> bytes:
    """A document of A4 pages in Helvetica; the strings are put into the dictionaries as they are."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, drawn in enumerate(pages):
        body = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(words)}) Tj ET" for x, y, size, words in drawn)
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {5 + 2 * number} 0 R {page} >>"
        )
        objects.append(f"<< /Length {len(body.encode('cp1252'))} >>\nstream\n{body}\nendstream")
    objects.append(f"<< {info} >>")
    out = b"%PDF-1.7\n"
    places = []
    for number, made in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{made}\nendobj\n".encode("cp1252")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    ends = f"/Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {trailer}"
    return out + f"trailer\n<< {ends} >>\nstartxref\n{table}\n%%EOF\n".encode()


def _escaped(words: str) -> str:
    for sign in "\\()":
        words = words.replace(sign, "\\" + sign)
    return words


def set_in_lines(
    lines: Sequence[str], x: float = 72, y: float = 760, size: float = 10, step: float = 14
) -> list[Drawn]:
    """Lines below each other."""
    return [(x, y - step * number, size, line) for number, line in enumerate(lines)]
