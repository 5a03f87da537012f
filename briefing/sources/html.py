"""Web pages: main text without navigation and comments, and the page's metadata."""

import logging
import re
from datetime import date, datetime
from typing import Any, Final

from briefing.sources.dates import find_date
from briefing.sources.document import Document, Reader
from briefing.sources.html_tables import write_tables
from briefing.sources.html_tidy import embedded, fence_quotations, is_unseen, keep_words, tidy, unfenced
from briefing.sources.opening import read_opening, with_title

_MOST_TAGS: Final = 100_000
"""Above this many tags (several seconds of looking for the main text), all text of the page is taken."""
_MOST_ATTRIBUTES: Final = 1000
"""Of one tag: what reads pages holds each against all before it."""
_LONG_TAG: Final = re.compile(r"<[a-z][^<>]{2000,}", re.IGNORECASE)

_LOOKS: Final = re.compile(
    rb"\s*(?>(?:<\?xml[^>]*>|<!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET: Final = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*>")
_REFERENCE: Final = re.compile(r"&#(?:x([0-9a-f]{1,6})|(\d{1,7}))\b;?", re.IGNORECASE)
_GROUPED: Final = re.compile(
    r"(?<=\d)(?:&nbsp;|&thinsp;|&#(?:160|8199|8201|8239);|&#x(?:a0|2007|2009|202f);|[\u00a0\u2007\u2009\u202f])(?=\d{3}(?!\d))",
    re.IGNORECASE,
)
"""The gap in ``1 200`` where it is no ordinary space: it says for sure that this is one number."""
_GAP: Final = "\u2e31"
"""Stands for such a gap while libraries are at work that make every gap an ordinary space."""
_SCRIPT: Final = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]*>")
_PUBLISHED_LD: Final = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_PUBLISHED_META: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "dcterms.issued",
    "dc.date", "dcterms.date", "citation_publication_date", "parsely-pub-date", "sailthru.date", "publish-date",
    "publish_date", "pubdate", "date",
)  # fmt: skip
_PUBLISHER_LD: Final = re.compile(r'"publisher"\s*:\s*\{[^{}]*?"name"\s*:\s*"([^"\\]{2,80})"')
_PUBLISHER_META: Final = (
    "og:site_name", "publisher", "article:publisher", "dc.publisher", "dcterms.publisher", "citation_publisher",
    "citation_journal_title", "application-name",
)  # fmt: skip
_HIDDEN: Final = frozenset({
    "script", "style", "noscript", "template", "head", "svg", "math", "nav", "iframe", "select", "button", "datalist",
    "textarea",
})  # fmt: skip
_RULE: Final = re.compile(r"\|(?:-{2,}\|)+")
_INLINE: Final = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "meter", "output", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_POSTED: Final = re.compile(
    r"\s*(?:(?:posted|published|released|issued)(?:\s+(?:on|at))?|(?:publication|release|posting) date"
    r"|date of publication)\b",
    re.IGNORECASE,
)
_LONGEST_POSTED: Final = 100
_MOST_OF_IT: Final = 0.9
"""Share of a text that its blocks must make up."""


def read(text: str) -> Document:
    """The page's main text, one paragraph a line with a blank line between, its title first."""
    tree = parsed(text)
    if tree is None:
        return _undressed(text)
    ordinary = text.count("<") <= _MOST_TAGS
    title, author, host, day = _stated(tree) if ordinary else (tree.findtext(".//title"), None, None, None)
    published, publisher, language = _published(tree) or day or _posted(tree), _publisher(tree), _language(tree)
    lost = embedded(tree)
    if ordinary:
        keep_words(tree)
    body = _in_blocks(_main_text(tree), tree) if ordinary else ""
    if not body:
        write_tables(tree, all_text)
        body = all_text(tree)
    if not body.strip():
        return _undressed(text)
    body = with_title(title, body)
    opening = read_opening(body)
    return Document(
        text=body,
        title=title or opening.title,
        publisher=publisher or opening.publisher or host,
        author=author or opening.author,
        published=published or opening.published,
        language=language,
        published_from="page metadata" if published else opening.published_from,
        published_inferred=not published and opening.inferred,
        lost=lost,
    )


