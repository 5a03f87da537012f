"""Files that are made to do harm, or claim more than they hold, are refused before they cost much."""

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
from made_office import docx, epub, odt, p, table, xlsx, zipped
from made_pdf import first_free, pdf, set_in_lines

from briefing.model.source import Source, Unreadable
from briefing.sources import document, read_all, read_bytes, read_parts


def reason(data: bytes, name: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, name)
    return caught.value.reason


def test_paragraphs_nested_in_a_cell_are_read_once() -> None:
    nested = "<w:p><w:r><w:t>Words </w:t></w:r>" * 60 + "</w:p>" * 60
    text = read_bytes(docx(table([nested, "Number"])), "a.docx").text
    assert text.count("Words") == 60


def test_boxes_nested_in_a_cell_are_read_once() -> None:
    nested = "<w:p><w:r><w:t>Words </w:t><w:txbxContent>" * 40 + "</w:txbxContent></w:r></w:p>" * 40
    assert read_bytes(docx(table([nested])), "a.docx").text.count("Words") == 40


def test_a_chapter_named_often_is_read_once() -> None:
    data = epub({"a.xhtml": "<html><body><p>Words of the chapter.</p></body></html>"})
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        files = {name: old.read(name) for name in old.namelist()}
    items = "".join(f'<item id="i{n}" href="a.xhtml" media-type="application/xhtml+xml"/>' for n in range(5000))
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(5000))
    files["OPS/book.opf"] = f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>".encode()
    assert read_bytes(zipped(files), "a.epub").text == "Words of the chapter."


@pytest.mark.parametrize("name", ["a.odt", "a.xlsx"])
def test_a_cell_that_stands_for_many_is_no_end_of_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Words of a cell " * 2000
    if name == "a.odt":
        cell = f'<table:table-cell table:number-columns-repeated="200"><text:p>{words}</text:p></table:table-cell>'
        data = odt(
            f'<table:table><table:table-row table:number-rows-repeated="200">{cell}</table:table-row></table:table>'
        )
    else:
        row = ['<c t="s"><v>0</v></c>'] * 20
        data = xlsx({"S": [row] * 50}, sharedStrings=f"<sst><si><t>{words}</t></si></sst>")
    assert "20,000,000 characters" in reason(data, name)


def test_files_of_an_archive_that_lie_within_each_other() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(50):
            archive.writestr(f"{number}.txt", f"Words {number}")
    data = bytearray(inner.getvalue())
    start = data.index(b"PK\x01\x02")
    at = start
    while at >= 0:  # every entry of the list claims the first file
        struct.pack_into("<I", data, at + 42, 0)
        at = data.find(b"PK\x01\x02", at + 4)
    assert "within each other" in reason(bytes(data), "a.zip")


def test_a_file_that_is_mostly_holes(tmp_path: Path) -> None:
    path = tmp_path / "box.mbox"
    with path.open("wb") as file:
        file.write(b"From a@b.example Sat Jul 12 09:00:00 2025\n\nWords\n")
        file.truncate(200 * 1024 * 1024)
    if path.stat().st_blocks * 512 > 20 * 1024 * 1024:
        pytest.skip("this file system knows no holes")
    assert [str(one).partition(": ")[2][:16] for one in read_all(path)] == ["is mostly empty:"]


def test_too_much_text_of_any_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.sources.reading.MAX_CHARS", 100)
    for name, data in (("a.txt", b"Words " * 30), ("a.md", b"Words " * 30), ("a.docx", docx(p("Words " * 30)))):
        assert "characters of text" in reason(data, name)
    assert document.MAX_CHARS == 20_000_000


def _page_of_forms(*forms: tuple[str, str]) -> bytes:
    """A page with a text and forms, each with what it says of its resources and what it draws."""
    page = [set_in_lines(["Two tugs left the harbour on Friday."])]
    first = first_free(page)
    made = [
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {said} /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
        for said, drawn in forms
    ]
    data = pdf(
        page, drawing="/X Do", objects=[one.replace("NEXT", str(first + 1)).replace("OWN", str(first)) for one in made]
    )
    return data.replace(
        b"/Resources << /Font", b"/Resources << /XObject << /X %d 0 R /F %d 0 R >> /Font" % (first, first)
    )


@pytest.mark.parametrize(
    "forms",
    [
        [("/Resources << /XObject << /F OWN 0 R >> >>", "/F Do /F Do")],
        [("", "/F Do /F Do")],
        [("/Resources << /XObject << /F NEXT 0 R >> >>", "/F Do /F Do"), ("", "/F Do /F Do")],
        [
            ("/Resources << /XObject << /F NEXT 0 R >> >>", "/F Do"),
            ("/Resources << /XObject << /F OWN 0 R >> >>", "/F Do /F Do"),
        ],
    ],
)
def test_forms_that_draw_themselves_are_refused(forms: list[tuple[str, str]]) -> None:
    assert "within each other" in reason(_page_of_forms(*forms), "a.pdf")


def test_a_form_that_draws_itself_once_is_read() -> None:
    data = _page_of_forms(("/Resources << /XObject << /F OWN 0 R >> >>", "/F Do"))
    assert read_bytes(data, "a.pdf").text == "Two tugs left the harbour on Friday."


def test_a_page_that_strikes_out_a_word_in_every_line_takes_time_by_its_length() -> None:
    def taken(number: int) -> float:
        page = "<p>" + "<s>three</s> two " * number + "<b>tugs</b> <s>left</s> were there."
        begun = time.process_time()
        (source,) = read_parts(page.encode(), "a.html")
        assert isinstance(source, Source)
        assert source.text == "two " * number + "tugs were there."
        return time.process_time() - begun

    def least(number: int) -> float:
        return min(taken(number) for _ in range(3))  # of one run, what else the machine does decides

    taken(100)
    assert least(32_000) < 9 * least(8_000)  # four times as much; each word was once written anew for every later one
