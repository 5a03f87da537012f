"""What is not read of a folder, an archive and a mail is counted and said, and is no failure."""

import sys
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest

import briefing.ingest
from briefing.extract.nlp.fingerprint import fingerprint
from briefing.ingest.engine import Ingest
from briefing.library import Library

PLAIN = Path(__file__).parents[1] / "library" / "plain_worker.py"


@pytest.fixture(autouse=True)
def _real_ingest(monkeypatch: pytest.MonkeyPatch, _patterns: None) -> None:
    """The engine itself, with workers that read files but do not load the language model."""
    command = (sys.executable, str(PLAIN), fingerprint())
    monkeypatch.setattr(briefing.ingest, "Ingest", partial(Ingest, command=command))


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


def test_all_that_is_not_read_is_named(call, mixed: Path, library: Path) -> None:
    done = call("add", mixed)
    assert done.code == 0
    assert done.out == "3 sources added\n"
    assert sorted(done.err.splitlines()) == [
        f"briefing: {mixed / 'box.zip'} » plan.dwg: is of a kind that is not read (.dwg)",
        f"briefing: {mixed / 'mail.eml'} » 2 files: are of kinds that are not read: 2 .dwg",
        f"briefing: {mixed}: holds 4 files of kinds that are not read: 2 .psd, 1 .mov, 1 without a suffix",
    ]
    listed = call("list", "--failed").out
    assert "2 .psd, 1 .mov" in listed
    assert "mail.eml » 2 files" in listed


def test_it_is_not_tried_again_and_forgotten_when_it_is_gone(call, mixed: Path, library: Path) -> None:
    call("add", mixed)
    assert call("add", "--retry").out == "nothing is set aside\n"
    for name in ("a.psd", "b.psd", "sub/c.mov", "sub/README"):
        (mixed / name).unlink()
    assert "holds" not in call("add", mixed).err
    with Library.open(library) as opened:
        assert str(mixed) not in {str(failure.path) for failure in opened.failures()}


def test_what_is_named_itself_fails(call, mixed: Path, library: Path) -> None:
    (mixed / "a.psd").write_bytes(b"8BPS\0\1")
    done = call("add", mixed / "a.psd")
    assert done.code == 1
    assert "a.psd" in done.err


def test_the_other_commands_say_it_too(call, mixed: Path) -> None:
    done = call("facts", mixed)
    assert done.code == 0
    assert "holds 4 files of kinds that are not read" in done.err