def whole(text: str) -> str:
    """All visible text of the page, by paragraph: for mail and books, which hold nothing else."""
    tree = parsed(text)
    if tree is not None:
        keep_words(tree)
        write_tables(tree, all_text)
    return (all_text(tree) if tree is not None else "") or _undressed(text).text


def of_mail(text: str) -> str:
    """All visible text of a mail's page, with ``> `` before every paragraph that repeats an earlier mail."""
    tree = parsed(text)
    if tree is None:
        return _undressed(text).text
    keep_words(tree)
    write_tables(tree, all_text)
    fence_quotations(tree)
    found = all_text(tree)
    return unfenced(found) if found else _undressed(text).text


def parsed(text: str) -> Any:
    """The parsed page, or None where nothing of it can be parsed. A fragment becomes a page."""
    from trafilatura import load_html  # takes a third of a second to import

    for name in ("trafilatura", "htmldate"):  # they warn on standard error of pages they make nothing of
        logging.getLogger(name).setLevel(logging.CRITICAL)
    page = _LONG_TAG.sub(_bare, _REFERENCE.sub(_character, _GROUPED.sub(_GAP, _XML_DECLARATION.sub("", text))))
    if "<body" not in page.lower():
        page = f"<html><body>{page}</body></html>"
    tree = load_html(page)
    if tree is not None:
        tidy(tree)
    return tree


def _bare(match: re.Match[str]) -> str:
    """A tag without its attributes, where it has more than anybody means."""
    said = match[0]
    quoted = '"' in said or "'" in said
    number = said.count("=") if quoted else max(said.count("="), len(said.split()))
    return said if number <= _MOST_ATTRIBUTES else said.split(None, 1)[0]


def _character(match: re.Match[str]) -> str:
    """A numeric reference as browsers take it: 128 to 159 are Windows-1252, other control characters are nothing.

    The parser would keep control characters, and trafilatura would fail on them.
    """
    code = int(match[1], 16) if match[1] else int(match[2])
    if 0x80 <= code <= 0x9F:
        return bytes([code]).decode("cp1252", errors="replace")
    return "\ufffd" if (code < 0x20 and code not in {0x9, 0xA, 0xD}) or code == 0x7F else match[0]


def _stated(tree: Any) -> tuple[str | None, str | None, str | None, date | datetime | None]:
    """Title, author, host and day of publication as the page's metadata have them."""
    from trafilatura.metadata import extract_metadata

    try:
        found = extract_metadata(tree, date_config={"original_date": True, "extensive_search": False})
    except Exception:  # noqa: BLE001 - a library on hostile input: a page without metadata is still a page
        return None, None, None, None
    day = find_date(found.date) if found.date else None
    author = ", ".join(found.author.split("; ")) if found.author else None
    title = (found.title or "").replace(_GAP, "\u202f") or None
    return title, author, found.hostname or None, day.value if day else None


