"""What is not read of a folder, an archive and a mail is counted and said, and is no failure."""

import sys
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZipFile

import pytest

from briefing.ingest import Ingest
from briefing.library import Library
from briefing.model.progress import Finished, IngestEvent, Skipped

PLAIN = Path(__file__).with_name("plain_worker.py")


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with a note, an archive, a mail, and drawings and films among them."""
    folder = tmp_path / "mixed"
    (folder / "sub").mkdir(parents=True)
    (folder / "note.txt").write_text("Eight tugs left the port.", "utf-8")
    for name in ("a.psd", "b.psd", "sub/c.mov", "sub/README", ".hidden.psd", "Thumbs.db"):
        (folder / name).write_bytes(b"x")
    with ZipFile(folder / "box.zip", "w") as box:
        box.writestr("note.txt", "Three trawlers came in.")
        box.writestr("plan.dwg", "x")
    message = EmailMessage()
    message["From"], message["Subject"] = "Lena Brandt <lena@harbour.test>", "Letter"
    message.set_content("Five tugs stayed.")
    for name in ("a.dwg", "b.dwg"):
        message.add_attachment(b"x", "application", "octet-stream", filename=name)
    (folder / "mail.eml").write_bytes(bytes(message))
    return folder


def add(library: Library, *refs: Path, changed_only: bool = False) -> tuple[Finished, list[IngestEvent]]:
    events: list[IngestEvent] = []
    ingest = Ingest(library, [str(ref) for ref in refs], jobs=1, changed_only=changed_only)
    ingest.command = (sys.executable, str(PLAIN), ingest.fingerprint)
    return ingest.run(events.append), events


def test_all_that_is_not_read_is_named(mixed: Path, tmp_path: Path) -> None:
    expected = {
        f"{mixed / 'box.zip'} » plan.dwg": "is of a kind that is not read (.dwg)",
        f"{mixed / 'mail.eml'} » 2 files": "are of kinds that are not read: 2 .dwg",
        str(mixed): "holds 4 files of kinds that are not read: 2 .psd, 1 .mov, 1 without a suffix",
    }
    with Library.open(tmp_path / "library.db") as library:
        done, events = add(library, mixed)
        assert (done.added, done.failures) == (3, ())
        assert {str(one.path): str(one.reason) for one in done.passed_over} == expected
        assert sum(isinstance(event, Skipped) for event in events) == 3
        assert {str(one.path): str(one.reason) for one in library.failures()} == expected
        assert library.set_aside.refs() == []
        again, _ = add(library, mixed, changed_only=True)
        assert str(mixed) not in {str(one.path) for one in again.passed_over}


def test_it_is_forgotten_when_it_is_gone(mixed: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        add(library, mixed)
        for name in ("a.psd", "b.psd", "sub/c.mov", "sub/README"):
            (mixed / name).unlink()
        done, _ = add(library, mixed)
        assert str(mixed) not in {str(one.path) for one in (*done.passed_over, *library.failures())}


def test_what_is_named_itself_is_a_failure(mixed: Path, tmp_path: Path) -> None:
    (mixed / "a.psd").write_bytes(b"8BPS\0\1")
    with Library.open(tmp_path / "library.db") as library:
        done, _ = add(library, mixed / "a.psd")
        assert [Path(one.path).name for one in done.failures] == ["a.psd"]
