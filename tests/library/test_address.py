"""Where a library is: what an address may hold, and what stays out of a program that uses a file."""

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.library import LibraryError
from briefing.library.address import on_server, without_password
from briefing.library.opening import open_library


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ann:hush-hush@news.example/library",
        "postgres://ann:hush-hush@/library?host=/run",
        "postgresql://news.example/library?user=ann&password=hush-hush",
        "postgresql://news.example/library?Password=hush-hush",
        "postgresql://ann:hush-hush@[::1/library",
    ],
)
def test_a_password_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(LibraryError, match="password in it") as raised:
        open_library(address)
    assert "hush" not in str(raised.value)


@pytest.mark.parametrize("address", ["postgresql://ann@host:port/library", "postgresql://ann@host:0/library"])
def test_no_address(address: str) -> None:
    with pytest.raises(LibraryError, match="is none"):
        without_password(address)


def test_files_and_servers() -> None:
    assert on_server("postgresql://ann@/library")
    assert on_server("postgres://news.example/library")
    assert not on_server("postgresql.db")
    assert not on_server(Path("postgresql://"))


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer"])
def test_without_encryption_only_on_this_machine(mode: str) -> None:
    connection = pytest.importorskip("briefing.library.postgres.connection")
    for host in ("news.example", "10.0.0.7", "localhost,news.example"):
        with pytest.raises(LibraryError, match=f"sslmode={mode}"):
            connection.checked(f"postgresql://ann@{host}/library?sslmode={mode}")
    for address in ("postgresql://ann@localhost/library", "postgresql:///library?host=/run/postgresql"):
        assert f"sslmode={mode}" in connection.checked(f"{address}{'&' if '?' in address else '?'}sslmode={mode}")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ann@news.example/library",
        "postgresql:///library?service=desk",
        "postgresql:///library?host=/tmp&hostaddr=192.0.2.1",  # the number is what is connected to
        "postgresql://localhost/library?hostaddr=192.0.2.1",
        "postgresql:///library?host=/tmp&service=desk",
        "postgresql://localhost,news.example/library",
    ],
)
def test_others_are_reached_with_encryption(address: str) -> None:
    connection = pytest.importorskip("briefing.library.postgres.connection")
    assert "sslmode=require" in connection.checked(address)
    assert "sslmode=verify-full" in connection.checked(f"{address}{'&' if '?' in address else '?'}sslmode=verify-full")


def test_nobody_answers() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(LibraryError, match="cannot be reached"):
        open_library("postgresql://ann@127.0.0.1:1/library")


def in_a_new_process(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_library_in_a_file_needs_nothing_of_it(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from briefing.library.opening import open_library
with open_library(Path({str(tmp_path / "l.db")!r})) as library:
    library.search("x"), library.facets("x"), library.sources(), library.entities()
print([name for name in sys.modules if "psycopg" in name or ".postgres" in name])
"""
    assert in_a_new_process(code) == "[]"


def test_what_is_not_installed_is_said() -> None:
    code = """
import sys
sys.modules["psycopg"] = None
from briefing.library import LibraryError
from briefing.library.opening import open_library
try:
    open_library("postgresql://ann@localhost/library")
except LibraryError as error:
    print(error)
"""
    assert "pip install 'briefing[postgres]'" in in_a_new_process(code)
