"""What the screen is told of an ingest and of watched folders; no screen is needed for it."""

import sys
import threading
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.model.progress import Added, Discovered, Finished, Gone, Hindered, Moved, Watched
from briefing.model.safetext import SafeText
from briefing.tui.main_screen.ingest_watcher import Ingested, Watcher, ingest, watch

from ..library.made import CAFE, make_extraction, make_source

PLAIN = Path(__file__).parents[1] / "library" / "plain_worker.py"


def options() -> dict[str, object]:
    from briefing.extract.nlp.fingerprint import fingerprint

    return {"jobs": 1, "command": (sys.executable, str(PLAIN), fingerprint())}


def test_one_round_after_another(tmp_path: Path) -> None:
    told: list[bool] = []
    watcher = Watcher(lambda: told.append(True))
    source = make_source(CAFE)
    with Library.open(tmp_path / "library.db") as library:
        row = library.add(source, make_extraction(source))
    for event in (Discovered(total=3), Added(row=row), Added(row=row, older="00")):
        watcher.on_event(event)
    assert (watcher.total, watcher.done, watcher.added, watcher.changes, watcher.busy) == (3, 2, 2, 1, True)
    watcher.on_event(Finished(added=2, known=0, failures=()))  # the third was an archive with these two
    assert (watcher.total, watcher.busy) == (3, False)  # shown until something else begins
    watcher.on_event(Hindered(reason=SafeText("no")))
    watcher.on_event(Discovered(total=5))
    assert (watcher.total, watcher.done, watcher.busy, watcher.hindrance) == (5, 0, True, "no")
    for event in (Gone(row=row), Moved(row=row, before=SafeText("x")), Watched(folders=(SafeText("in"),))):
        watcher.on_event(event)
    assert (watcher.changes, watcher.folders, watcher.hindrance) == (3, ("in",), "")
    assert told == [True]


def test_paths_are_taken_from_the_root_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Alpha")
    monkeypatch.chdir(tmp_path)
    with Library.open(tmp_path / "library.db") as library:
        done = ingest(library, ["a.txt"], Watcher(lambda: None), options())
        assert (done.added, done.error) == (1, None)
        assert library.sources()[0].path == str(tmp_path / "a.txt")


def test_watching_until_stopped(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "a.txt").write_text("Alpha")
    with Library.open(tmp_path / "library.db") as library:
        library.folders.watch(inbox)
        watched = threading.Event()

        def posted() -> None:
            watcher.taken()
            watcher.rest()
            if watcher.folders:
                watched.set()

        watcher = Watcher(posted)
        ends: list[Ingested] = []
        thread = threading.Thread(target=lambda: ends.append(watch(library, watcher, options())))
        thread.start()
        assert watched.wait(60)
        watcher.stop.set()
        thread.join(60)
        assert (ends[0].added, ends[0].stopped, ends[0].error) == (1, True, None)
        broken = {"jobs": 1, "command": (sys.executable, "-c", "raise SystemExit('no')")}
        (inbox / "b.txt").write_text("Beta")
        end = watch(library, Watcher(lambda: None), broken)
        assert end.error is not None
        assert "cannot run" in end.error
