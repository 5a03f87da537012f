"""Text recognition: through rapidocr where it is installed (its weights come with it), else through tesseract."""

import importlib.util
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from briefing.sources.document import Refused

HOW_TO: Final = 'to read the words in it, run: pip install "briefing[ocr]"'
_PATIENCE: Final = 60.0
"""Seconds that tesseract may take for one page."""
_SURE: Final = 0.5
"""Below this what was recognised is noise."""
_LOCK: Final = threading.Lock()

page_begins: Callable[[int, int], None] | None = None
"""Called before each page with its number, from one, and how many there are: whoever limits the seconds of this process
gives it some for one more, and says how far it is."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words on one line of a picture: places in pixels from the left and from the top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@cache
def available() -> bool:
    """Whether anything is there that recognises text. Nothing is loaded."""
    found = importlib.util.find_spec("rapidocr") is not None and importlib.util.find_spec("onnxruntime") is not None
    return found or shutil.which("tesseract") is not None


def recognise(picture: Any, number: int = 1, pages: int = 1) -> list[Words]:
    """Recognise the lines of a picture.

    Args:
        picture: Rows of pixels of three colours, as an array.
        number: The page's number among those that are recognised, from one.
        pages: How many these are.

    Raises:
        Refused: Where it fails.
    """
    if page_begins is not None:
        page_begins(number, pages)
    with _LOCK:
        try:
            found = list(_rapid(picture) if importlib.util.find_spec("rapidocr") else _tesseract(picture))
        except (RuntimeError, ValueError, OSError, subprocess.SubprocessError) as error:
            raise Refused(f"cannot be recognised: {type(error).__name__}") from error
    return [words for words in found if words.text.strip()]


@cache
def _engine() -> Any:
    """The recogniser, loaded once; one thread, as other processes read beside this one."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _rapid(picture: Any) -> Iterator[Words]:
    found = _engine()(picture, use_cls=False)
    if found.boxes is None:
        return
    for box, text, sure in zip(found.boxes, found.txts, found.scores, strict=True):
        if sure >= _SURE:
            across, down = [float(point[0]) for point in box], [float(point[1]) for point in box]
            yield Words(text, min(across), max(across), min(down), max(down))


def _tesseract(picture: Any) -> Iterator[Words]:
    """The lines that tesseract finds; it is given the picture and gives a table, and writes no files."""
    program = shutil.which("tesseract")
    if program is None:
        raise Refused("cannot be recognised: nothing is installed that does so")
    height, width = picture.shape[:2]
    data = f"P6\n{width} {height}\n255\n".encode() + picture.tobytes()
    run = subprocess.run(  # noqa: S603 - the program that the user installed, with fixed words
        [program, "stdin", "stdout", "--psm", "3", "tsv"],
        input=data,
        capture_output=True,
        timeout=_PATIENCE,
        check=True,
    )
    lines: dict[tuple[str, ...], list[list[str]]] = {}
    for row in run.stdout.decode("utf-8", "replace").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip() and float(cells[10]) >= 100 * _SURE:
            lines.setdefault(tuple(cells[1:5]), []).append(cells)
    for words in lines.values():
        places = [(float(w[6]), float(w[6]) + float(w[8]), float(w[7]), float(w[7]) + float(w[9])) for w in words]
        left, right, top, bottom = zip(*places, strict=True)
        yield Words(" ".join(w[11] for w in words), min(left), max(right), min(top), max(bottom))
