"""Broken files among good ones: ``python tests/bench/bench_broken.py [--good 2000] [--broken 200]``.

A folder of good sources in every format, odd but readable ones among them (bad bytes, impossible dates, wrong
suffixes), and of files that hold nothing to read: cut off, empty, locked, garbage, bombs, under a wrong name.
``briefing add`` must put exactly the good ones into the library, give one reason for each broken one, and end with exit
code 1. Prints the reasons to be looked at.
"""

import argparse
import contextlib
import gzip
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from prose import Prose

from briefing.model.source import NOT_READ

sys.path.append(str(Path(__file__).parents[1] / "sources"))
from made_mail import carrying, compound, outlook, signed, winmail  # type: ignore[import-not-found]
from made_office import docx, epub, odt, p, zipped  # type: ignore[import-not-found]
from made_pdf import pdf, set_in_lines  # type: ignore[import-not-found]

Maker = Callable[[str, random.Random], bytes]
"""Bytes of a file from a text and chance."""

_HTML: Final = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}</article></body></html>"
_MAIL: Final = (
    "From: Desk <desk@example.org>\nSubject: {0}\nDate: {2}\nContent-Type: text/plain; charset=utf-8\n\n{1}\n"
)
_SIGNED: Final = ("application/pkcs7-mime; smime-type=signed-data", "smime.p7m")
_DATE: Final = "Mon, 02 Jun 2025 08:00:00 +0000"
_ATOM: Final = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><entry><title>{0}</title><id>urn:{0}</id>'
    "<updated>2025-06-02T08:00:00Z</updated><content>{1}</content></entry></feed>"
)
_MHTML: Final = (
    "From: <Saved by a browser>\nSubject: {0}\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related; boundary="xx"; type="text/html"\n\n--xx\nContent-Type: text/html; charset=utf-8\n'
    "Content-Location: https://example.org/\n\n{1}\n--xx--\n"
)
_BOMB: Final = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + "]><{0}>&h;</{0}>"
)


def _parts(text: str) -> tuple[str, list[str]]:
    title, _, rest = text.partition("\n")
    return title, [part for part in rest.split("\n\n") if part.strip()]


def _html(text: str) -> str:
    title, body = _parts(text)
    return _HTML.format(title, "".join(f"<p>{part}</p>" for part in body))


def _docx(text: str) -> bytes:
    title, body = _parts(text)
    made: bytes = docx("".join(p(part) for part in (title, *body)))
    return made


def _odt(text: str) -> bytes:
    title, body = _parts(text)
    made: bytes = odt("".join(f"<text:p>{part}</text:p>" for part in (title, *body)))
    return made


def _epub(text: str) -> bytes:
    made: bytes = epub({"one.xhtml": _html(text)}, f"<dc:title>{_parts(text)[0]}</dc:title>")
    return made


def _pdf(text: str, **more: str) -> bytes:
    plain = text.replace("“", '"').replace("”", '"')
    lines = [line for part in plain.split("\n") for line in re.findall(r".{1,90}(?:\s|$)", part)]
    made: bytes = pdf([set_in_lines(lines[:50])], **more)
    return made


def _rtf(text: str) -> bytes:
    body = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text).replace("\n", "\\par\n")
    return f"{{\\rtf1\\ansi {body}}}".encode()


def _mail(text: str, date: str = _DATE) -> bytes:
    return _MAIL.format(_parts(text)[0], text, date).encode()


def _outlook(text: str) -> bytes:
    made: bytes = compound(outlook({0x0037: _parts(text)[0], 0x1000: text}))
    return made


def _box(text: str) -> bytes:
    return b"From desk@example.org Mon Jun  2 08:00:00 2025\n" + _mail(text)


