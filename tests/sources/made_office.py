"""Office documents and e-books, made by hand."""

import io
import zipfile
from collections.abc import Mapping

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


def docx(body: str, core: str = "", **parts: str) -> bytes:
    """A Word document; ``body`` and the named parts (``footnotes``) are WordprocessingML with the prefix ``w``."""
    files = {
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
