"""Search beside other programs, in one run: ``python tests/bench/bench_peers.py [-n 100000] [--folder DIR]``.

The same made-up sources are given to each. tantivy works in this process, on all sources, the same 60 queries: the
number of hits, the first 20, a snippet of each. ripgrep, recoll and sqlite-utils are programs, timed from start to end
on 10,000 of the sources, beside ``briefing search`` and a search in this process on a library of these. Prints what
briefing and each peer take, and the first divided by the second.

tantivy and sqlite-utils are put into a virtual environment in the folder; ripgrep and recoll come with the system
(``apt-get install ripgrep recollcmd``). What is not there is left out and named. The folder is kept when it is named.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from bench_library import fill
from bench_search import Query, queries

from briefing.library import Library
from briefing.library.search.index import RANKED, index_of
from briefing.library.search.query import Dates, parse
from briefing.library.search.search import ask
from briefing.model.source import Source

_FILES: Final = 10_000
_PROGRAMS: Final = ("tantivy", "sqlite-utils")


CLOCK = time.perf_counter


def milliseconds(call: Callable[[], object]) -> float:
    """Of one call."""
    begun = CLOCK()
    call()
    return (CLOCK() - begun) * 1000


def texts(library: Library, n: int) -> Iterator[Source]:
    """The first ``n`` sources."""
    for offset in range(0, n, 500):
        for row in library.sources(order="added", offset=offset, limit=min(500, n - offset)):
            yield library.source(row.id)


def environment(folder: Path) -> bool:
    """Make the peers' virtual environment and let this process import from it; whether that worked."""
    if not (folder / "bin").exists():
        venv.create(folder, with_pip=True)
    if not (folder / "bin" / "sqlite-utils").exists():
        install = [folder / "bin" / "pip", "install", "-q", "--disable-pip-version-check", *_PROGRAMS]
        if subprocess.run(install, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
            return False
    sys.path += [str(path) for path in folder.glob("lib/python*/site-packages")]
    return True


# tantivy, in this process


class Tantivy:
    """The same sources in tantivy's index: title and text, and the day as a number."""

    def __init__(self, folder: Path, library: Library, n: int) -> None:
        import tantivy  # type: ignore[import-not-found]

        self.module = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", stored=True)
        builder.add_text_field("body", stored=True)
        builder.add_unsigned_field("day", indexed=True, fast=True, stored=True)
        self.schema = builder.build()
        folder.mkdir(parents=True, exist_ok=True)
        there = (folder / "complete").exists()
        self.index = tantivy.Index(self.schema, path=str(folder))
        if not there:
            self._fill(library, n)
            (folder / "complete").touch()
        self.index.reload()
        self.searcher = self.index.searcher()

    def _fill(self, library: Library, n: int) -> None:
        writer = self.index.writer(200_000_000, 1)
        for source in texts(library, n):
            document = self.module.Document(title=[str(source.title)], body=[str(source.text)])
            document.add_unsigned("day", source.published.toordinal() if source.published else 0)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def search(self, query: Query) -> tuple[int, list[str]]:
        """The number of hits, and the first 20 as snippets."""
        asked = self._query(query)
        found = self.searcher.search(asked, 20, count=True)
        snippets = self.module.SnippetGenerator.create(self.searcher, asked, self.schema, "body")
        shown = [snippets.snippet_from_doc(self.searcher.doc(address)).to_html() for _, address in found.hits]
        return found.count, shown

    def first(self, query: Query) -> tuple[int, list[Any]]:
        """The number of hits, and where the first 20 are."""
        found = self.searcher.search(self._query(query), 20, count=True)
        return found.count, [address for _, address in found.hits]

    def _query(self, query: Query) -> Any:
        """The query in tantivy's language. Names are searched as phrases of the text: it knows no entities."""
        made = self.module.Query
        must = self.module.Occur.Must
        parts = []
        text = query.text.replace("person:", "").replace("nation:", "")
        if "date:" in text:
            text = text.partition("date:")[0].strip()
            first, last = _days(query.text)
            parts.append((must, made.range_query(self.schema, "day", self.module.FieldType.Unsigned, first, last)))
        if query.typing:
            *words, begun = text.split()
            parts += [(must, made.term_query(self.schema, "body", word)) for word in words]
            parts.append((must, made.regex_query(self.schema, "body", begun + ".*")))
        else:
            asked = self.index.parse_query(text, ["title", "body"], conjunction_by_default=True)
            parts.append((must, asked))
        return made.boolean_query(parts) if len(parts) > 1 else parts[0][1]


def _days(query: str) -> tuple[int, int]:
    from briefing.library.search.date_ranges import first_day, last_day

    tree = parse(query[query.index("date:") :]).tree
    assert isinstance(tree, Dates)
    assert tree.first
    assert tree.last
    return first_day(tree.first).toordinal(), last_day(tree.last).toordinal()


def first_of(library: Library, query: Query) -> object:
    """The number of hits, and the row numbers of the first 20."""
    with library.store.read() as db:
        asked = ask(db, query.text, typing=query.typing)
        total, among = index_of(db).first(asked.statement, db)
        if asked.statement.terms and 0 < total <= RANKED:
            return total, index_of(db).best(asked.statement, db, 20, 0, among)
        if among is not None:
            return total, among[:20]
        newest = asked.statement.sql(asked.statement.doc, f"ORDER BY {asked.statement.doc} DESC LIMIT 20")
        return total, db.execute(newest, asked.statement.values).fetchall()


def beside_tantivy(peer: Tantivy, library: Library, asked: Sequence[Query], rounds: int) -> None:
    """Both in turns, so that whatever else the machine does disturbs both; of each query the least of the rounds."""
    calls: dict[str, tuple[Callable[[Query], object], Callable[[Query], object]]] = {
        "": (lambda q: library.search(q.text, typing=q.typing), peer.search),
        ", no snippets": (lambda q: first_of(library, q), peer.first),
    }
    for what, (our, their) in calls.items():
        least: dict[Query, tuple[float, float]] = {}
        for at in range(rounds + 1):
            for query in asked:
                one, other = milliseconds(partial(our, query)), milliseconds(partial(their, query))
                if at:  # the first round warms both
                    before = least.get(query, (one, other))
                    least[query] = (min(one, before[0]), min(other, before[1]))
        line(f"tantivy, 60 queries{what}", *zip(*least.values(), strict=True))
        for kind in sorted({query.kind for query in asked}):
            times = [took for query, took in least.items() if query.kind == kind]
            line(f"tantivy, {kind}{what}", *zip(*(times * 2), strict=True))


# Programs


def programs(folder: Path, library: Library, peers: Path | None) -> dict[str, Callable[[Query], list[str]]]:
    """The commands that search 10,000 sources with each program that is there."""
    files = folder / "files"
    if not files.exists():
        for number, source in enumerate(texts(library, _FILES)):
            path = files / f"{number // 500:03}" / f"{number:05}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source.text, encoding="utf-8")
    found: dict[str, Callable[[Query], list[str]]] = {}
    if rg := shutil.which("rg"):
        found["ripgrep"] = lambda q: [rg, "-i", "-w", "-F", "-m", "1", "-e", q.text.strip('"'), str(files)]
    if recollq := _recoll(folder, files):
        found["recoll"] = lambda q: [recollq, "-c", str(folder / "recoll"), "-n", "20", "-A", q.text]
    if peers is not None:
        program, path = str(peers / "bin" / "sqlite-utils"), folder / "utils.db"
        if not path.exists():
            _sqlite_utils(program, path, library)
        found["sqlite-utils"] = lambda q: [program, "search", str(path), "docs", q.text, "--limit", "20", "-c", "title"]
    return found


def _recoll(folder: Path, files: Path) -> str | None:
    indexer, asker = shutil.which("recollindex"), shutil.which("recollq")
    if indexer is None or asker is None:
        return None
    settings = folder / "recoll"
    if not settings.exists():
        settings.mkdir()
        (settings / "recoll.conf").write_text(f"topdirs = {files}\n")
        subprocess.run([indexer, "-c", str(settings)], capture_output=True, check=True)
    return asker


def _sqlite_utils(program: str, path: Path, library: Library) -> None:
    import sqlite3

    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE docs (id INTEGER PRIMARY KEY, title TEXT, body TEXT)")
        made = ((n, source.title, source.text) for n, source in enumerate(texts(library, _FILES)))
        db.executemany("INSERT INTO docs VALUES (?, ?, ?)", ((n, str(a), str(b)) for n, a, b in made))
    subprocess.run([program, "enable-fts", str(path), "docs", "title", "body", "--fts5"], check=True)


def beside_programs(
    found: dict[str, Callable[[Query], list[str]]], path: Path, asked: Sequence[Query], rounds: int
) -> None:
    """Words and phrases, each program from start to end."""
    briefing = str(Path(sys.executable).with_name("briefing"))
    plain = [query for query in asked if query.kind in {"common", "middle", "rare", "phrase"}][:12]
    times: dict[str, list[float]] = {name: [] for name in ("here", "briefing", *found)}
    with Library.open(path) as library:
        for query in plain * rounds:
            times["here"].append(milliseconds(lambda q=query: library.search(q.text)))
            times["briefing"].append(run([briefing, "--library", str(path), "search", query.text]))
            for name, command in found.items():
                times[name].append(run(command(query)))
    for name in found:
        line(f"{name}, beside the reader", times["here"], times[name])
        line(f"{name}, beside the command", times["briefing"], times[name])


def run(command: list[str]) -> float:
    """Milliseconds of a program from start to end, its output thrown away."""
    env = {**os.environ, "PYTHONWARNINGS": "ignore"}
    return milliseconds(lambda: subprocess.run(command, env=env, capture_output=True, check=False))


def line(what: str, ours: Sequence[float], theirs: Sequence[float]) -> None:
    """One line of the table."""
    cells = [cut for times in (ours, theirs) for cut in _cuts(times)]
    ratios = [f"{cells[n] / cells[n + 2]:8.2f}" for n in (0, 1)]
    print(f"{what:34} {'  '.join(f'{cell:8.1f}' for cell in cells)}  {'  '.join(ratios)}")


def _cuts(times: Sequence[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return cuts[49], cuts[94]


def compare(library_file: Path, n: int, folder: Path, rounds: int, *, cpu: bool) -> None:
    """Print the table."""
    world = fill(library_file, n)
    small = folder / "small.db"
    asked = queries(world)
    fill(small, min(n, _FILES))
    peers: Path | None = folder / "peers"
    if not environment(folder / "peers"):
        peers = None
        print("tantivy and sqlite-utils could not be installed and are left out")
    print(f"{time.strftime('%H:%M')}, {n:,} sources; programs: {min(n, _FILES):,}; load {os.getloadavg()[0]:.1f}")
    print(f"{'milliseconds':34} briefing       p95      peer       p95  ratio p50       p95")
    with Library.open(library_file) as library:
        if peers is not None:
            beside_tantivy(Tantivy(folder / f"tantivy-{n}", library, n), library, asked, rounds)
        if cpu:
            return
        found = programs(folder, library, peers)
    for name in sorted({"ripgrep", "recoll"} - set(found)):
        print(f"{name} is not installed and is left out")
    beside_programs(found, small, asked, min(rounds, 3))


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-n", type=int, default=100_000, help="sources")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--cpu", action="store_true", help="tantivy alone, in processor time, for a busy machine")
    options.add_argument("--folder", type=Path, help="where all indexes are; kept when it is named")
    options.add_argument("file", nargs="?", type=Path, help="the library; made where it is not there yet")
    chosen = options.parse_args()
    if chosen.cpu:
        global CLOCK
        CLOCK = time.thread_time
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        compare(chosen.file or folder / "library.db", chosen.n, folder, chosen.rounds, cpu=chosen.cpu)


if __name__ == "__main__":
    main()
