import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.fact_forms import FORM_OF, FORMS
from briefing.model.facts import Participant, Quote
from briefing.model.passage import Passage, locate, page_label, paragraphs
from briefing.model.safetext import UNSAFE, SafeText, without_hidden
from briefing.model.source import Page, Source

HARMFUL = "\x00\x07\x1b\x7f\x85\x9b\u200e\u202e\u2066\ud800"


@given(st.text(st.characters(codec=None)))
def test_cleaning_is_one_for_one_after_line_ends_and_done_once(raw: str) -> None:
    safe = SafeText(raw)
    assert len(safe) == len(raw.replace("\r\n", "\n"))
    assert SafeText(str(safe)) == safe
    assert not set(safe) & (set(HARMFUL) | {"\r"})


def test_cleaning_keeps_what_is_clean() -> None:
    text = "Tab\there, “curly” – e\u0301 ضربة 👩‍🚀\n\nNext"
    assert SafeText(text) == text
    assert SafeText(text).line() == "Tab here, “curly” – e\u0301 ضربة 👩‍🚀 Next"


def test_what_python_calls_printable_needs_no_cleaning() -> None:
    for code in range(0x110000):
        if chr(code).isprintable():
            assert not re.match(UNSAFE, chr(code)), hex(code)


def test_parts_and_joins_stay_safe() -> None:
    safe = SafeText("a\x1bb")
    assert type(safe[1:]) is SafeText
    assert safe + "\x1b" == "a\ufffdb\ufffd"
    assert SafeText(", ").join(["\x07", "b"]) == "\ufffd, b"


def test_model_fields_clean_what_they_are_given() -> None:
    source = Source(id="0", path="a\x1b]52;c;aGk=\x07", title="\u202ex", text="t")  # type: ignore[arg-type]
    assert source.path == "a\ufffd]52;c;aGk=\ufffd"
    assert type(source.title) is SafeText
    assert Source.model_validate_json(source.model_dump_json()) == source


def test_passages_count_paragraphs_and_sentences_from_one() -> None:
    text = "Title\n\nOne. Two.\n \nThree."
    spans = paragraphs(text)
    assert [text[a:b] for a, b in spans] == ["Title", "One. Two.", "Three."]
    sentences = [(0, 5), (7, 11), (12, 16), (19, 25)]
    assert locate(0, spans, sentences) == Passage(1, 1)
    assert locate(13, spans, sentences) == Passage(2, 2)
    assert locate(24, spans, sentences) == Passage(3, 1)
    assert locate(0, [], []) == Passage(1, 1)


def test_pages_are_named_by_what_is_printed_on_them() -> None:
    pages = [Page(start=0, label=SafeText("iv")), Page(start=10, label=SafeText("1"))]
    assert [page_label(offset, pages) for offset in (0, 9, 10, 99)] == ["iv", "iv", "1", "1"]
    assert page_label(5, ()) is None


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Dan\u200b Caine", "Dan\ufffd Caine"),
        ("\ufeffTitle", "\ufffdTitle"),
        ("a\u2060b\u2063c", "a\ufffdb\ufffdc"),
        ("x\U000e0041\U000e0042y", "x\ufffd\ufffdy"),
        ("Kim\u3164", "Kim\ufffd"),
        ("a\u200db\u200cc", "a\ufffdb\ufffdc"),
        ("a\ufe0f\U000e0100", "a\ufffd\ufffd"),
        ("👩\u200d\u200d👩", "👩\ufffd\ufffd👩"),
    ],
)
def test_what_nobody_sees_is_shown(written: str, shown: str) -> None:
    assert SafeText(written) == shown
    assert SafeText(SafeText(written)[:]) == shown
    assert len(shown) == len(written)


@pytest.mark.parametrize(
    "text",
    [
        "👨\u200d👩\u200d👧", "👍🏽 👩🏽\u200d🚀", "❤\ufe0f 1\ufe0f\u20e3", "🏳\ufe0f\u200d🌈", "می\u200cخواهم",
        "क्\u200dष",
        "葛\U000e0100城",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "com\u00adpany",
    ],
)  # fmt: skip
def test_what_joins_emoji_and_letters_stays(text: str) -> None:
    assert SafeText(text) == text


def test_names_that_look_alike_are_one() -> None:
    assert {without_hidden(SafeText(name)) for name in ("Dan Caine", "Dan\u200b Caine", "Dan Cai\u00adne\ufeff")} == {
        "Dan Caine"
    }


def test_each_room_has_an_entry_for_each_kind_of_fact_and_columns_stand_once() -> None:
    from briefing.cli.fact_tables import FACT_TABLES
    from briefing.export.fact_cells import CELLS
    from briefing.export.table import COLUMNS
    from briefing.library.store.fact_codecs import CODECS
    from briefing.model.facts import FACT_CLASSES
    from briefing.tui.fact_forms import LISTED
    from briefing.tui.widgets.fact_drawing import DRAWINGS

    for registry in (CELLS, CODECS, DRAWINGS, FACT_CLASSES, FACT_TABLES, LISTED):
        assert {*registry} == {form.kind for form in FORMS}
    assert len(COLUMNS) == len({*COLUMNS})


def test_a_fact_follows_its_words_into_another_text() -> None:
    old, new = SafeText("“We sail,” Ida Falk said."), SafeText("On Monday: “We\u00ad sail,” Ida Falk said.")
    quote = Quote(
        start=1, end=9, text=SafeText(old[1:9]), speaker=SafeText("Ida Falk"), speaker_start=11, speaker_end=19
    )
    falk = Participant(name=SafeText("Ida Falk"), kind="person", mentions=((11, 19),))

    def to(start: int, end: int) -> tuple[int, int]:
        return start + 11 + (start > 3), end + 11 + (end > 3)

    moved = FORM_OF["quote"].moved(quote, to, new)
    assert (str(moved.text), FORM_OF["quote"].spans(moved)) == ("We\u00ad sail,", ((12, 21), (23, 31)))
    assert FORM_OF["participant"].moved(falk, to, new).mentions == ((23, 31),)
    alone = quote.model_copy(update={"speaker_start": None, "speaker_end": None})
    assert FORM_OF["quote"].spans(FORM_OF["quote"].moved(alone, to, new)) == ((12, 21),)
    assert (FORM_OF["quote"].anchors(quote), FORM_OF["participant"].anchors(falk)) == (((1, 9),), ((11, 19),))
