"""What holds for all commands: usage, the default command, endings, plain output."""

import io
import os
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from briefing import __version__
from briefing.cli import facts_command, reader
from briefing.cli.program import cli
from briefing.cli.start import run

HOSTILE = "[@click=app.quit]x[/] [/nope] \x1b]52;c;aGk=\x07 \u202e[bold]two jets[/bold]"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The paths that the reader was opened with, instead of opening it."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(reader, "_run", lambda state, paths, *_: calls.append(paths) or 0)
    monkeypatch.setattr(reader, "_require_terminal", lambda stdin: None)
    return calls


class TestDefaultCommand:
    def test_no_arguments(self, call, opened) -> None:
        assert call().code == 0
        assert opened == [()]

    def test_paths(self, call, opened, folder: Path) -> None:
        assert call(folder, folder / "nowhere.txt").code == 0
        assert opened == [(str(folder), str(folder / "nowhere.txt"))]

    def test_paths_named_like_commands(self, call, opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("list").write_text("x")
        assert call("./list").code == 0
        assert call("--", "list").code == 0
        assert call("--library", "x.db", "--", "list").code == 0
        assert opened == [("./list",), ("list",), ("list",)]

    def test_global_options_after_a_path(self, call, opened, folder: Path) -> None:
        assert call(folder, "--library", "x.db", "--model", "m").code == 0
        assert opened == [(str(folder),)]

    def test_a_misspelt_command(self, call, opened) -> None:
        done = call("serach", "x")
        assert done.code == 2
        assert "'serach' is neither a command nor a file or folder. Did you mean 'search'?" in done.err
        assert not opened

    def test_a_path_that_is_not_there(self, call, opened) -> None:
        done = call("nowhere/file.txt")
        assert (done.code, done.err) == (2, "briefing: no such file or folder: nowhere/file.txt\n")

    def test_without_a_terminal(self, call, folder: Path) -> None:
        done = call(folder)
        assert done.code == 2
        assert "the reader needs a terminal" in done.err

    def test_help_after_a_path_is_the_readers(self, call, folder: Path) -> None:
        out = call(folder, "--help").out
        assert out.startswith("Usage: briefing [OPTIONS] [PATH]...\n")


class TestUsage:
    def test_version(self, call) -> None:
        assert call("--version").out == f"briefing {__version__}\n"

    @pytest.mark.parametrize("words", [["--formt", "x"], ["facts", "--formt", "json"], ["list", "--oder", "title"]])
    def test_unknown_options_get_a_suggestion_or_a_hint(self, call, words: list[str]) -> None:
        done = call(*words)
        assert done.code == 2
        assert "No such option" in done.err
        assert "--help' for help" in done.err
        if words[0] != "--formt":
            assert "Did you mean" in done.err

    @pytest.mark.parametrize("words", [["show"], ["remove"], ["add"], ["search"], ["facts", "--format", "xml"],
                                       ["facts", "--jobs", "-1"], ["export", "--date", "yesterday"]])  # fmt: skip
    def test_wrong_usage_is_2(self, call, words: list[str]) -> None:
        assert call(*words).code == 2

    @pytest.mark.parametrize("name", [None, *sorted(cli.commands)])
    def test_help_has_examples_that_parse(self, call, name: str | None) -> None:
        command = cli.commands[name] if name else cli
        out = call(*([name] if name else []), "--help").out
        assert "Examples:" in out
        assert command.examples
        for example in command.examples:
            assert f"  {example}\n" in out
            line = example.partition("#")[0].partition(">")[0].rsplit("$(")[-1]
            line = next((part for part in line.split("|") if "briefing" in part), line)
            words = shlex.split(line.strip().rstrip(')"'))
            assert words[0] == "briefing"
            # Parsing raises where an example does not fit the options and arguments that there are.
            ctx = cli.make_context("briefing", words[1:] or ["."], resilient_parsing=False)
            sub = cli.resolve_command(ctx, [*ctx._protected_args, *ctx.args])
            sub[1].make_context(sub[0], sub[2], parent=ctx)

    def test_commands_complete_and_paths_too(self) -> None:
        complete = ShellComplete(cli, {}, "briefing", "_BRIEFING_COMPLETE")
        assert [item.value for item in complete.get_completions([], "fa")] == ["facts"]
        assert [item.type for item in complete.get_completions([], "zz")] == ["file"]
        assert [item.type for item in complete.get_completions(["facts"], "re")] == ["file"]
        assert [item.type for item in complete.get_completions(["x.txt"], "re")] == ["file"]
        assert "--format" in [item.value for item in complete.get_completions(["facts"], "--f")]


class TestEndings:
    def test_ctrl_c_is_one_line_and_130(self, call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(facts_command, "_print", stop)
        done = call("facts", folder)
        assert (done.code, done.err) == (130, "briefing: stopped\n")

    def test_ctrl_c_while_adding_says_how_to_go_on(self, call, folder: Path, library, monkeypatch) -> None:
        import briefing.ingest

        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(briefing.ingest.Ingest, "run", stop)
        done = call("add", folder)
        assert (done.code, done.err) == (130, "briefing: stopped; the same command goes on from here\n")

    def test_a_closed_pipe_is_quiet(self, folder: Path, monkeypatch, capfd) -> None:
        read, write = os.pipe()
        os.close(read)
        with os.fdopen(write, "w") as closed:
            monkeypatch.setattr(sys, "stdout", closed)
            assert run(["facts", str(folder), "--format", "json"]) == 141
        monkeypatch.undo()
        assert capfd.readouterr().err == ""

    def test_a_full_disk_is_a_message(self, call, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
        from briefing.export import files

        def full(part: Path, text: str) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(files, "_write", full)
        done = call("export", folder, "-o", tmp_path / "x.md", "--no-compare")
        assert done.code == 2
        assert done.err == f"briefing: {tmp_path / 'x.md'}: No space left on device\n"

    def test_our_own_mistakes_are_not_hidden(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(facts_command, "_print", broken)
        with pytest.raises(ZeroDivisionError):
            run(["facts", str(folder)])


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A source whose body, title and file name try to take effect."""
    name = "[@click=app.quit] \x1b]52;c;aGk=\x07 \u202etxt.txt" if os.name == "posix" else "[@click=app.quit] x.txt"
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / name).write_text(f"{HOSTILE}\n\n{HOSTILE} “{HOSTILE}”\n", encoding="utf-8")
    return folder


class TestHostileText:
    @pytest.mark.parametrize(
        "words",
        [["facts", "--format", form] for form in ("table", "json", "jsonl", "csv")]
        + [["export", "--no-compare", "--format", form] for form in ("markdown", "html", "json", "csv")]
        + [["search", "jets"], ["search", "jets", "--format", "json"]],
    )
    def test_no_control_character_reaches_the_output(self, call, hostile: Path, words: list[str]) -> None:
        done = call(*words, hostile)
        assert done.code == 0
        assert done.out
        assert not set(done.out + done.err) & {"\x1b", "\x07", "\u202e"}
        # JSON and CSV may write them in no other way either.
        assert "\\u001b" not in done.out.lower()

    def test_library_commands(self, call, hostile: Path, library: Path) -> None:
        assert call("add", hostile).code == 0
        key = call("list").out.splitlines()[1].split()[0]
        for words in (["list"], ["list", "--format", "json"], ["show", key], ["show", key, "--text"],
                      ["remove", key, "--yes"]):  # fmt: skip
            done = call(*words)
            assert done.code == 0
            assert not set(done.out + done.err) & {"\x1b", "\x07", "\u202e"}
            assert "[@click=app.quit]" in done.out

    def test_messages(self, call) -> None:
        done = call("facts", "\x1b]52;c;aGk=\x07.txt")
        assert done.code == 1
        assert not set(done.err) & {"\x1b", "\x07"}
        done = call("facts", "--\x1b]52;c;x\x07")
        assert done.code == 2
        assert not set(done.err) & {"\x1b", "\x07"}


class Terminal(io.StringIO):
    """A terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class TestTerminal:
    @pytest.fixture
    def on_terminal(self, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
        """Carries out a command line with a terminal as its output; gives what the terminal got."""

        def called(*words: object, term: str = "xterm-256color") -> str:
            made = Terminal()
            with monkeypatch.context() as patch:
                patch.setattr(sys, "stdout", made)
                patch.setenv("TERM", term)
                assert run([str(word) for word in words]) == 0
            return made.getvalue()

        return called

    @pytest.mark.parametrize("words", [["facts"], ["search", "jets"]])
    def test_brackets_are_brackets_and_escapes_are_ours(self, on_terminal, hostile: Path, words: list[str]) -> None:
        out = on_terminal(*words, hostile)
        assert "\x1b[1m" in out
        assert "[@click=app.quit]" in out.replace("\n", "")
        assert "[bold]" in out
        assert not set(out) & {"\x07", "\u202e"}
        assert "\x1b]" not in out

    def test_no_color(self, on_terminal, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        assert not re.search(r"\x1b\[(3|4|9)\d", on_terminal("search", "jets", folder))

    def test_dumb_terminals_get_plain_text(self, on_terminal, folder: Path) -> None:
        assert "\x1b" not in on_terminal("facts", folder, term="dumb")

    def test_progress_on_standard_error_only_on_a_terminal(self, call, folder: Path, monkeypatch) -> None:
        assert call("facts", folder).err == ""
        made = Terminal()
        monkeypatch.setattr(sys, "stderr", made)
        monkeypatch.setenv("TERM", "xterm")
        assert run(["facts", str(folder)]) == 0
        assert "/2" in made.getvalue()


def test_streams_that_cannot_show_everything(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    assert run(["facts", str(folder)]) == 0
    stream.flush()
    assert "¶2.1" in raw.getvalue().decode("utf-8")


def test_every_command_is_a_click_command() -> None:
    assert all(isinstance(command, click.Command) for command in cli.commands.values())
