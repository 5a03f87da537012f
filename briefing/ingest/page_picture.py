"""Pictures of the pages that sources were read from, drawn in a process of their own, under the limits of a worker.

``python -m briefing.ingest.page_picture`` reads a line of JSON, which page and words, from its input (a command line is
read by others of the machine, and holds few words), and writes a line of JSON and the pixels to its output.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

from briefing.ingest import limits
from briefing.ingest.processes import environment, module_command
from briefing.model.source import INSIDE

Part = tuple[float, float, float, float]
"""Left, top, right and bottom, from 0 to 1."""

_PATIENCE: Final = 40.0
"""Seconds that one page may take."""
_SECONDS: Final = 30
"""The same of a processor."""
_REFUSED: Final = 3
"""Exit code where the reason stands on standard error."""


class NoPicture(Exception):
    """There is no picture of the page; the message is a sentence for the user."""


class Picture(NamedTuple):
    """A page as rows of pixels, three bytes of colour each, and where the words on it stand that were asked for."""

    width: int
    height: int
    pixels: bytes
    parts: tuple[Part, ...]


def draw_page(path: str, source_id: str, number: int, *, side: int = 1700, words: str = "") -> Picture:
    """Draw a page of a PDF or of a picture. Takes a moment.

    Args:
        path: Path of the file, as the source has it.
        source_id: SHA-256 of its bytes, hex; another file is not drawn.
        number: Number of the page, from zero.
        side: Pixels of its longer side.
        words: Words to be found on a printed page.

    Raises:
        NoPicture: Where it cannot be drawn.
    """
    if INSIDE in path:
        outer = path.partition(INSIDE)[0]
        raise NoPicture(f"The page is within {outer}: unpack that file and add what is in it to see its pages.")
    if path == "-" or "://" in path or not Path(path).is_file():
        raise NoPicture(f"The file is not there any more: {path}.")
    asked = json.dumps([path, source_id, number, side, words]).encode()
    try:
        run = subprocess.run(  # noqa: S603 - our own module
            module_command("briefing.ingest.page_picture"), input=asked, capture_output=True, timeout=_PATIENCE,
            check=False, env=environment(),
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NoPicture(f"Drawing the page took longer than {_PATIENCE:.0f} seconds.") from error
    if run.returncode:
        said = run.stderr.decode("utf-8", "replace").strip().splitlines()
        known = run.returncode == _REFUSED and said
        raise NoPicture(said[-1] if known else "The page could not be drawn: the file is damaged, or too large.")
    head, _, pixels = run.stdout.partition(b"\n")
    told = json.loads(head)
    return Picture(told["width"], told["height"], pixels, tuple((a, b, c, d) for a, b, c, d in told["parts"]))


def _drawn(path: str, source_id: str, number: int, side: int, words: str) -> tuple[Any, list[Part]]:
    """The pixels of a page as an array, and where the words stand. Raises :class:`NoPicture`."""
    from briefing.model.regular_files import read_regular
    from briefing.sources import pdf_page, picture_page
    from briefing.sources.document import Refused

    data = read_regular(Path(path), 1 << 30)
    if hashlib.sha256(data).hexdigest() != source_id:
        raise NoPicture("The file has changed since it was read; add it again to see its pages.")
    try:
        if data[:1024].find(b"%PDF-") >= 0:
            return pdf_page(data, number, side, words)
        return picture_page(data, number, side), []
    except Refused as error:
        raise NoPicture(f"The file {error}.") from error


def main() -> int:
    """Draw one page, see :func:`draw_page`."""
    path, source_id, number, side, words = json.loads(sys.stdin.buffer.read())
    limits.begin()
    limits.allow_seconds(_SECONDS)
    try:
        pixels, parts = _drawn(path, source_id, number, side, words)
    except (NoPicture, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - to whoever started this process
        return _REFUSED
    height, width = pixels.shape[:2]
    head = {"width": width, "height": height, "parts": parts}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + pixels.tobytes())
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
