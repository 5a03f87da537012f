"""Hostile documents of the formats that are packed or binary: as :mod:`hostile_texts`."""

# ruff: noqa: E501 - documents in one line each

import bz2
import gzip
import io
import lzma
import random
import re
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from hostile_texts import STAMPS, Made, escaped, html, letter, mail, often, page, plain, words

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))
import made_mail
import made_office
import made_pdf


def zipped(chance: random.Random, files: Mapping[str, bytes | str]) -> bytes:
    """A package of the files, now and then with one left out, twice in it, or of another method."""
    names = list(files)
    if chance.random() < 0.2:
        names.remove(chance.choice(names))
    if chance.random() < 0.1 and names:
        names.append(chance.choice(names))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            data = files[name]
            method = chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
            info = zipfile.ZipInfo(name, (2025, 7, 12, 9, 0, 0))
            info.external_attr = often(chance, 0, 0o120777 << 16)
            file.writestr(info, data if isinstance(data, bytes) else data.encode("utf-8", "replace"), method)
    return made.getvalue()


def again(chance: random.Random, data: bytes) -> bytes:
    """What is in a package, packed anew."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return zipped(chance, {name: file.read(name) for name in file.namelist()})


def docx(chance: random.Random) -> Made:
    body = ""
    for _ in range(often(chance, 3, 0, 60)):
        run = f"<w:r><w:rPr>{chance.choice(['', '<w:vanish/>', '<w:strike/>', '<w:vertAlign w:val=' + chr(34) + 'superscript' + chr(34) + '/>'])}</w:rPr><w:t>{escaped(chance, 4)}</w:t></w:r>"
        deep = often(chance, 1, 40, 400)
        body += chance.choice([
            f"<w:p>{run}</w:p>",
            f"<w:p><w:ins>{run}</w:ins><w:del>{run}</w:del><w:tab/><w:br/><w:sym w:char='ZZZZ'/><w:noBreakHyphen/></w:p>",
            "<w:tbl><w:tr><w:tc>" * deep + f"<w:p>{run}</w:p>" + "</w:tc></w:tr></w:tbl>" * deep,
            f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='{often(chance, 2, 0, -1, 10**9)}'/><w:vMerge/></w:tcPr><w:p>{run}</w:p></w:tc></w:tr></w:tbl>",
            f"<w:p><w:pPr><w:numPr><w:ilvl w:val='{often(chance, 0, -1, 99)}'/><w:numId w:val='{often(chance, 1, 10**20)}'/></w:numPr></w:pPr>{run}</w:p>",
            f"<w:p><w:pict><w:txbxContent><w:p>{run}</w:p></w:txbxContent></w:pict><w:footnoteReference w:id='{often(chance, 1, -7)}'/></w:p>",
            "<w:altChunk r:id='c' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'/>",
        ])  # fmt: skip
    parts: dict[str, bytes | str] = {
        "word/_rels/document.xml.rels": made_office.relations(
            c=chance.choice(["chunk.html", "../../x", "document.xml"])
        ),
        "word/chunk.html": page(chance),
    }
    core = f"<dc:title>{escaped(chance, 2)}</dc:title><dcterms:created>{chance.choice(STAMPS)}</dcterms:created>"
    data = made_office.docx(
        body, core, parts, footnotes=f"<w:footnote w:id='1'>{made_office.p(escaped(chance, 2))}</w:footnote>"
    )
    return Made(again(chance, data), chance.choice([".docx", ".docm"]))


def odt(chance: random.Random) -> Made:
    depth = often(chance, 1, 30, 400)
    body = chance.choice([
        f"<text:p>{escaped(chance)}<text:s text:c='{often(chance, 2, -3, 10**12)}'/><text:tab/></text:p>",
        "<text:list><text:list-item>" * depth + f"<text:p>{escaped(chance)}</text:p>" + "</text:list-item></text:list>" * depth,
        f"<table:table><table:table-row table:number-rows-repeated='{often(chance, 2, 10**9)}'><table:table-cell table:number-columns-repeated='{often(chance, 2, 10**9)}' table:number-columns-spanned='{often(chance, 1, 10**9)}'><text:p>{escaped(chance, 2)}</text:p></table:table-cell></table:table-row></table:table>",
        f"<text:tracked-changes><text:deletion><text:p>{escaped(chance, 2)}</text:p></text:deletion></text:tracked-changes><text:h text:outline-level='{often(chance, 1, -1)}'>{escaped(chance)}</text:h>",
    ]) * often(chance, 1, 0, 20)  # fmt: skip
    return Made(again(chance, made_office.odt(body, f"<dc:date>{chance.choice(STAMPS)}</dc:date>")), ".odt")


def ods(chance: random.Random) -> Made:
    rows = "".join(
        f"<table:table-row table:number-rows-repeated='{often(chance, 1, 0, 1048576, 10**12)}'>"
        + "".join(
            f"<table:table-cell table:number-columns-repeated='{often(chance, 1, 16384, 10**12)}' office:value-type='{chance.choice(['float', 'date', 'percentage', 'string', 'x'])}' office:value='{chance.choice(['12', 'NaN', '1e400', ''])}' office:date-value='{chance.choice(STAMPS)}'><text:p>{escaped(chance, 1)}</text:p></table:table-cell>"
            for _ in range(often(chance, 3, 0, 60))
        )
        + "</table:table-row>"
        for _ in range(often(chance, 3, 0, 60))
    )
    space = made_office._ODF
    content = f"<office:document {space}><office:body><office:spreadsheet><table:table table:name='{escaped(chance, 1)[:30]}'>{rows}</table:table></office:spreadsheet></office:body></office:document>".replace(
        "'&quot;", "'"
    )
    return Made(
        zipped(chance, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}), ".ods"
    )


def epub(chance: random.Random) -> Made:
    chapters = {f"c{n}.xhtml": page(chance) for n in range(often(chance, 2, 0, 40))}
    data = made_office.epub(
        chapters or {"c.xhtml": ""},
        f"<dc:title>{escaped(chance, 2)}</dc:title><dc:date>{chance.choice(STAMPS)}</dc:date>",
    )
    return Made(again(chance, data), ".epub")


def xlsx(chance: random.Random) -> Made:
    def cell() -> object:
        number = chance.choice(
            ["12", "1e309", "-0", "NaN", "45850", "9" * 60, "", words(chance, 1)[:30].replace("<", "").replace("&", "")]
        )
        return chance.choice([
            12, 1200.5, escaped(chance, 1), escaped(chance, 3), None, f"<c t='s'><v>{often(chance, 0, -1, 10**9)}</v></c>", f"<c t='{chance.choice(['b', 'e', 'd', 'str', 'x'])}'><v>{number}</v></c>",
            f"<c s='{often(chance, 1, 10**9)}'><v>{number}</v></c>", f"<c><f>{escaped(chance, 1)}</f></c>",
        ])  # fmt: skip

    rows = [[cell() for _ in range(often(chance, 4, 0, 26))] for _ in range(often(chance, 5, 0, 200))]
    merged = f"<mergeCells><mergeCell ref='{chance.choice(['A1:B2', 'A1:XFD1048576', 'B2:A1', 'x', 'A0:A0'])}'/></mergeCells>"
    shared = f"<sst>{''.join(f'<si><t>{escaped(chance, 2)}</t></si>' for _ in range(often(chance, 2, 0, 300)))}</sst>"
    styles = f"<styleSheet><numFmts><numFmt numFmtId='164' formatCode='{chance.choice(['yyyy', '0%', '[h]:mm', 'x' * 5000, '#,##0,'])}'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/></cellXfs></styleSheet>"
    data = made_office.xlsx(
        {chance.choice(["Losses", "A&amp;B", "x" * 500]): rows, "b": [[merged]]}, sharedStrings=shared, styles=styles
    )
    if chance.random() < 0.3:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = {name: file.read(name) for name in file.namelist()}
        places = chance.choice([b"XFD1048576", b"ZZZZZZZZ9", b"A99999999999", b"A0", b"", b"a-1"])
        return Made(
            zipped(chance, {name: part.replace(b'r="A1"', b'r="' + places + b'"') for name, part in parts.items()}),
            ".xlsx",
        )
    return Made(again(chance, data), ".xlsx")


def old_sheet(chance: random.Random) -> Made:
    """Records of a workbook of an older program, true and made up."""
    records = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
    for _ in range(often(chance, 5, 0, 60)):
        kind = chance.choice([0x203, 0x204, 0xFD, 0xFC, 0x85, 0x27E, 0xBD, 0x6, 0x0A, 0x200, chance.randrange(65536)])
        inner = chance.choice(
            [chance.randbytes(chance.randint(0, 40)), struct.pack("<HHH", 65535, 255, 0) + b"\xff" * 8, b""]
        )
        records += struct.pack("<HH", kind, often(chance, len(inner), 0xFFFF)) + inner
    return Made(made_mail.compound({"Workbook": records}), ".xls")


def pptx(chance: random.Random) -> Made:
    slides = [
        chance.choice(["", "", "hidden:"])
        + chance.choice([
            made_office.shape(escaped(chance, 4), chance.choice(["", "title", "ftr", "x"])),
            made_office.slide_table([escaped(chance, 1), "12"], ["Tanks", escaped(chance, 1)]),
            "<p:grpSp>" * 500 + made_office.shape("x") + "</p:grpSp>" * 500,
        ])
        for _ in range(often(chance, 2, 0, 60))
    ]  # fmt: skip
    return Made(again(chance, made_office.pptx(*slides, notes={1: made_office.shape(escaped(chance, 3))})), ".pptx")


def packed(chance: random.Random) -> Made:
    """An archive, of archives too, with names that lead elsewhere."""
    names = [
        "a.txt",
        "../../escape.txt",
        "/etc/passwd",
        "C:\\x.txt",
        "a\nb.txt",
        "\u202etxt.exe",
        "con.txt",
        "x" * 300 + ".txt",
        "a/" * 100 + "b.txt",
        "A.TXT",
        "b.psd",
        "__MACOSX/._a.txt",
        ".hidden.txt",
        "\x1b[31m.txt",
    ]
    files: dict[str, bytes | str] = {"first.txt": words(chance)}
    for _ in range(often(chance, 3, 0, 80)):
        inner = chance.choice([plain, html, mail])(chance)
        files[chance.choice(names)] = inner.data
    for _ in range(often(chance, 0, 1, 5)):
        files = {"inner.zip": zipped(chance, files), "b.txt": words(chance)}
    if chance.random() < 0.1:
        files["zeros.txt"] = bytes(chance.choice([10**6, 3 * 10**7]))
    return Made(zipped(chance, files), ".zip")


def single(chance: random.Random) -> Made:
    """One file packed: of several streams, with a name that leads elsewhere, of zeros, cut off."""
    data = chance.choice([plain, html, mail])(chance).data if chance.random() < 0.9 else bytes(3 * 10**7)
    pack, suffix = chance.choice([(gzip.compress, ".gz"), (bz2.compress, ".bz2"), (lzma.compress, ".xz")])
    out = pack(data) + (pack(b"more") if chance.random() < 0.2 else b"")
    if suffix == ".gz" and chance.random() < 0.3:
        out = out[:3] + b"\x08" + out[4:10] + chance.choice([b"../../a.txt\0", b"x" * 70_000, b"\0"]) + out[10:]
    return Made(out[: chance.choice([len(out), len(out) // 2])], chance.choice([".txt", ".html", ".eml", ""]) + suffix)


def tape(chance: random.Random) -> Made:
    """A tar archive, packed or not: names that lead elsewhere, links, devices, sizes that are not true, long names."""
    out = io.BytesIO()
    mode, suffix = chance.choice([("w", ".tar"), ("w:gz", ".tar.gz"), ("w:bz2", ".tar.bz2"), ("w:xz", ".txz")])
    kinds = [tarfile.REGTYPE] * 6 + [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.CHRTYPE,
        tarfile.FIFOTYPE,
        tarfile.DIRTYPE,
    ]
    names = ["a.txt", "../../escape.txt", "/etc/passwd", "a\nb.txt", "x" * 3000 + ".txt", "é" * 200, "b.psd", ".hidden"]
    with tarfile.open(fileobj=out, mode=mode, format=chance.choice([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])) as file:  # type: ignore[call-overload]
        for _ in range(often(chance, 3, 0, 60)):
            data = chance.choice([plain, html, mail])(chance).data
            data = bytes(chance.choice([10**6, 3 * 10**7])) if chance.random() < 0.02 else data
            entry = tarfile.TarInfo(chance.choice(names))
            entry.type, entry.linkname, entry.size = chance.choice(kinds), chance.choice(["a.txt", "../x"]), len(data)
            file.addfile(entry, io.BytesIO(data))
    made = out.getvalue()
    if mode == "w" and chance.random() < 0.3 and len(made) > 512:
        header = tarfile.TarInfo("x")
        header.type, header.size = chance.choice([tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.REGTYPE]), 1 << 33
        made = header.tobuf(tarfile.GNU_FORMAT) + made
    return Made(made, suffix)


def web_archive(chance: random.Random) -> Made:
    out = b""
    for _ in range(often(chance, 2, 0, 40)):
        kind = often(
            chance,
            *[
                "text/html",
                "text/plain",
                "application/pdf",
                "image/png",
                words(chance, 1)[:20].encode("ascii", "ignore").decode(),
            ],
        )
        body = page(chance).encode("utf-8", "replace")
        packing = chance.choice(
            ["", "", "Content-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n", "Content-Encoding: br\r\n"]
        )
        if "gzip" in packing:
            body = gzip.compress(bytes(10**7) if chance.random() < 0.05 else body)
        answer = (
            f"HTTP/1.1 {often(chance, '200 OK', '404 x', '301 Moved', '999', '')}\r\nContent-Type: {kind}\r\n{packing}\r\n".encode(
                "utf-8", "replace"
            )
            + body
        )
        length = often(chance, len(answer), 0, -1, 10**12)
        head = f"WARC/1.0\r\nWARC-Type: {often(chance, 'response', 'request', 'revisit', 'warcinfo')}\r\nWARC-Target-URI: {often(chance, f'https://a.example/{len(out)}', *['file:///etc/passwd', chr(27) + '[2J', ''])}\r\nWARC-Date: {chance.choice(STAMPS)}\r\nContent-Length: {length}\r\n\r\n"
        record = head.encode("utf-8", "replace") + answer + b"\r\n\r\n"
        out += gzip.compress(record) if chance.random() < 0.3 else record
    if chance.random() < 0.3:
        return Made(
            zipped(
                chance, {"archive/data.warc": out, "datapackage.json": "{}", "archive/b.warc.gz": gzip.compress(out)}
            ),
            ".wacz",
        )
    return Made(out, chance.choice([".warc", ".warc.gz"]))


def outlook(chance: random.Random) -> Made:
    numbers = [0x0037, 0x1000, 0x007D, 0x0C1A, 0x0C1F, 0x1035, 0x1042]
    strings = {number: words(chance, 5) for number in chance.sample(numbers, chance.randint(0, len(numbers)))}
    safe = {
        number: text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        for number, text in strings.items()
    }
    binary = {
        0x1013: page(chance).encode("utf-8", "replace"),
        0x1009: chance.choice(
            [chance.randbytes(60), struct.pack("<IIII", 200, 10**9, 0x75465A4C, 0) + chance.randbytes(80)]
        ),
    }
    files: list[tuple[str, bytes | made_mail.Tree]] = [
        (words(chance, 1)[:30].encode("utf-8", "replace").decode(), plain(chance).data)
        for _ in range(often(chance, 1, 0, 8))
    ]
    inner = made_mail.outlook(safe, inner=True)
    for _ in range(often(chance, 0, 1, 6)):
        inner = made_mail.outlook(safe, [("inner", inner)], inner=True)
        files.append(("Inner", inner))
    tree = made_mail.outlook(
        safe, files, binary if chance.random() < 0.5 else None, sent=often(chance, 133000000000000000, 0, 2**64 - 1)
    )
    try:
        return Made(made_mail.compound(tree), ".msg")
    except AssertionError:  # more than the maker can lay out
        return Made(made_mail.compound(made_mail.outlook(safe)), ".msg")


def envelope(chance: random.Random) -> Made:
    """A letter with Outlook's envelope or a signed structure in it."""
    inner = chance.choice([html, plain])(chance)
    if chance.random() < 0.5:
        text = words(chance).encode("utf-8", "replace")
        data = made_mail.winmail(
            text,
            [(words(chance, 1)[:30].encode("utf-8", "replace").decode(), inner.data)] * often(chance, 1, 0, 30),
            chance.random() < 0.5,
        )
        cut = data[: often(chance, len(data), len(data) // 2, 7)]
        return Made(made_mail.carrying(cut, "application/ms-tnef", "winmail.dat", "See it."), ".eml")
    data = made_mail.signed(bytes(letter(chance)), open_ended=chance.random() < 0.5)
    for _ in range(often(chance, 0, 3, 40)):
        data = made_mail.signed(made_mail.carrying(data, "application/pkcs7-mime", "smime.p7m"))
        if len(data) > 200_000:
            break
    return Made(made_mail.carrying(data, "application/pkcs7-mime; smime-type=signed-data", "smime.p7m"), ".eml")


def picture(chance: random.Random) -> Made:
    """Pictures, which are set aside where nothing recognises words."""
    width, height = chance.choice([(1, 1), (0, 0), (2**31 - 1, 2**31 - 1), (60, 60)])
    rows = zlib.compress(bytes((min(width, 60) + 1) * min(height, 60)))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    png = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + struct.pack("<HHII", 0x100, 4, 1, 8) + struct.pack("<I", 8)
    data = chance.choice(
        [
            png,
            tiff,
            b"\xff\xd8\xff\xe0" + chance.randbytes(80),
            b"GIF89a" + chance.randbytes(40),
            b"RIFF\0\0\0\0WEBP" + chance.randbytes(40),
            b"\0\0\0\x18ftypheic" + chance.randbytes(40),
        ]
    )
    return Made(data, chance.choice([".png", ".jpg", ".tif", ".gif", ".heic", ".txt"]))


def pdf(chance: random.Random) -> Made:
    """Pages that are drawn from forms that draw each other."""
    depth = often(chance, 0, 1, 4)
    forms = "".join(
        f"{n + 5} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {n + 6} 0 R>>>>/Length 12>>stream\n{'/F Do ' * 2}\nendstream endobj\n"
        for n in range(depth)
    )
    body = f"BT /F1 12 Tf 72 700 Td ({words(chance, 4)[:200]}) Tj ET " + "/X Do " * depth
    text = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{chance.choice(['0 0 612 792', '0 0 1e9 1e9', '5 5 5 5', '-9 -9 9'])}]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj\n"
        f"4 0 obj<</Length {len(body)}>>stream\n{body}\nendstream endobj\n{forms}trailer<</Root 1 0 R>>\n"
    )
    return Made(text.encode("latin-1", "replace"), ".pdf")


