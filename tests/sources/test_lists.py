# ruff: noqa: E501 - documents are shown as they are
"""Feeds in JSON, lists of addresses, references and what they state of files, archives of web pages, other readers."""

import json
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from made_office import zipped

from briefing.model.source import Source, Unreadable
from briefing.sources import read_all, read_bytes, read_file, read_parts


def sources(data: bytes, name: str) -> list[Source]:
    return [one for one in read_parts(data, name) if isinstance(one, Source)]


def reason(data: bytes, name: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, name)
    return caught.value.reason


def test_items_of_a_json_feed() -> None:
    item = {
        "id": "1", "title": "Tugs", "content_html": "<p>Two tugs &amp; a barge.</p>", "date_published": "2025-07-12T09:30:00Z",
        "authors": [{"name": "Ann Author"}], "attachments": [{"url": "https://a.example/b.mp3"}],
    }  # fmt: skip
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Gazette",
        "items": [item, {"id": "2", "content_text": "Plain."}],
    }
    first, second = sources(json.dumps(feed).encode(), "feed.json")
    assert (first.text, first.author, first.publisher) == ("Tugs\n\nTwo tugs & a barge.", "Ann Author", "Gazette")
    assert first.published == datetime(2025, 7, 12, 9, 30, tzinfo=UTC)
    assert second.text == "Plain."


def test_lists_of_addresses_say_what_to_fetch() -> None:
    opml = b'<?xml version="1.0"?><opml><body><outline text="a" xmlUrl="https://a.example/feed"/><outline xmlUrl="https://b.example/"/></body></opml>'
    assert reason(opml, "subscriptions.xml") == (
        "is a list of 2 addresses, no source; to fetch what they name: briefing add https://a.example/feed https://b.example/"
    )
    marks = b'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><DT><A HREF="https://c.example/x?a=1&amp;b=2" ADD_DATE="1">C</A></DL>'
    assert reason(marks, "bookmarks.html") == (
        "is a list of 1 address, no source; to fetch what it names: briefing add https://c.example/x?a=1&b=2"
    )


BIBTEX = rb"""% made by hand
@article{tugs2025,
  title = {The {Tugs} of M\"uller},
  author = {M{\"u}ller, Jos{\'e} and Author, Ann},
  journal = "Harbour " # "Review",
  date = {2025-07-12},
  abstract = {Two tugs \& nine barges were counted.},
  file = {Full Text:files/1/tugs.txt:text/plain;Snapshot:files/2/a.html:text/html},
}
@book{none, title = {A book}, year = 2020, file = {files/3/book.txt}}
"""


def test_abstracts_are_sources() -> None:
    (source,) = sources(BIBTEX, "library.bib")
    assert source.text == "The Tugs of Müller\n\nTwo tugs & nine barges were counted."
    assert (source.author, source.publisher) == ("José Müller, Ann Author", "Harbour Review")
    assert source.published == date(2025, 7, 12)


def test_lists_of_references_state_what_files_are(tmp_path: Path) -> None:
    (tmp_path / "library.bib").write_bytes(BIBTEX)
    file = tmp_path / "files" / "1" / "tugs.txt"
    file.parent.mkdir(parents=True)
    file.write_text("What was counted at noon was counted again.")
    source = read_file(file)
    assert (source.title, source.author) == ("The Tugs of Müller", "José Müller, Ann Author")
    assert [one.title for one in read_all(file) if isinstance(one, Source)] == ["The Tugs of Müller"]
    other = tmp_path / "files" / "other.txt"
    other.write_text("Another text.")
    assert read_file(other).title == "Another text."


def test_files_that_a_list_names_and_that_are_not_there_are_told(tmp_path: Path) -> None:
    path = tmp_path / "library.bib"
    path.write_bytes(BIBTEX)
    assert [str(one) for one in read_all(path) if isinstance(one, Unreadable)] == [
        f"{path} » 3 files: are named in the list and are not there: files/1/tugs.txt, files/2/a.html, files/3/book.txt"
    ]
    for name in ("files/1/tugs.txt", "files/3/book.txt"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("Words.")
    assert [str(one) for one in read_all(path) if isinstance(one, Unreadable)] == [
        f"{path} » files/2/a.html: is named in the list and is not there"
    ]


def test_zotero_in_json(tmp_path: Path) -> None:
    entry = {
        "id": "a", "type": "report", "title": "Tugs", "author": [{"family": "Author", "given": "Ann"}, {"literal": "Harbour Office"}],
        "issued": {"date-parts": [[2025, 7, 12]]}, "container-title": "Review", "abstract": "<p>Two tugs.</p>",
    }  # fmt: skip
    (source,) = sources(json.dumps([entry]).encode(), "export.json")
    assert (source.author, source.published) == ("Ann Author, Harbour Office", date(2025, 7, 12))
    (tmp_path / "a.txt").write_text("Words.")
    own = {"items": [{**entry, "attachments": [{"path": str(tmp_path / "a.txt")}]}]}
    (tmp_path / "export.json").write_text(json.dumps(own))
    assert read_file(tmp_path / "a.txt").title == "Tugs"


def test_a_file_that_csl_json_names(tmp_path: Path) -> None:
    folder = tmp_path / "held"
    folder.mkdir()
    (folder / "tugs.txt").write_text("Two tugs left.")
    entry = {
        "id": "a", "type": "report", "title": "Tugs of the <i>Harbour</i>", "author": [{"family": "Author", "given": "Ann"}],
        "issued": {"date-parts": [[2025, 7, 12]]}, "file": "Tugs:held/tugs.txt:text/plain",
    }  # fmt: skip
    for written in ("Tugs:held/tugs.txt:text/plain", "held/tugs.txt"):
        (tmp_path / "export.json").write_text(json.dumps([{**entry, "file": written}], indent=len(written)))
        found = read_file(folder / "tugs.txt")
        assert (found.title, found.author, found.published) == ("Tugs of the Harbour", "Ann Author", date(2025, 7, 12))


def warc() -> bytes:
    from io import BytesIO

    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    pages = {
        "https://a.example/tugs": (
            "text/html; charset=utf-8",
            "200 OK",
            "<html><body><p>Two tugs left the harbour on Friday.</p></body></html>",
        ),
        "https://a.example/style.css": ("text/css", "200 OK", "p {}"),
        "https://a.example/gone": ("text/html", "404 Not Found", "<p>Nothing is here any more.</p>"),
        "https://a.example/plain.txt": ("text/plain", "200 OK", "Three tugs."),
    }
    for address, (kind, status, body) in pages.items():
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(address, "response", payload=BytesIO(body.encode()), http_headers=headers)
        )
    return out.getvalue()


