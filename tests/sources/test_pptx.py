"""Presentations: slides in their order, tables, notes, what is repeated or hidden."""

from made_office import pptx, shape, slide_table

from briefing.model.passage import page_label, page_place
from briefing.sources import read_bytes


def test_slides_with_tables_and_notes() -> None:
    first = shape("What stands below|and more") + shape("The harbour", "title") + shape("7", "sldNum")
    second = shape("Tugs", "ctrTitle") + slide_table(["Type", "Number"], ["Tugs", "4"])
    source = read_bytes(pptx(first, second, notes={2: shape("Said aloud.", "body") + shape("2", "sldNum")}), "a.pptx")
    assert source.text == (
        "The harbour\n\nWhat stands below\n\nand more\n\nTugs\n\n| Type | Number |\n| Tugs | 4 |\n\nNotes: Said aloud."
    )
    assert (source.format, source.title) == ("pptx", "The harbour")
    assert page_label(source.text.index("4"), source.pages) == "slide 2"
    assert page_place(0, source.pages) == "slide 1"


def test_raised_and_struck_words() -> None:
    words = (
        '<a:r><a:t>24</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>1</a:t></a:r><a:r><a:t> tugs</a:t></a:r>'
        '<a:r><a:rPr strike="sngStrike"/><a:t> and 3 cranes</a:t></a:r>'
    )
    assert read_bytes(pptx(shape(words)), "a.pptx").text == "24¹ tugs"


def test_hidden_slides_are_said_to_be_left_out() -> None:
    source = read_bytes(pptx(shape("Shown"), "hidden:" + shape("Not shown")), "a.pptx")
    assert (source.text, source.lost) == ("Shown", ("Hidden slides are left out: 2.",))
