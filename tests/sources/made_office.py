"""Office documents and e-books, made by hand."""

import io
import zipfile
from collections.abc import Mapping, Sequence

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
)


def zipped(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 7, 12, 9, 0, 0)), data, method)
    return out.getvalue()


def docx(body: str, core: str = "", files: Mapping[str, bytes | str] | None = None, **parts: str) -> bytes:
    """A Word document; ``body`` and the named parts (``footnotes``) are WordprocessingML with the prefix ``w``.

    ``files`` are put in as they are, under their full names.
    """
    files = {
        **(files or {}),
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
    }
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = f"<w:{name} {_WORD}>{inner}</w:{name}>"
    if core:
        files["docProps/core.xml"] = f"<cp:coreProperties {_CORE}>{core}</cp:coreProperties>"
    return zipped(files)


def p(*runs: str) -> str:
    """A paragraph of runs; one that begins with ``<`` is taken as it is."""
    return "<w:p>" + "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


_ODF = 'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:table="urn:b" xmlns:dc="urn:d" xmlns:meta="urn:m"'


def odt(body: str, meta: str = "", **files: str) -> bytes:
    """An OpenDocument text; ``body`` with the prefixes ``text``, ``table``, ``office``."""
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document {_ODF}>{text}</office:document>",
        "meta.xml": f"<office:document-meta {_ODF}><office:meta>{meta}</office:meta></office:document-meta>",
    }
    return zipped({**parts, **files}, zipfile.ZIP_STORED)


def epub(chapters: Mapping[str, str], metadata: str = "", **files: str) -> bytes:
    """An e-book of pages in the order given; ``metadata`` with the prefix ``dc``."""
    items = "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in sorted(chapters))
    spine = "".join(f'<itemref idref="{n}"/>' for n in chapters)
    about = f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
    book = f'<package xmlns="http://www.idpf.org/2007/opf">{about}<manifest>{items}</manifest><spine>{spine}</spine></package>'
    root = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": root, "OPS/book.opf": book}
    return zipped({**parts, **{f"OPS/{name}": page for name, page in chapters.items()}, **files}, zipfile.ZIP_STORED)


def table(*rows: Sequence[str]) -> str:
    """A Word table of plain cells; a cell that begins with ``<`` is the inside of ``w:tc`` as it is."""
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{made}</w:tbl>"


def relations(**targets: str) -> str:
    """The relations of a part, by their ids."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    made = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{name}"/>' for key, name in targets.items())
    return f'<Relationships xmlns="{space}">{made}</Relationships>'
