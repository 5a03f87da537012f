"""Files that hold several sources, and addresses, through the ingest engine."""

import io
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from briefing.ingest import ExtractionCache, Ingest
from briefing.library import Library
from briefing.model.progress import Discovered, Finished, IngestEvent

PLAIN = Path(__file__).with_name("plain_worker.py")
MAIL = (
    "Message-ID: <{0}@a.example>\nSubject: Mail {0}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    "--b\nContent-Type: text/plain\n\nBody {0}.\n--b\nContent-Type: text/plain; name=a{0}.txt\n\nAttached {0}.\n--b--\n"
)


class Runner:
    def __init__(self, folder: Path) -> None:
        self.inbox = folder / "in"
        self.inbox.mkdir()
        self.library = Library.open(folder / "library.db")
        self.events: list[IngestEvent] = []

    def file(self, name: str, data: str | bytes) -> str:
        path = self.inbox / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return str(path)

    def run(self, *refs: str, **more: Any) -> Finished:
        made = Ingest(self.library, refs or (str(self.inbox),), **{"jobs": 1, **more})
        made.command = (sys.executable, str(PLAIN), made.fingerprint)
        self.events = []
        return made.run(self.events.append)

    def names(self) -> list[str]:
        return [str(row.path).removeprefix(f"{self.inbox}/") for row in self.library.sources("added")]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def _zip(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_what_is_in_a_file_becomes_sources_in_its_place(runner: Runner) -> None:
    runner.file("a.txt", "First")
    runner.file("b.zip", _zip({"x.txt": "In the archive", "y.md": "# Also\n\nin it", "empty.txt": ""}))
    runner.file("c.txt", "Last")
    done = runner.run()
    assert runner.names() == ["a.txt", "b.zip » x.txt", "b.zip » y.md", "c.txt"]
    assert (done.added, done.known, done.stopped) == (4, 0, False)
    assert [(str(one.path).rpartition("/")[2], one.reason) for one in done.failures] == [
        ("b.zip » empty.txt", "is empty")
    ]
    assert [event.total for event in runner.events if isinstance(event, Discovered)][-1] >= 5
    again = runner.run()
    assert (again.added, again.known, len(again.failures)) == (0, 4, 1)


def test_boxes_of_mail_with_attachments(runner: Runner) -> None:
    box = "".join(f"From a@b Sat Jul 12 09:00:00 2025\n{MAIL.format(n)}\n" for n in range(3))
    done = runner.run(runner.file("all.mbox", box))
    assert done.added == 6
    assert runner.names()[:2] == ["all.mbox » message 1", "all.mbox » message 1 » a0.txt"]


def test_a_message_and_what_was_left_of_it(runner: Runner) -> None:
    """A message has the id of its file: that it is known must not hide its attachments."""
    path = runner.file("a.eml", MAIL.format(1))
    assert runner.run(path).added == 2
    runner.library.remove(runner.library.sources("added")[1].id)
    done = runner.run(path)
    assert (done.added, done.known) == (1, 1)


def test_the_same_content_in_several_files_is_one_source(runner: Runner) -> None:
    runner.file("a.zip", _zip({"x.txt": "Same", "y.txt": "Same"}))
    runner.file("b.zip", _zip({"x.txt": "Same"}))
    runner.file("c.txt", "Same")
    done = runner.run()
    assert (done.added, done.known, done.failures) == (1, 3, ())


def test_the_cache_knows_what_was_in_a_file(runner: Runner, tmp_path: Path) -> None:
    path = runner.file("a.zip", _zip({"x.txt": "In the archive"}))
    cache = ExtractionCache(tmp_path / "cache.db")
    runner.run(path, cache=cache)
    (row,) = runner.library.sources()
    runner.library.remove(row.id)
    assert runner.run(path, cache=cache).added == 1
    assert runner.library.source(row.id).path == f"{path} » x.txt"


def test_files_that_cannot_be_taken_apart(runner: Runner) -> None:
    runner.file("a.zip", _zip({"x.txt": "words"})[:40])
    runner.file("b.zip", _zip({"x.bin": "\0"}))
    runner.file("c.eml", "no mail at all")
    done = runner.run()
    assert done.added == 0
    assert ["damaged" in done.failures[0].reason, "nothing of a kind" in done.failures[1].reason] == [True, True]
    assert "no headers" in done.failures[2].reason


def test_standard_input_may_hold_several(runner: Runner) -> None:
    done = runner.run("-", stdin=_zip({"x.txt": "One", "y.txt": "Two"}))
    assert done.added == 2
    assert runner.names() == ["- » x.txt", "- » y.txt"]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<html><head><title>A page</title></head><body><p>Words of the page.</p></body></html>"
        self.send_response(200 if self.path == "/page" else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as serving:
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{serving.server_address[1]}"
        serving.shutdown()
        thread.join()


def test_addresses(runner: Runner, server: str) -> None:
    path = runner.file("a.txt", "A file")
    done = runner.run(f"{server}/page", path, f"{server}/gone", allow_private=True)
    assert runner.names() == [f"{server}/page", "a.txt"]
    assert [(str(one.path), "404" in one.reason) for one in done.failures] == [(f"{server}/gone", True)]


def test_addresses_of_this_machine_are_refused(runner: Runner, server: str) -> None:
    done = runner.run(f"{server}/page")
    assert done.added == 0
    assert "--allow-private" in done.failures[0].reason
