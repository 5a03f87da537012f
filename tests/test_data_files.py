"""Settings, lexicons and themes that are no TOML: one error that names a line, whatever is in them."""

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import ConfigError, load
from briefing.extract.lexicon.check import LexiconError
from briefing.extract.lexicon.files import _read, read_all
from briefing.extract.nlp.fingerprint import fingerprint
from briefing.model.data_files import parse_toml
from briefing.tui.keymap import resolve
from briefing.tui.theming.theme_files import read_theme

SHIPPED = Path(__file__).parents[1] / "themes"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nx = " + "[" * 20_000, 2),
        ("x = " + "{a=" * 20_000, 1),
        ("\n\nx = " + "9" * 5000, 3),
        ("a =", 1),
        ("\n" + "a." * 200 + "b = 1", 2),
        ("\n[" + '"a" . ' * 200 + "b]", 2),
        ("x = {" + "'a'." * 200 + "b = 1}", 1),
    ],
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


KINDS = {
    "pipe": lambda path: os.mkfifo(path),
    "folder": lambda path: path.mkdir(),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "link to nothing": lambda path: path.symlink_to("/nowhere/at/all"),
    "link to itself": lambda path: path.symlink_to(path),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_lexicon_that_is_no_file_is_said_and_never_passed_over(kind: str, tmp_path: Path) -> None:
    before = fingerprint(lexicons=tmp_path / "none")
    KINDS[kind](tmp_path / "aircraft.toml")
    assert fingerprint(lexicons=tmp_path) != before, "what was read without it would be taken for what it says"
    with pytest.raises(LexiconError, match=r"aircraft\.toml: "):
        read_all(tmp_path)


def test_of_very_many_mistakes_the_first_are_told(tmp_path: Path) -> None:
    """The place of each takes time to find: of 200,000 that took minutes."""
    many = "".join(f"k{n} = {n}\n" for n in range(400))
    settings, theme = tmp_path / "config.toml", tmp_path / "own.toml"
    for before in ("", "[keys]\n", "[languages]\n"):
        settings.write_text(before + many)
        with pytest.raises(ConfigError) as raised:
            load(settings, {})
        assert len(raised.value.problems) == 21
    theme.write_text(many)
    assert len(read_theme(theme)) == 20
    assert len(resolve({f"k{n}": "x" for n in range(400)}).problems) == 20


def test_a_theme_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    shipped = next(SHIPPED.glob("*.toml"))
    (tmp_path / "own.toml").write_bytes(b"\xef\xbb\xbf" + shipped.read_bytes())
    assert read_theme(tmp_path / "own.toml") == read_theme(shipped)
