"""Hostile documents and queries, made by the thousand: no crash, no escape, no wrong offset, nothing over its limits.

    python tests/bench/bench_hostile.py [--documents 100000] [--queries 20000] [--seed 1]

Documents go through the readers within the limits that a worker has; every sixteenth is extracted too. What would reach
a terminal is looked through for anything but plain characters. The last lines are the counts, the slowest read, the most
memory. Exit code 1 where anything did not hold. Formats are in ``FORMATS``: a maker takes a ``random.Random`` and gives
bytes and the suffix of a name.
"""

# ruff: noqa: E501 - documents in one line each

import argparse
import io
import random
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from typing import Final, NamedTuple

from briefing.library.search.query import parse
from briefing.model.safetext import _UNSAFE, SafeText
from briefing.model.source import Source, Unreadable
from briefing.sources import read_parts

SECONDS: Final = 10.0
"""Of a processor, for one document of at most a few kilobytes."""
WORDS: Final = (
    "Norland sent two F-35 jets to Guam.", "“We saw it,” said Maj. Ida Holm.", "\x1b]52;c;aGk=\x07", "\x1b[31m", "[@click=app.quit]x[/]",
    "\u202egnp.exe", "\u200b\u200d\ufeff", "9" * 400, "=" * 300, "(" * 300, "a" * 700, "\ud7ff\uffff", "]]>", "&#0;&#x1b;", "<![CDATA[", "{\\rtf",
    "From x", "--b", "\r\n\r\n", "\r", "\t", "%PDF-1.7", "endobj", "1st Armored", "🏴\U000e0067\U000e007f", "\u0301" * 50, "<p>", "</p>", "<table><tr><td>",
)  # fmt: skip


class Made(NamedTuple):
    """A document."""

    data: bytes
    suffix: str


def words(chance: random.Random, most: int = 12) -> str:
    """Some words, with what no prose has among them."""
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(0, most)))


def harmed(chance: random.Random, data: bytes) -> bytes:
    """The bytes with a few of them lost, doubled or changed."""
    made = bytearray(data)
    for _ in range(chance.choice([0, 0, 1, 3, 20])):
        if not made:
            break
        at = chance.randrange(len(made))
        match chance.randrange(4):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                del made[at : at + chance.randint(1, 40)]
            case 2:
                made[at:at] = made[max(0, at - chance.randint(1, 40)) : at]
            case _:
                made[at:at] = chance.randbytes(chance.randint(1, 8))
    return bytes(made)


def plain(chance: random.Random) -> Made:
    encoding = chance.choice(["utf-8", "utf-16", "cp1252", "latin-1", "koi8-r", "utf-7", "shift-jis"])
    return Made(words(chance).encode(encoding, "replace"), chance.choice([".txt", ".md", ""]))


def html(chance: random.Random) -> Made:
    inner = words(chance)
    for _ in range(chance.randint(0, 6)):
        tag = chance.choice(
            ["p", "div", "table", "b", "script", "title", "a href='x'", "blockquote", "svg", "template", "li"]
        )
        inner = (
            f"<{tag}>" * chance.choice([1, 1, 1, 30, 300])
            + inner
            + (f"</{tag.split()[0]}>" if chance.random() < 0.7 else "")
        )
    attributes = "".join(f" a{n}='x'" for n in range(chance.choice([0, 1, 500])))
    return Made(f"<!DOCTYPE html><html{attributes}><body>{inner}".encode("utf-8", "replace"), ".html")


def rtf(chance: random.Random) -> Made:
    groups = chance.choice([1, 2, 400])
    return Made(
        ("{\\rtf1\\ansi " + "{\\b " * groups + words(chance) + "}" * chance.randint(0, groups)).encode(
            "utf-8", "replace"
        ),
        ".rtf",
    )


def mail(chance: random.Random) -> Made:
    message = EmailMessage()
    message["Subject"] = SafeText(words(chance, 3)).line().replace("\ufffd", "?") or "x"
    message["From"] = "a@example.org"
    message.set_content(words(chance).encode("utf-8", "replace").decode())
    for _ in range(chance.choice([0, 1, 5])):
        inner = html(chance) if chance.random() < 0.5 else plain(chance)
        message.add_attachment(inner.data, maintype="application", subtype="octet-stream", filename=f"a{inner.suffix}")
    return Made(bytes(message), ".eml")


def feed(chance: random.Random) -> Made:
    items = "".join(
        f"<item><title>{words(chance, 2)}</title><description>{words(chance)}</description></item>"
        for _ in range(chance.randint(0, 8))
    )
    entity = (
        "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
        if chance.random() < 0.2
        else ""
    )
    return Made(
        f"<?xml version='1.0'?>{entity}<rss><channel><title>&b;</title>{items}</channel></rss>".encode(
            "utf-8", "replace"
        ),
        ".xml",
    )


def packed(chance: random.Random) -> Made:
    """A zip file: an archive, or something that says it is a document."""
    suffix = chance.choice([".zip", ".docx", ".odt", ".epub"])
    made = io.BytesIO()
    text = words(chance).replace("<", "&lt;").replace("&", "&amp;")
    parts = {
        "word/document.xml": f"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{'<w:tbl><w:tr><w:tc>' * chance.choice([0, 1, 40])}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>",
        "content.xml": f"<office:text xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:t='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><t:p>{text}</t:p></office:text>",
        "[Content_Types].xml": "<Types/>", "mimetype": chance.choice(["application/epub+zip", "application/vnd.oasis.opendocument.text"]),
        "META-INF/container.xml": "<container><rootfiles><rootfile full-path='a.opf'/></rootfiles></container>",
        "a.opf": "<package><spine>" + "<itemref idref='x'/>" * chance.choice([1, 3000]) + "</spine><manifest><item id='x' href='../x.html'/></manifest></package>",
        "x.html": html(chance).data.decode("utf-8", "replace"), "../../escape.txt": "x", "deep.zip": "PK\x03\x04",
    }  # fmt: skip
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name in chance.sample(sorted(parts), chance.randint(1, len(parts))):
            file.writestr(name, parts[name].encode("utf-8", "replace"))
    return Made(made.getvalue(), suffix)


