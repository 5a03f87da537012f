"""Rows of a text: every character is in one, none is wider than the pane, lines end at line feeds only."""

from array import array
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from briefing.model.mentions import Mentions
from briefing.tui.text_layout.graphemes import displayed
from briefing.tui.text_layout.highlight_layers import CURRENT, EVIDENCE, MATCH, TYPE_MASK, Marks, Spans
from briefing.tui.text_layout.wrapping import Layout, _wrap_known, _wrap_line, window, wrap
from briefing.tui.widgets.drawing import fit, fold, marked
from briefing.tui.wording import TYPES
from tests.tui.conftest import PATROL, make_mentions

texts = st.text(
    alphabet=st.sampled_from("ab wxyz \n\t-—“é\u0301日本😀\u200d\u2028\x0b\x85\ufe0f한\u00a0"), max_size=200
)
widths = st.integers(2, 40)


@given(texts, widths)
def test_rows_hold_every_character_once(text: str, width: int) -> None:
    bounds = wrap(text, width, 0, len(text))
    assert list(bounds) == sorted(set(bounds))
    assert bounds[0] == 0
    assert bounds[-1] == len(text)


@given(texts, widths)
def test_no_row_is_wider_than_the_pane(text: str, width: int) -> None:
    rows = Layout(text, width)
    for row in range(rows.total):
        start, end = rows.span(row) or (0, 0)
        shown = displayed(text[start:end]).rstrip()
        assert cell_len(shown) <= width or len(shown.strip()) <= 2, (text[start:end], width)


@given(texts, widths)
def test_a_line_feed_ends_a_row_and_nothing_else_need_to(text: str, width: int) -> None:
    rows = Layout(text, 1000)
    assert rows.total == text.count("\n") + (not text.endswith("\n") and bool(text))
    del width


@given(texts, widths, st.integers(0, 200))
def test_an_offset_is_found_in_the_row_that_holds_it(text: str, width: int, offset: int) -> None:
    rows = Layout(text, width)
    if text:
        offset = min(offset, len(text) - 1)
        start, end = rows.span(rows.row_of(offset)) or (0, 0)
        assert start <= offset < end


@given(texts, widths, st.integers(0, 200))
def test_a_window_has_the_same_rows_as_the_whole(text: str, width: int, offset: int) -> None:
    start, stop = window(text, min(offset, len(text)), 20)
    part, whole = Layout(text, width, start, stop), Layout(text, width)
    assert set(part.ends) <= set(whole.ends)
    assert [end for end in whole.ends if start <= end <= stop] == list(part.ends)


@given(texts, widths, st.integers(0, 200))
def test_parts_of_long_lines_are_rows_too(text: str, width: int, offset: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("briefing.tui.text_layout.wrapping.LONG", 16)
        patch.setattr("briefing.tui.text_layout.wrapping.CUT_WITHIN", 5)
        start, stop = window(text, min(offset, len(text)), 20)
        assert start <= min(offset, len(text)) <= stop
        assert stop - start <= 20 + 3 * (16 + 2 * 5)
        part, whole = Layout(text, width, start, stop), Layout(text, width)
    assert [end for end in whole.ends if start <= end <= stop] == list(part.ends)
    assert "".join(text[slice(*(whole.span(row) or (0, 0)))] for row in range(whole.total)) == text


@given(st.text(alphabet="ab wx \t日本、한ע", max_size=120), widths)
def test_known_widths_break_where_others_do(line: str, width: int) -> None:
    known, other = array("I", [0]), array("I", [0])
    _wrap_known(line, width, 0, known)
    _wrap_line(line, width, 0, other)
    assert (known if line else other) == other


@given(st.text(alphabet="a ❤✈1👍👩🏳🚀🌈🏽🏿\ufe0f\ufe0e\u200d日é", max_size=40))
def test_pictures_take_what_their_parts_take(text: str) -> None:
    """Terminals differ in what they join; what is drawn takes the same cells in all of them."""
    drawn = displayed(text)
    assert len(drawn) == len(text)
    assert cell_len(drawn) == sum(map(cell_len, drawn))


def test_joined_pictures_stand_side_by_side() -> None:
    assert displayed("می\u200cخواهم क्षत्रिय e\u0301") == "می\u200cخواهم क्षत्रिय e\u0301"
    assert displayed("👩\u200d🚀 👍🏽 ❤\ufe0f") == "👩\u034f🚀 👍\u034f ❤\u034f"


def test_one_endless_line_is_wrapped_in_parts() -> None:
    for text in ("x" * 100_000, "日本" * 50_000, "👩\u200d🚀" * 30_000):
        start, stop = window(text, 70_000)
        assert stop - start < 70_000
        assert start < 70_000 < stop


def test_words_are_kept_whole_where_they_fit() -> None:
    rows = Layout("one two three fourteen", 9)
    assert [rows.span(row) for row in range(rows.total)] == [(0, 8), (8, 14), (14, 22)]


def test_wide_and_joined_characters_are_not_split() -> None:
    text = "日本語 👨‍👩‍👧 e\u0301e\u0301e\u0301"
    rows = Layout(text, 6)
    parts = [text[start:end] for start, end in (rows.span(row) or (0, 0) for row in range(rows.total))]
    assert parts == ["日本語 ", "👨‍👩‍👧 ", "e\u0301e\u0301e\u0301"]


@given(texts)
def test_what_is_displayed_stands_where_it_is_stored(text: str) -> None:
    line = text.partition("\n")[0]
    assert len(displayed(line)) == len(line)


spans = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 10)).map(lambda t: (t[0], t[0] + t[1])), max_size=20)


