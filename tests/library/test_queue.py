"""The queue of a shared library: whoever works, whoever dies, all is there once."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from itertools import takewhile
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from briefing.library import Library, LibraryError
from briefing.library.errors import LibraryUnreachable
from briefing.library.opening import open_library, queue_of
from briefing.model.listing import SourceRow
from briefing.model.progress import Added, IngestEvent

from .server import Cluster

pytest.importorskip("psycopg")

from briefing.ingest import work as work_module
from briefing.ingest.engine import BATCH
from briefing.ingest.pool import MOST_FILES
from briefing.ingest.work import require_same, wanted
from briefing.library.postgres.tasks import Reader, Tasks

from .queue_worker import READER, made, run


@pytest.fixture
def shared(server: Cluster) -> Iterator[Library]:
    library = open_library(server.new_library())
    with library:
        yield library


@pytest.fixture
def tasks(shared: Library) -> Tasks:
    return queue_of(shared)


def files(folder: Path, *texts: str) -> str:
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number:02}.txt").write_text(text)
    return str(folder)


def all_rows(library: Library) -> dict[str, SourceRow]:
    return {row.id: row for row in library.sources(limit=500)}


def test_one_of_two_workers_is_killed(shared: Library, tasks: Tasks, tmp_path: Path) -> None:
    texts = ["First WAIT", *(f"Text number {number}" for number in range(59))]
    inbox, log = files(tmp_path / "in", *texts), tmp_path / "log"
    log.touch()
    assert tasks.put(wanted((inbox,), send=False), READER) == (60, 0)
    program = [sys.executable, "-m", "tests.library.queue_worker", str(shared.address), str(log), "1"]
    first = subprocess.Popen(program)
    latest = monotonic() + 60
    while "00.txt" not in log.read_text():
        assert monotonic() < latest
        assert first.poll() is None
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert tasks.state().held > 0
    (tmp_path / "log.go").touch()
    second = subprocess.run(program, timeout=120, check=False)
    assert second.returncode == 0
    assert tasks.state().done == 60
    assert tasks.state()[:2] == (0, 0)
    with Library.open(tmp_path / "home.db") as home:
        made(home, str(log), refs=[inbox]).run(lambda _: None)
        here, there = all_rows(home), all_rows(shared)
        assert here == there
        assert len(there) == 60
        for key in here:
            assert home.extraction(key) == shared.extraction(key)
        assert home.totals() == shared.totals()


def test_what_is_queued_twice_is_read_once(shared: Library, tasks: Tasks, tmp_path: Path) -> None:
    inbox = files(tmp_path / "in", "one", "two", "one")
    assert tasks.put(wanted((inbox,), send=False), READER) == (2, 1)
    assert tasks.put(wanted((inbox,), send=False), READER) == (0, 3)
    done = run(shared, str(tmp_path / "log"), 30)
    assert done.added == 2
    assert tasks.put(wanted((inbox,), send=False), READER) == (0, 3)
    shared.remove(*all_rows(shared))
    assert tasks.put(wanted((inbox,), send=False), READER) == (2, 1)  # it was taken out, and is wanted again


def test_files_that_only_the_sender_sees(shared: Library, tasks: Tasks, tmp_path: Path) -> None:
    inbox = files(tmp_path / "in", "one", "two")
    tasks.put(wanted((inbox,), send=True), READER)
    for path in Path(inbox).iterdir():
        path.unlink()
    assert run(shared, str(tmp_path / "log"), 30).added == 2
    assert sorted(row.path for row in all_rows(shared).values()) == [f"{inbox}/00.txt", f"{inbox}/01.txt"]
    with shared.store.read() as db:
        assert db.execute("SELECT count(*) FROM original").fetchone() == (0,)


def test_three_attempts(shared: Library, tasks: Tasks, tmp_path: Path) -> None:
    inbox = files(tmp_path / "in", "good", "this is BAD", "this CRASHES")
    tasks.put(wanted((inbox,), send=False), READER)
    run(shared, str(tmp_path / "log"), 30)
    found = tasks.state()
    assert (found.done, found.failed) == (1, 2)
    assert [(name.rpartition("/")[2], attempts) for name, _, attempts in found.failures] == [
        ("01.txt", 3),
        ("02.txt", 3),
    ]
    assert "is bad" in found.failures[0][1]
    assert "it crashed" in found.failures[1][1]
    assert len(shared.failures()) == 2
    (Path(inbox) / "01.txt").write_text("mended")
    assert tasks.retry() == 2


def test_workers_that_die_of_it(shared: Library, tasks: Tasks, tmp_path: Path) -> None:
    tasks.put(wanted((files(tmp_path / "in", "a killer"),), send=False), READER)
    for _ in range(3):
        assert len(tasks.take(10, READER, lease=0)) == 1
    assert tasks.take(10, READER) == []
    ((name, reason, attempts),) = tasks.state().failures
    assert (name.endswith("00.txt"), reason, attempts) == (True, "3 workers ended while they had it", 3)
    assert [failure.path for failure in shared.failures()] == [name]


def test_nobody_takes_what_another_holds(tasks: Tasks, shared: Library, tmp_path: Path) -> None:
    tasks.put(wanted((files(tmp_path / "in", "a", "b", "c"),), send=False), READER)
    other = queue_of(shared)
    other.worker = "another:1"
    mine = tasks.take(2, READER)
    assert [one.number for one in other.take(5, READER)] == [mine[-1].number + 1]
    tasks.alive([one.number for one in mine])
    assert other.take(5, READER) == []
    assert not other.fail(mine[0].number, "not mine")
    tasks.give_back([one.number for one in mine])
    assert len(other.take(5, READER)) == 2


def test_a_process_has_work_while_what_it_did_waits_to_be_written(tasks: Tasks, tmp_path: Path) -> None:
    """As much as is written at once may be extracted and not yet over, and there is a whole batch beside it."""
    texts = [f"Text {number}" for number in range(200)]
    tasks.put(wanted((files(tmp_path / "in", *texts),), send=False), READER)
    queued = work_module.Queued(tasks, READER, jobs=1, stop=Event(), until_empty=True, lease=60.0)
    try:
        taken = list(takewhile(lambda job: job is not None, queued.jobs()))
        assert len(taken) >= BATCH + MOST_FILES
        assert len(taken) < 200 // 2  # others have something to do as well
        assert tasks.left() == 200
    finally:
        queued.close()
    assert len(tasks.take(500, READER)) == 200  # what was not begun is there for others


def test_other_versions_are_refused(tasks: Tasks, tmp_path: Path) -> None:
    newer = Reader("f2", "2.0", "another_model")
    tasks.put(wanted((files(tmp_path / "in", "a"),), send=False), newer)
    assert tasks.take(5, READER) == []
    with pytest.raises(LibraryError, match=r"1 for briefing 2\.0 with another_model \(f2\); this is briefing 1\.0"):
        require_same(tasks, READER)
    tasks.put(wanted((files(tmp_path / "more", "b"),), send=False), READER)
    assert require_same(tasks, READER).endswith("those are left to others.")
    assert require_same(tasks, newer).startswith("The queue holds 1 for briefing 1.0")


def test_a_file_has_no_queue(tmp_path: Path) -> None:
    with Library.open(tmp_path / "l.db") as library, pytest.raises(LibraryError, match="on a server has a queue"):
        queue_of(library)


def test_a_server_that_is_gone_is_waited_for(
    shared: Library, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_module, "AGAIN", 0.0)
    tasks.put(wanted((files(tmp_path / "in", "a", "b"),), send=False), READER)
    told: list[str] = []
    gone = [LibraryUnreachable("The library cannot be reached.")]

    def heard(event: IngestEvent) -> None:
        if isinstance(event, Added) and gone:
            raise gone.pop()

    done = work_module.work(
        shared, partial(made, shared, str(tmp_path / "log")), jobs=1, reader=READER, stop=Event(), until_empty=True,
        lease=30, on_event=heard, tell=told.append,
    )  # fmt: skip
    assert done.added >= 1
    assert len(all_rows(shared)) == 2
    assert told == [
        "The library cannot be reached. It is looked for again every 0 seconds.",
        "The library is there again.",
    ]


def test_an_error_ends_the_work_while_the_queue_is_waited_for(shared: Library, tasks: Tasks, tmp_path: Path) -> None:
    tasks.put(wanted((files(tmp_path / "in", "a"),), send=False), READER)

    def heard(event: IngestEvent) -> None:
        if isinstance(event, Added):
            raise LibraryError("No more.")

    with pytest.raises(LibraryError, match="No more"):
        work_module.work(
            shared, partial(made, shared, str(tmp_path / "log")), jobs=1, reader=READER, stop=Event(),
            until_empty=False, lease=30, on_event=heard,
        )  # fmt: skip
