"""Files are written whole or not at all."""

import os
import stat
import sys
from pathlib import Path

import pytest

from briefing.export import files, write_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty one."""
    made = tmp_path / "out"
    made.mkdir()
    return made


posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes, links and pipes")


def test_writes_utf_8_with_line_feeds_and_leaves_nothing_else(folder: Path) -> None:
    write_file(folder / "brief.md", "é\n“x”\n")
    assert (folder / "brief.md").read_bytes() == "é\n“x”\n".encode()
    assert list(folder.iterdir()) == [folder / "brief.md"]


def test_never_overwrites_unasked(folder: Path) -> None:
    path = folder / "brief.md"
    write_file(path, "one")
    with pytest.raises(FileExistsError) as caught:
        write_file(path, "two")
    assert caught.value.filename == str(path)
    assert path.read_text() == "one"
    write_file(path, "two", overwrite=True)
    assert path.read_text() == "two"
    assert list(folder.iterdir()) == [path]


def test_another_program_that_was_faster_keeps_its_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "brief.md"
    real = files._write

    def write_after_another(part: Path, text: str) -> None:
        real(part, text)
        path.write_text("theirs")

    monkeypatch.setattr(files, "_write", write_after_another)
    with pytest.raises(FileExistsError):
        write_file(path, "ours")
    assert path.read_text() == "theirs"
    assert list(folder.iterdir()) == [path]


def test_without_hard_links(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "not here")

    monkeypatch.setattr(os, "link", refuse)
    write_file(folder / "a", "x")
    assert (folder / "a").read_text() == "x"
    with pytest.raises(FileExistsError):
        write_file(folder / "a", "y")


def test_a_failure_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "brief.md"
    path.write_text("old")

    def fail(_: int) -> None:
        raise OSError(28, "disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_file(path, "new", overwrite=True)
    assert path.read_text() == "old"
    assert list(folder.iterdir()) == [path]


def test_what_cannot_be_written_is_named_as_the_user_named_it(folder: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        write_file(folder / "nowhere" / "brief.md", "x")
    assert raised.value.filename == str(folder / "nowhere")


def test_a_folder_is_not_a_file(folder: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_file(folder, "x", overwrite=True)


@posix
def test_a_link_is_followed_and_the_mode_kept(folder: Path) -> None:
    target = folder / "target"
    target.write_text("old")
    target.chmod(0o640)
    (folder / "link").symlink_to(target)
    with pytest.raises(FileExistsError):
        write_file(folder / "link", "new")
    write_file(folder / "link", "new", overwrite=True)
    assert (folder / "link").is_symlink()
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@posix
def test_a_new_file_is_for_its_owner_alone(folder: Path) -> None:
    write_file(folder / "a", "x")
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o600


@posix
def test_a_device_stays_a_device() -> None:
    write_file(Path(os.devnull), "x")
    write_file(Path(os.devnull), "x", overwrite=True)
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_link_that_leads_to_itself_is_named(tmp_path: Path, overwrite: bool) -> None:
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    with pytest.raises(OSError, match=r"loop\.md"):
        write_file(loop, "x", overwrite)
    assert loop.is_symlink()
