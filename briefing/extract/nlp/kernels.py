"""Choose the base model's matrix kernels: NumPy's, or those of the blis package that spaCy brings.

blis takes its generic kernels on many processors and is then two to four times slower; on others it is as fast or
faster. So both are timed on products of the model's sizes, once on each machine, and the answer is kept in a file.
Importing this module loads neither.
"""

import json
import os
import platform
import tempfile
import time
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Final, Literal

from briefing.model.data_files import parse_json

Kernels = Literal["numpy", "blis"]

_SHAPES: Final = ((2_000, 288, 288), (2_000, 96, 512), (32, 64, 106))
"""Rows, inner and columns: of the windows over a batch's words, of the parser's features, of one of its steps."""
_TIMES: Final = (5, 5, 200)
"""How often each product is timed; the quickest counts."""


def choose(setting: str, known: Path | None = None) -> Kernels:
    """The kernels to use. Never raises because of the file.

    Args:
        setting: Name of the kernels, or ``auto`` for the faster ones.
        known: File of measured timings; without one (None) both are timed again.
    """
    if setting != "auto":
        return "blis" if setting == "blis" else "numpy"
    if known is not None and (found := remembered(known)):
        return found
    fastest = measure()
    if known is not None:
        _remember(known, fastest)
    return fastest


def remembered(known: Path) -> Kernels | None:
    """The kernels measured on this machine with these versions, if any."""
    found = _read(known).get(_machine())
    return "numpy" if found == "numpy" else "blis" if found == "blis" else None


def measure() -> Kernels:
    """Time both, taking turns; a fraction of a second."""
    import numpy
    from thinc.api import NumpyOps

    random = numpy.random.default_rng(0)
    both = {"numpy": NumpyOps(use_blis=False), "blis": NumpyOps(use_blis=True)}
    spent = dict.fromkeys(both, 0.0)
    for (rows, inner, columns), times in zip(_SHAPES, _TIMES, strict=True):
        a = random.random((rows, inner), dtype="float32")
        b = random.random((columns, inner), dtype="float32")
        best = dict.fromkeys(both, float("inf"))
        for _ in range(times):
            for name, ops in both.items():
                begun = time.perf_counter()
                ops.gemm(a, b, trans2=True)
                best[name] = min(best[name], time.perf_counter() - begun)
        for name in both:
            spent[name] += best[name] * (1 if rows > 1_000 else 1_000)
    return "numpy" if spent["numpy"] <= spent["blis"] else "blis"


def _machine() -> str:
    """This processor and the versions of what is timed."""
    versions = []
    for package in ("numpy", "blis", "thinc"):
        with suppress(metadata.PackageNotFoundError):
            versions.append(f"{package} {metadata.version(package)}")
    return ", ".join([_processor(), *versions])


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()


def _read(known: Path) -> dict[str, object]:
    try:
        found = parse_json(known.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(known: Path, fastest: Kernels) -> None:
    """Write it beside what is known of other versions; two processes may do so at once."""
    text = json.dumps({**_read(known), _machine(): fastest}, indent=1, ensure_ascii=False)
    with suppress(OSError):  # it is measured again next time
        known.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=known.parent, prefix=known.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
        Path(name).replace(known)