def _main_text(tree: Any) -> str:
    """The main text by trafilatura; empty where it finds none."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Extracted

    try:
        found = bare_extraction(tree, include_comments=False)
    except Exception:  # noqa: BLE001 - a library on hostile input, nesting included: all text is taken instead
        return ""
    return _paragraphs(found.text or "") if isinstance(found, Extracted) else ""


def _in_blocks(found: str, tree: Any) -> str:
    """The main text with a paragraph for every block and the rows of tables.

    Of short pages trafilatura makes one line of them all, or one of every cell.
    """
    in_cells = "| " not in found and tree.find(".//table") is not None
    if not found or ("\n" in found and not in_cells):
        return found
    write_tables(tree, all_text)
    flat = _words_alone(found)
    blocks = [block for block in all_text(tree).split("\n\n") if _words_alone(block) in flat]
    return "\n\n".join(blocks) if sum(map(len, blocks)) >= _MOST_OF_IT * len(flat) else found


def _words_alone(text: str) -> str:
    """The words with single blanks between, without what marks the cells of tables."""
    return " ".join(text.replace("|", " ").split())


def all_text(tree: Any) -> str:
    """The text of every element that a browser shows, by block; walked without recursion."""
    parts: list[str] = []
    pending: list[tuple[Any, bool]] = [(tree, False)]
    while pending:
        element, leaving = pending.pop()
        tag = element.tag if isinstance(element.tag, str) else ""  # a comment's is a function
        gap = "" if tag in _INLINE or not tag else "\n"
        if leaving:
            parts.append(gap + (element.tail or "").replace("\n", " "))
            continue
        pending.append((element, True))
        if tag and tag not in _HIDDEN and not is_unseen(element):
            parts.append(gap + (element.text or "").replace("\n", " "))
            pending.extend((child, False) for child in reversed(element))
    return _paragraphs("".join(parts))


def _undressed(text: str) -> Document:
    """The last resort: the text with everything in angle brackets left out."""
    body = _paragraphs(_TAG.sub(" ", _SCRIPT.sub(" ", text)))
    return Document(body, read_opening(body).title)


def _paragraphs(text: str) -> str:
    """One paragraph a line; a blank line between paragraphs, none between the items of a list or rows of a table."""
    out: list[str] = []
    last = ""
    for line in filter(None, (" ".join(line.split()) for line in text.split("\n"))):
        if line.startswith("|-") and _RULE.fullmatch(line):  # what parts the heads of a table from its rows
            continue
        listed = line[:2] in {"- ", "| "} and last[:2] == line[:2]
        out.append(f"\n{line}" if listed else f"\n\n{line}")
        last = line
    return "".join(out).lstrip("\n").replace(_GAP, "\u202f")


def _metadata(tree: Any) -> dict[str, str]:
    """The page's meta elements by name, in lower case; the first of a name counts."""
    stated: dict[str, str] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            if name := meta.get(attribute):
                stated.setdefault(name.lower(), meta.get("content").strip())
    return stated


def _linked_data(tree: Any) -> list[str]:
    """The page's JSON-LD, as written: it is often broken, and two of its fields are enough."""
    return [script.text or "" for script in tree.iterfind(".//script[@type='application/ld+json']")]


def _published(tree: Any) -> date | datetime | None:
    """The day or moment of publication that the page states in a form made for it, with its zone."""
    stated = _metadata(tree)
    for linked in _linked_data(tree):
        if match := _PUBLISHED_LD.search(linked):
            stated.setdefault("", match[1])
    times = tree.findall(".//time[@datetime]")
    for time in times:
        marks = f"{time.get('class')} {time.get('itemprop')} {time.attrib.keys()}".lower()
        if len(times) == 1 or "publish" in marks or "pubdate" in marks:
            stated.setdefault("time", time.get("datetime"))
    for name in ("", *_PUBLISHED_META, "time"):
        if found := find_date(stated.get(name, "")):
            return found.value
    return None


def _posted(tree: Any) -> date | datetime | None:
    """The day on which a line of the page says that it was posted; None where lines say several."""
    found = set()
    for element in tree.iter():
        line = element.text if isinstance(element.tag, str) else None
        if line and _POSTED.match(line) and len(line) <= _LONGEST_POSTED:
            after = "".join(child.text or "" for child in element) + (element.tail or "")
            day = find_date(line) or find_date(f"{line} {after[:_LONGEST_POSTED]}")
            found |= {day.value} if day is not None else set()
    return found.pop() if len(found) == 1 else None


def _publisher(tree: Any) -> str | None:
    """The publication as the page names it; names of accounts and addresses are none."""
    stated = _metadata(tree)
    for linked in _linked_data(tree):
        if match := _PUBLISHER_LD.search(linked):
            stated.setdefault("og:site_name", match[1].strip())
    found = (stated[name] for name in _PUBLISHER_META if stated.get(name))
    return next((name for name in found if not name.lower().startswith(("http", "www.", "@", "©", "copyright"))), None)


def _language(tree: Any) -> str | None:
    """The two letters of the page's language."""
    root = tree.getroottree().getroot()
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    match = re.match(r"([A-Za-z]{2})(?:[-_]|$)", stated.strip())
    return match[1].lower() if match else None


def declared(data: bytes) -> str | None:
    """The encoding named in the first kilobytes of the page."""
    match = _CHARSET.search(data, 0, 4096)
    return match[1].decode("ascii") if match else None


READER = Reader("html", (".html", ".htm", ".xhtml"), lambda data: bool(_LOOKS.match(data[:4096])), read, declared)
