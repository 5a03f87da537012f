"""Hostile documents of the formats that are text: made from a ``random.Random``, as bytes with the suffix of a name."""

# ruff: noqa: E501 - documents in one line each

import json
import random
import re
from email.message import EmailMessage
from typing import Any, Final, NamedTuple, TypeVar

from briefing.model.safetext import SafeText

_Any = TypeVar("_Any")
WORDS: Final = (
    "Norland sent two F-35 jets to Guam.", "“We saw it,” said Maj. Ida Holm.", "\x1b]52;c;aGk=\x07", "\x1b[31m", "[@click=app.quit]x[/]",
    "\u202egnp.exe", "\u200b\u200d\ufeff", "9" * 400, "=" * 300, "(" * 300, "a" * 700, "\ud7ff\uffff", "]]>", "&#0;&#x1b;", "<![CDATA[", "{\\rtf",
    "From x", "--b", "\r\n\r\n", "\r", "\t", "%PDF-1.7", "endobj", "1st Armored", "🏴\U000e0067\U000e007f", "\u0301" * 50, "<p>", "</p>", "<table><tr><td>",
    "12–", "3xF-16", "½", "1½ million", "٣٤ tanks", "१२ guns", "１２ jets", "1,00,000 shells", "1'200 rounds", "10⁶", "x" + "\u00ad" * 40 + "y", "\u2028\u2029\x85",
    "\x0b\x0c", "| a | b |\n|---|---|\n| 1 | 2 |", "> > > > quoted", "-- \nIda", "On Monday Ida wrote:", "31 February 2025", "2025-13-45T99:99Z", "Table 1",
    "Ⅻ ships", "ﬁfteen ﬂoats", "two dozen tanks", "–5 ships", "1e309 tanks", "seven-and-twenty ships", "said said said", "”“”“", "\u2066\u2067\u2069", "\U0001f469\u200d\U0001f680",
)  # fmt: skip
TOP: Final = "{\\an8}"
"""Where a subtitle is to be shown."""
_NO_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ud7ff")
"""Characters that no XML may hold: with them, nothing behind the parser is ever reached."""
STAMPS: Final = (
    "2025-07-12T09:30:00Z", "2025-07-12", "", "0", "-1", "9" * 30, "1e400", "Sat, 12 Jul 2025 09:30:00 +9999", "2025-02-30", "null", "99999-01-01",
    "12 Jul 99", "Thu, 1 Jan 1970 00:00:00 GMT", "2025-W28-6", "20250712T093000+23:59", "12.07.2025", "\u0662\u0660\u0662\u0665-07-12",
)  # fmt: skip
MARKS: Final = ("p", "div", "table", "b", "script", "title", "a href='x'", "blockquote", "svg", "template", "li", "ruby", "del", "sup", "td", "noscript", "math", "select", "pre", "ul", "h1")  # fmt: skip


class Made(NamedTuple):
    """A document."""

    data: bytes
    suffix: str


def words(chance: random.Random, most: int = 12) -> str:
    """Some words, with what no prose has among them."""
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(0, most)))


def escaped(chance: random.Random, most: int = 12) -> str:
    """The same, so that it can stand in XML."""
    text = words(chance, most).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return often(chance, _NO_XML.sub("", text), text) if chance.random() < 0.3 else _NO_XML.sub("", text)


def often(chance: random.Random, first: _Any, *others: _Any) -> _Any:
    """The first, mostly."""
    return first if chance.random() < 0.7 or not others else chance.choice(others)


def anything(chance: random.Random, depth: int = 3) -> Any:
    """A value of JSON."""
    match chance.randrange(9 if depth else 6):
        case 0:
            return words(chance, 3)
        case 1:
            return chance.choice([0, -1, 10**18, 10**400, 1.5, -0.0, float("inf"), float("nan")])
        case 2:
            return chance.choice([None, True, False, "", "\x00", {}, []])
        case 3 | 4 | 5:
            return chance.choice(STAMPS)
        case 6:
            return [anything(chance, depth - 1) for _ in range(chance.randint(0, 4))]
        case _:
            return {words(chance, 1)[:20]: anything(chance, depth - 1) for _ in range(chance.randint(0, 4))}