def set_pdf(chance: random.Random) -> Made:
    """Pages that are set: lines, columns, tables, running lines, form fields, layers of packing."""
    pages = []
    for number in range(often(chance, 1, 0, 3, 30)):
        lines = [
            (
                float(often(chance, 72, -500, 10**6)),
                float(often(chance, 700 - 14 * n, 400, 10**7)),
                float(often(chance, 10, 0.01, 400, 6)),
                words(chance, 2).encode("cp1252", "replace").decode("cp1252")[:150] or str(number),
            )
            for n in range(often(chance, 6, 0, 60))
        ]
        grid = [
            (72.0 + 120 * column, 300.0 - 14 * row, 10.0, chance.choice(["12", "1,200", "Tanks", "–", "x{^1}"]))
            for row in range(often(chance, 0, 4, 40))
            for column in range(often(chance, 3, 12))
        ]
        pages.append(lines + grid)
    info = f"/Title ({chance.choice(['x', 'DRAFT', chr(92) * 9])}) /CreationDate (D:{chance.choice(STAMPS[:-1])})"
    rules = "".join(f"{72 + 10 * n} 300 m {72 + 10 * n} 500 l S " for n in range(often(chance, 0, 8, 3000)))
    free = made_pdf.first_free(pages)
    fields = f"<< /T (a) /FT /Tx /V ({re.sub(r'[^ -~]|[()]', '', words(chance, 1))[:30]}) /Kids [{free} 0 R] /Rect [0 0 9 9] >>"
    inner = zlib.compress(bytes(often(chance, 1000, 10**7)))
    for _ in range(often(chance, 0, 1, 4)):
        inner = zlib.compress(inner)
    data = made_pdf.pdf(pages, info, f"/AcroForm << /Fields [{free} 0 R] >>", drawing=rules, objects=[fields])
    if chance.random() < 0.3:
        layers = b"/Filter [" + b"/FlateDecode " * chance.randint(1, 5) + b"]"
        data += b"90 0 obj<<" + layers + b"/Length %d>>stream\n" % len(inner) + inner + b"\nendstream endobj\n"
        data = data.replace(b"/Contents 5 0 R", b"/Contents 90 0 R", 1)
    return Made(data, ".pdf")
