# ruff: noqa: E501 - documents are shown as they are
"""What goes wrong between a document's file and its text: raised numbers, lines lost, boxes, forms, deleted rows."""

from collections.abc import Callable

import pytest
from made_office import docx, epub, odt, p, relations, table
from made_pdf import first_free, pdf, set_in_lines

from briefing.sources import read_bytes

PROSE = [
    "The district council of the island met on Monday to hear what the harbour office had to report about",
    "the storm, and put off every other matter until the following week, as nobody had prepared for them.",
]


def raised(text: str, how: str = '<w:vertAlign w:val="superscript"/>') -> str:
    return f"<w:r><w:rPr>{how}</w:rPr><w:t>{text}</w:t></w:r>"


def filled_form() -> bytes:
    page = [[*set_in_lines(["Trucks lost:", "Signed by the officer:", "Weather at noon:"], step=40)]]
    first = first_free(page)
    fields = [
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (trucks) /V (Eleven trucks) /Rect [200 755 400 775] /F 4 >>",
        "<< /Type /Annot /Subtype /Widget /FT /Ch /T (who) /V (Lt. Osei) /Rect [200 715 400 735] /F 4 >>",
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (weather) /Rect [200 675 400 695] /F 4 >>",
    ]
    refs = " ".join(f"{first + n} 0 R" for n in range(len(fields)))
    return pdf(page, page=f"/Annots [{refs}]", catalogue=f"/AcroForm << /Fields [{refs}] >>", objects=fields)


def watermarked() -> bytes:
    drawing = "q 0.8 g 0.707 0.707 -0.707 0.707 120 250 cm BT /F1 70 Tf 0 0 Td (CONFIDENTIAL) Tj ET Q"
    return pdf([set_in_lines(["The ferry office lost three tugs on Sunday.", *PROSE])], drawing=drawing)


def printed_from_a_browser() -> bytes:
    pages = [
        [
            (24.0, 820.0, 8.0, "7/12/25, 9:41 AM"),
            (250.0, 820.0, 8.0, "Tugs lost at sea - Island Gazette"),
            *set_in_lines([f"Tugs lost at sea, part {word}", *PROSE]),
            (24.0, 16.0, 8.0, "https://gazette.example/2025/tugs-lost"),
            (560.0, 16.0, 8.0, f"{number}/2"),
        ]
        for number, word in enumerate(["one", "two"], start=1)
    ]
    return pdf(pages)


def row_of_the_page_number() -> bytes:
    rows = [("1", "6 ferries", "40 sailors"), ("2", "8 ferries", "55 sailors"), ("3", "2 ferries", "9 sailors")]
    cells = [
        (x, 780.0 - 14 * n, 10.0, cell)
        for n, row in enumerate(rows)
        for x, cell in zip((72, 200, 330), row, strict=True)
    ]
    return pdf([[*cells, *set_in_lines(PROSE, y=700)]])


def box(words: str) -> str:
    inner = f"<w:txbxContent>{p(words)}</w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return (
        f"<w:r><mc:AlternateContent {space}><mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


_CHUNK = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="c1"/>'


def chunked(name: str, data: bytes | str) -> bytes:
    files = {f"word/{name}": data, "word/_rels/document.xml.rels": relations(c1=name)}
    return docx(p("Put together") + _CHUNK + p("The end"), files=files)