GOOD: Final[dict[str, Callable[[str], bytes]]] = {
    "plain.txt": lambda t: t.encode(),
    "western.txt": lambda t: t.replace("“", '"').replace("”", '"').encode("cp1252", "replace"),
    "wide.txt": lambda t: t.encode("utf-16"),
    "bad-bytes.txt": lambda t: t.encode()[:-1] + "é“”é".encode() + b"\xff\xfe\x80 and so on.\n",
    "controls.txt": lambda t: b"\x1b[31mRed\x07 " + t.encode(),
    "date.txt": lambda t: t.replace("2025\n", "99999\n", 1).encode(),
    "notes.md": lambda t: f"---\ntitle: {_parts(t)[0]}\ndate: 9999-99-99\n---\n\n{t}".encode(),
    "page.html": lambda t: _html(t).encode(),
    "no-end.html": lambda t: _html(t).encode()[:-25],
    "date.html": lambda t: _html(t).replace("<head>", '<head><meta name="date" content="0000-00-00">').encode(),
    "wrong.pdf": lambda t: _html(t).encode(),
    "wrong.html": lambda t: _pdf(t),
    "wrong.docx": lambda t: _odt(t),
    "paper.pdf": lambda t: _pdf(t),
    "date.pdf": lambda t: _pdf(t, info="/CreationDate (D:99999999999999)"),
    "letter.docx": _docx,
    "letter.odt": _odt,
    "book.epub": _epub,
    "letter.rtf": _rtf,
    "mail.eml": _mail,
    "date.eml": lambda t: _mail(t, "Xyz, 99 Foo 99999 99:99:99 +9999"),
    "no-end.eml": lambda t: b'Content-Type: multipart/mixed; boundary="x"\nSubject: Cut\n\n--x\n\n' + t.encode(),
    "box.mbox": _box,
    "outlook.msg": _outlook,
    "winmail.eml": lambda t: carrying(winmail(t.encode(), []), "application/ms-tnef", "winmail.dat"),
    "signed.eml": lambda t: carrying(signed(b"Content-Type: text/plain\n\n" + t.encode()), *_SIGNED),
    "news.atom": lambda t: _ATOM.format(_parts(t)[0], t).encode(),
    "saved.mhtml": lambda t: _MHTML.format(_parts(t)[0], _html(t)).encode(),
    "pack.zip": lambda t: bytes(zipped({"in/one.txt": t, "in/picture.png": b"\x89PNG"})),
}
"""Makers of readable files; half of the good ones are plain text."""


def noise(chance: random.Random, n: int = 3000) -> bytes:
    """Bytes that mean nothing, NULs among them."""
    return chance.randbytes(n) + b"\0"


def cut(data: bytes, chance: random.Random) -> bytes:
    """The first part of a file."""
    return data[: int(len(data) * chance.uniform(0.3, 0.6))]


def locked(data: bytes) -> bytes:
    """A zip file whose entries say that they need a password."""
    out = bytearray(data)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := out.find(sign, start)) >= 0:
            out[start + at] |= 1
            start += 4
    return bytes(out)


def bomb(name: str, around: dict[str, str | bytes]) -> bytes:
    """A zip file with 40 MB of nothing in a few KB."""
    return bytes(zipped({**around, name: b"<" + b" " * 40_000_000}))


def deep(text: str) -> bytes:
    """A zip in a zip in a zip in a zip in a zip."""
    data: bytes = text.encode()
    name = "one.txt"
    for level in range(5):
        data = zipped({name: data})
        name = f"{level}.zip"
    return data


