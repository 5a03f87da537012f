"""PDF documents: pages, columns, broken words, headers, and files in which there is nothing to read."""

import time
import zlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pdf import first_free, pdf, set_in_lines

from briefing.model.passage import page_label
from briefing.model.safetext import SafeText
from briefing.model.source import Unreadable
from briefing.sources import read_bytes

FIRST = set_in_lines(
    [
        "The harbour master opened the northern basin on Friday morning, after coop-",
        "eration between both port authorities had been agreed in writing, and a B-",
        "52H bomber of a partner flew over at noon.",
        "A second paragraph follows, which the typesetter has not indented at all.",
    ]
)
SECOND = set_in_lines(["went on from one page to the other."])


def _reason(data: bytes, name: str = "a.pdf") -> str:
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, name)
    return caught.value.reason


def test_lines_are_joined_to_paragraphs_and_broken_words_made_whole() -> None:
    text = read_bytes(pdf([FIRST]), "a.pdf").text
    assert text.split("\n\n") == [
        (
            "The harbour master opened the northern basin on Friday morning, after cooperation between both port"
            " authorities had been agreed in writing, and a B-52H bomber of a partner flew over at noon."
        ),
        "A second paragraph follows, which the typesetter has not indented at all.",
    ]


def test_compounds_keep_the_hyphen_that_stands_at_a_line_end() -> None:
    lines = [
        "The self-",
        "propelled guns and the air-launched decoys were shown to visitors, as were air-",
        "launched missiles and Indo-",
        "Pacific charts of the coop-",
        "erative programme that began last year.",
    ]
    assert read_bytes(pdf([set_in_lines(lines)]), "a.pdf").text == (
        "The self-propelled guns and the air-launched decoys were shown to visitors, as were air-launched missiles and"
        " Indo-Pacific charts of the cooperative programme that began last year."
    )


def test_pages_keep_the_numbers_printed_on_them() -> None:
    numbers = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 7 >>] >>"
    unfinished = [*FIRST[:3], (72.0, 700.0, 10.0, "The last sentence of this page is one that simply")]
    source = read_bytes(pdf([unfinished, SECOND, SECOND], catalogue=numbers), "a.pdf")
    assert [page.label for page in source.pages] == ["i", "7", "8"]
    assert source.text[source.pages[1].start :].startswith("went on from")
    assert "one that simply went on from one page" in source.text
    assert page_label(source.text.index("52H"), source.pages) == "i"
    assert page_label(len(source.text) - 1, source.pages) == "8"
    assert [page.label for page in read_bytes(pdf([FIRST, SECOND]), "a.pdf").pages] == ["1", "2"]


@pytest.mark.parametrize("by_row", [True, False])
def test_columns_are_read_one_after_the_other(by_row: bool) -> None:
    left = [f"Left line {n} of a column that is wide enough" for n in range(8)]
    right = [f"Right line {n} of the column beside the other" for n in range(8)]
    drawn = [set_in_lines(left, y=700), set_in_lines(right, x=310, y=700)]
    body = [one for row in zip(*drawn, strict=True) for one in row] if by_row else [*drawn[0], *drawn[1]]
    text = read_bytes(
        pdf([[(72, 760, 18, "A headline over both of the columns, in larger letters"), *body]]), "a.pdf"
    ).text
    assert text.startswith("A headline over both of the columns, in larger letters\n\nLeft line 0")
    places = [text.index(line) for line in (*left, *right)]
    assert places == sorted(places)


def test_numbers_and_running_lines_of_pages_are_left_out() -> None:
    words = ["alpha", "bravo", "charlie", "delta", "echo"]
    pages = [
        [
            (72.0, 810.0, 8.0, "Coastal Review, volume 12"),
            *set_in_lines([f"What stands on the page called {word} is a full sentence of its own.", f"So is {word}."]),
            (72.0, 30.0, 8.0, "For release at once"),
            (290.0, 30.0, 8.0, f"Page {number} of 5"),
        ]
        for number, word in enumerate(words, start=1)
    ]
    text = read_bytes(pdf(pages), "a.pdf").text
    assert "Page 3" not in text
    assert "For release" not in text
    assert text.count("Coastal Review") <= 1
    assert all(f"So is {word}." in text for word in words)


