"""OpenDocument texts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_damage import read_or_refused
from made_office import odt

from briefing.model.source import Unreadable
from briefing.sources import read_bytes


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_paragraphs_and_white_space() -> None:
    body = (
        "<text:h>A heading</text:h><text:list><text:list-item>"
        '<text:p>Two<text:s text:c="2"/><text:span>tugs</text:span>'
        "<text:tab/>left<text:line-break/>today</text:p></text:list-item></text:list>" + p("") + p("Last.")
    )
    assert read_bytes(odt(body), "a.odt").text == "A heading\n\nTwo  tugs\tleft\ntoday\n\nLast."


def test_deletions_and_comments_are_no_text_and_notes_come_last() -> None:
    body = (
        f"<text:tracked-changes>{p('deleted')}</text:tracked-changes>"
        + p(f"Kept<office:annotation>{p('a comment')}</office:annotation> text<text:note><text:note-citation>1"
            f"</text:note-citation><text:note-body>{p('The note.')}</text:note-body></text:note> here.")
        + p("Next.")
    )  # fmt: skip
    assert read_bytes(odt(body), "a.odt").text == "Kept text here.\n\nNext.\n\nThe note."


def test_tables_are_rows() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(f"<table:table-row>{cell.format(a)}{cell.format(b)}</table:table-row>" for a, b in ["ab", "cd"])
    assert read_bytes(odt(f"{p('x')}<table:table>{rows}</table:table>"), "-").text == "x\n\n| a | b |\n| c | d |"


def test_what_the_file_states_about_itself() -> None:
    meta = (
        "<dc:title>Harbour notes</dc:title><dc:creator>Ann Author</dc:creator><dc:date>2025-07-12T09:30:00.5</dc:date>"
    )
    source = read_bytes(odt(p("Words"), meta + "<dc:language>en-GB</dc:language>"), "-")
    assert (source.format, source.title, source.author, source.language) == ("odt", "Harbour notes", "Ann Author", "en")
    assert source.published is None
    assert source.made == date(2025, 7, 12)  # a time without a zone is no moment


def test_damaged_and_locked_files() -> None:
    for data, reason in [
        (odt(p("Words"))[:300], "damaged"),
        (odt("<text:p>", **{"content.xml": "<office:broken"}), "damaged"),
        (odt(p("x"), **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "password"),
        (odt(""), "no text"),
        (b"words", "damaged"),
    ]:
        with pytest.raises(Unreadable, match=reason):
            read_bytes(data, "a.odt")


@given(st.data())
def test_any_damage_is_a_source_or_a_reason(data: st.DataObject) -> None:
    whole = bytearray(odt(p('Words<text:s text:c="3"/>') * 3, "<dc:title>T</dc:title>"))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    read_or_refused(bytes(whole[: data.draw(st.integers(1, len(whole)))]), "a.odt")
