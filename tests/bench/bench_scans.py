"""Ten made scans: `python tests/bench/bench_scans.py` (needs the extra `ocr`).

A page is set, drawn at 150 and 300 dots an inch, and made worse: turned, blurred, noisy, pale, all of it. For each: the
share of characters that are recognised right, the counts that are as those of the text, and the seconds that it took.
"""

import io
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from rapidfuzz.distance import Indel

from briefing.extract.pipeline import extract, load
from briefing.model.source import Source
from briefing.sources import read_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))
from made_pdf import pdf, set_in_lines

LINES = [
    "The harbour office said on Friday that fourteen tugs and 38 barges had been counted in the northern",
    "basin, among them two tankers of the Norwegian Navy and at least six corvettes. Nobody was hurt when a",
    "crane fell, but three helicopters and 1,200 soldiers were kept ready until the evening. The commander",
    "of the port, Captain Anna Lind, said: “We had not expected so many ships at this time of the year.” Four",
    "F-16 fighters flew over the strait at noon, escorted by a KC-135 tanker that had come from the south.",
]
KINDS = {
    "as printed": (0.0, 0.0, 0.0, 1.0),
    "turned by one degree": (1.0, 0.0, 0.0, 1.0),
    "blurred": (0.0, 1.2, 0.0, 1.0),
    "noisy": (0.0, 0.0, 30.0, 1.0),
    "turned, blurred, noisy, pale": (0.7, 0.7, 18.0, 0.6),
}
"""Degrees, radius of the blur in pixels at 150 dots an inch, strength of the noise, contrast."""


def scan(page: bytes, dots: int, degrees: float, blur: float, noise: float, contrast: float) -> bytes:
    """A page as a scanner would give it, in a PDF without text."""
    drawn = pypdfium2.PdfDocument(page)[0].render(scale=dots / 72).to_pil().convert("L")
    drawn = drawn.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    drawn = drawn.filter(ImageFilter.GaussianBlur(blur * dots / 150)) if blur else drawn
    pixels = np.asarray(drawn, dtype=np.float32)
    pixels = 255 - (255 - pixels) * contrast + np.random.default_rng(7).normal(0, noise or 0.01, pixels.shape)
    out = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(out, "PDF", resolution=dots)
    return out.getvalue()


def main() -> int:
    page = pdf([set_in_lines(LINES, size=11, step=16)])
    text = read_bytes(page, "a.pdf")
    nlp = load()

    def counted(source: Source) -> Counter[tuple[int | None, int | None, str]]:
        return Counter((c.low, c.high, str(c.item)) for c in next(iter(extract(nlp, [source], "x"))).counts)

    wanted = counted(text)
    shares = []
    for kind, (degrees, blur, noise, contrast) in KINDS.items():
        for dots in (150, 300):
            data = scan(page, dots, degrees, blur, noise, contrast)
            started = time.perf_counter()
            source = read_bytes(data, "a.pdf")
            seconds = time.perf_counter() - started
            shares.append(Indel.normalized_similarity(str(text.text), str(source.text)))
            same = sum((wanted & counted(source)).values())
            of_all = f"{same} of {wanted.total()} counts"
            print(
                f"{kind:30} {dots} dpi  {100 * shares[-1]:5.1f} % of characters  {of_all}  {seconds:5.1f} s", flush=True
            )
    print(f"{100 * sum(shares) / len(shares):.1f} % of characters in the mean")
    return 0


if __name__ == "__main__":
    sys.exit(main())
