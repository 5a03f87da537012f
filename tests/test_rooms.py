"""Who loads what, seen from outside: a process imports a room and says which heavy modules came along."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.model.facts import Extraction, Quote
from briefing.model.source import Source

HEAVY = (
    "spacy",
    "textual",
    "trafilatura",
    "jinja2",
    "rich",
    "pydantic",
    "click",
    "dataclasses",
    "numpy",
    "platformdirs",
)
ROOMS_WITHOUT_TEXTUAL = [
    "model.facts", "sources", "extract", "extract.nlp.fingerprint", "compare", "library", "ingest", "export", "paths",
    "config", "cli",
]  # fmt: skip


def loaded_by(code: str) -> set[str]:
    """The heavy modules that are loaded once ``code`` has run in a new process."""
    show = f"import sys; print(*(name for name in {HEAVY!r} if name in sys.modules), file=sys.__stdout__)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{show}"], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return set(done.stdout.split("\n")[-2].split())


@pytest.mark.parametrize("room", ROOMS_WITHOUT_TEXTUAL)
def test_rooms_below_the_reader_load_neither_textual_nor_spacy(room: str) -> None:
    assert not loaded_by(f"import briefing.{room}") & {"textual", "spacy"}


def test_the_reader_does_not_load_spacy() -> None:
    assert "spacy" not in loaded_by("import briefing.cli, briefing.library, briefing.export, briefing.tui.app")


@pytest.mark.parametrize("words", ["--version", "--help", "facts --help"])
def test_what_needs_nothing_loads_nothing(words: str) -> None:
    assert loaded_by(f"from briefing.cli import start; start.run({words.split()!r})") <= {"click", "dataclasses"}


@pytest.mark.parametrize(
    "words",
    ["list", "list air --order title", "list --format json", "list --failed", "search two", "search 'a b' --limit 3",
     "search quote:two --offset 1 --order newest"],
)  # fmt: skip
def test_a_list_and_a_search_load_what_they_need_alone(words: str, tmp_path: Path) -> None:
    """Each would take as long as several starts of Python: a list is printed before that."""
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.add(Source(id="ab" * 32, path="a", title="Two jets", text="Two “jets” flew."), Extraction(
            source_id="ab" * 32, extractor="e", quotes=(Quote(start=5, end=9, text="jets"),)
        ))  # fmt: skip
    arguments = ["--library", str(path), *shlex.split(words)]
    loaded = loaded_by(f"from briefing.cli import start; assert not start.run({arguments!r})")
    assert loaded <= ({"dataclasses"} if "quote:" in words else set())


def test_importing_the_exports_does_not_load_the_template_engine() -> None:
    assert not loaded_by("import briefing.export") & {"jinja2", "rich"}


def test_the_first_frame_waits_for_no_export_comparison_or_pydantic() -> None:
    asked = "import sys, briefing.tui.app; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert not {"briefing.export", "briefing.compare", "pydantic", "spacy"} & {*loaded}
