"""The brief as a Word document, made by pandoc from the Markdown."""

import shutil
import subprocess
import tempfile

from briefing.export.selection import ExportError

_SECONDS = 120
_ARGUMENTS = ("--from", "gfm+footnotes-raw_html", "--to", "docx", "--output", "-")
_NO_DATA = b"Could not find data file"


def docx(markdown: str) -> bytes:
    """The bytes of the document. Raises :class:`ExportError` with what to do where pandoc is not installed."""
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        raise ExportError(
            "a Word document needs pandoc, which is not installed (pandoc.org); "
            "--format html opens in a word processor too"
        )
    done = _run([pandoc, "--sandbox", *_ARGUMENTS], markdown)
    if done.returncode and _NO_DATA in done.stderr:
        # Distributions keep pandoc's own files outside of it, where its sandbox does not let it look.
        # What it reads is ours: whatever a source says is escaped, so that it names no picture and no file.
        done = _run([pandoc, *_ARGUMENTS], markdown)
    if done.returncode or not done.stdout:
        raise ExportError(f"pandoc: {done.stderr.decode('utf-8', 'replace').strip() or 'no document'}")
    return done.stdout


def _run(command: "list[str]", markdown: str) -> "subprocess.CompletedProcess[bytes]":
    try:
        with tempfile.TemporaryDirectory() as empty:
            return subprocess.run(  # noqa: S603 - fixed arguments
                command, input=markdown.encode(), capture_output=True, timeout=_SECONDS, check=False, cwd=empty
            )
    except subprocess.TimeoutExpired as error:
        raise ExportError(f"pandoc took more than {_SECONDS} seconds") from error
