"""Feeds: each entry is a source of its own, the same one whenever it is fetched."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model.safetext import SafeText
from briefing.model.source import Source, Unreadable
from briefing.sources import read_bytes, read_parts

RSS = """<?xml version="1.0" encoding="{0}"?><!-- made --><rss version="2.0" xmlns:content="urn:c" xmlns:dc="urn:d">
<channel><title>Sample Wire</title><language>en-gb</language>
<item><title>Two tugs &amp; a barge</title><dc:creator>Ann Author</dc:creator>
<pubDate>Sat, 12 Jul 2025 09:00:00 +0900</pubDate>
<description>Short.</description><content:encoded>
<![CDATA[<p>The tugs left “at once”.</p><p>So did the <b>barge</b>.</p>]]>
</content:encoded></item>
<item><title>Second</title><author>bo@paper.example (Bo Other)</author>
<description>A &lt;i&gt;plain&lt;/i&gt; text</description>
<pubDate>2025-07-13</pubDate></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Sample Review</title>
<entry><title type="html">A &amp;lt;b&amp;gt; title</title><author><name>Ann Author</name></author>
<updated>2025-07-12T09:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><p>Second.</p></div></content></entry></feed>"""


def _found(data: bytes, name: str = "a.rss") -> list[Source]:
    return [one for one in read_parts(data, name) if isinstance(one, Source)]


@pytest.mark.parametrize("name", ["feed.xml", "a.rss", "-"])
def test_entries_are_sources(name: str) -> None:
    first, second = _found(RSS.format("utf-8").encode(), name)
    assert first.text == "Two tugs & a barge\n\nThe tugs left “at once”.\n\nSo did the barge."
    assert (first.format, first.title, first.author) == ("feed", "Two tugs & a barge", "Ann Author")
    assert (first.publisher, first.language) == ("Sample Wire", "en")
    assert first.published == datetime(2025, 7, 12, 9, tzinfo=timezone(timedelta(hours=9)))
    assert str(first.path) == f"{name} » 1 Two tugs & a barge"
    assert (second.text, second.author, second.published) == ("Second\n\nA plain text", "Bo Other", date(2025, 7, 13))


def test_atom() -> None:
    (entry,) = _found(ATOM.encode(), "-")
    assert entry.text == "A <b> title\n\nFirst.\n\nSecond."
    assert (entry.publisher, entry.author, entry.language) == ("Sample Review", "Ann Author", "en")
    assert entry.published == datetime(2025, 7, 12, 9, tzinfo=UTC)


def test_an_entry_is_the_same_in_another_copy_of_the_feed() -> None:
    whole = RSS.format("utf-8")
    start, end = whole.index("<item>"), whole.index("</item>") + len("</item>")
    later = whole.replace("<channel>", "<channel><generator>other</generator><item><title>New</title></item>\n")
    assert _found(whole.encode())[1].id == _found((whole[:start] + whole[end:]).encode())[0].id
    assert {one.id for one in _found(whole.encode())} < {one.id for one in _found(later.encode())}


def test_other_encodings() -> None:
    assert "“at once”" in _found(RSS.format("windows-1252").encode("cp1252"))[0].text


def test_what_is_no_feed() -> None:
    for data in (b"words", b"<rss></rss>", b"<feed", b"<a><b/></a>"):
        with pytest.raises(Unreadable):
            read_bytes(data, "a.rss")


def test_entities_are_neither_grown_nor_fetched() -> None:
    bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    item = "<item><title>T</title><description>x &b;&f; y</description></item>"
    found = _found(f"{bomb}<rss><channel>{item}</channel></rss>".encode())
    assert all("root:" not in one.text and "aaaa" not in one.text for one in found)


@settings(max_examples=60)
@given(st.data())
def test_any_damage_is_a_source_or_a_reason(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([RSS.format("utf-8"), ATOM])).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    found = list(read_parts(bytes(whole[: data.draw(st.integers(1, len(whole)))]), "a.atom"))
    assert found
    assert all(one.text == SafeText(one.text) for one in found if isinstance(one, Source))


def test_a_page_within_an_entry_may_have_any_prefix() -> None:
    feed = (
        b'<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml"><a:title>F</a:title>'
        b'<a:entry><a:title>T</a:title><a:content type="xhtml"><h:div><h:p>24<h:sup>1</h:sup> tugs left.</h:p>'
        b"<h:p>Four <h:b>large</h:b> ones.</h:p></h:div></a:content></a:entry></a:feed>"
    )
    source = next(iter(read_parts(feed, "a.atom")))
    assert isinstance(source, Source)
    assert source.text == "T\n\n24¹ tugs left.\n\nFour large ones."


def test_who_writes_a_whole_feed_of_the_first_version() -> None:
    feed = (
        b'{"version": "https://jsonfeed.org/version/1", "author": {"name": "Lena"}, "items": [{"content_text": "2."}]}'
    )
    source = next(iter(read_parts(feed, "feed.json")))
    assert isinstance(source, Source)
    assert source.author == "Lena"


@pytest.mark.parametrize("tag", ["a:", "b:c:", ":c", "x:1"])
def test_an_element_with_half_a_name_costs_nothing(tag: str) -> None:
    broken = ATOM.replace("<p>Second.</p>", f'<{tag} n="1">Second.</{tag}><p>Third.</p>')
    (found,) = _found(broken.encode())
    assert "First." in found.text
    assert "Third." in found.text
