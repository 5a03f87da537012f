"""The reader is started with the right library, settings and folders, and leaves nothing behind."""

from pathlib import Path

import pytest

from briefing.cli import reader
from briefing.paths import config_folder, shipped, theme_folders
from briefing.tui.app import BriefingApp


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[BriefingApp, Path, bool]]:
    """The app as it was started, with the file of its library, and whether that was there while it ran."""
    runs: list[tuple[BriefingApp, Path, bool]] = []

    def run(app: BriefingApp) -> None:
        library = app.open_library()
        assert library.totals().sources == 0
        if library.path.name == "scratch.db":  # were this program killed, the next one would clear that away
            assert (library.path.parent / "in-use").exists()
        runs.append((app, library.path, library.path.exists()))

    monkeypatch.setattr(BriefingApp, "run", run)
    monkeypatch.setattr(reader, "_require_terminal", lambda stdin: None)
    return runs


def test_the_library(call, started, library: Path) -> None:
    config_folder().mkdir(parents=True)
    (config_folder() / "config.toml").write_text("jobs = 2\ntemplate = 'own.md.j2'\n")
    (config_folder() / "lexicons").mkdir()
    assert call().code == 0
    app, path, was_there = started[0]
    assert (path, was_there) == (library, True)
    assert list(app.refs) == []
    assert app.settings.jobs == 2
    assert app.samples == shipped("seeds")
    assert app.samples.is_dir()
    assert app.template == config_folder() / "own.md.j2"
    assert app.theme_folders == theme_folders()
    assert app.ingest_options["lexicons"] == config_folder() / "lexicons"
    assert app.ingest_options["cache"].path == library.with_name("library.db.cache.db")


def test_paths_are_read_beside_the_library(call, started, folder: Path, library: Path) -> None:
    assert call(folder).code == 0
    app, path, was_there = started[0]
    assert was_there
    assert list(app.refs) == [str(folder)]
    assert not path.parent.exists()
    assert not library.exists()


def test_no_theme_at_all(call, started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.paths.shipped", lambda name: tmp_path / name)
    done = call()
    assert done.code == 2
    assert "'briefing doctor' says more" in done.err


def test_bad_settings(call, started) -> None:
    config_folder().mkdir(parents=True)
    (config_folder() / "config.toml").write_text("jobs = 'x'\n")
    assert call().code == 2
    assert not started


@pytest.mark.parametrize(
    ("environment", "config", "theme"),
    [
        ({"TERM": "xterm"}, "", "terminal-palette"),
        ({"TERM": "xterm"}, "theme = 'harbour'\n", "harbour"),
        ({"TERM": "xterm-256color"}, "", "briefing-dark"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "", "briefing-dark"),
    ],
)
def test_the_theme_follows_what_the_terminal_can(
    call, started, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], config: str, theme: str
) -> None:
    monkeypatch.delenv("COLORTERM", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    config_folder().mkdir(parents=True)
    (config_folder() / "config.toml").write_text(config)
    assert call().code == 0
    assert started[0][0].theme == theme
