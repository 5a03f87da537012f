"""Keys at random for long: ``python -m tests.bench.bench_keys [RUNS [KEYS [MINUTES]]]``.

What breaks something is shown, shrunk.

Each run presses so many keys, in bursts, over a small library of its own, at one of three sizes of the terminal. See
``tests/tui/keys_at_random.py`` for what is checked between them.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.tui.keys_at_random import bursts, make_library, run

SIZES = ((140, 40), (90, 30), (80, 24))


def main() -> None:
    """Run until all is done or something breaks."""
    given_numbers = [int(value) for value in sys.argv[1:4]]
    runs, keys, minutes = (*given_numbers, *(2000, 200, 0)[len(given_numbers) :])
    began, done, ran = time.monotonic(), 0, 0
    with TemporaryDirectory() as folder:
        template = Path(folder) / "library.db"
        make_library(template)

        @settings(
            max_examples=runs, deadline=None, database=None, phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(pressed=st.lists(bursts, min_size=keys // 3, max_size=keys // 2), size=st.sampled_from(SIZES))
        def pressing(pressed: list[tuple[str, ...]], size: tuple[int, int]) -> None:
            nonlocal done, ran
            if minutes and time.monotonic() - began > 60 * minutes:
                return  # as many as fit
            run(template, pressed, size)
            done, ran = done + sum(map(len, pressed)), ran + 1

        pressing()
    print(f"{ran} runs, {done} keys, {time.monotonic() - began:.0f} s: nothing broke")


if __name__ == "__main__":
    main()
