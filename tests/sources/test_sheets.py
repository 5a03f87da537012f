# ruff: noqa: E501 - documents are shown as they are
"""Spreadsheets and tables as text: cells, blocks, what is hidden, and the places that are cited."""

import pytest
from made_mail import compound
from made_office import odt, xlsx, zipped

from briefing.model.passage import page_label, page_place
from briefing.model.source import Source, Unreadable
from briefing.sources import read_bytes

ROWS = [["Type", "Number"], ["Tugs", 4], ["Barges", 12]]


def cited(source: Source, words: str) -> str | None:
    return page_label(source.text.index(words), source.pages, source.text)


def test_a_sheet_is_a_table_and_its_cells_are_cited() -> None:
    source = read_bytes(xlsx({"Harbour": [["What the harbour holds"], [], *ROWS]}), "a.xlsx")
    assert source.text == "Harbour\n\nWhat the harbour holds\n\n| Type | Number |\n| Tugs | 4 |\n| Barges | 12 |"
    assert (source.format, source.title) == ("xlsx", "Harbour")
    assert [cited(source, word) for word in ("Type", "4", "12")] == ["Harbour!A3", "Harbour!B4", "Harbour!B5"]
    assert page_place(source.text.index("12"), source.pages, source.text) == "Harbour!B5"


def test_several_sheets_and_blocks_that_begin_further_on() -> None:
    rows = [[], [None, "Type", "Number"], [None, "Tugs", 4], [], [None, None, "Cranes", "Loads"], [None, None, 2, 7]]
    source = read_bytes(xlsx({"Sheet1": ROWS, "South": rows}), "a.xlsx")
    assert [page.label for page in source.pages] == ["Sheet1!A1", "South!B2", "South!C5"]
    assert "Sheet1" not in source.text
    assert cited(source, "Loads") == "South!D5"


def test_what_cells_show() -> None:
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="d\\.\\ mmmm\\ yyyy"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="9"/><xf numFmtId="20"/></cellXfs></styleSheet>'
    )
    strings = "<sst><si><r><t>24</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></si><si><t>Tug<rPh/></t><rPh><t>tagu</t></rPh></si></sst>"
    row = [
        '<c s="1"><v>45850</v></c>', '<c s="2"><v>45850</v></c>', '<c s="3"><v>0.25</v></c>', '<c s="4"><v>0.5</v></c>',
        '<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', '<c t="b"><v>1</v></c>', "<c><v>1234567.5</v></c>", '<c t="str"><f>A1</f><v>sum</v></c>',
    ]  # fmt: skip
    source = read_bytes(xlsx({"S": [list("abcdefghi"), row]}, styles=styles, sharedStrings=strings), "a.xlsx")
    assert source.text.endswith("| 2025-07-12 | 2025-07-12 | 25% | 12:00 | 24¹ | Tug | yes | 1234567.5 | sum |")


def test_what_is_left_out_is_said() -> None:
    rows = [*ROWS, ["Cranes", "<c><f>B2+B3</f></c>"]]
    source = read_bytes(xlsx({"Harbour": rows, "Old": ROWS}, hidden=["Old"]), "a.xlsx")
    assert "Old" not in source.text
    assert source.lost == (
        "Hidden sheets are left out: Old.",
        "Cells whose formulas were never calculated are blank: 1.",
    )


def test_a_sheet_that_claims_to_be_endless_is_read_by_its_cells() -> None:
    far = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>5</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c><c r="XFD1048576"><v>3</v></c></row></sheetData></worksheet>'
    files = {
        "xl/workbook.xml": '<workbook xmlns:r="urn:r"><sheets><sheet name="S" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="worksheets/s.xml"/></Relationships>',
        "xl/worksheets/s.xml": far,
    }
    assert len(read_bytes(zipped(files), "a.xlsx").text) < 100


def test_spreadsheets_of_other_programs() -> None:
    body = (
        '<table:table table:name="Harbour"><table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "<table:table-row><table:table-cell><text:p>Type</text:p></table:table-cell><table:table-cell><text:p>Number</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>Tugs</text:p></table:table-cell><table:table-cell><text:p>4</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    data = odt(body, mimetype="application/vnd.oasis.opendocument.spreadsheet")
    source = read_bytes(data, "a.ods")
    assert source.text == "Harbour\n\n| Type | Number |\n| Tugs | 4 |"
    assert cited(source, "4") == "Harbour!B5"
    with pytest.raises(Unreadable, match="Office"):
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Type,Number\nTugs,4\nBarges,12\n", "a.csv"),
        ("Type;Number\r\nTugs;4\r\nBarges;12\r\n", "a.csv"),
        ("sep=;\nType;Number\nTugs;4\nBarges;12", "a.csv"),
        ('"Type"\t"Number"\nTugs\t4\nBarges\t12\n', "a.tsv"),
        ("\ufeffType|Number\nTugs|4\nBarges|12\n", "a.csv"),
    ],
)
def test_tables_as_text(text: str, name: str) -> None:
    source = read_bytes(text.encode(), name)
    assert source.text == "| Type | Number |\n| Tugs | 4 |\n| Barges | 12 |"
    assert (source.format, source.title, cited(source, "12")) == ("csv", "a", "B3")


def test_cells_of_a_text_may_hold_lines_and_marks() -> None:
    source = read_bytes(b'Losses of May\n\nType,Remarks\nTugs,"sunk, \nthen raised"\nBarges,"a | b"\n', "a.csv")
    assert source.text == "Losses of May\n\n| Type | Remarks |\n| Tugs | sunk, then raised |\n| Barges | a ¦ b |"
    assert source.title == "Losses of May"


def test_a_library_that_gives_up_is_a_damaged_file() -> None:
    pytest.importorskip("python_calamine")
    data = bytearray(compound({"Workbook": bytes(6000)}))
    for cut in range(512, len(data), 37):
        with pytest.raises(Unreadable):
            read_bytes(bytes(data[:cut]), "a.xls")


def test_hidden_rows_and_columns_of_other_programs() -> None:
    def row(*cells: str, about: str = "") -> str:
        made = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
        return f"<table:table-row {about}>{made}</table:table-row>"

    filtered = 'table:visibility="filter"'
    body = (
        '<table:table table:name="Harbour"><table:table-column/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="1"/><table:table-column/>'
        f"{row('Type', 'Old', 'Number')}{row('Tugs', '9', '4')}"
        f"{row('Cranes', '8', '7', about=filtered)}</table:table>"
    )
    source = read_bytes(odt(body, mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a.ods")
    assert source.text == "Harbour\n\n| Type |  | Number |\n| Tugs |  | 4 |"
    assert source.lost == ("Hidden rows are left out: 1.", "Hidden columns are left out: 1.")
