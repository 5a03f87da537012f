"""Lists of references (BibTeX, CSL-JSON, Zotero's own JSON): metadata of the files that they name.

Entries with an abstract are sources too; the others hold nothing to read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from briefing.model.words import plural
from briefing.sources import properties
from briefing.sources.document import Bundle, Document, Part, Refused
from briefing.sources.json_text import objects, parse, words
from briefing.sources.opening import with_title

_ENTRY: Final = re.compile(r"(?:^|(?<=\}))[ \t]*@\s*([A-Za-z]{2,30})\s*\{\s*([^\s,{}]{0,200})\s*,", re.MULTILINE)
_STRING: Final = re.compile(r"@\s*string\s*[{(]\s*([A-Za-z][\w:+-]{0,40})\s*=\s*", re.IGNORECASE)
_FIELD: Final = re.compile(r"\s*,?\s*([A-Za-z][\w:+-]{0,40})\s*=\s*")
_LOOKS_BIBTEX: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|%[^\n]*\n|@\s*(?i:comment|string|preamble)\s*[{(][^\n]*\n)*@\s*[A-Za-z]{3,20}\s*\{[^,{}]{0,200},\s*[A-Za-z-]+\s*="
)
_LOOKS_JSON: Final = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*(?:\[|\{\s*"(?:config|collections|items)"\s*:)(?=[\s\S]{0,20000}"(?:issued|container-title|creators|itemType|'
    rb'citation-key|citationKey)"\s*:)'
)
_ACCENT: Final = re.compile(r"\\([`'^\"~=.uvHcdbrk])\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z]))")
_MARKS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327",
    "k": "\u0328", "b": "\u0331",
}  # fmt: skip
_LETTERS: Final = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "aa": "å",
    "AA": "Å",
}
_LETTER: Final = re.compile(r"\\(ss|ae|AE|oe|aa|AA|o|O|l|L)(?![A-Za-z])\s?")
_PUBLISHERS: Final = ("journaltitle", "journal", "publisher", "institution", "organization", "howpublished")
_SIGN: Final = re.compile(r'\\[\s\S]|[{}"]')
"""What opens or ends a value, or makes the next character an ordinary one."""
_MARKUP: Final = re.compile(r"<[^<>]{1,200}>")
_MOST_ENTRIES: Final = 100_000


@dataclass(frozen=True, slots=True)
class Reference:
    """Metadata of an entry; null or empty where it states none."""

    key: str
    title: str | None = None
    authors: str | None = None
    publisher: str | None = None
    published: datetime | date | None = None
    language: str | None = None
    abstract: str = ""
    files: tuple[str, ...] = ()
    """Paths as written: absolute, or from the folder of the list."""


def references(data: bytes) -> Iterator[Reference]:
    """The entries of a list. Raises :class:`Refused` where it is damaged."""
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"[", b"{"}
    found = _json(parse(data)) if is_json else _bibtex(data.decode("utf-8-sig", "replace"))
    for number, one in enumerate(found):
        if number >= _MOST_ENTRIES:
            raise Refused(f"holds more than {_MOST_ENTRIES:,} references; split it")
        yield one


def parts(data: bytes) -> Iterator[Part]:
    """The abstracts, each with what its entry states. Raises :class:`Refused` where there is none, or not of all."""
    count = read = named = lacking = 0
    for count, one in enumerate(references(data), start=1):
        named += len(one.files)
        read += bool(one.abstract.strip())
        lacking += not one.abstract.strip() and not one.files
        if one.abstract.strip():
            text = with_title(one.title, one.abstract.strip())
            document = Document(text, one.title, one.publisher, one.authors, one.published, one.language)
            own = "\0".join((one.key, one.title or "", one.abstract)).encode("utf-8", "surrogatepass")
            yield Part(one.key.replace("/", "-") or f"reference {count}", own, "reference", document)
    if not count:
        raise Refused("is a list of references without an entry")
    if not read:
        files = f"; {plural(named, 'file')} that it names are read with what it states of them" if named else ""
        raise Refused(f"is a list of {plural(count, 'reference')} without an abstract to read{files}")
    if lacking:
        raise Refused(
            f"holds {plural(lacking, 'reference')} with neither an abstract nor a file, of which nothing is read"
        )


def _bibtex(text: str) -> Iterator[Reference]:
    short = {match[1].lower(): _value(text, match.end(), {})[0] for match in _STRING.finditer(text)}
    following = _ENTRY.finditer(text)
    next(following, None)
    for match in _ENTRY.finditer(text):
        ends = next(following, None)
        if match[1].lower() in {"comment", "preamble", "string"}:
            continue
        stated = dict(_fields(text[match.end() : ends.start() if ends else None], short))
        yield Reference(
            match[2],
            _plain(stated.get("title", "")) or None,
            _names(stated.get("author") or stated.get("editor") or ""),
            _plain(next((stated[name] for name in _PUBLISHERS if stated.get(name)), "")) or None,
            _day(stated),
            properties.language(stated.get("langid") or stated.get("language")),
            _plain(stated.get("abstract", "")),
            tuple(_files(stated.get("file", ""))),
        )


def _day(stated: dict[str, str]) -> datetime | date | None:
    """The day of publication; a year, or a month of it, is none."""
    if found := properties.moment(stated.get("date") if (stated.get("date") or "").count("-") == 2 else None):
        return found
    day, month, year = (stated.get(name, "") for name in ("day", "month", "year"))
    return properties.moment(f"{day} {month} {year}") if day and month and year else None


def _fields(text: str, short: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The fields of an entry.

    Args:
        text: The entry from behind its key on.
        short: What words stand for.
    """
    place = 0
    while match := _FIELD.match(text, place):
        place = match.end()
        value = ""
        while True:
            piece, place = _value(text, place, short)
            value += piece
            joint = re.compile(r"\s*#\s*").match(text, place)
            if joint is None:
                break
            place = joint.end()
        yield match[1].lower(), value


