"""E-books."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_damage import read_or_refused
from made_office import epub, zipped

from briefing.model.source import Unreadable
from briefing.sources import read_bytes

PAGE = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>n</title></head><body>{}</body></html>"
CHAPTERS = {"z.xhtml": PAGE.format("<h1>One</h1><p>First &nbsp;words.</p>"), "a.xhtml": PAGE.format("<p>Second.</p>")}


def test_chapters_are_read_in_their_order() -> None:
    about = (
        "<dc:title>Harbour book</dc:title><dc:creator>Ann Author</dc:creator><dc:creator>Bo Other</dc:creator>"
        "<dc:publisher>Sample Press</dc:publisher><dc:language>en-US</dc:language><dc:date>2025-07-12</dc:date>"
    )
    source = read_bytes(epub(CHAPTERS, about), "-")
    assert source.text == "Harbour book\n\nOne\n\nFirst words.\n\nSecond."
    assert (source.format, source.title, source.author) == ("epub", "Harbour book", "Ann Author, Bo Other")
    assert (source.publisher, source.language, source.published) == ("Sample Press", "en", date(2025, 7, 12))


def test_names_that_lead_out_of_the_book_lead_nowhere() -> None:
    book = epub({"../../../etc/passwd": PAGE.format("Inside"), "b.xhtml": PAGE.format("Words")})
    assert read_bytes(book, "a.epub").text == "Words"


def test_damaged_and_locked_books() -> None:
    for data, reason in [
        (epub(CHAPTERS)[:500], "damaged"),
        (zipped({"mimetype": "application/epub+zip"}), "damaged"),
        (epub(CHAPTERS, **{"META-INF/rights.xml": "<r/>"}), "locked"),
        (epub({"a.xhtml": "\0\1\2\3" * 99}), "locked"),
        (epub({}), "no text"),
    ]:
        with pytest.raises(Unreadable, match=reason):
            read_bytes(data, "a.epub")


@given(st.data())
def test_any_damage_is_a_source_or_a_reason(data: st.DataObject) -> None:
    whole = bytearray(epub(CHAPTERS, "<dc:title>T</dc:title>"))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    read_or_refused(bytes(whole[: data.draw(st.integers(1, len(whole)))]), "a.epub")
