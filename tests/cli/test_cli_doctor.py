"""The doctor: a sound set-up is ok, and what is wrong is a line that says what to do."""

import io
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from briefing import paths
from briefing.cli.doctor import library_checks, setup_checks
from briefing.cli.start import run
from briefing.extract.nlp import kernels


@pytest.fixture(autouse=True)
def _model_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading a model takes seconds; whether it does is for the end-to-end test."""
    done = subprocess.CompletedProcess([], 0, "", "")
    monkeypatch.setattr(setup_checks.subprocess, "run", lambda *_, **__: done)


def lines(out: str) -> dict[str, str]:
    """Status by subject."""
    return {line[6:].partition(":")[0]: line[:4].strip() for line in out.splitlines()}


def test_a_sound_set_up(call, folder: Path, library: Path) -> None:
    call("add", folder)
    done = call("doctor")
    found = lines(done.out)
    assert done.code == 0
    assert set(found.values()) <= {"ok", "warn"}
    assert {
        "Python",
        "packages",
        "extra ocr",
        "extra web",
        "model",
        "SQLite",
        "library",
        "library folder",
        "settings",
        "terminal",
    } <= set(found)
    assert f"{library}, 2 sources, " in done.out


def test_nothing_is_made(call, library: Path) -> None:
    assert "none yet" in call("doctor").out
    assert not library.exists()
    assert not paths.config_folder().exists()


def test_a_file_that_is_no_database(call, library: Path) -> None:
    library.write_bytes(b"not a database " * 100)
    done = call("doctor")
    assert done.code == 1
    assert "fail  library: " in done.out


def test_a_damaged_library(call, folder: Path, library: Path) -> None:
    for n in range(30):
        (folder / f"{n}.txt").write_text(f"Title {n}\n\n" + f"two jets and {n} words more " * 200)
    call("add", folder)
    with closing(sqlite3.connect(library)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(library.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 20_000] = b"\xff" * 20_000
    library.write_bytes(data)
    done = call("doctor")
    assert done.code == 1
    assert "fail  library: " in done.out
    assert "briefing rescue" in done.out


def test_a_damaged_index(call, folder: Path, library: Path) -> None:
    call("add", folder)
    with closing(sqlite3.connect(library)) as db:
        (name,) = db.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'").fetchone()
        db.execute(f"UPDATE {name}_data SET block = substr(block, 1, 5) WHERE id > 10")
        db.commit()
    done = call("doctor")
    assert done.code == 1
    assert f"the full-text index {name} is damaged" in done.out


def test_a_library_that_another_program_holds(call, folder: Path, library: Path, monkeypatch) -> None:
    call("add", folder)
    monkeypatch.setattr(library_checks, "WAIT", 0)
    with closing(sqlite3.connect(library)) as db:
        db.execute("BEGIN IMMEDIATE")
        done = call("doctor")
    assert done.code == 0
    assert "warn  library: " in done.out
    assert "locked" in done.out


class Terminal(io.StringIO):
    """A terminal."""

    encoding = "latin-1"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("term", "columns", "code", "said"),
    [("xterm-256color", "132", 0, "xterm-256color, 256color, 132×36"), ("linux", "60", 0, "few colours, 60×36"),
     ("linux", "60", 0, "made for 80×24"), ("dumb", "80", 1, "TERM is 'dumb'"), ("linux", "80", 0, "set LANG")],
)  # fmt: skip
def test_the_terminal(monkeypatch: pytest.MonkeyPatch, term: str, columns: str, code: int, said: str) -> None:
    made = Terminal()
    monkeypatch.setattr(sys, "stdout", made)
    for name, value in {"TERM": term, "COLUMNS": columns, "LINES": "36", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("COLORTERM", raising=False)
    assert run(["doctor"]) == code
    assert said in re.sub(r"\x1b\[[\d;]*m", "", made.getvalue()).replace("\n", " ")


def test_bad_settings_do_not_hide_the_rest(call) -> None:
    paths.config_folder().mkdir(parents=True)
    paths.config_file().write_text("them = 'x'\njobs = 99\n")
    done = call("doctor")
    assert done.code == 1
    assert done.out.count("fail  settings: ") == 2
    assert "did you mean 'theme'" in done.out
    assert "ok    Python" in done.out


def test_bad_themes_and_lexicons(call) -> None:
    for name in ("themes", "lexicons"):
        (paths.config_folder() / name).mkdir(parents=True)
        (paths.config_folder() / name / "own.toml").write_text("x = \n")
    paths.config_file().write_text("theme = 'no-such'\n")
    done = call("doctor")
    assert done.code == 1
    assert "warn  theme: " in done.out
    assert "own.toml" in done.out
    assert "the setting names 'no-such'" in done.out
    assert "fail  lexicon: " in done.out


def test_a_model_whose_files_are_others(call, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "The files of the language model m are not those that were tested: ner/model is another. Install it again."
    failed = subprocess.CompletedProcess([], 1, "", f"Traceback\n{said}\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    done = call("doctor")
    assert done.code == 1
    assert f"fail  model: {said}" in done.out


def test_a_model_that_does_not_load(call, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = subprocess.CompletedProcess([], 1, "", "Traceback\nOSError: no \x1b[31mmodel\n")
    monkeypatch.setattr(setup_checks.subprocess, "run", lambda *_, **__: failed)
    done = call("doctor")
    assert done.code == 1
    assert "does not load: OSError: no \ufffd[31mmodel" in done.out
    assert "'absent_model' is not installed" in call("doctor", "--model", "absent_model").out


def test_packages_that_are_missing(call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup_checks, "_version", lambda name: None if name == "jinja2" else "1")
    done = call("doctor")
    assert done.code == 1
    assert "fail  packages: missing: jinja2. Try 'pip install jinja2'." in done.out


def test_extras_that_are_missing(call, monkeypatch: pytest.MonkeyPatch) -> None:
    real = setup_checks._version
    monkeypatch.setattr(setup_checks, "_version", lambda name: None if name == "textual-serve" else real(name))
    done = call("doctor")
    assert done.code == 0
    assert "warn  extra web: textual-serve is not installed: 'briefing serve' cannot be used. Try: pip" in done.out


def test_a_folder_that_cannot_be_made(call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = call("doctor", "--library", tmp_path / "file" / "sub" / "library.db")
    assert done.code == 1
    assert "fail  library folder: " in done.out


def test_themes_are_listed_and_problems_named(call) -> None:
    done = call("themes")
    assert done.code == 0
    assert "briefing-dark" in done.out
    (paths.config_folder() / "themes").mkdir(parents=True)
    (paths.config_folder() / "themes" / "own.toml").write_text("x = \n")
    done = call("themes")
    assert done.code == 2
    assert "own.toml:1:" in done.err
    assert "briefing-dark" in done.out
    paths.config_file().write_text("theme = 'briefing-drak'\n")
    assert "did you mean 'briefing-dark'?" in call("themes").err


def test_which_kernels_extraction_computes_with(call, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "kernels: not timed yet" in call("doctor").out
    file = paths.kernels_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({kernels._machine(): "numpy"}))
    assert "kernels: numpy, the faster ones on this machine" in call("doctor").out
    monkeypatch.setenv("BRIEFING_KERNELS", "blis")
    assert "kernels: blis, as the settings say" in call("doctor").out
    monkeypatch.setenv("BRIEFING_KERNELS", "fast")
    done = call("doctor")
    assert done.code == 1
    assert "BRIEFING_KERNELS: 'kernels' cannot be \"fast\": input should be one of auto, numpy, blis" in done.out
