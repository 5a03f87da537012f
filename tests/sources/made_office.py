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


def xlsx(sheets: Mapping[str, Sequence[Sequence[object]]], hidden: Sequence[str] = (), **parts: str) -> bytes:
    """A spreadsheet of numbers, texts, and cells that begin with ``<``, taken as they are; None leaves a cell out."""
    files: dict[str, bytes | str] = {}
    names = targets = ""
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        names += f'<sheet name="{name}" sheetId="{number}"{state} r:id="r{number}"/>'
        targets += f'<Relationship Id="r{number}" Type="t/worksheet" Target="worksheets/sheet{number}.xml"/>'
        made = ""
        for at, row in enumerate(rows, start=1):
            cells = "".join(
                _cell(f"{chr(65 + column)}{at}", cell) for column, cell in enumerate(row) if cell is not None
            )
            made += f'<row r="{at}">{cells}</row>' if row else ""
        files[f"xl/worksheets/sheet{number}.xml"] = f"<worksheet><sheetData>{made}</sheetData></worksheet>"
    space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    files["xl/workbook.xml"] = f"<workbook {space}><sheets>{names}</sheets></workbook>"
    files["xl/_rels/workbook.xml.rels"] = f"<Relationships>{targets}</Relationships>"
    return zipped(
        {"[Content_Types].xml": "<Types/>", **files, **{f"xl/{name}.xml": part for name, part in parts.items()}}
    )


def _cell(place: str, value: object) -> str:
    if isinstance(value, str) and value.startswith("<"):
        return value.replace("<c", f'<c r="{place}"', 1)
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def pptx(*slides: str, notes: Mapping[int, str] | None = None) -> bytes:
    """A presentation; the slides and the notes by number are DrawingML with the prefixes ``a`` and ``p``."""
    spaces = (
        'xmlns:a="urn:a" xmlns:p="urn:p" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    files: dict[str, bytes | str] = {}
    order = targets = ""
    for number, slide in enumerate(slides, start=1):
        order += f'<p:sldId id="{number}" r:id="r{number}"/>'
        targets = f'<Relationship Id="r{number}" Type="t/slide" Target="slides/slide{number}.xml"/>' + targets
        hidden = ' show="0"' if slide.startswith("hidden:") else ""
        files[f"ppt/slides/slide{number}.xml"] = f"<p:sld {spaces}{hidden}>{slide.removeprefix('hidden:')}</p:sld>"
        if notes and number in notes:
            files[f"ppt/notesSlides/notesSlide{number}.xml"] = f"<p:notes {spaces}>{notes[number]}</p:notes>"
            target = f"../notesSlides/notesSlide{number}.xml"
            files[f"ppt/slides/_rels/slide{number}.xml.rels"] = (
                f'<Relationships><Relationship Id="n" Type="t/notesSlide" Target="{target}"/></Relationships>'
            )
    files["ppt/presentation.xml"] = f"<p:presentation {spaces}><p:sldIdLst>{order}</p:sldIdLst></p:presentation>"
    files["ppt/_rels/presentation.xml.rels"] = f"<Relationships>{targets}</Relationships>"
    return zipped({"[Content_Types].xml": "<Types/>", **files})


def shape(words: str, kind: str = "") -> str:
    """A shape of a slide with paragraphs of runs, which ``|`` parts; ``kind`` is that of its placeholder."""
    holder = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>' if kind else ""
    texts = "".join(
        "<a:p>" + (part if part.startswith("<") else f"<a:r><a:t>{part}</a:t></a:r>") + "</a:p>"
        for part in words.split("|")
    )
    return f"<p:sp>{holder}<p:txBody>{texts}</p:txBody></p:sp>"


def slide_table(*rows: Sequence[str]) -> str:
    """A table on a slide."""
    made = "".join(
        "<a:tr>"
        + "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{c}</a:t></a:r></a:p></a:txBody></a:tc>" for c in row)
        + "</a:tr>"
        for row in rows
    )
    return (
        f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{made}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
