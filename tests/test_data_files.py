"""Settings, lexicons and themes that are no TOML: one error that names a line, whatever is in them."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract.lexicon.check import LexiconError
from briefing.extract.lexicon.files import _read
from briefing.model.data_files import parse_toml


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nx = " + "[" * 20_000, 2), ("x = " + "{a=" * 20_000, 1), ("\n\nx = " + "9" * 5000, 3), ("a =", 1)],
)
def test_what_cannot_be_read_has_a_line(text: str, line: int) -> None:
    with pytest.raises(tomllib.TOMLDecodeError, match=rf"at line {line},|end of document"):
        parse_toml(text)


@given(st.text(st.sampled_from("[]{}=\"'x1.\n#,\\ "), max_size=60))
def test_nothing_else_is_raised(text: str) -> None:
    try:
        found = parse_toml(text)
    except tomllib.TOMLDecodeError:
        return
    assert found == tomllib.loads(text)


@pytest.mark.parametrize("content", [b"x = [", b"\xff\xfe", b"x = " + b"[" * 20_000, b"a = 1"])
def test_a_lexicon_names_file_and_line(content: bytes, tmp_path) -> None:
    file = tmp_path / "aircraft.toml"
    file.write_bytes(b"\n" + content)
    with pytest.raises(LexiconError, match=r"aircraft\.toml, line 2: "):
        _read(file)
