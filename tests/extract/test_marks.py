import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.extract.quotes.quotation_marks import Run, paragraphs, runs


def found(text: str) -> list[str]:
    return [text[run.start : run.end] for run in runs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We sail at dawn,” she said. “Be ready.”", ["We sail at dawn,", "Be ready."]),
        ('"We sail at dawn," she said. "Be ready."', ["We sail at dawn,", "Be ready."]),
        ("''We sail at dawn,'' she said.", ["We sail at dawn,"]),
        ("``We sail at dawn,'' she said.", ["We sail at dawn,"]),
        ("‘We sail at dawn,’ she said.", ["We sail at dawn,"]),
        ("'We sail at dawn,' she said.", ["We sail at dawn,"]),
        ("„We sail at dawn“, she said.", ["We sail at dawn"]),
        ("«We sail at dawn», she said.", ["We sail at dawn"]),
        ("”We sail at dawn,” she said.", ["We sail at dawn,"]),
        ("“We sail at dawn,“ she said.", ["We sail at dawn,"]),
        ('“We sail at dawn," she said.', ["We sail at dawn,"]),
        ('She said " we sail at dawn " twice.', ["we sail at dawn"]),
        ('"We sail—" she began.', ["We sail—"]),
        ("(“We sail at dawn.”)", ["We sail at dawn."]),
    ],
)
def test_marks_of_every_kind(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_apostrophes_close_nothing() -> None:
    assert found("‘The pilots’ mess was full,’ he said.") == ["The pilots’ mess was full,"]
    assert found("‘They were flyin’ low over the crews’ heads,’ he said.") == [
        "They were flyin’ low over the crews’ heads,"
    ]
    assert found("the ‘silent fleet’ of the ’90s and rock 'n' roll") == ["silent fleet"]
    assert found("The crew's captain didn't see the other ships' lights.") == []


def test_inches_and_feet_are_no_marks() -> None:
    assert found('He is 6\'3" tall and carries a 12" ruler.') == []
    assert found('"The hatch is 2\'6" wide," he said.') == ["The hatch is 2'6\" wide,"]


def test_attributes_of_markup_are_no_marks() -> None:
    assert found('<post author="Harbour Eye" date="May 4">Two ships.</post> "All is well," it said.') == [
        "All is well,"
    ]


def test_a_run_over_paragraphs_is_one_in_each() -> None:
    text = "“The first day was calm.\n\n“The second was not.\n\n“The third we slept,” he said."
    first, second, third = runs(text)
    assert [text[r.start : r.end] for r in (first, second, third)] == [
        "The first day was calm.", "The second was not.", "The third we slept,",
    ]  # fmt: skip
    assert [r.closed for r in (first, second, third)] == [False, False, True]


def test_single_marks_over_paragraphs() -> None:
    assert found("‘The first day was calm.\n\n‘The second was not,’ he said.") == [
        "The first day was calm.",
        "The second was not,",
    ]


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    assert found('He said, "We sail at dawn.\n\nThen he left.') == ["We sail at dawn."]


def test_an_unclosed_mark_ends_before_the_next_opening_one() -> None:
    assert found('"We sail at dawn. "Be ready," he said.') == ["We sail at dawn.", "Be ready,"]


def test_nested_runs_know_what_holds_them() -> None:
    text = "“He told me, ‘Turn back,’ and we did,” she said. “Good.”"
    outer, inner, last = runs(text)
    assert text[inner.start : inner.end] == "Turn back,"
    assert (outer.inside, inner.inside, last.inside) == (-1, 0, -1)
    assert inner.single
    assert not outer.single


def test_double_marks_inside_single_ones() -> None:
    assert found("‘He said “turn back” to me,’ she said.") == ["He said “turn back” to me,", "turn back"]


def test_a_mark_of_the_same_kind_can_be_nested() -> None:
    assert found('"He said "turn back" to me," she said.') == ['He said "turn back" to me,', "turn back"]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        'The commander told the crew that "nobody leaves this ship until the\n'
        'last line is cast off and the harbour master has signed the log"\n'
        "and went below.\n\nThe next morning the ship was gone."
    )
    assert len(paragraphs(text)) == 2
    (run,) = runs(text)
    assert text[run.start : run.end].startswith("nobody leaves")
    assert text[run.start : run.end].endswith("signed the log")


def test_paragraphs_of_one_line_each_stay_apart() -> None:
    assert len(paragraphs("A headline here\nThe first line ends with a stop.\nThe second one too.")) == 3


ALPHABET = st.sampled_from(
    ["“", "”", '"', "''", "``", "‘", "’", "'", "a", "Bc", "s", " ", ", ", ". ", "\n", "6", "(", "—", "="]
)


@settings(max_examples=300)
@given(st.lists(ALPHABET, max_size=60).map("".join))
def test_runs_are_inside_the_text_and_never_cross(text: str) -> None:
    found = runs(text)
    lines = paragraphs(text)
    for run in found:
        assert 0 <= run.outer_start < run.start < run.end <= run.outer_end <= len(text)
        assert text[run.start : run.end] == text[run.start : run.end].strip()
        assert sum(a <= run.start and run.end <= b for a, b in lines) == 1
        if run.inside >= 0:
            outer = found[run.inside]
            assert outer.start <= run.outer_start
            assert run.outer_end <= outer.end
    assert [run.start for run in found] == sorted(run.start for run in found)
    assert not any(_cross(a, b) for n, a in enumerate(found) for b in found[n + 1 :])


def _cross(a: Run, b: Run) -> bool:
    return a.start < b.start < a.end < b.end


@settings(max_examples=100)
@given(st.text(max_size=80))
def test_any_text_has_runs(text: str) -> None:
    for run in runs(text):
        assert text[run.start : run.end]


@pytest.mark.parametrize("mark", ['"', "“", "”", "‘", "’", "'", "''", "``", '" ', " '", "'a' ", "“a ", "s’ w"])
def test_hostile_marks_take_linear_time(mark: str) -> None:
    small, large = (mark * n for n in (5_000, 40_000))
    start = time.thread_time()
    runs(small)
    middle = time.thread_time()
    runs(large)
    assert time.thread_time() - middle < 40 * (middle - start) + 0.5
