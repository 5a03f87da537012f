"""A PostgreSQL server of the tests' own: a temporary cluster on a Unix socket, started once for a run."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TextIO

import pytest

_NUMBERS = count(1)


def binaries() -> Path | None:
    """The folder of the newest server's programs; None where no server is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Cluster:
    """A server that is running."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self.folder = folder
        self.bin = bin_folder
        self._template = ""
        self._as = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if _is_root() else []

    def run(self, *command: str) -> None:
        """Run one of the server's programs as the user who may."""
        done = subprocess.run(
            [*self._as, str(self.bin / command[0]), *command[1:]],
            cwd=self.folder, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {done.stdout.decode(errors='replace')}")

    def start(self) -> None:
        """Start it; it is ready when this returns."""
        careless = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"  # nothing here has to last
        options = f"-k {self.folder} -c listen_addresses='' -c shared_buffers=32MB -c max_connections=120 {careless}"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "60", "-l", log, "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", how, "stop")

    def address(self, database: str, user: str = "tests") -> str:
        """The address of a library in it."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def ask(self, sql: str, database: str = "postgres") -> None:
        """Carry out a statement as the server's administrator."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as db:
            db.execute(sql)  # type: ignore[call-overload]

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"t{os.getpid()}_{next(_NUMBERS)}"
        self.ask(f"CREATE DATABASE {name}")
        return self.address(name)

    def new_library(self) -> str:
        """The address of an empty library: a copy of one that is made once, which is faster."""
        if not self._template:
            from briefing.library.postgres.library import open_on_server

            self._template = self.new_database()
            open_on_server(self._template, create=True).close()
            self.ask(_HEX, self._template.partition("@/")[2].partition("?")[0])
        name = f"t{os.getpid()}_{next(_NUMBERS)}"
        template = self._template.partition("@/")[2].partition("?")[0]
        self.ask(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.address(name)


_HEX = "CREATE FUNCTION briefing.hex(bytea) RETURNS text LANGUAGE sql AS $$ SELECT upper(encode($1, 'hex')) $$"
"""A function that SQLite has, for tests that look into tables."""


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster, gone afterwards; skips the test where there is no server to start."""
    pytest.importorskip("psycopg")
    found = binaries()
    if found is None:
        pytest.skip("no PostgreSQL server is installed here")
    clear_leftovers(found)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    owned = _owned(folder)
    if _is_root():
        shutil.chown(folder, "postgres")
    made = Cluster(folder, found)
    try:
        made.run("initdb", "-D", str(folder / "data"), "-U", "tests", "-A", "trust", "-N", "--no-locale", "-E", "UTF8")
        made.start()
        yield made
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            made.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
        if owned is not None:
            owned.close()


def clear_leftovers(bin_folder: Path) -> None:
    """Stop the servers of runs that were killed, and remove what they left: nobody holds the lock of those."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if not (folder / _OWNER).exists() or (lock := _owned(folder)) is None:
            continue
        with lock:
            left = Cluster(folder, bin_folder)
            if (folder / "data" / "postmaster.pid").exists():
                with suppress(RuntimeError):  # it went down with the run
                    left.stop("immediate")
            shutil.rmtree(folder, ignore_errors=True)


_PREFIX = "bpg"
_OWNER = "owner"


def _owned(folder: Path) -> TextIO | None:
    """The lock of a cluster's folder, held for as long as the file is open and the process lives; None if others do."""
    import fcntl

    file = (folder / _OWNER).open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file
