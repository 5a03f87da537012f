"""Files to sources, and files that are set aside."""

import os
import socket
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.safetext import MAYBE_HIDDEN, SafeText
from briefing.model.source import Unreadable
from briefing.sources import MAX_BYTES, discover, read_bytes, read_file, source_id

TEXT = "A title\n\nThe first “paragraph” of it.\n\n\tAnother – with a tab.\n"
PAYLOADS = ["[@click=app.quit]x[/]", "[/nope]", "\x1b]52;c;aGk=\x07", "\u202eabc\u202c", "\x9b31m"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="special files of POSIX systems")


def _reason(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read_file(path)
    return caught.value.reason


def test_text_is_the_file_character_for_character(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    source = read_file(path)
    assert source.text == TEXT
    assert (source.title, source.encoding, source.format) == ("A title", "utf-8", "text")
    assert source.id == source_id(TEXT.encode())
    assert source.path == str(path)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",), exclude_characters="\u061c\u200e\u200f")))
def test_offsets_index_into_the_file(text: str) -> None:
    body = "".join(c for c in text if not ("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"))
    whole = f"x {body}\n\nmore"
    read = read_bytes(whole.encode(), "a.txt").text
    assert len(read) == len(whole)
    assert all(shown in {meant, "\ufffd"} for shown, meant in zip(read, whole, strict=True))
    if MAYBE_HIDDEN.search(whole) is None:
        assert read == whole


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "-"]))
def test_any_bytes_are_a_source_or_a_reason(data: bytes, name: str) -> None:
    try:
        source = read_bytes(data, name)
    except Unreadable:
        return
    assert source.text == SafeText(source.text)
    assert source.title
    assert "\n" not in source.title


def test_crlf_is_one_line_break() -> None:
    assert read_bytes(b"a\r\n\r\nb\r\n", "a.txt").text == "a\n\nb\n"


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_hostile_text_is_plain_characters(payload: str, name: str) -> None:
    source = read_bytes(f"Title {payload}\n\nBody {payload} of it.".encode(), f"{payload}\n{name}")
    for shown in (source.title, source.text, source.path):
        assert shown == SafeText(shown)
        assert type(shown) is SafeText
    assert "\n" not in source.path


@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_references_to_control_characters_are_plain_characters(name: str) -> None:
    source = read_bytes(b"A &#27;]52;c;aGk=&#7; &#x202e;b and some more words of text.", name)
    assert source.text == SafeText(source.text)
    assert "]52;c;aGk=" in source.text


def test_the_suffix_decides_and_then_the_content() -> None:
    page = b"<!DOCTYPE html><html><body><p>Words of a page.</p></body></html>"
    assert read_bytes(page, "a.txt").format == "text"
    assert read_bytes(page, "-").format == "html"
    assert read_bytes(page, "-", "text").format == "text"
    assert read_bytes(b"---\ntitle: T\n---\n\nBody", "-").format == "markdown"
    assert read_bytes(b"Words", "notes.log").format == "text"


def test_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _reason(tmp_path / "none.txt") == "is not there"
    assert _reason(tmp_path) == "is a folder, not a file"
    with monkeypatch.context() as patched:
        patched.setattr("os.access", lambda path, mode: path != tmp_path)
        assert _reason(tmp_path) == "may not be read: permission denied"
    empty = tmp_path / "empty.txt"
    empty.touch()
    assert _reason(empty) == "is empty"
    empty.write_text(" \n\n ")
    assert _reason(empty) == "holds no text that can be read"
    assert "not there" in _reason(Path("a\0b")) or "cannot be read" in _reason(Path("a\0b"))


def test_the_size_limit(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "larger than 64 MiB" in _reason(path)


@posix
def test_special_files_are_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fifo = tmp_path / "fifo.txt"
    os.mkfifo(fifo)
    assert "pipe" in _reason(fifo)
    assert "device" in _reason(Path("/dev/zero"))
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")
    assert _reason(link) == "is a link to a file that is not there"
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(tmp_path)  # a socket's name is short
        listening.bind("sock.txt")
        assert "socket" in _reason(tmp_path / "sock.txt")


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read anything")
def test_permission_denied(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    assert _reason(path) == "may not be read: permission denied"


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"na\xffme.txt")
    try:
        path.write_text("Words")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert read_file(path).path.endswith("na\ufffdme.txt")


def test_opening_lines_are_metadata() -> None:
    source = read_bytes(b"A title\n\nBy Jane Doe\nSaturday, July 12, 2025\nSource: Sample Wire\n\nBody.", "a.txt")
    assert (source.author, source.published, source.publisher) == ("Jane Doe", date(2025, 7, 12), "Sample Wire")


def test_a_long_first_line_is_a_short_title() -> None:
    source = read_bytes(("word " * 100).encode(), "a.txt")
    assert source.title.endswith("word…")
    assert len(source.title) <= 120


def test_a_megabyte_is_read_quickly() -> None:
    data = ("The patrol left harbour on Friday; “nobody” said why.\n" * 20000).encode()
    started = time.process_time()
    read_bytes(data, "a.txt")
    assert time.process_time() - started < 0.5  # about 0.02 s; the margin is for a busy machine


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.HTML", "sub/.hidden.txt", ".git/d.txt", "image.psd", "README"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert [p.relative_to(tmp_path).as_posix() for p in discover([tmp_path])] == ["a.md", "b.txt", "sub/c.HTML"]


def test_named_files_are_always_tried(tmp_path: Path) -> None:
    named = [tmp_path / "image.psd", tmp_path / "gone.txt", tmp_path / ".hidden"]
    named[0].touch()
    assert list(discover([*map(str, named), named[0]])) == named


@posix
def test_links_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "sub" / "a.txt").write_text("x")
    (tmp_path / "twin").symlink_to(tmp_path / "sub", target_is_directory=True)
    assert [p.relative_to(tmp_path).as_posix() for p in discover([tmp_path])] == ["sub/a.txt"]
