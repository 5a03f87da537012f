"""Foreign text in Markdown: it reads exactly as it was, and nothing in it takes effect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from parsed import HOSTILE, gfm, kinds, shown

from briefing.export.markdown import Markdown, escape
from briefing.model.safetext import SafeText

TEXT = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("[]()!<>&;#`*_~|\\\"'-+=.:/@ \n\t19{}^$")
).map(SafeText)


@given(TEXT)
def test_any_title_reads_as_itself(title: SafeText) -> None:
    tokens = gfm().parse(f"# {escape(title)}\n")
    assert kinds(tokens) <= {"heading_open", "inline", "text", "text_special", "heading_close"}
    assert shown(tokens) == title.line()


@given(TEXT)
def test_any_text_reads_as_itself_in_a_paragraph_a_list_a_quote_and_bold(title: SafeText) -> None:
    line = title.line()
    if not line:
        return
    for before, after, extra in [
        ("", "", set()),
        ("- ", "", {"bullet_list_open", "list_item_open", "list_item_close", "bullet_list_close"}),
        ("> ", "", {"blockquote_open", "blockquote_close"}),
        ("**", "**", {"strong_open", "strong_close"}),
        ("- S1 *", "*, x", {"bullet_list_open", "list_item_open", "list_item_close", "bullet_list_close"}
         | {"em_open", "em_close"}),
    ]:  # fmt: skip
        tokens = gfm().parse(f"{before}{escape(line)}{after}\n")
        assert kinds(tokens) <= {"paragraph_open", "inline", "text", "text_special", "paragraph_close"} | extra
        if "em_open" not in extra:
            assert shown(tokens) == line


@given(st.lists(TEXT, min_size=3, max_size=3))
def test_any_text_stays_in_its_table_cell(cells: list[SafeText]) -> None:
    row = " | ".join(escape(cell) for cell in cells)
    tokens = gfm().parse(f"| a | b | c |\n| --- | --- | --- |\n| {row} |\n")
    inline = [shown(token.children or []) for token in tokens if token.type == "inline"]
    assert inline[3:] == [cell.line() for cell in cells]
    assert not kinds(tokens) & {"link_open", "html_inline", "html_block", "code_inline", "em_open", "image", "s_open"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_plain(text: str) -> None:
    tokens = gfm().parse(f"{escape(text)} [^9]\n\n[^9]: note\n")
    plain = SafeText(text).line() + " "
    assert shown(tokens[: [t.type for t in tokens].index("footnote_block_open")]) == plain
    assert not kinds(tokens) & {"link_open", "html_inline", "html_block", "image", "heading_open", "hr", "fence"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_plain_in_core_commonmark(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(escape(text))
    assert kinds(tokens) <= {"paragraph_open", "inline", "text", "text_special", "paragraph_close"}
    assert shown(tokens) == SafeText(text).line()


def test_ordinary_prose_is_left_readable() -> None:
    text = "U.S. Air Force B-52H (AT&T): 25,000 to 30,000 - “more than 300” aircraft; 3.5 %, 50/50."
    assert escape(text) == text


def test_markdown_and_nothing_are_left_alone() -> None:
    assert escape(Markdown("**x**")) == "**x**"
    assert escape(None) == ""