def likely(chance: random.Random, value: Any) -> Any:
    """The value, now and then another."""
    return value if chance.random() < 0.85 else anything(chance)


def as_json(chance: random.Random, value: Any, suffix: str = ".json") -> Made:
    """The value as a file, now and then in more lists than anybody means."""
    depth = often(chance, 0, 0, 0, 900, 100_000)
    text = json.dumps(value, ensure_ascii=chance.random() < 0.5)
    return Made(("[" * depth + text + "]" * depth).encode("utf-8", "surrogatepass"), suffix)


def plain(chance: random.Random) -> Made:
    encodings = [
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-32",
        "cp1252",
        "latin-1",
        "koi8-r",
        "utf-7",
        "shift-jis",
        "gb18030",
        "iso2022_jp",
        "cp037",
    ]
    return Made(words(chance).encode(chance.choice(encodings), "replace"), chance.choice([".txt", ""]))  # fmt: skip


def markdown(chance: random.Random) -> Made:
    lines = []
    for _ in range(chance.randint(0, 12)):
        mark = chance.choice(
            [
                "# ",
                "- ",
                "1. ",
                "> ",
                "    ",
                "| ",
                "|---|\n| ",
                "```\n",
                "~~",
                "[a](",
                "![",
                "<!--",
                "[^1]: ",
                "***",
                "---\n",
                "`" * 50,
                "* " * 200,
                ">" * 400,
            ]
        )
        lines.append(mark + words(chance, 4))  # fmt: skip
    front = f"---\ntitle: {words(chance, 2)}\ndate: {chance.choice(STAMPS)}\n---\n" if chance.random() < 0.3 else ""
    return Made((front + "\n".join(lines)).encode("utf-8", "replace"), ".md")


def page(chance: random.Random) -> str:
    """A web page."""
    inner = words(chance)
    for _ in range(chance.randint(0, 6)):
        tag = chance.choice(MARKS)
        closing = f"</{tag.split()[0]}>" if chance.random() < 0.7 else ""
        inner = f"<{tag}>" * chance.choice([1, 1, 1, 30, 300]) + inner + closing
    attributes = "".join(f" a{n}='x'" for n in range(chance.choice([0, 1, 500])))
    head = (
        f"<meta name='date' content='{chance.choice(STAMPS)}'><base href='javascript:x'>"
        if chance.random() < 0.3
        else ""
    )
    wide = f"<table><tr><td rowspan={often(chance, 2, 65535, 10**9)} colspan={often(chance, 2, 1000, 10**9)}>{inner}</table>"
    return f"<!DOCTYPE html><html{attributes}><head>{head}</head><body>{wide if chance.random() < 0.2 else inner}"


def html(chance: random.Random) -> Made:
    return Made(page(chance).encode("utf-8", "replace"), ".html")


def rtf(chance: random.Random) -> Made:
    groups = chance.choice([1, 2, 400])
    controls = "".join(
        chance.choice(["\\par ", "\\'e9", "\\u8364?", "\\u-99999?", "\\bin9999 ", "\\trowd\\cellx1 ", "\\cell ", "\\row ", "{\\*\\x ", "\\uc9 ", "\\deleted ", "{\\footnote ", "\\ansicpg932 "])
        for _ in range(chance.randint(0, 20))
    )  # fmt: skip
    text = "{\\rtf1\\ansi " + "{\\b " * groups + controls + words(chance) + "}" * chance.randint(0, groups)
    return Made(text.encode("utf-8", "replace"), ".rtf")


def letter(chance: random.Random) -> EmailMessage:
    """A message, with attachments."""
    message = EmailMessage()
    message["Subject"] = SafeText(words(chance, 3)).line().replace("\ufffd", "?") or "x"
    message["From"] = "a@example.org"
    message.set_content(words(chance).encode("utf-8", "replace").decode())
    if chance.random() < 0.4:
        message.add_alternative(page(chance).encode("utf-8", "replace").decode(), subtype="html")
    for _ in range(chance.choice([0, 1, 5])):
        inner = html(chance) if chance.random() < 0.5 else plain(chance)
        message.add_attachment(inner.data, maintype="application", subtype="octet-stream", filename=f"a{inner.suffix}")
    return message


