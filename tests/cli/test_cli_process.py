"""The program as a process: the real model, real pipes, real signals."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.model.facts import Extraction
from briefing.model.safetext import SafeText
from briefing.model.source import Source

BRIEFING = [sys.executable, "-m", "briefing"]
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX signals and pipes")

RELEASE = """Bombers visit the strait

Two U.S. B-52H bombers flew with four F-15K fighters on Friday, the Defense Ministry said.

“We fly where we want,” Gen. Laura Stone told reporters.
"""


def test_facts_and_brief_of_real_text(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "release.txt").write_text(RELEASE, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    done = subprocess.run(
        [*BRIEFING, "facts", folder, tmp_path / "absent.txt", "--format", "json", "--text"],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "absent.txt: " in done.stderr
    made = {document["id"]: document for document in json.loads(done.stdout)["documents"]}
    assert "release" in made, done.stderr
    one = made["release"]
    assert one["text"] == RELEASE
    for kind in ("entities", "counts"):
        for fact in one[kind]:
            assert RELEASE[fact["start"] : fact["end"]] == fact.get("evidence", fact.get("text"))
    assert {2, 4} <= {count["low"] for count in one["counts"]}
    again = subprocess.run(
        [*BRIEFING, "export", folder / "release.txt", "--date", "2025-01-01"],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "[^1]: S1 ¶2.1 " in again.stdout


@posix
def test_a_reader_that_leaves_early(tmp_path: Path) -> None:
    source = Source(id="a" * 64, path=SafeText("x"), title=SafeText("x"), text=SafeText("word " * 200_000))
    with Library.open(tmp_path / "library.db") as library:
        library.add(source, Extraction(source_id=source.id, extractor="test"))
    command = [*BRIEFING, "show", "aaaa", "--text", "--library", tmp_path / "library.db"]
    # Unbuffered, Python itself drops the rest of a write that was cut short, and nobody learns of it.
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=buffered) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(100)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@posix
@pytest.mark.parametrize(
    ("number", "code", "said"), [(signal.SIGINT, 130, b"briefing: stopped\n"), (signal.SIGTERM, 143, b"")]
)
def test_signals_end_it_in_good_order(number: signal.Signals, code: int, said: bytes) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*BRIEFING, "facts", "-"], stdin=pipe, stdout=pipe, stderr=pipe,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # a shell has what runs beside it ignore Ctrl+C
    ) as process:  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(b"x" * 1_000_000)  # more than a pipe holds: once it is through, the process reads
        process.send_signal(number)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (code, b"", said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize("words", [["themes"], ["themes", "--no-such"], ["show", "aaaa", "--text"]])
def test_output_to_a_full_disk_is_a_message(tmp_path: Path, words: list[str]) -> None:
    source = Source(id="a" * 64, path=SafeText("x"), title=SafeText("x"), text=SafeText("word " * 20_000))
    with Library.open(tmp_path / "library.db") as library:
        library.add(source, Extraction(source_id=source.id, extractor="test"))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*BRIEFING, *words, "--library", tmp_path / "library.db"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(("briefing: ", "Usage: "))
    assert "Traceback" not in done.stderr
    assert "ignored" not in done.stderr
    assert ("No space left on device" in done.stderr) == ("--no-such" not in words)


@posix
def test_closed_streams(tmp_path: Path) -> None:
    """A shell can close them; the library must not become standard output."""
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" -m briefing list --library "$1" <&- >&-', sys.executable, tmp_path / "none.db"],
        stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr.startswith("briefing: there is no library yet")
    assert "Traceback" not in done.stderr


NEVER_ENDS = """
import signal
from briefing.cli import start

def busy(_):
    print("busy", flush=True)
    while True:
        try:
            signal.pause()
        except SystemExit:
            pass

start.run, start._ENDING = busy, 0.1
start.main()
"""


@posix
def test_what_is_told_to_end_ends_even_when_it_is_too_busy_for_that() -> None:
    with subprocess.Popen([sys.executable, "-c", NEVER_ENDS], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        program.stdout.readline()
        program.terminate()
        assert program.wait(timeout=60) == 128 + signal.SIGTERM
