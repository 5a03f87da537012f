"""Links of the terminal (OSC 8): to files and pages of ours only, whatever the source calls itself."""

import io
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.style import Style
from rich.text import Text

from briefing.links import LONGEST, address_of, understood

LINK = re.compile(r"\x1b\]8;([^;\x1b\x07]*);([^\x1b\x07]*)\x1b\\")
ALLOWED = re.compile(r"(?:https?://[A-Za-z0-9.:-]+|file:///?)[A-Za-z0-9\-._~%/?#\[\]@!$&'()*+,;=:]*")


def sequences(output: str) -> list[str]:
    """The addresses of all links in what is sent to a terminal; nothing else in it may begin a sequence but colours."""
    rest = re.sub(r"\x1b\[[0-9;]*m", "", LINK.sub("", output))
    assert "\x1b" not in rest
    assert "\x07" not in rest
    opened = [address for _, address in LINK.findall(output)]
    assert opened[1::2] == [""] * (len(opened) // 2), "every link is closed before the next"
    return opened[::2]


def drawn(address: str) -> str:
    made = io.StringIO()
    Console(file=made, force_terminal=True, width=9999, legacy_windows=False).print(
        Text("here", style=Style(link=address)), end=""
    )
    return made.getvalue()


@pytest.mark.parametrize(
    ("ref", "address"),
    [
        ("https://example.org/a b?q=1#x", "https://example.org/a%20b?q=1#x"),
        ("HTTPS://example.org", "https://example.org"),
        ("http://example.org/%zz%20", "http://example.org/%25zz%20"),
        ("http://example.org/\x1b]8;;http://evil.example\x1b\\", "http://example.org/%1B]8;;http://evil.example%1B%5C"),
        ("https://user:secret@example.org/", None),
        ("https://exämple.org/", None),
        ("javascript:alert(1)//", None),
        ("data://text/html,x", None),
        ("ssh://example.org/", None),
        ("-", None),
        ("", None),
        ("a\ufffdb.txt", None),
        ("https://example.org/" + "a" * LONGEST, None),
    ],
)
def test_addresses(ref: str, address: str | None) -> None:
    if ref.startswith("javascript"):
        assert address_of(ref) is None or str(address_of(ref)).startswith("file:")
    else:
        assert address_of(ref) == address


def test_a_part_of_a_file_leads_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mail ünd #1;.eml"
    assert address_of(f"{path} » table.csv") == path.as_uri()
    assert address_of(str(path)) == path.as_uri()


@given(st.one_of(st.text(max_size=60), st.text(max_size=60).map("https://example.org/".__add__)))
def test_whatever_the_name_one_link_is_written(ref: str) -> None:
    address = address_of(ref)
    if address is None:
        return
    assert ALLOWED.fullmatch(address)
    assert sequences(drawn(address)) == [address]
    assert urlsplit(address).scheme in {"http", "https", "file"}
    if address.startswith("file:") and " » " not in ref:
        assert unquote_to_bytes(address.removeprefix("file://")).decode() == str(Path(ref).absolute())


@pytest.mark.parametrize(
    ("environ", "platform", "shown"),
    [
        ({"TERM": "xterm-256color"}, "linux", True),
        ({"TERM": "tmux-256color"}, "linux", True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "6800"}, "linux", True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "4602"}, "linux", False),
        ({"TERM": "linux"}, "linux", False),
        ({"TERM": "screen-256color"}, "linux", False),
        ({"TERM": "xterm", "INSIDE_EMACS": "29.1,term"}, "linux", False),
        ({}, "linux", False),
        ({}, "win32", False),
        ({"WT_SESSION": "1"}, "win32", True),
    ],
)
def test_terminals_that_would_show_letters_get_none(environ: dict[str, str], platform: str, shown: bool) -> None:
    assert understood(environ, platform) is shown
