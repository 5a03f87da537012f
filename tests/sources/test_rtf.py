"""Rich text."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.safetext import SafeText
from briefing.model.source import Unreadable
from briefing.sources import read_bytes

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times;}{\f1\fswiss\fcharset204 Arial;}}{\colortbl;\red0;}"


def _text(body: str) -> str:
    return read_bytes(f"{HEAD}{body}}}".encode("cp1252"), "a.rtf").text


def test_paragraphs_and_letters() -> None:
    assert _text(r"\pard Two \b tugs\b0  left.\par It\rquote s \ldblquote so\rdblquote\emdash here.\par}") == (
        "Two tugs left.\n\nIt’s “so”—here."
    )
    assert _text(r"caf\'e9 \{braces\} a\~b 25\_26 co\-operate" + "\r\nend") == "café {braces} a\xa0b 25-26 cooperateend"


def test_unicode_and_code_pages() -> None:
    assert _text(r"\u8220?x\u8221? \uc0\u233 !{\uc2\u-10179\'3f?\u-8704??} \f1\'cf\'ee\f0\'e9") == "“x” é!😀 Поé"


def test_what_is_beside_the_text_is_left_out() -> None:
    body = r"{\header Top}{\*\generator X;}{\pict\bin4 }}}}ff}Body"
    body += r"{\field{\*\fldinst HYPERLINK x}{\fldrslt  link}}{\v hidden}."
    assert _text(body + r"{\footnote The note.}\par End.") == "Body link.\n\nEnd.\n\nThe note."


def test_tables_are_rows() -> None:
    assert _text(r"\trowd a\cell b\cell\row\trowd c\cell d\cell\row\pard after\par") == "| a | b |\n| c | d |\n\nafter"


def test_what_the_file_states_about_itself() -> None:
    info = (
        r"{\info{\title Harbour n\'f6tes}{\author Ann Author}{\creatim\yr2025\mo7\dy11}{\revtim\yr2025\mo7\dy12\hr9}}"
    )
    source = read_bytes(f"{HEAD}{info}Words}}".encode(), "notes.txt")
    assert (source.format, source.title, source.author) == ("rtf", "Harbour nötes", "Ann Author")
    assert source.published is None
    assert source.made == date(2025, 7, 12)
    assert source.text == "Words"


def test_what_is_no_rich_text() -> None:
    with pytest.raises(Unreadable, match="in spite of its name"):
        read_bytes(b"words", "a.rtf")
    with pytest.raises(Unreadable, match="no text"):
        read_bytes(b"{\\rtf1}", "a.rtf")


@given(st.lists(st.sampled_from([
    "{", "}", "\\", "\\par ", "\\u8364?", "\\'e9", "\\*", "\\bin9999999999 ", "\\uc9", "words", "\\f1 ", "\\u-99999 ",
    "\\info", "\\title ", "\\deff9", "\\ansicpg99999 ", "\\fcharset204", "\\ansicpg37 ", "\\'", "\\\n",
])))  # fmt: skip
def test_any_words_are_a_source_or_a_reason(words: list[str]) -> None:
    try:
        source = read_bytes(("{\\rtf1 " + "".join(words)).encode(), "a.rtf")
    except Unreadable:
        return
    assert source.text == SafeText(source.text)


@pytest.mark.parametrize("part", ["{", '{\\field{\\*\\fldinst{HYPERLINK "', "\\par ", "{\\fonttbl", "\\'e9", "}"])
def test_hostile_repetition_takes_no_time(part: str) -> None:
    started = time.process_time()
    with pytest.raises(Unreadable):
        read_bytes(b"{\\rtf1{\\*\\x " + part.encode() * 100_000, "a.rtf")
    assert time.process_time() - started < 4  # about 0.2 s; the margin is for a busy machine
