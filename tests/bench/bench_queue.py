"""Workers that are killed, cut off, and left by their server: ``python tests/bench/bench_queue.py [-n 5000]``.

The same texts are read by ``briefing add`` into a file, and through the queue of a library on a server by four
``briefing work`` with one process each. One of these is killed without warning when a fifth is done, one is stopped for
longer than its lease and then goes on, and the server is stopped and started when half is done. In the end everything
must be there once, with the facts of the local run. With ``--quiet`` nobody is disturbed, and the processor time that
both ways take, the server's included, is compared: starts included, of which four workers have more than a local run
that finds two processes enough; ``--workers 1`` compares one with one. Needs Linux (``/proc``).
"""

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from prose import Prose

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefing.library import Library
from briefing.library.checking import problems
from briefing.library.opening import open_library, queue_of
from tests.library.server import Cluster, cluster

_BRIEFING: Final = Path(sys.executable).with_name("briefing")
_LEASE: Final = 8


def make_files(folder: Path, n: int, words: int) -> int:
    """So many different texts; the number of their words."""
    prose = Prose(5)
    total = 0
    for number in range(n):
        text = f"Report {number}. {prose.text(words)}"
        total += len(text.split())
        file = folder / f"{number // 500:03}" / f"{number:05}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return total


def run(library: str, *arguments: str, folder: Path) -> "subprocess.Popen[bytes]":
    """Start the program, with a cache and settings of its own."""
    home = {name: str(folder) for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    command = [str(_BRIEFING), "--library", library, *arguments]
    return subprocess.Popen(
        command, env={**os.environ, **home}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )


def finished(program: "subprocess.Popen[bytes]") -> None:
    """Wait for it; it must have gone well."""
    _, said = program.communicate()
    if program.returncode:
        raise SystemExit(f"it ended with {program.returncode}: {said.decode(errors='replace')[-2000:]}")


def processor_time(server: Cluster | None) -> float:
    """Seconds of all programs that have ended, and of the server's that live."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = used.ru_utime + used.ru_stime
    if server is not None:
        first = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(stat.parent.name) == first or int(fields[1]) == first:  # with the time of those that have ended
                spent += sum(map(int, fields[11:15] if int(stat.parent.name) == first else fields[11:13])) / 100
    return spent


def disturbed(server: Cluster, workers: "list[subprocess.Popen[bytes]]", address: str, n: int) -> None:
    """Kill one, stop one for a while, stop the server for a while."""

    def until(done: int) -> None:
        with open_library(address) as library:
            tasks = queue_of(library)
            while tasks.state().done < done:
                time.sleep(0.2)

    until(n // 5)
    os.killpg(workers[0].pid, signal.SIGKILL)
    print("one worker is killed", flush=True)
    os.killpg(workers[1].pid, signal.SIGSTOP)
    print("one is cut off", flush=True)
    until(n // 2)
    server.stop("immediate")
    time.sleep(3)
    server.start()
    print("the server was stopped and started", flush=True)
    time.sleep(2 * _LEASE)
    os.killpg(workers[1].pid, signal.SIGCONT)
    print("the one that was cut off goes on", flush=True)


def compare(path: Path, address: str) -> None:
    """The same sources with the same facts, each once."""
    with Library.open(path) as here, open_library(address) as there:
        pages = range(0, here.totals().sources, 500)
        ours = [row.id for at in pages for row in here.sources("added", offset=at, limit=500)]
        theirs = [row.id for at in pages for row in there.sources("added", offset=at, limit=500)]
        print(f"{len(ours):,} sources in the file, {there.totals().sources:,} on the server,")
        print(f"{len(set(theirs)):,} different, {len(set(ours) & set(theirs)):,} the same")
        unlike = sum(here.extraction(key) != there.extraction(key) for key in ours)
        print(f"facts differ in {unlike} sources; totals alike: {here.totals() == there.totals()}")
        state = queue_of(there).state()
        print(f"queue: {state.waiting} wait, {state.held} held, {state.done:,} done, {state.failed} failed")
        print(f"problems: {list(problems(there)) or 'none'}")


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-n", type=int, default=5000)
    options.add_argument("--words", type=int, default=60)
    options.add_argument("--quiet", action="store_true", help="disturb nobody, and compare processor time")
    options.add_argument("--workers", type=int, default=4, help="with --quiet: one is compared with one process alone")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as made, cluster() as server:
        folder = Path(made)
        inbox, path, address = folder / "in", folder / "library.db", server.new_library()
        words = make_files(inbox, chosen.n, chosen.words)
        print(f"{chosen.n:,} texts, {words:,} words", flush=True)

        def timed(what: str, task: Callable[[], None], peer: Cluster | None) -> float:
            begun, spent = time.monotonic(), processor_time(peer)
            task()
            took, spent = time.monotonic() - begun, processor_time(peer) - spent
            print(f"{what}: {took:.0f} s, {words / took:,.0f} words/s; {words / spent:,.0f} words a processor second")
            return words / spent

        jobs = f"--jobs={chosen.workers}"
        local = timed("local", lambda: finished(run(str(path), "add", jobs, str(inbox), folder=folder / "one")), None)
        finished(run(address, "add", "--queue", str(inbox), folder=folder / "two"))
        print("queued", flush=True)

        def work() -> None:
            arguments = ("work", "--jobs=1", "--until-empty", f"--lease={_LEASE}")
            workers = [run(address, *arguments, folder=folder / f"w{n}") for n in range(chosen.workers)]
            if not chosen.quiet:
                disturbed(server, workers, address, chosen.n)
                workers[0].communicate()
            for worker in workers[0 if chosen.quiet else 1 :]:
                finished(worker)

        shared = timed("queue", work, server)
        print(f"the queue's rate is {shared / local:.2f} of the local one")
        compare(path, address)


if __name__ == "__main__":
    main()
