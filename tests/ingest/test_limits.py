"""A document that takes more than it may is set aside, and the reason names the limit; the others are read."""

import signal
import sys
from pathlib import Path

import pytest

from briefing.ingest import Ingest, limits
from briefing.ingest.worker import Task, _checked, _read
from briefing.library import Library
from briefing.model.safetext import SafeText
from briefing.model.source import Source, Unreadable

GREEDY = Path(__file__).with_name("greedy_worker.py")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no such limits")


@linux
def test_each_limit_costs_one_file_and_is_named(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    bad = ["EAT reading", "EAT extracting", "SPIN reading", "SPIN extracting"]
    for n, text in enumerate(["Good at first", *bad, "Good at last"]):
        (inbox / f"{n}.txt").write_text(text)
    with Library.open(tmp_path / "library.db") as library:
        ingest = Ingest(library, [str(inbox)], jobs=1)
        ingest.command = (sys.executable, str(GREEDY), ingest.fingerprint)
        done = ingest.run(lambda event: None)
    reasons = {bad[int(Path(f.path).stem) - 1]: str(f.reason) for f in done.failures}
    assert done.added == 2
    assert reasons["EAT reading"] == limits.MEMORY_READING
    assert reasons["EAT extracting"] == limits.MEMORY_EXTRACTING
    assert "seconds of a processor to be read" in reasons["SPIN reading"]
    assert "seconds of a processor to be extracted" in reasons["SPIN extracting"]


@linux
def test_many_bad_files_before_the_first_good_one_end_nothing(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    for n in range(9):  # one more than after which processes that die are not blamed on their files
        (inbox / f"{n:02}.txt").write_text(f"{n} CRASH reading")
    (inbox / "z.txt").write_text("Good")
    with Library.open(tmp_path / "library.db") as library:
        ingest = Ingest(library, [str(inbox)], jobs=1)
        ingest.command = (sys.executable, str(GREEDY), ingest.fingerprint)
        done = ingest.run(lambda event: None)
    assert (done.added, len(done.failures)) == (1, 9)


def test_a_crash_after_much_memory_is_want_of_memory() -> None:
    abort = -int(signal.SIGABRT)
    assert limits.limit_met(abort, limits.MEMORY, reading=True) == limits.MEMORY_READING
    assert limits.limit_met(abort, 1000, reading=True) is None
    assert limits.limit_met(1, limits.MEMORY, reading=True) is None
    assert limits.limit_met(0, 0, reading=True) is None


def test_a_text_of_more_than_twenty_million_characters_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT", 100)
    file = tmp_path / "a.txt"
    file.write_text("a" * 101)
    task = Task(path=str(file), name=str(file))
    with pytest.raises(Unreadable, match="20 million characters"):
        _read(task)
    long = Source(id="a", path=SafeText("x"), title=SafeText("x"), text=SafeText("a" * 101))
    short = long.model_copy(update={"text": SafeText("a")})
    first, second = _checked(iter([long, short]), task)
    assert isinstance(first, Unreadable)
    assert second == short
