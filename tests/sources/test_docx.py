"""Word documents: what a printed copy would show, what the file states, and files that are damaged or do harm."""

import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_damage import read_or_refused
from made_office import docx, p, zipped

from briefing.model.safetext import SafeText
from briefing.model.source import Unreadable
from briefing.sources import read_bytes

CORE = (
    "<dc:title>Harbour notes</dc:title><dc:creator>Ann Author</dc:creator><dc:language>en-GB</dc:language>"
    "<dcterms:modified>2025-07-12T09:30:00Z</dcterms:modified>"
)


def _reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, "a.docx")
    return caught.value.reason


def test_paragraphs_runs_and_signs() -> None:
    body = (
        p("Two ", "tugs", "<w:r><w:noBreakHyphen/><w:t>towed</w:t></w:r>")
        + p("")
        + p("Next<w:tab/>", "<w:r><w:br/><w:t>x</w:t></w:r>")
    )
    assert read_bytes(docx(body), "a.docx").text == "Two tugs-towed\n\nNext\nx"
    assert read_bytes(docx(p("One", "<w:r><w:tab/><w:t>two</w:t></w:r>")), "a.docx").text == "One\ttwo"


def _table(*rows: tuple[str, ...]) -> str:
    """A table; a row of one cell reaches over two columns."""
    wide = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
    cells = ["".join(f"<w:tc>{wide * (len(row) == 1)}{p(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (_table(("Class", "Number"), ("Frigates", "2")) + p("Words below it."), "fleet list"),
        (_table(("Fleet of Poland",), ("Class", "Number"), ("Frigates", "2")), "Fleet of Poland"),
        (p("Fleets in May") + _table(("Class", "Number"), ("Frigates", "2")), "Fleets in May"),
    ],
    ids=["heads", "heading", "paragraph"],
)
def test_a_row_of_cells_is_no_title(body: str, title: str) -> None:
    assert read_bytes(docx(body), "in/fleet list.docx").title == title


def test_what_was_deleted_or_hidden_is_no_text() -> None:
    body = p(
        "Kept ",
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
        "<w:ins><w:r><w:t>added</w:t></w:r></w:ins>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>",
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> shown</w:t></w:r>',
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
    )
    assert read_bytes(docx(body), "a.docx").text == "Kept added shown"


def test_tables_are_rows_and_notes_come_last() -> None:
    cell = "<w:tc>{}</w:tc>"
    rows = "".join(
        f"<w:tr>{cell.format(p(a))}{cell.format(p(b))}</w:tr>" for a, b in [("Type", "Number"), ("Tug", "2")]
    )
    notes = f'<w:footnote w:type="separator">{p("---")}</w:footnote><w:footnote>{p("Said on Friday.")}</w:footnote>'
    text = read_bytes(docx(p("Before") + f"<w:tbl>{rows}</w:tbl>" + p("After"), footnotes=notes), "a.docx").text
    assert text == "Before\n\n| Type | Number |\n| Tug | 2 |\n\nAfter\n\nSaid on Friday."


def test_boxes_are_read_once() -> None:
    box = "<w:txbxContent>" + p("In a box") + "</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    run = f'<w:r><mc:AlternateContent xmlns:mc="urn:mc">{both}</mc:AlternateContent></w:r>'
    assert read_bytes(docx(p("Beside ", run)), "a.docx").text == "Beside\n\nIn a box"


def test_what_the_file_states_about_itself() -> None:
    source = read_bytes(docx(p("Words"), CORE), "-")
    assert (source.format, source.title, source.author, source.language) == (
        "docx",
        "Harbour notes",
        "Ann Author",
        "en",
    )
    assert source.published is None
    assert source.made == datetime(2025, 7, 12, 9, 30, tzinfo=UTC)
    dated = read_bytes(docx(p("Heading") + p("By Jane Doe") + p("12 July 2024") + p("Words."), CORE), "a.docx")
    assert (dated.published, dated.author) == (date(2024, 7, 12), "Jane Doe")


def test_hostile_words_are_plain_characters() -> None:
    source = read_bytes(docx(p("[@click=app.quit]\u202ex&#x85;")), "a\x1b[31m.docx")
    assert source.text == SafeText(source.text)
    assert "\x1b" not in source.path


def test_entities_are_neither_grown_nor_fetched(tmp_path: object) -> None:
    bomb = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(8)
    )
    secret = "<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    main = f'{bomb}{secret}<d xmlns="urn:w"><p><r><t>Words &i; and &f;</t></r></p></d>'
    try:
        text = read_bytes(zipped({"word/document.xml": main}), "a.docx").text
    except Unreadable:
        return
    assert "root:" not in text
    assert len(text) < 100


def test_packed_bombs_are_refused() -> None:
    assert "made to do harm" in _reason(docx(" " * 30_000_000))


def test_damaged_files() -> None:
    whole = docx(p("Words that are long enough to be cut") * 50)
    assert "damaged" in _reason(whole[: len(whole) // 2])
    assert "damaged" in _reason(zipped({"word/document.xml": "<w:document><w:body>"}))
    assert "no document of the kind" in _reason(b"no zip file")
    assert "drawing" in _reason(zipped({"[Content_Types].xml": "<Types/>", "visio/document.xml": "<x/>"}))
    assert "not known" in _reason(zipped({"word/document.xml": "<a/>"}, zipfile.ZIP_LZMA))
    assert "no text" in _reason(docx(""))
    assert "locked Office" in _reason(b"\xd0\xcf\x11\xe0" + b"\0" * 100)


@given(st.data())
def test_any_damage_is_a_source_or_a_reason(data: st.DataObject) -> None:
    whole = bytearray(docx(p("Words ") * 5 + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", CORE))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    read_or_refused(bytes(whole[: data.draw(st.integers(1, len(whole)))]), "a.docx")


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(["p", "r", "tbl", "tr", "tc", "del", "txbxContent", "rPr", "vanish", "sdt"])
    return st.builds(lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>", tags, st.lists(inner, max_size=4))


@given(st.recursive(st.sampled_from(["<w:t>x</w:t>", "<w:br/>", "text", "&lt;"]), _nested))
def test_any_nesting_is_read(body: str) -> None:
    read_or_refused(docx(body), "a.docx")