@given(spans, st.integers(0, 60), st.integers(0, 20))
def test_spans_are_found_by_overlap(made: list[tuple[int, int]], start: int, length: int) -> None:
    found = Spans(made)
    overlapping = sorted(found[number] for number in found.overlapping(start, start + length))
    assert overlapping == sorted(s for s in made if s[0] < start + length and s[1] > start)


def test_codes_say_type_and_marks_together() -> None:
    marks = Marks(TYPES)
    marks.set_mentions(Mentions.of(make_mentions(PATROL)))
    at = PATROL.index("Norland Navy")
    marks.evidence = Spans([(at - 4, at + 7)])
    marks.matches = Spans([(at + 8, at + 12)])
    marks.mention = marks.mention_at(at)
    codes = marks.codes(at - 4, at + 14)
    assert codes[0] == EVIDENCE
    assert TYPES[(codes[4] & TYPE_MASK) - 1] == "ORG"
    assert codes[4] & EVIDENCE
    assert codes[4] & CURRENT
    assert codes[12] & MATCH
    assert not codes[12] & EVIDENCE
    assert codes[16] == 0


def test_the_current_mention_stays_when_other_types_go() -> None:
    marks = Marks(TYPES)
    marks.set_mentions(Mentions.of(make_mentions(PATROL)))
    marks.mention = 3
    current = marks.current()
    assert current is not None
    marks.set_shown(frozenset({current.type}))
    assert marks.current() == current
    marks.set_shown(frozenset({"MONEY"}))
    assert marks.current() is None


@given(st.text(max_size=30), st.integers(0, 20))
def test_fit_never_exceeds_its_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) <= width


def test_fold_and_marked() -> None:
    assert fold("one two three four", 9, 2) == ["one two", "three four"]
    assert [piece[0] for piece in marked("abcdef", [(4, 9), (1, 2)], *_styles())] == ["a", "b", "cd", "ef"]


def _styles() -> tuple[object, object]:
    from rich.style import Style

    return Style.null(), Style(bold=True)


@pytest.mark.parametrize("text", ["", "\n", "\n\n", "x"])
def test_small_texts(text: str) -> None:
    rows = Layout(text, 10)
    assert rows.complete
    assert rows.row_of(0) == 0
    assert rows.span(99) is None


def test_mentions_in_columns_are_the_mentions() -> None:
    made = make_mentions(PATROL)
    mentions = Mentions.of(reversed(made))
    ordered = sorted(made, key=lambda one: (one.start, one.end))
    assert list(mentions) == ordered
    assert mentions[1:3] == ordered[1:3]
    assert mentions.types() == Counter(one.type for one in made)
    for number, one in enumerate(ordered):
        assert mentions.times(number) == sum((one.type, one.name) == (other.type, other.name) for other in made)
        assert mentions.number_of(one) == number
    places = mentions.only({"PLACE", "NATION"})
    assert list(places) == [one for one in ordered if one.type in {"PLACE", "NATION"}]
    assert places.number_of(next(one for one in ordered if one.type == "SHIP")) is None
