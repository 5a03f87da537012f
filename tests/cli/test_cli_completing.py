"""What a shell is offered for values, and the manual pages."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete

from briefing.cli.man_pages import pages
from briefing.cli.program import cli
from briefing.library import Library
from briefing.sources import read_bytes
from tests.cli.conftest import pattern_facts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        source = read_bytes(b"# Harbour\n\nThe USA sent two jets.\n", "one.md")
        library.add(source, pattern_facts(source))
        library.tags.change([source.id], add=["urgent"])
        library.searches.save("jets", "two jets")
    return path


def offered(arguments: list[str], begun: str) -> list[tuple[str, str | None]]:
    complete = ShellComplete(cli, {}, "briefing", "_BRIEFING_COMPLETE")
    return [(item.value, item.help) for item in complete.get_completions(arguments, begun)]


def test_values_come_from_the_library_that_is_named(path: Path) -> None:
    with Library.open(path) as library:
        key = library.sources()[0].id
    at = ["--library", str(path)]
    for words in (["show"], ["remove"], ["read"], ["export", "--source"], ["facts", "--source"]):
        assert offered([*at, *words], key[:3]) == [(key[:12], "Harbour")]
        assert offered([*words[:1], *at, *words[1:]], key[:3]) == [(key[:12], "Harbour")]
    assert offered([*at, "searches"], "je") == [("jets", "two jets")]
    assert ("tag:urgent", "tag") in offered([*at, "search"], "tag:ur")
    assert "person:" in [value for value, _ in offered([*at, "search"], "pers")]
    assert offered([*at, "entities", "merge"], "Unit") == [("United States", "nation, 1 source")]


def test_without_a_library_nothing_is_offered_and_none_is_made(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    assert offered(["--library", str(path), "show"], "a") == []
    (tmp_path / "broken.db").write_bytes(b"no library")
    assert offered(["--library", str(tmp_path / "broken.db"), "searches"], "") == []
    assert not path.exists()


def test_manual_pages_of_all_commands(call: Any, tmp_path: Path) -> None:
    assert call("man", "--into", tmp_path / "man1").code == 0
    names = {page.name for page in (tmp_path / "man1").iterdir()}
    assert {"briefing.1", "briefing-search.1", "briefing-entities-merge.1"} <= names
    assert call("man", "search").out == (tmp_path / "man1" / "briefing-search.1").read_text("utf-8")
    assert "no command 'nothing'" in call("man", "nothing").err


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_manual_pages_can_be_set_without_a_warning() -> None:
    whole = "".join(text for _, text in pages(cli))
    assert r"\-\-library FILE" in whole
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-Kutf8", "-ww"], input=whole, capture_output=True, text=True, check=True
    )
    assert not done.stderr