def mail(chance: random.Random) -> Made:
    data = bytes(letter(chance))
    for _ in range(often(chance, 0, 2, 30)):
        data = b"Subject: outer\nContent-Type: message/rfc822\n\n" + data
    return Made(data, ".eml")


def raw_mail(chance: random.Random) -> Made:
    """Headers and bodies that no library would write."""
    lines = []
    for _ in range(chance.randint(1, 10)):
        name = chance.choice(
            [
                "Subject",
                "From",
                "Date",
                "Content-Type",
                "Content-Transfer-Encoding",
                "Message-ID",
                "References",
                "MIME-Version",
                "Content-Disposition",
            ]
        )
        value = chance.choice(
            [
                "multipart/mixed; boundary=b",
                "multipart/alternative; boundary=b",
                "text/html; charset=utf-7",
                "text/plain; charset=nonsense",
                "text/plain; format=flowed; delsp=yes",
                "base64",
                "quoted-printable",
                "x-uuencode",
                "=?utf-8?B?" + "////" * 9 + "?=",
                "=?x?Q?=1B=5B31m?=",
                chance.choice(STAMPS),
                words(chance, 2).replace("\n", " "),
                "<a@b>" * often(chance, 1, 500),
                "application/ms-tnef; name=winmail.dat",
                "attachment; filename*=utf-8''%1b%00..%2f",
            ]
        )
        lines.append(f"{name}: {value}")  # fmt: skip
    body = "\n".join(
        chance.choice(["--b", "--b--", "", "begin 644 a.txt", "Content-Type: text/html", "> " * 20, words(chance, 3)])
        for _ in range(chance.randint(0, 20))
    )
    return Made(("\n".join(lines) + "\n\n" + body).encode("utf-8", "replace"), ".eml")  # fmt: skip


def mbox(chance: random.Random) -> Made:
    out = b""
    for _ in range(often(chance, 2, 0, 40)):
        out += f"From a@b {chance.choice(STAMPS)}\n".encode() + bytes(letter(chance)) + b"\n" * chance.randint(0, 3)
    return Made(out, ".mbox")


def month(chance: random.Random) -> Made:
    """A month of a mailing list: a box of mail in a file with another ending."""
    out = b""
    for number in range(often(chance, 3, 0, 2, 40)):
        stamp = often(chance, f"Tue Jul  {number % 9 + 1} 10:00:00 2025", chance.choice(STAMPS))
        out += f"From ida at example.org  {stamp}\n".encode() + bytes(letter(chance)) + b"\n" * chance.randint(0, 3)
    return Made(out, ".txt")


def mhtml(chance: random.Random) -> Made:
    parts = "".join(
        f"--bndry\nContent-Type: {often(chance, 'text/html', 'text/css', 'image/png', 'multipart/related; boundary=bndry')}\nContent-Location: {chance.choice(['http://a/', '', chr(27) + '[2J'])}\n\n{page(chance)}\n"
        for _ in range(often(chance, 1, 0, 50))
    )
    head = 'From: <Saved by Blink>\nSnapshot-Content-Location: http://a.example/\nMIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary=bndry\n\n'
    return Made((head + parts + "--bndry--").encode("utf-8", "replace"), chance.choice([".mhtml", ".mht"]))


