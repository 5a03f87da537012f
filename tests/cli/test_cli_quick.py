"""Commands that start without the whole program: understood as it would understand them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import paths
from briefing.cli import quick
from briefing.cli.program import cli
from briefing.cli.quick import QUICK, understood


@pytest.mark.parametrize("name", QUICK)
def test_options_are_those_of_the_program(name: str) -> None:
    command = cli.commands[name]
    options = {each.opts[0]: each for each in command.params if isinstance(each, click.Option)}
    for written, option in QUICK[name].options.items():
        full = options[written]
        assert full.name == option.field
        assert full.is_flag == (option.default is False)
        if isinstance(full.type, click.Choice):
            assert tuple(full.type.choices) == option.choices
        assert (full.type.min if isinstance(full.type, click.IntRange) else None) == option.least
    assert QUICK[name].word in {each.name for each in command.params if isinstance(each, click.Argument)}


CALLS = [
    "list", "list air", "list --failed", "list --format json", "list --order=title x", "--library /l list",
    "list --library=/l", "--library=/a list --library /b", "search two",
    "search two --limit 3", "search two --offset=0",
    "search two --facets --order newest --format json", "search two --limit 0", "search two --limit x", "search",
    "search two three", "search -two", "list a b", "list --order", "list --order odd", "list --failed=1", "list --help",
    "list -h", "list --", "search -- -two", "facts", "", "--version", "list --no-such", "list --order --failed",
    "search two --queries f", "search two --save n", "search two --jobs 1", "--library", "--library -x list",
    "list --private", "list --fail", "--library /l", "--library=/a --library /b",
]  # fmt: skip


def reader_noting(seen: list[Any]) -> Callable[..., int]:
    """The reader, which only notes that it was opened: on which library, with what else."""

    def opened(state: Any, paths: tuple[str, ...] = (), **more: Any) -> int:
        seen.append(("reader", {"paths": paths} if paths else {}, state.options.get("library")))
        assert not any(more.values())
        return 0

    return opened


def outcome(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[Any, ...] | None:
    """What the quick way would do: command, fields, library."""
    seen: list[Any] = []
    for name, command in QUICK.items():

        def run(state: Any, name: str = name, **fields: Any) -> None:
            seen.append((name, fields, state.options.get("library")))

        monkeypatch.setitem(quick.QUICK, name, command._replace(run=run))  # type: ignore[arg-type]
    monkeypatch.setattr("briefing.cli.reader.open_reader", reader_noting(seen))
    task = understood(arguments)
    if task is None:
        return None
    task()
    return tuple(seen[0])


def of_program(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[Any, ...] | None:
    """What the program makes of the same; None where it refuses."""
    seen: list[Any] = []
    for name in QUICK:

        def callback(_called: str = name, **fields: Any) -> None:
            state = click.get_current_context().obj
            seen.append((_called, fields, state.options.get("library") if state else None))

        monkeypatch.setattr(cli.commands[name], "callback", callback)
    monkeypatch.setattr("briefing.cli.reader_command.open_reader", reader_noting(seen))
    try:
        cli.main(args=arguments, standalone_mode=False)
    except click.ClickException:
        return None
    return tuple(seen[0]) if seen else None


@pytest.mark.parametrize("call", CALLS)
def test_a_call_is_understood_as_the_program_does_or_left_to_it(call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = call.split()
    quickly = outcome(arguments, monkeypatch)
    if quickly is None:
        return
    fully = of_program(arguments, monkeypatch)
    assert fully is not None
    assert fully[0] == quickly[0]
    assert quickly[1].items() <= fully[1].items()
    assert fully[2] == quickly[2]
    assert not any(value for name, value in fully[1].items() if name not in quickly[1])


def test_the_usual_calls_are_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(["list"], monkeypatch) == (
        "list",
        {"words": "", "order": "newest", "failed": False, "form": "text"},
        None,
    )
    assert outcome(["--library", "/l", "search", "two"], monkeypatch) is not None
    assert outcome([], monkeypatch) == ("reader", {}, None)
    assert outcome(["--library=/l"], monkeypatch) == ("reader", {}, "/l")
    monkeypatch.setenv("_BRIEFING_COMPLETE", "bash_complete")
    assert outcome(["list"], monkeypatch) is None


PIECES = [
    "list", "search", "two", "-x", "--library", "--order", "--order=title", "title", "newest", "--failed", "--limit",
    "3",
    "--facets", "--format", "json", "--", "", "--help",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=6))
def test_whatever_is_called_is_understood_the_same(arguments: list[str]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        quickly = outcome(arguments, monkeypatch)
        if quickly is not None:
            fully = of_program(arguments, monkeypatch)
            assert fully is not None
            assert (quickly[0], quickly[2]) == (fully[0], fully[2])
            assert quickly[1].items() <= fully[1].items()


def test_folders_are_those_of_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    platformdirs = pytest.importorskip("platformdirs")
    for value in (None, str(tmp_path), "relative", ""):
        for kind in ("data", "config", "cache", "state"):
            monkeypatch.delenv(f"XDG_{kind.upper()}_HOME", raising=False)
            if value is not None:
                monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", value)
            expected = getattr(platformdirs, f"user_{kind}_dir")("briefing", appauthor=False)
            assert paths._folder(kind) == Path(expected)  # type: ignore[arg-type]
