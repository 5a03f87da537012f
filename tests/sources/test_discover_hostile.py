"""Folders with what is no document in them: each entry is given or passed over, and none ends the walk."""

import os
from pathlib import Path

import pytest

from briefing.ingest.inputs import identify
from briefing.ingest.messages import Job
from briefing.ingest.worker import Task
from briefing.model.source import Unreadable
from briefing.sources import discover, read_file

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and pipes")


def reasons(folder: Path) -> dict[str, str]:
    """The reason of everything that is found and cannot be read."""
    found = {}
    for path in discover([folder]):
        job = identify(Job(Task(path=str(path), name=str(path)), 0))
        try:
            read_file(path)
            assert job.sha
        except Unreadable as error:
            assert not job.sha
            found[path.name] = str(error.reason)
    return found


def test_every_entry_has_its_own_fate(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "good.txt").write_text("Good")
    (folder / "sub" / "more.txt").write_text("More")
    os.mkfifo(folder / "pipe.txt")
    for name, target in {
        "zero.txt": "/dev/zero", "root": "/", "up": "..", "here": ".", "gone.txt": "nothing", "long.txt": "x" * 300,
        "circle.txt": "circle.txt", "self": "sub",
    }.items():  # fmt: skip
        (folder / name).symlink_to(target)
    found = reasons(folder)
    assert found == {
        "pipe.txt": "is a pipe, not a file; send its output to standard input instead",
        "zero.txt": "is a device, not a file",
        "root": "is a link to a folder; name that folder to add what is in it",
        "up": "is a link to a folder; name that folder to add what is in it",
        "gone.txt": "is a link to a file that is not there",
        "long.txt": found["long.txt"],
        "circle.txt": found["circle.txt"],
    }
    assert sum(path.suffix == ".txt" for path in discover([folder])) == 7


def test_what_may_not_be_looked_at_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("A")
    (tmp_path / "b.txt").symlink_to(tmp_path / "locked" / "x")
    real = Path.stat

    def stat(path: Path, **more: bool) -> os.stat_result:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, **more)

    monkeypatch.setattr(Path, "stat", stat)
    assert [path.name for path in discover([tmp_path]) if path.suffix] == ["a.txt", "b.txt"]
    assert [path.name for path in discover([tmp_path / "b.txt"])] == ["b.txt"]


def test_a_name_that_is_too_long_is_given(tmp_path: Path) -> None:
    (path,) = discover([tmp_path / ("x" * 5000)])
    with pytest.raises(Unreadable, match="too long"):
        read_file(path)
