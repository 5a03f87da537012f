"""Keys at random for long: ``python -m tests.bench.bench_keys [--runs 2000] [--state FILE] [--until 18:30]``.

Each run presses so many keys, in bursts, over a small library of its own, at one of three sizes of the terminal. See
``tests/tui/keys_at_random.py`` for what is checked between them. With a state file, a run that was cut off goes on
where it was, and several may share the work, each with a ``--share`` of its own; what broke something is kept there
too, and ``--again`` presses that anew, leaving out what it breaks without. Exit code 1 where anything broke.
"""

import argparse
import json
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.tui.keys_at_random import bursts, make_library, run

SIZES: Final = ((140, 40), (120, 40), (90, 30), (80, 24))
BATCH: Final = 20
"""Runs that one seed gives: its first is hypothesis's simplest."""

Bursts = Sequence[Sequence[str]]


def up_to(keys: int, pressed: Bursts) -> Bursts:
    """The bursts that come to so many keys."""
    return [burst for burst, before in zip(pressed, accumulate(map(len, pressed), initial=0), strict=False)
            if before < keys]  # fmt: skip


def fault(template: Path, pressed: Bursts, size: tuple[int, int]) -> str:
    """What the keys break, as a traceback; empty where they break nothing."""
    try:
        run(template, pressed, size)
    except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
        return traceback.format_exc()
    return ""


def batch(number: int, keys: int, press: Callable[[Bursts, tuple[int, int]], None]) -> None:
    """The runs of one seed."""

    @seed(number)
    @settings(
        max_examples=BATCH, deadline=None, database=None, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(pressed=st.lists(bursts, min_size=keys // 2, max_size=keys), size=st.sampled_from(SIZES))
    def pressing(pressed: list[tuple[str, ...]], size: tuple[int, int]) -> None:
        press(up_to(keys, pressed), size)

    pressing()


def smallest(template: Path, pressed: Bursts, size: tuple[int, int]) -> Bursts:
    """The bursts without those that it breaks without, by halves, quarters and so on."""
    part = len(pressed) // 2
    while part:
        at = 0
        while at < len(pressed):
            fewer = [*pressed[:at], *pressed[at + part :]]
            if fault(template, fewer, size):
                pressed = fewer
            else:
                at += part
        part //= 2
    return pressed


def main() -> int:
    """Run until all is done or the time is over."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=2000)
    options.add_argument("--keys", type=int, default=200)
    options.add_argument("--state", type=Path, help="a file in which the figures are kept while it runs")
    options.add_argument("--share", default="1/1", help="which of how many processes this is: seeds are parted so")
    options.add_argument("--until", help="the time of day at which to stop, as 18:30")
    options.add_argument("--again", action="store_true", help="press anew what broke something")
    chosen = options.parse_args()
    kept: dict[str, Any] = {"runs": 0, "keys": 0, "batches": 0, "broken": []}
    if chosen.state and chosen.state.exists():
        kept |= json.loads(chosen.state.read_text("utf-8"))
    with TemporaryDirectory() as folder:
        template = Path(folder) / "library.db"
        make_library(template)
        if chosen.again:
            return again(template, kept["broken"])
        press_on(template, chosen, kept)
    print(f"{kept['runs']} runs, {kept['keys']} keys, {len(kept['broken'])} of them broke something")
    return 1 if kept["broken"] else 0


def again(template: Path, broken: Sequence[dict[str, Any]]) -> int:
    """Press what broke something; print the least that still does."""
    still = 0
    for one in broken:
        size = tuple(one["size"])
        if fault(template, one["pressed"], size):
            still += 1
            least = smallest(template, one["pressed"], size)
            print(f"{size} {least}\n{fault(template, least, size) or one['error']}", flush=True)
    print(f"{still} of {len(broken)} break something still")
    return 1 if still else 0


def press_on(template: Path, chosen: argparse.Namespace, kept: dict[str, Any]) -> None:
    """Run batch after batch, and take down what came of each run."""
    share, shares = map(int, chosen.share.split("/"))
    end = datetime.combine(datetime.now(), datetime.strptime(chosen.until, "%H:%M").time()) if chosen.until else None
    over = False

    def press(pressed: Bursts, size: tuple[int, int]) -> None:
        nonlocal over
        over = over or kept["runs"] >= chosen.runs or bool(end and datetime.now() >= end)
        if over:
            return
        began = time.process_time()
        if error := fault(template, pressed, size):
            kept["broken"].append({"size": size, "pressed": pressed, "error": error})
            print(f"{size} {pressed}\n{error}", flush=True)
        kept["runs"] += 1
        kept["keys"] += sum(map(len, pressed))
        kept["seconds"] = kept.get("seconds", 0.0) + time.process_time() - began
        if chosen.state:
            chosen.state.write_text(json.dumps(kept), "utf-8")

    while not over:
        batch(kept["batches"] * shares + share, chosen.keys, press)
        if not over:
            kept["batches"] += 1


if __name__ == "__main__":
    raise SystemExit(main())