@pytest.mark.parametrize("foot", ["Coast Notes 7/2025   page {}", "{} of 2", "Coast Notes - in confidence"])
def test_running_lines_of_two_pages_do_not_part_a_sentence(foot: str) -> None:
    first = [*set_in_lines(["A visit to the camp", "The camp at the ford is an old one.", "It has twenty-"])]
    second = [*set_in_lines(["two huts for the crews of the ferries.", "Week 1", "The cook has a stove."])]
    pages = [
        [(72.0, 815.0, 8.0, "Camp Review"), *lines, (300.0, 30.0, 8.0, foot.format(number))]
        for number, lines in enumerate((first, second), start=1)
    ]
    text = read_bytes(pdf(pages), "a.pdf").text
    assert "It has twenty-two huts for the crews of the ferries." in text
    assert "Coast Notes" not in text
    assert "of 2" not in text
    assert text.count("Camp Review") == 1


def test_a_header_that_comes_first_within_a_sentence_is_left_out() -> None:
    bodies = [
        ["A survey of lights", "The coast is long.", "It has thirty-"],
        ["two lights, of which one is dark.", "The north has", "seven horns."],
        ["Nothing was seen in the east.", "It rained there.", "The west has nine"],
        ["bells on the shore, of which one is", "cracked. It was cast in town.", "Nobody rings it."],
    ]
    heads = ["Lights of the coast", "A. Author: A survey"]
    pages = [
        [(72.0, 815.0, 8.0, heads[number % 2]), *set_in_lines(body), (300.0, 30.0, 8.0, str(number + 11))]
        for number, body in enumerate(bodies)
    ]
    text = read_bytes(pdf(pages), "a.pdf").text
    assert "It has thirty-two lights" in text
    assert "The west has nine bells on the shore" in text
    assert text.count("Lights of the coast") == 1
    assert "Author" not in text


def test_what_heads_two_pages_is_kept() -> None:
    pages = [
        [(72.0, 815.0, 12.0, f"Week {number}"), *set_in_lines([f"The {word} week was a quiet one.", "Nobody came."])]
        for number, word in enumerate(("first", "second"), start=1)
    ]
    text = read_bytes(pdf(pages), "a.pdf").text
    assert "Week 1" in text
    assert "Week 2" in text
    assert text.count("Nobody came.") == 2


def test_what_the_file_states_about_itself() -> None:
    info = "/Title (A title given by its author) /Author (Ann Author) /CreationDate (D:20250712090000+09'00')"
    source = read_bytes(pdf([SECOND], info=info, catalogue="/Lang (en-GB)"), "a.pdf")
    assert (source.format, source.title, source.author) == ("pdf", "A title given by its author", "Ann Author")
    assert source.published is None
    assert source.made == datetime(2025, 7, 12, 9, tzinfo=timezone(timedelta(hours=9)))
    assert source.language == "en"
    assert read_bytes(pdf([SECOND], info="/CreationDate (D:20250712090000Z)"), "-").made == datetime(
        2025, 7, 12, 9, tzinfo=UTC
    )
    assert read_bytes(pdf([SECOND], info="/CreationDate (D:20250712)"), "-").made == date(2025, 7, 12)


def test_titles_that_programs_give_are_none() -> None:
    info = "/Title (Microsoft Word - release_final2.doc) /Author (admin)"
    source = read_bytes(pdf([SECOND], info=info), "a.pdf")
    assert (source.title, source.author) == ("went on from one page to the other.", None)


def test_hostile_words_are_plain_characters() -> None:
    source = read_bytes(
        pdf([[(72, 700, 10, "\\033]52;c;aGk=\\007 [@click=app.quit]x")]], info="/Title (A \x1b[31mred)"), "a"
    )
    for shown in (source.text, source.title):
        assert shown == SafeText(shown)


def test_a_scan_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.sources.pdf.reader.available", lambda: False)
    image = "/Resources << /XObject << /I << /Type /XObject >> >> >>"
    assert "seems to be a scan" in _reason(pdf([[]]))
    assert "seems to be a scan" in _reason(pdf([[], []], page=image))


def test_files_that_cannot_be_opened() -> None:
    whole = pdf([FIRST])
    assert "damaged" in _reason(whole[:60])
    assert "damaged" in _reason(b"nothing of the kind", "a.pdf")
    locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -44"
    keys = f"/O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00><00>]"
    assert "password" in _reason(pdf([FIRST], trailer=f"{locked} {keys}"))
    assert "damaged" in _reason(pdf([]))  # PDFium says nothing of it, and would repeat what was wrong before


def test_the_first_bytes_count_for_more_than_the_name() -> None:
    assert read_bytes(pdf([SECOND]), "notes.txt").format == "pdf"
    assert read_bytes(pdf([SECOND]), "-").format == "pdf"
    page = b"<!DOCTYPE html><html><body><p>This page was not found, which is a pity.</p></body></html>"
    assert read_bytes(page, "release.pdf").format == "html"


