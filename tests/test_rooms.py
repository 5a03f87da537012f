"""Who loads what, seen from outside: a process imports a room and says which heavy modules came along."""

import subprocess
import sys

import pytest

HEAVY = ("spacy", "textual", "trafilatura", "jinja2", "rich", "pydantic")
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
    assert loaded_by(f"from briefing.cli import program; program.run({words.split()!r})") == set()


def test_importing_the_exports_does_not_load_the_template_engine() -> None:
    assert not loaded_by("import briefing.export") & {"jinja2", "rich"}
