"""The brief as a Word document, made by pandoc from the Markdown."""

import shutil
import subprocess

from briefing.export.selection import ExportError

_SECONDS = 120


def docx(markdown: str) -> bytes:
    """The bytes of the document. Raises :class:`ExportError` with what to do where pandoc is not installed."""
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        raise ExportError(
            "a Word document needs pandoc, which is not installed (pandoc.org); "
            "--format html opens in a word processor too"
        )
    command = [pandoc, "--sandbox", "--from", "gfm+footnotes", "--to", "docx", "--output", "-"]
    try:
        done = subprocess.run(command, input=markdown.encode(), capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - fixed arguments
    except subprocess.TimeoutExpired as error:
        raise ExportError(f"pandoc took more than {_SECONDS} seconds") from error
    if done.returncode or not done.stdout:
        raise ExportError(f"pandoc: {done.stderr.decode('utf-8', 'replace').strip() or 'no document'}")
    return done.stdout