@settings(max_examples=150)
@given(st.data())
def test_damaged_files_are_a_source_or_a_reason(data: st.DataObject) -> None:
    whole = bytearray(pdf([FIRST, SECOND]))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(10, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
    cut = data.draw(st.integers(10, len(whole)))
    try:
        source = read_bytes(bytes(whole[:cut]), "a.pdf")
    except Unreadable:
        return
    assert source.text == SafeText(source.text)
    assert all(0 <= page.start <= len(source.text) for page in source.pages)


def test_many_pages_are_read_quickly() -> None:
    data = pdf([[*FIRST, *SECOND]] * 100)
    started = time.process_time()
    read_bytes(data, "a.pdf")
    assert time.process_time() - started < 3  # about 0.1 s; the margin is for a busy machine


def test_items_with_hanging_lines_stay_whole() -> None:
    drawn = [
        (72.0, 700.0, 10.0, "• The first item of a list that goes on in the line below, which is set in"),
        (84.0, 686.0, 10.0, "under the words of the first."),
        (72.0, 672.0, 10.0, "• The second item."),
        (72.0, 644.0, 10.0, "What follows the list begins at the margin, as all paragraphs do."),
    ]
    assert [part[:16] for part in read_bytes(pdf([drawn]), "a.pdf").text.split("\n\n")] == [
        "• The first item", "• The second ite", "What follows the",
    ]  # fmt: skip


def test_a_chapter_named_beside_the_number_is_left_out() -> None:
    pages = [
        [
            (72.0, 810.0, 10.0, f"Chapter {n}"),
            (500.0, 810.0, 10.0, str(n)),
            (72.0, 700.0, 10.0, f"The text of page {n}."),
        ]
        for n in (1, 2)
    ]
    assert read_bytes(pdf(pages), "a.pdf").text == "The text of page 1.\n\nThe text of page 2."


def test_pages_of_pictures_in_a_text_are_named() -> None:
    picture = "q 500 0 0 700 40 40 cm BI /W 1 /H 1 /BPC 8 /CS /G ID z EI Q"
    source = read_bytes(pdf([FIRST, []], drawing=picture), "a.pdf")
    assert source.lost == ("Pages that hold a picture and hardly any text: 2.",)
    assert read_bytes(pdf([FIRST, SECOND]), "a.pdf").lost == ()


def _form(number: int, inner: int | None, times: int) -> str:
    body = f"/F{inner} Do " * times if inner else "BT /F1 10 Tf 72 700 Td (Words) Tj ET"
    held = f"/XObject << /F{inner} {inner} 0 R >>" if inner else "/Font << /F1 3 0 R >>"
    about = f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << {held} >>"
    return f"<< {about} /Length {len(body)} >>\nstream\n{body}\nendstream"


@pytest.mark.parametrize(("depth", "times", "harmful"), [(9, 10, True), (60, 2, True), (3, 4, False)])
def test_forms_that_draw_each_other(depth: int, times: int, harmful: bool) -> None:
    first = first_free([FIRST])
    forms = [_form(first + n, first + n + 1 if n < depth else None, times) for n in range(depth + 1)]
    page = f"/Resources << /Font << /F1 3 0 R >> /XObject << /X {first} 0 R >> >>"
    data = pdf([FIRST], objects=forms, drawing="/X Do", page="").replace(
        b"/Resources << /Font << /F1 3 0 R >> >> /Contents", page.encode() + b" /Contents", 1
    )
    started = time.process_time()
    if harmful:
        assert "made to do harm" in _reason(data)
    else:
        assert "cooperation" in read_bytes(data, "a.pdf").text
    assert time.process_time() - started < 2


def test_streams_that_unpack_to_no_end() -> None:
    packed = zlib.compress(zlib.compress(b" " * 210_000_000, 9), 9).decode("latin-1")
    about = f"<< /Filter [/FlateDecode /FlateDecode] /Length {len(packed)} >>"
    whole = pdf([FIRST])
    end = whole.index(b"xref")
    data = whole[:end] + f"99 0 obj\n{about}\nstream\n{packed}\nendstream\nendobj\n".encode("latin-1") + whole[end:]
    assert "made to do harm" in _reason(data)


def test_numbers_of_notes_are_marks_and_comments_are_said() -> None:
    lines = ["The yard holds 38{^1} tugs and 12{^2} barges in the basin.", "1 Annual report, page 7.", "2 Used barges."]
    first = first_free([FIRST])
    note = "<< /Type /Annot /Subtype /FreeText /Rect [72 100 300 120] /Contents (It was nine tugs.) >>"
    data = pdf([set_in_lines(lines, step=30)], page=f"/Annots [{first} 0 R]", objects=[note])
    source = read_bytes(data, "a.pdf")
    assert source.text.split("\n\n")[1:] == ["¹ Annual report, page 7.", "² Used barges."]
    assert source.lost == ("Comments on the pages are left out (1): “It was nine tugs.”.",)


def test_a_stamp_in_large_letters_is_no_title() -> None:
    text = set_in_lines(["The council of the port met on Friday", "and decided to buy two fireboats."])
    source = read_bytes(pdf([[(150, 500, 60, "CONFIDENTIAL"), *text]]), "a.pdf")
    assert source.title.startswith("The council of the port")
    assert "CONFIDENTIAL" not in source.text
    assert any("CONFIDENTIAL" in lost for lost in source.lost)
    plain = read_bytes(pdf([[(72, 780, 12, "Draft"), *text]]), "a.pdf")
    assert plain.text.startswith("Draft")


def test_a_raised_mark_at_the_end_of_a_line_breaks_no_paragraph() -> None:
    lines = [
        (60.0, 700.0, 12.0, "The depot held nine guns and the fort had 1,350{^11}"),
        (60.0, 686.0, 12.0, "soldiers in spring."),
    ]
    assert read_bytes(pdf([lines]), "a.pdf").text.endswith("the fort had 1,350¹¹ soldiers in spring.")


def test_the_heading_below_a_running_header_is_the_title() -> None:
    head = (60.0, 770.0, 9.0, "Harbour Office Weekly")
    pages = [[head, (60.0, 640.0, 11.0, f"Part {number} of the report was long and dull.")] for number in range(1, 4)]
    pages[0].insert(1, (60.0, 700.0, 16.0, "Tugs of the north"))
    source = read_bytes(pdf(pages), "a.pdf")
    assert source.title == "Tugs of the north"
    assert source.text.count("Harbour Office Weekly") == 1


def test_a_short_text_beside_pages_of_pictures_is_read() -> None:
    picture = "q 500 0 0 700 40 40 cm BI /W 1 /H 1 /BPC 8 /CS /G ID z EI Q"
    source = read_bytes(
        pdf([set_in_lines(["Two tugs left the northern mole on Friday."]), [], [], []], drawing=picture), "a.pdf"
    )
    assert source.text == "Two tugs left the northern mole on Friday."
    assert source.lost == ("Pages that hold a picture and hardly any text: 2, 3, 4.",)
    assert "scan" in _reason(pdf([set_in_lines(["Page 1"]), [], [], []], drawing=picture))


def test_sentences_go_on_below_lines_that_end_early() -> None:
    pages = [
        set_in_lines(
            [
                "The harbour master counted nine tugs at the old mole. The crews",
                "moved on Friday with all that",
                "they had. The yard sent 4",
            ]
        ),
        set_in_lines(["barges to the strait."]),
    ]
    text = read_bytes(pdf(pages), "a.pdf").text
    assert (
        text == "The harbour master counted nine tugs at the old mole. "
        "The crews moved on Friday with all that they had. The yard sent 4 barges to the strait."
    )
    listed = read_bytes(
        pdf([set_in_lines(["Tugs", "barges", "cranes of the yard and of the port authority in the north"])]), "a.pdf"
    )
    assert listed.text.split("\n\n")[:2] == ["Tugs", "barges"]


def test_a_page_is_never_all_running_lines() -> None:
    pages = [
        [
            (72.0, 810.0, 8.0, "Coastal Review"),
            *set_in_lines([f"On day {n} the yard counted {n + 10} tugs in the", "basin."]),
            (72.0, 30.0, 8.0, "For all"),
        ]
        for n in range(1, 5)
    ]
    text = read_bytes(pdf(pages), "a.pdf").text
    assert [f"{n + 10} tugs in the basin." in text for n in range(1, 5)] == [True] * 4
    assert text.count("For all") == 0


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["The yard sent 12 self-pro-", "pelled barges."], "12 self-propelled barges."),
        (["It tested a surface-to-", "air rocket."], "a surface-to-air rocket."),
        (["It is a state-of-the-", "art crane."], "a state-of-the-art crane."),
    ],
)
def test_compounds_of_three_parts_at_a_line_end(lines: list[str], whole: str) -> None:
    assert read_bytes(pdf([set_in_lines(lines)]), "a.pdf").text.endswith(whole)