def feed(chance: random.Random) -> Made:
    def item() -> str:
        inner = escaped(chance) if chance.random() < 0.6 else words(chance)
        return chance.choice([
            f"<item><title>{escaped(chance, 2)}</title><description>{inner}</description><pubDate>{chance.choice(STAMPS)}</pubDate></item>",
            f"<entry><title type='html'>{escaped(chance, 2)}</title><content type='xhtml'><div>{inner}</div></content><updated>{chance.choice(STAMPS)}</updated></entry>",
            f"<item><content:encoded><![CDATA[{page(chance)}]]></content:encoded><media:title>x</media:title></item>",
        ])  # fmt: skip

    bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    outside = "<!DOCTYPE rss [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
    entity = chance.choice([bomb, outside]) if chance.random() < 0.3 else ""
    items = "".join(item() for _ in range(often(chance, 3, 0, 200)))
    root = chance.choice(["rss", "feed", "rdf:RDF", "rss version='2.0'"])
    text = f"<?xml version='1.0'?>{entity}<{root}><channel><title>{'&b;' if entity else 'x'}</title>{items}</channel></{root.split()[0]}>"
    return Made(text.encode("utf-8", "replace"), chance.choice([".xml", ".rss", ".atom"]))


def json_feed(chance: random.Random) -> Made:
    items = [
        likely(chance, {"id": likely(chance, "1"), "title": likely(chance, words(chance, 2)), "content_html": likely(chance, page(chance)), "date_published": likely(chance, chance.choice(STAMPS)), "authors": likely(chance, [{"name": words(chance, 1)}])})
        for _ in range(often(chance, 2, 0, 300))
    ]  # fmt: skip
    return as_json(
        chance,
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": likely(chance, words(chance, 2)),
            "items": likely(chance, items),
        },
    )


def subtitles(chance: random.Random) -> Made:
    web = chance.random() < 0.5
    times = [
        "00:00:01,000 --> 00:00:03,500",
        "00:01.000 --> 00:04.000 align:start",
        "99:99:99,999 --> 00:00:00,000",
        "9" * 60 + ":00:00,000 --> 1",
        "-1 --> -1",
        "00:00:01.000-->00:00:02.000",
    ]
    cues = [
        f"{chance.choice(['1', '', 'NOTE', 'STYLE', '9' * 50])}\n{chance.choice(times)}\n{chance.choice(['', '<v Ida>', TOP, '<00:06.500><c>', '- '])}{words(chance, 4)}"
        for _ in range(often(chance, 4, 0, 400))
    ]  # fmt: skip
    return Made(
        (("WEBVTT\n\n" if web else "") + "\n\n".join(cues)).encode("utf-8", "replace"), ".vtt" if web else ".srt"
    )


def delimited(chance: random.Random) -> Made:
    mark = chance.choice([",", ";", "\t", "|"])
    wide = often(chance, 4, 0, 1, 3000)
    rows = [
        mark.join(
            chance.choice(["12", '"a', '""', "1,200", "Tanks", "-", "1e309", "=1+1", f'"{words(chance, 1)}"', words(chance, 1)]) for _ in range(max(0, wide - chance.randint(0, 2)))
        )
        for _ in range(often(chance, 6, 0, 60))
    ]  # fmt: skip
    return Made(
        "\r\n".join(rows).encode(chance.choice(["utf-8", "utf-16", "cp1252"]), "replace"),
        chance.choice([".csv", ".tsv"]),
    )


def telegram(chance: random.Random) -> Made:
    messages = [
        likely(chance, {"id": likely(chance, n), "type": likely(chance, chance.choice(["message", "service"])), "date": likely(chance, "2025-07-12T09:30:00"), "date_unixtime": likely(chance, chance.choice(STAMPS)), "from": likely(chance, words(chance, 1)), "text": likely(chance, [words(chance, 3), {"type": "bold", "text": words(chance, 2)}, {"type": "strikethrough", "text": "x"}]), "reply_to_message_id": likely(chance, n), "photo": likely(chance, "a.jpg")})
        for n in range(often(chance, 3, 0, 200))
    ]  # fmt: skip
    chat = {
        "name": likely(chance, words(chance, 1)),
        "type": likely(chance, chance.choice(["public_channel", "private_group"])),
        "id": 1,
        "messages": likely(chance, messages),
    }
    return as_json(chance, {"chats": {"list": [chat, likely(chance, chat)]}} if chance.random() < 0.3 else chat)


