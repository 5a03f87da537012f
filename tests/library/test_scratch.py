"""Temporary folders: gone with the program that made them, or cleared away by the next."""

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from briefing.ingest.temp_folder import Scratch, own_folder

posix = pytest.mark.skipif(os.name != "posix", reason="each user has a folder of their own there")


def within(temporary: Path) -> list[Path]:
    return list(temporary.glob("briefing-*/*"))


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_made_when_asked_for_and_gone_at_the_end(temporary: Path) -> None:
    with Scratch() as scratch:
        assert not within(temporary)
        folder = scratch()
        (folder / "part").write_text("x")
        assert scratch() == folder
    assert not within(temporary)


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
    assert len(within(temporary)) == 1
    Scratch()
    assert not within(temporary)


def test_folders_of_others_stay(temporary: Path) -> None:
    other = own_folder() / "briefing-of-someone"
    other.mkdir()
    (other / "kept").write_text("x")
    Scratch()
    assert (other / "kept").exists()


@posix
def test_the_folder_is_ones_own(temporary: Path) -> None:
    with Scratch() as scratch:
        folder = scratch().parent
        assert folder == own_folder()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@posix
def test_what_others_put_in_the_way_is_not_entered(temporary: Path) -> None:
    ours = own_folder()
    ours.rmdir()
    ours.symlink_to("/")
    second = own_folder()
    assert second != ours
    second.chmod(0o777)  # as if it had been made by someone else, for everyone
    third = own_folder()
    assert third not in {ours, second}
    with Scratch() as scratch:
        assert scratch().parent == third


@posix
@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_a_mark_that_is_no_file_is_left_alone_and_not_waited_for(temporary: Path, kind: str) -> None:
    left = own_folder() / "briefing-left"
    left.mkdir(mode=0o700)
    mark = left / "in-use"
    if kind == "pipe":
        os.mkfifo(mark)
    elif kind == "link":
        mark.symlink_to("/dev/zero")
    else:
        mark.mkdir()
    Scratch()
    assert left.exists()


@posix
def test_a_pipe_in_the_shared_folder_stops_nothing(temporary: Path) -> None:
    other = temporary / "briefing-of-someone"
    other.mkdir()
    os.mkfifo(other / "in-use")
    with Scratch() as scratch:
        assert scratch().is_dir()