def _value(text: str, place: int, short: Mapping[str, str]) -> tuple[str, int]:
    """A value in braces or quotation marks, or a bare word, and where it ends.

    Args:
        text: The entry.
        place: Where the value begins.
        short: What bare words stand for.
    """
    opened = text[place : place + 1]
    if opened not in {"{", '"'}:
        match = re.compile(r"[^\s,}#]*").match(text, place)
        return (short.get(match[0].lower(), match[0]), match.end()) if match else ("", place)
    depth = 0
    for match in _SIGN.finditer(text, place):
        at, sign = match.start(), match[0]
        depth += (sign == "{") - (sign == "}")
        if (opened == "{" and depth == 0) or (opened == '"' and depth == 0 and sign == '"' and at > place):
            return text[place + 1 : at], at + 1
    return text[place + 1 :], len(text)


def _plain(value: str) -> str:
    """A value without the commands of LaTeX."""
    import unicodedata

    value = _ACCENT.sub(lambda match: (match[2] or match[3]) + _MARKS[match[1]], value)
    value = _LETTER.sub(lambda match: _LETTERS[match[1]], value)
    value = re.sub(r"\\[A-Za-z]+\s?|(?<!\\)[{}]", "", value).replace("---", "—").replace("--", "–").replace("~", " ")
    return unicodedata.normalize("NFC", re.sub(r"\\([&%$#_{}])", r"\1", " ".join(value.split())))


def _names(value: str) -> str | None:
    """Names in their usual order: ``Kowal, Anna and Renner, Paul``."""
    names = []
    for one in re.split(r"\s+and\s+", " ".join(value.split())):
        family, comma, given = one.partition(",")
        names.append(_plain(f"{given.strip()} {family.strip()}" if comma and not one.startswith("{") else one))
    return ", ".join(name for name in names if name and name != "others") or None


def _files(value: str) -> Iterator[str]:
    """Paths, alone or between a description and a media type, several with semicolons between."""
    for one in re.split(r"(?<!\\);", value):
        fields = [field.replace("\\:", ":").replace("\\\\", "\\") for field in re.split(r"(?<!\\):", one.strip())]
        path = fields[1] if len(fields) >= 3 else one.strip()
        if path and not path.startswith(("http:", "https:")):
            yield path.replace("\\;", ";").replace("\\_", "_")


def _json(root: Any) -> Iterator[Reference]:
    for item in objects(root.get("items") if isinstance(root, dict) else root):
        date_parts = item.get("issued")
        people = objects(item.get("author")) or objects(item.get("creators"))
        files = [words(one.get("path")) or words(one.get("localPath")) for one in objects(item.get("attachments"))]
        files += _files(words(item.get("file")))
        held = ("container-title", "publicationTitle", "publisher", "websiteTitle", "institution")
        yield Reference(
            words(item.get("id")) or words(item.get("citation-key")) or words(item.get("citationKey")),
            _MARKUP.sub("", words(item.get("title"))) or None,
            ", ".join(filter(None, map(_person, people))) or None,
            next((words(item[key]) for key in held if words(item.get(key))), None),
            _issued(date_parts) or properties.moment(words(item.get("date"))),
            properties.language(words(item.get("language"))),
            _MARKUP.sub("", words(item.get("abstract")) or words(item.get("abstractNote"))),
            tuple(filter(None, files)),
        )


def _person(one: dict[str, Any]) -> str:
    whole = words(one.get("literal")) or words(one.get("name"))
    given = words(one.get("given")) or words(one.get("firstName"))
    return whole or f"{given} {words(one.get('family')) or words(one.get('lastName'))}".strip()


def _issued(stated: Any) -> date | datetime | None:
    """A day; a year or a month alone is none."""
    if not isinstance(stated, dict):
        return None
    parts = stated.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list) and len(first) == 3 and all(str(part).isdecimal() for part in first):
        try:
            return date(*(int(part) for part in first))
        except (ValueError, OverflowError):
            return None
    return properties.moment(words(stated.get("raw")))


def looks_like(data: bytes) -> bool:
    """Recognise it by the first entry, or the members of the first object."""
    return _LOOKS_BIBTEX.match(data[:8192]) is not None or _LOOKS_JSON.match(data[:32768]) is not None


READER = Bundle("reference", (".bib",), looks_like, parts, certain=True)
