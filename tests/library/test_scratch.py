"""Temporary folders: gone with the program that made them, or cleared away by the next."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from briefing.ingest.temp_folder import Scratch


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_made_when_asked_for_and_gone_at_the_end(temporary: Path) -> None:
    with Scratch() as scratch:
        assert not list(temporary.iterdir())
        folder = scratch()
        (folder / "part").write_text("x")
        assert scratch() == folder
    assert not list(temporary.iterdir())


def test_one_that_is_in_use_stays(temporary: Path) -> None:
    with Scratch() as scratch:
        folder = scratch()
        with Scratch() as other:
            assert other() != folder
        assert folder.is_dir()


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_one_of_a_killed_program_is_cleared_away(temporary: Path) -> None:
    program = (
        "import os, tempfile; tempfile.tempdir = os.environ['PLACE']\n"
        "from briefing.ingest.temp_folder import Scratch\n"
        "scratch = Scratch(); (scratch() / 'part').write_text('x'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program], env={**os.environ, "PLACE": str(temporary)})
    assert len(list(temporary.iterdir())) == 1
    Scratch()
    assert not list(temporary.iterdir())


def test_folders_of_others_stay(temporary: Path) -> None:
    other = temporary / "briefing-of-someone"
    other.mkdir()
    (other / "kept").write_text("x")
    Scratch()
    assert (other / "kept").exists()