def numbered(*levels: int) -> bytes:
    kinds = (
        '<w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    body = "".join(
        p(f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr></w:pPr>', f"Point {n}")
        for n, level in enumerate(levels)
    )
    return docx(body, numbering=kinds)


DELETED = "<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>" + p("9 barges") + "</w:tc></w:tr>"
ADDED = "<w:tr><w:trPr><w:ins w:id='2'/></w:trPr><w:tc>" + p("5 barges") + "</w:tc></w:tr>"

KINDS: dict[str, tuple[Callable[[], bytes], str, list[str], list[str]]] = {
    "note numbers in a PDF": (
        lambda: pdf([set_in_lines(["The yard holds 38{^7} tugs and the M-2{^3,4} barge since 2019{^12}.", *PROSE])]),
        "a.pdf", ["holds 38⁷ tugs", "M-2³,⁴ barge", "since 2019¹²."], ["387", "23", "201912"],
    ),
    "ordinals in a PDF": (
        lambda: pdf([set_in_lines(["The 10{^th} Brigade relieved the 1{^st} Regiment at dawn.", *PROSE])]),
        "a.pdf", ["10th Brigade", "1st Regiment"], [],
    ),
    "a row that begins with the page's number": (
        row_of_the_page_number, "a.pdf", ["6 ferries", "40 sailors"], [],
    ),
    "a sum at the foot that is the page's number": (
        lambda: pdf([set_in_lines(PROSE), [*set_in_lines(PROSE), (72.0, 60.0, 10.0, "Tugs sunk in all"), (300.0, 60.0, 10.0, "2")]]),
        "a.pdf", ["Tugs sunk in all\t2"], [],
    ),
    "page numbers of many kinds": (
        lambda: pdf([[*set_in_lines([f"Part {w}. {PROSE[0]}", PROSE[1]]), (290.0, 30.0, 9.0, f"- {n} -")] for n, w in enumerate(["a", "b", "c"], 1)]),
        "a.pdf", ["Part a", "Part c"], ["- 2 -", "\n1", "\n3"],
    ),
    "numbers broken at their hyphen": (
        lambda: pdf([set_in_lines(["The yard lost thirty-", "two tugs of a kind that was built abroad, and a forty-", "year-old pilot drowned in one of them on Sunday."])]),
        "a.pdf", ["thirty-two tugs", "forty-year-old"], [],
    ),
    "compounds of names broken at their hyphen": (
        lambda: pdf([set_in_lines(["On Sunday at noon the pilot flew one of the Swedish-", "made seaplanes over the bay, escorted by a U.S.-", "supplied MH-", "60 helicopter that had come from the north."])]),
        "a.pdf", ["Swedish-made seaplanes", "U.S.-supplied MH-60 helicopter"], ["\n"],
    ),
    "a form in a PDF": (filled_form, "a.pdf", ["Trucks lost:", "Eleven trucks", "Lt. Osei"], []),
    "a watermark": (watermarked, "a.pdf", ["The ferry office lost three tugs on Sunday."], ["CONFIDENTIAL\n\nThe"]),
    "a page printed by a browser": (
        printed_from_a_browser, "a.pdf", ["Tugs lost at sea, part one"], ["gazette.example", "9:41", "1/2", "2/2"],
    ),
    "note numbers in Word": (
        lambda: docx(p("The island lost 36", raised("2"), " sailors and 4", raised("[5]"), " tugs.")),
        "a.docx", ["lost 36² sailors and 4[5] tugs"], ["362"],
    ),
    "ordinals in Word": (lambda: docx(p("The 10", raised("th"), " Brigade")), "a.docx", ["10th Brigade"], []),
    "lowered letters in Word": (
        lambda: docx(p("CO", raised("2", '<w:vertAlign w:val="subscript"/>'), " in 14 tanks")), "a.docx", ["CO₂ in 14 tanks"], [],
    ),
    "a text box in a cell": (
        lambda: docx(table(["Note", "<w:p/>" + p("Said: ", box("Seven barges sank."))])), "a.docx", ["Seven barges sank."], [],
    ),
    "a chunk of HTML": (
        lambda: chunked("part.html", "<html><body><p>Eight barges sank.</p></body></html>"),
        "a.docx", ["Put together\n\nEight barges sank.\n\nThe end"], [],
    ),
    "a chunk of text": (lambda: chunked("part.txt", "Nine barges sank."), "a.docx", ["Nine barges sank."], []),
    "a chunk that is a document": (
        lambda: chunked("part.docx", docx(p("Ten barges sank."))), "a.docx", ["Ten barges sank."], [],
    ),
    "deleted and added rows": (
        lambda: docx(f"<w:tbl>{DELETED}{ADDED}</w:tbl>"), "a.docx", ["5 barges"], ["9 barges"],
    ),
    "a deleted cell": (
        lambda: docx(table(["Kept", "<w:tcPr><w:cellDel w:id='4'/></w:tcPr>" + p("Gone")])), "a.docx", ["Kept"], ["Gone"],
    ),
    "numbers of lists in Word": (
        lambda: numbered(0, 1, 1, 0), "a.docx", ["1. Point 0", "1.a) Point 1", "1.b) Point 2", "2. Point 3"], [],
    ),
    "raised numbers in OpenDocument": (
        lambda: odt('<text:p>The yard lost 36<text:span text:style-name="T1">2</text:span> tugs and the 10<text:span text:style-name="T1">th</text:span> barge.</text:p>',
                    **{"styles.xml": '<s xmlns:style="urn:s"><style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style></s>'}),
        "a.odt", ["lost 36² tugs", "10th barge"], ["362"],
    ),
    "covered and repeated cells in OpenDocument": (
        lambda: odt('<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Tugs</text:p></table:table-cell>'
                    '<table:covered-table-cell/><table:table-cell table:number-columns-repeated="2"><text:p>4</text:p></table:table-cell></table:table-row></table:table>'),
        "a.odt", ["| Tugs |  | 4 | 4 |"], [],
    ),
    "raised numbers in an e-book": (
        lambda: epub({"a.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>The yard lost 36<sup><a href="#n2">2</a></sup> tugs on the 3<sup>rd</sup>.</p></body></html>'}),
        "a.epub", ["lost 36² tugs", "the 3rd"], ["362"],
    ),
    "raised numbers in RTF": (
        lambda: rb"{\rtf1\ansi The yard lost 36{\super 2} tugs, 40\super 3\nosupersub  barges and the 10{\super th} crane.}",
        "a.rtf", ["lost 36² tugs", "40³ barges", "10th crane"], ["362", "403"],
    ),
    "struck-out words in Word": (
        lambda: docx(p("The yard lost ", "<w:r><w:rPr><w:strike/></w:rPr><w:t>5</w:t></w:r>", "<w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t>6</w:t></w:r>", " tugs.")),
        "a.docx", ["lost 6 tugs"], [],
    ),
    "struck-out words in OpenDocument": (
        lambda: odt('<text:p>The yard lost <text:span text:style-name="S">5 </text:span>6 tugs.</text:p>',
                    **{"styles.xml": '<s xmlns:style="urn:s"><style:style style:name="S"><style:text-properties style:text-line-through-style="solid"/></style:style></s>'}),
        "a.odt", ["lost 6 tugs"], [],
    ),
    "struck-out words in RTF": (
        lambda: rb"{\rtf1\ansi The yard lost {\strike 5 }\striked1 7\striked0 6 tugs.}", "a.rtf", ["lost 6 tugs"], ["7"],
    ),
    "empty cells in RTF": (
        lambda: rb"{\rtf1\ansi\trowd Tugs\cell\cell 4\cell\row\trowd Barges\cell 2\cell\cell\row}",
        "a.rtf", ["| Tugs |  | 4 |", "| Barges | 2 |  |"], [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_what_the_file_says_is_what_is_read(name: str) -> None:
    made, path, there, absent = KINDS[name]
    text = read_bytes(made(), path).text
    assert all(words in text for words in there), text
    assert not any(words in text for words in absent), text


def test_a_box_is_read_once() -> None:
    made, path, *_ = KINDS["a text box in a cell"]
    assert read_bytes(made(), path).text.count("Seven barges sank.") == 1


def test_a_watermark_is_no_title() -> None:
    assert read_bytes(watermarked(), "a.pdf").title == "The ferry office lost three tugs on Sunday."


def test_what_a_browser_prints_on_a_page_is_no_title() -> None:
    assert read_bytes(printed_from_a_browser(), "a.pdf").title == "Tugs lost at sea, part one"


def test_a_chunk_that_cannot_be_read_is_said() -> None:
    source = read_bytes(docx(p("Put together") + _CHUNK), "a.docx")
    assert source.text == "Put together"
    assert "embedded part" in source.lost[0]