def pdf(chance: random.Random) -> Made:
    depth = chance.choice([0, 1, 4])
    forms = "".join(
        f"{n + 5} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {n + 6} 0 R>>>>/Length 12>>stream\n{'/F Do ' * 2}\nendstream endobj\n"
        for n in range(depth)
    )
    body = f"BT /F1 12 Tf 72 700 Td ({words(chance, 4)[:200]}) Tj ET " + "/X Do " * depth
    text = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj\n"
        f"4 0 obj<</Length {len(body)}>>stream\n{body}\nendstream endobj\n{forms}trailer<</Root 1 0 R>>\n"
    )
    return Made(text.encode("latin-1", "replace"), ".pdf")


FORMATS: Final[tuple[Callable[[random.Random], Made], ...]] = (plain, html, rtf, mail, feed, packed, pdf)
ATOMS: Final = (
    '"', "(", ")", "-", "+", "*", "~", "~5", ":", "OR", "AND", "NOT ", "a", "title:", "date:[2025 TO", "]", "speaker:", "B-52H", "AT&T",
    "is:un*", "type:", "^", "!", "\\", "/", "||", "“", "?", "{", "²", "İ", "\x1b", " ", " ", "1", "..", ">", "=", "(a OR (b ",
)  # fmt: skip


def faults(source: Source) -> list[str]:
    """What is not as it must be of a source."""
    shown = {
        "text": source.text,
        "title": source.title,
        "path": source.path,
        "publisher": source.publisher or "",
        "author": source.author or "",
    }
    found = [f"{name} holds {match[0]!r}" for name, text in shown.items() if (match := _UNSAFE.search(text))]
    found += [f"{name} is not clean" for name, text in shown.items() if SafeText(str(text)) != text]
    found += [f"page at {page.start} of {len(source.text)}" for page in source.pages if page.start > len(source.text)]
    return found


def documents(number: int, seed: int, *, extract: int = 16) -> tuple[Counter[str], list[str], float]:
    """Counts of what became of so many documents, what did not hold, and the slowest in seconds of a processor."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = 0.0
    waiting: list[Source] = []
    for n in range(number):
        chance = random.Random(f"{seed}-{n}")
        maker = FORMATS[n % len(FORMATS)]
        made = maker(chance)
        data = harmed(chance, made.data)
        begun = time.process_time()
        try:
            for found in read_parts(data, f"/in/{SafeText(words(chance, 1))[:40]}{made.suffix}"):
                counts["sources" if isinstance(found, Source) else "refused"] += 1
                if isinstance(found, Source):
                    wrong += [f"{seed}-{n} {maker.__name__}: {fault}" for fault in faults(found)]
                    if extract and n % extract == 0:
                        waiting.append(found)
                elif isinstance(found, Unreadable) and _UNSAFE.search(found.reason):
                    wrong.append(f"{seed}-{n} {maker.__name__}: reason {found.reason!r}")
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            wrong.append(f"{seed}-{n} {maker.__name__}: {type(error).__name__}: {error}"[:300])
        taken = time.process_time() - begun
        slowest = max(slowest, taken)
        if taken > SECONDS:
            wrong.append(f"{seed}-{n} {maker.__name__}: {taken:.1f} s")
    if waiting:
        wrong += extracted(waiting, counts)
    return counts, wrong, slowest


def extracted(sources: list[Source], counts: Counter[str]) -> list[str]:
    """Wrong offsets, lost sources and failing components of their extractions."""
    from briefing.extract.pipeline import extract, load

    wrong = []
    for source, found in zip(sources, extract(load(), sources, "f"), strict=True):
        counts["extracted"] += 1
        text = str(source.text)
        wrong += [
            f"{source.path}: {m.text!r} is not at {m.start}" for m in found.mentions if text[m.start : m.end] != m.text
        ]
        wrong += [
            f"{source.path}: {c.evidence!r} is not at {c.start}"
            for c in found.counts
            if text[c.start : c.end] != c.evidence
        ]
        wrong += [f"{source.path}: {w.message}" for w in found.warnings if w.kind == "not-extracted"]
    return wrong


def queries(number: int, seed: int) -> list[str]:
    """Queries that raise, or are not understood as they are shown."""
    wrong = []
    for n in range(number):
        chance = random.Random(f"{seed}-{n}")
        query = "".join(chance.choice(ATOMS) for _ in range(chance.choice([3, 8, 30, 150])))
        try:
            first = parse(query)
            if parse(str(first)).tree != first.tree:
                wrong.append(f"{query!r} is shown as {str(first)!r}, which is another")
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            wrong.append(f"{query!r}: {type(error).__name__}: {error}")
    return wrong


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=100_000)
    options.add_argument("--queries", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    counts, wrong, slowest = documents(chosen.documents, chosen.seed)
    wrong += queries(chosen.queries, chosen.seed)
    for fault in wrong[:50]:
        print(ascii(fault))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{chosen.documents} documents, {chosen.queries} queries: {dict(counts)}, {len(wrong)} faults")
    print(f"slowest read {slowest:.2f} s, most memory {peak:,.0f} MiB")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