def test_archives_of_web_pages() -> None:
    pytest.importorskip("warcio")
    for data, name in (
        (warc(), "crawl.warc.gz"),
        (zipped({"archive/data.warc.gz": warc(), "datapackage.json": "{}"}), "crawl.wacz"),
    ):
        found = sources(data, name)
        assert [one.path for one in found] == [
            f"{name} » https://a.example/tugs",
            f"{name} » https://a.example/plain.txt",
        ]
        assert found[0].text == "Two tugs left the harbour on Friday."
    assert list(read_parts(warc()[:400], "a.warc.gz"))


def test_libraries_that_are_not_installed_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert 'pip install "briefing[warc]"' in reason(b"WARC/1.0\r\n", "a.warc")
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\0" * 600
    assert 'pip install "briefing[xls]"' in reason(old, "a.xls")


@pytest.mark.parametrize("value", [7, 1.5, "x", None, [], {}, [[10**30, 1, 1]], {"a": 1}, [{}], "9" * 30])
def test_values_of_other_types_than_stated_end_nothing(value: object) -> None:
    entry = {
        "id": "1",
        "type": "report",
        "title": "Tugs",
        "abstract": "Two tugs.",
        "author": value,
        "attachments": value,
    }
    for issued in (value, {"date-parts": value}, {"date-parts": [value]}):
        (source,) = sources(json.dumps([{**entry, "issued": issued}]).encode(), "a.json")
        assert source.published is None
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": value, "authors": value}
    item = {"content_text": "Two tugs.", "date_published": value, "authors": value, "title": value}
    assert next(one.text for one in sources(json.dumps({**feed, "items": [item, value]}).encode(), "a.json")).endswith(
        "Two tugs."
    )
    message = {
        "id": value,
        "type": "message",
        "date": value,
        "date_unixtime": value,
        "from": value,
        "text": "Two tugs.",
    }
    for chat in (
        {"name": value, "type": value, "messages": [message, value]},
        {"chats": value},
        {"chats": {"list": value}},
    ):
        data = json.dumps({"about": "", "messages": [], **chat}).encode()
        assert all(isinstance(one, Source | Unreadable) for one in read_parts(data, "result.json"))


def test_an_entry_whose_value_never_ends_takes_no_other_with_it() -> None:
    broken = '@article{a, title = "Tugs and no end,\n author = {{{{,\n abstract = {Nothing.\n}\n'
    whole = '@article{b,\n title = {Barges \\} and \\" more}, abstract = {Nine {b}arges \\{left\\}.}}\n'
    (last,) = (one for one in sources((broken + whole).encode(), "a.bib") if one.title.startswith("Barges"))
    assert last.text.endswith("Nine barges {left}.")


def test_entries_without_an_end_are_read_in_their_own_length() -> None:
    entry = "@article{k,\n" + '  title = "{{{{' + "x" * 200 + ",\n" + "}\n"
    begun = time.process_time()
    assert reason((entry * 8_000).encode(), "a.bib")
    assert time.process_time() - begun < 15  # in the length of the file each, it would be ten minutes


def test_a_list_whose_abstracts_are_read_is_no_failure() -> None:
    read = "@article{a, title={Tugs}, abstract={Nine tugs were counted.}}\n@misc{b, title={Log}, file={log.txt}}\n"
    found = list(read_parts(read.encode(), "refs.bib"))
    assert [type(one) for one in found] == [Source]
    *_, last = read_parts((read + "@misc{c, title={Nowhere}}\n").encode(), "refs.bib")
    assert isinstance(last, Unreadable)
    assert last.reason == "holds 1 reference with neither an abstract nor a file, of which nothing is read"


def test_words_that_a_list_of_references_stands_for() -> None:
    bib = (
        b'@comment{made by hand}\n@string{hn = {Harbour News}}\n@preamble{"x"}\n'
        b"@techreport{a, title = {Tugs}, institution = HN, date = {2025-03-03}, abstract = {Two tugs left.}}\n"
    )
    for name in ("a.bib", "list"):
        source = next(iter(read_parts(bib, name)))
        assert isinstance(source, Source)
        assert (source.publisher, source.published) == ("Harbour News", date(2025, 3, 3))