def _office(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A packed document with one of its parts changed, or without it where nothing is left."""
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as old:
        files = {entry: old.read(entry) for entry in old.namelist()}
    files[name] = change(files[name])
    return bytes(zipped({entry: part for entry, part in files.items() if part}))


_SECRET: Final = "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{0}> /U <{0}> >> /ID [<{1}> <{1}>]"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

BROKEN: Final[dict[str, Maker]] = {
    "empty.txt": lambda t, r: b"",
    "blank.txt": lambda t, r: b" \n\t\n" * r.randint(1, 900),
    "noise.txt": lambda t, r: noise(r),
    "picture.txt": lambda t, r: b"\x89PNG\r\n\x1a\n" + noise(r),
    "packed.txt": lambda t, r: gzip.compress(t.encode()),
    "program.txt": lambda t, r: b"\x7fELF" + noise(r),
    "database.txt": lambda t, r: b"SQLite format 3\0" + noise(r),
    "film.txt": lambda t, r: b"\0\0\0\x18ftypmp42" + noise(r),
    "nulls.txt": lambda t, r: b"\0" * r.randint(10, 9000),
    "empty.md": lambda t, r: b"",
    "photo.md": lambda t, r: b"\xff\xd8\xff" + noise(r),
    "noise.md": lambda t, r: noise(r),
    "empty.html": lambda t, r: b"",
    "bare.html": lambda t, r: b"<html><head><style>p {}</style></head><body><div><br></div>%d</body></html>".replace(
        b"%d", b" " * r.randint(1, 99)
    ),
    "script.html": lambda t, r: f"<html><body><script>var a = {r.random()};</script></body></html>".encode(),
    "noise.html": lambda t, r: noise(r),
    "empty.pdf": lambda t, r: b"",
    "head.pdf": lambda t, r: b"%PDF-1.7\n" + noise(r),
    "noise.pdf": lambda t, r: noise(r),
    "cut.pdf": lambda t, r: _pdf(t)[: r.randint(100, 300)],
    "locked.pdf": lambda t, r: _pdf(t, trailer=_SECRET.format(r.randbytes(32).hex(), r.randbytes(16).hex())),
    "scan.pdf": lambda t, r: bytes(pdf([[], []], info=f"/Title ({r.random()})")),
    "no-pages.pdf": lambda t, r: bytes(pdf([], info=f"/Title ({r.random()})")),
    "text.pdf": lambda t, r: f"404 {r.random()} Not found".encode(),
    "empty.docx": lambda t, r: b"",
    "cut.docx": lambda t, r: cut(_docx(t), r),
    "noise.docx": lambda t, r: noise(r),
    "broken-xml.docx": lambda t, r: _office(_docx(t), "word/document.xml", lambda x: cut(x, r)),
    "no-body.docx": lambda t, r: _office(_docx(t), "word/document.xml", lambda x: b""),
    "no-text.docx": lambda t, r: bytes(docx("<w:p></w:p>" * r.randint(1, 99))),
    "locked.docx": lambda t, r: _OLE + noise(r),
    "bomb.docx": lambda t, r: bomb("word/document.xml", {"[Content_Types].xml": f"<Types>{r.random()}</Types>"}),
    "laughs.docx": lambda t, r: _office(
        _docx(t), "word/document.xml", lambda x: _BOMB.replace("{0}", "document").encode()
    ),
    "sheet.docx": lambda t, r: bytes(
        zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": f"<x>{r.random()}</x>"})
    ),
    "empty.odt": lambda t, r: b"",
    "cut.odt": lambda t, r: cut(_odt(t), r),
    "noise.odt": lambda t, r: noise(r),
    "broken-xml.odt": lambda t, r: _office(_odt(t), "content.xml", lambda x: cut(x, r)),
    "no-content.odt": lambda t, r: _office(_odt(t), "content.xml", lambda x: b""),
    "locked.odt": lambda t, r: bytes(
        odt(f"<text:p>{t}</text:p>", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"})
    ),
    "empty.epub": lambda t, r: b"",
    "cut.epub": lambda t, r: cut(_epub(t), r),
    "no-order.epub": lambda t, r: _office(_epub(t), "OPS/book.opf", lambda x: b"<package/>"),
    "no-book.epub": lambda t, r: _office(_epub(t), "OPS/book.opf", lambda x: b""),
    "no-text.epub": lambda t, r: bytes(
        epub({"one.xhtml": "<html><body></body></html>"}, f"<dc:title>{t[:9]}</dc:title>")
    ),
    "locked.epub": lambda t, r: bytes(
        epub({"one.xhtml": _html(t)}, **{"META-INF/rights.xml": "<rights/>", "META-INF/encryption.xml": "<e/>"})
    ),
    "noise.epub": lambda t, r: noise(r),
    "empty.rtf": lambda t, r: b"",
    "plain.rtf": lambda t, r: t.encode(),
    "no-text.rtf": lambda t, r: b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}%s}" % (b"\\par" * r.randint(1, 99)),
    "noise.rtf": lambda t, r: noise(r),
    "empty.eml": lambda t, r: b"",
    "no-headers.eml": lambda t, r: t.replace(":", " ").encode(),
    "noise.eml": lambda t, r: noise(r),
    "nothing.eml": lambda t, r: f"X-Number: {r.random()}\nMIME-Version: 1.0\n\n".encode(),
    "picture.eml": lambda t, r: (
        f'X-Number: {r.random()}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n--x\n'
        "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--x--\n"
    ).encode(),
    "header.eml": lambda t, r: b"Content-Type: text/plain; x=" + b"a*0=" * 40_000 + f"\n\n{t}".encode(),
    "empty.mbox": lambda t, r: b"",
    "noise.msg": lambda t, r: noise(r),
    "cut.msg": lambda t, r: _outlook(t)[: r.randint(20, 500)],
    "empty.msg": lambda t, r: b"",
    "noise.mbox": lambda t, r: noise(r),
    "prose.mbox": lambda t, r: t.replace(":", " ").encode(),
    "empty.rss": lambda t, r: b"",
    "cut.rss": lambda t, r: f'<?xml version="1.0"?><rss version="2.0"><channel><title>{r.random()}</ti'.encode(),
    "no-entries.rss": lambda t, r: f'<rss version="2.0"><channel><title>{r.random()}</title></channel></rss>'.encode(),
    "page.rss": lambda t, r: f"<p>{r.random()} not found".encode(),
    "noise.atom": lambda t, r: noise(r),
    "laughs.atom": lambda t, r: _BOMB.replace("{0}", "feed").encode() + b" " * r.randint(1, 99),
    "empty.mhtml": lambda t, r: b"",
    "noise.mhtml": lambda t, r: noise(r),
    "cut.mhtml": lambda t, r: _MHTML.format(t[:9], "").encode()[: r.randint(60, 160)],
    "empty.zip": lambda t, r: b"",
    "nothing.zip": lambda t, r: b"PK\x05\x06" + b"\0" * 18,
    "cut.zip": lambda t, r: cut(bytes(zipped({"one.txt": t, "two.txt": t[::-1]})), r),
    "noise.zip": lambda t, r: noise(r),
    "locked.zip": lambda t, r: locked(bytes(zipped({"one.txt": t}))),
    "bomb.zip": lambda t, r: bomb("one.txt", {"a.png": str(r.random())}),
    "deep.zip": lambda t, r: deep(t),
    "pictures.zip": lambda t, r: bytes(zipped({"a.png": b"\x89PNG" + noise(r), "b.exe": b"MZ"})),
    "wrong-sum.zip": lambda t, r: bytes(zipped({"one.txt": t}, zipfile.ZIP_STORED)).replace(
        t[20:30].encode(), b"0123456789", 1
    ),
    "sheet.zip": lambda t, r: bytes(
        zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": f"<x>{r.random()}</x>"})
    ),
}
"""Makers of files in which there is nothing to read."""

_UNCLEAR: Final = re.compile(r"Error|Exception|Traceback|errno|0x|None|\bnull\b|<|[a-z]_[a-z]", re.IGNORECASE)


def make(folder: Path, good: int, broken: int, words: int, seed: int = 9) -> dict[str, str]:
    """The files; for each of the broken ones its kind by its path."""
    chance = random.Random(seed)
    prose = Prose(seed)
    plain = GOOD["plain.txt"]
    kinds = list(GOOD)
    for number in range(good):
        kind = kinds[number // 2 % len(kinds)] if number % 2 else "plain.txt"
        text = f"Report {number}\n\n{prose.text(words)}"
        made = (GOOD[kind] if number % 2 else plain)(text)
        _write(folder, number, kind, made)
    bad: dict[str, str] = {}
    for number in range(broken):
        kind = list(BROKEN)[number % len(BROKEN)]
        path = _write(folder, good + number, kind, BROKEN[kind](f"Report {good + number}\n\n{prose.text(60)}", chance))
        bad[str(path)] = kind
    return bad


def _write(folder: Path, number: int, kind: str, data: bytes) -> Path:
    """In folders in which good and broken ones are mixed."""
    place = folder / f"{number % 10}"
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{number:05}-{kind}"
    path.write_bytes(data)
    return path


def main() -> None:
    """Make, add, look."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--good", type=int, default=2000)
    parser.add_argument("--broken", type=int, default=200)
    parser.add_argument("--words", type=int, default=30, help="of a good one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-broken-") as place:
        folder, library = Path(place, "in"), Path(place, "library.db")
        bad = make(folder, given.good, given.broken, given.words)
        environment = {**os.environ, "BRIEFING_LIBRARY": str(library), "HOME": place}
        command = [sys.executable, "-m", "briefing", "add", str(folder)]
        begun = time.monotonic()
        run = subprocess.run(command, env=environment, capture_output=True, text=True)
        print(f"{time.monotonic() - begun:.0f} s; {run.stdout.strip()}; exit code {run.returncode}")
        if not library.exists():
            sys.exit(run.stderr)
        with contextlib.closing(sqlite3.connect(library)) as db:
            sources = db.execute("SELECT count(*) FROM source").fetchone()[0]
            every = db.execute("SELECT path, reason FROM failure ORDER BY path").fetchall()
            reasons = [(path, reason) for path, reason in every if not NOT_READ.search(reason)]
    sys.exit(not judged(given, bad, sources, reasons, run.returncode))


def judged(
    given: argparse.Namespace, bad: dict[str, str], sources: int, reasons: list[tuple[str, str]], code: int
) -> bool:
    """Print what came of it; whether that is what should."""
    said: dict[str, Counter[str]] = {}
    per_file: Counter[str] = Counter()
    good = True
    for path, reason in reasons:
        file = path.partition(" » ")[0]
        per_file[file] += 1
        said.setdefault(reason, Counter())[bad.get(file, f"GOOD {Path(file).name}")] += 1
        if file not in bad:
            good = False
        if _UNCLEAR.search(reason) or not 8 <= len(reason) <= 140:
            print(f"UNCLEAR {file}: {reason}")
            good = False
    for reason, kinds in sorted(said.items(), key=lambda one: -sum(one[1].values())):
        print(f"{sum(kinds.values()):4}  {reason}\n      {', '.join(kinds)}")
    for file, kind in bad.items():
        if per_file[file] != 1:
            print(f"{per_file[file]} REASONS for {Path(file).name} ({kind})")
            good = False
    print(f"{sources} sources of {given.good}; {len(reasons)} reasons of {given.broken}; exit code {code}")
    return good and sources == given.good and len(reasons) == given.broken and code == 1


if __name__ == "__main__":
    main()