def telegram_page(chance: random.Random) -> Made:
    times = ["12.07.2025 09:30:00 UTC+02:00", "99.99.9999 99:99:99 UTC+99:99", "12.07.2025 09:30", ""]
    said = "".join(
        f'<div class="message {often(chance, "default", "service", "")}" id="message{often(chance, n, 10**30, -1)}"><div class="body"><div class="date" title="{chance.choice(times)}"></div><div class="from_name">{words(chance, 1)}</div>{"<div class=forwarded>" * often(chance, 0, 1, 400)}<div class="text">{words(chance, 4)}<s>x</s></div></div></div>'
        for n in range(often(chance, 3, 0, 300))
    )  # fmt: skip
    page = f'<div class="page_wrap"><div class="page_header"><div class="text">x</div></div><div class="chat_page"><div class="history">{said}'
    return Made(page.encode("utf-8", "replace"), ".html")


def whatsapp(chance: random.Random) -> Made:
    stamps = [
        "12/07/2025, 09:30 - ",
        "[12.07.25, 09:30:01] ",
        "7/12/25, 9:30\u202fPM - ",
        "99/99/9999, 99:99 - ",
        "\u200e[12/07/2025, 9:30:01 AM] ",
        "31/02/2025, 09:30 - ",
    ]
    lines = [
        f"{chance.choice(stamps)}{chance.choice(['Ida: ', 'Ida Holm (press): ', '', '+1 555 0100: ', ': '])}{words(chance, 4)}"
        for _ in range(often(chance, 5, 0, 300))
    ]  # fmt: skip
    return Made("\n".join(lines).encode("utf-8", "replace"), ".txt")


def addresses(chance: random.Random) -> Made:
    """Lists of addresses: OPML and bookmarks."""
    hosts = [
        "https://a.example/feed",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://a.example/" + "x" * 3000,
        "\x1b[31m",
        "",
        "http://[::1",
        words(chance, 1),
    ]
    number = often(chance, 3, 0, 3000)
    if chance.random() < 0.5:
        depth = often(chance, 1, 500)
        inner = "".join(f"<outline text='x' xmlUrl='{chance.choice(hosts)}'/>" for _ in range(number))
        return Made(f"<?xml version='1.0'?><opml><body>{'<outline>' * depth}{inner}{'</outline>' * depth}</body></opml>".encode("utf-8", "replace"), ".opml")  # fmt: skip
    inner = "".join(
        f'<DT><A HREF="{chance.choice(hosts)}" ADD_DATE="{chance.choice(STAMPS)}">{words(chance, 1)}</A>'
        for _ in range(number)
    )
    return Made(f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL>{inner}".encode("utf-8", "replace"), ".html")


def references(chance: random.Random) -> Made:
    """BibTeX, CSL-JSON and what Zotero writes."""
    if chance.random() < 0.5:
        fields = "".join(
            f"  {chance.choice(['title', 'author', 'date', 'year', 'abstract', 'file', 'journal'])} = {chance.choice(['{', chr(34), ''])}{chance.choice([words(chance, 2), '../../etc/passwd', chance.choice(STAMPS), '{' * 300, chr(92) + 'input{x}', 'a # b # c', ' and '.join(['Ida'] * 400)])}{chance.choice(['}', chr(34), ''])},\n"
            for _ in range(often(chance, 5, 0, 100))
        )  # fmt: skip
        entry = f"@{chance.choice(['article', 'string', 'comment', 'preamble', 'book'])}{{k,\n{fields}}}\n"
        return Made((entry * often(chance, 2, 0, 100)).encode("utf-8", "replace"), ".bib")
    entries = [
        likely(chance, {"id": "a", "type": "report", "title": likely(chance, words(chance, 2)), "author": likely(chance, [{"family": likely(chance, "Holm"), "given": likely(chance, "Ida")}]), "issued": likely(chance, {"date-parts": likely(chance, [[2025, chance.choice([7, 13, -1, 10**30]), 12]])}), "abstract": likely(chance, words(chance)), "attachments": likely(chance, [{"path": likely(chance, "/etc/passwd")}])})
        for _ in range(often(chance, 2, 0, 100))
    ]  # fmt: skip
    return as_json(chance, {"items": entries} if chance.random() < 0.5 else entries)
