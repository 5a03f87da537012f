"""What a call leaves behind, and whom it talks to: nothing and nobody, where nothing else was asked for."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

HOOK = textwrap.dedent("""
    import os, sys

    def told(event, arguments):
        if event == "socket.bind" and arguments[1] == ("::1", 0):
            return  # a library looks whether there is IPv6; nothing listens there
        if event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
            with open(os.environ["NETWORK_LOG"], "a") as log:
                log.write(event + chr(10))

    sys.addaudithook(told)
""")


def called(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own that notes every connection, and so do those that it starts."""
    hook = home / "hook"
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(HOOK)
    (home / "tmp").mkdir(exist_ok=True)
    env = {**os.environ, "HOME": str(home), "PYTHONPATH": str(hook), "TMPDIR": str(home / "tmp"), "COLUMNS": "80"}
    env["NETWORK_LOG"] = str(hook / "log")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        env.pop(name, None)
    command = [sys.executable, "-P", "-m", "briefing", *map(str, arguments)]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)


def files(home: Path) -> list[str]:
    """What lies in the user's folders, and in the temporary one."""
    every = (path.relative_to(home) for path in home.rglob("*") if path.is_file())
    return sorted(str(path) for path in every if path.parts[0] != "hook")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text("Norland sent two F-35 jets to Guam.\n")
    return path


def test_no_command_on_files_opens_a_connection(tmp_path: Path, source: Path) -> None:
    home = tmp_path / "home"
    for command in (["facts", source], ["add", source], ["export", "-o", "-"], ["search", "jets"], ["doctor"]):
        done = called(home, *command)
        assert not (home / "hook" / "log").exists(), command
        assert "Traceback" not in done.stderr, (command, done.stderr)


def test_one_on_an_address_does_and_that_is_noticed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert called(home, "add", "http://127.0.0.1:9/").returncode == 1
    assert (home / "hook" / "log").read_text() == "socket.getaddrinfo\n"
    called(home, "add", "http://127.0.0.1:9/", "--allow-private")
    assert "socket.connect" in (home / "hook" / "log").read_text()


@pytest.mark.parametrize("command", [["facts"], ["export", "-o", "-"], ["add"]])
def test_a_private_call_leaves_nothing_behind(tmp_path: Path, source: Path, command: list[str]) -> None:
    home = tmp_path / "home"
    done = called(home, "--private", *command, source)
    assert done.returncode == 0, done.stderr
    assert files(home) == []


def test_a_call_that_is_not_private_keeps_what_it_read(tmp_path: Path, source: Path) -> None:
    home = tmp_path / "home"
    called(home, "facts", source)
    assert any("extractions.db" in name for name in files(home))


def test_a_private_call_does_not_look_into_the_library(tmp_path: Path, source: Path) -> None:
    home = tmp_path / "home"
    assert called(home, "add", source).returncode == 0
    before = files(home)
    assert "two F-35" not in called(home, "list", "--private").stdout
    assert files(home) == before
