"""A group of commands with a default one: what is not the name of a command is a path for the reader."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from briefing.cli.command import WithExamples
from briefing.cli.failing import Interrupted, PipeClosed, translated

_DEFAULT: Final = "<default>"
"""Put before the arguments of the default command; as it is always put there, no path can be taken for it."""


class Commands(MutableMapping[str, click.Command]):
    """Commands by name, each imported when it is asked for: the reader's first frame should not wait for them.

    ``places`` are ``module:name`` within this room.
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        self._found: dict[str, str | click.Command] = dict(places)

    def __getitem__(self, name: str) -> click.Command:
        found = self._found[name]
        if isinstance(found, str):
            module, _, attribute = found.partition(":")
            command: click.Command = getattr(import_module(f"briefing.cli.{module}"), attribute)
            found = self._found[name] = command
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._found[name] = command

    def __delitem__(self, name: str) -> None:
        del self._found[name]


class DefaultGroup(WithExamples, click.Group):
    """Runs ``default`` where the first argument names no command, where there is none, and after ``--``."""

    def __init__(self, *args: Any, default: click.Command, **more: Any) -> None:
        super().__init__(*args, no_args_is_help=False, **more)
        self.default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse arguments, with the default command named where the user named none."""
        _, rest, _ = self.make_parser(ctx).parse_args(list(args))
        options = args[: len(args) - len(rest)]
        if options[-1:] == ["--"]:
            args = [*options[:-1], _DEFAULT, "--", *rest]
        elif not rest:
            # While a shell completes the first word, commands are what it may become.
            args = args if ctx.resilient_parsing else [*options, _DEFAULT]
        elif rest[0] not in self.commands:
            if not ctx.resilient_parsing:
                self._refuse_misspelt(ctx, rest[0])
            args = [*options, _DEFAULT, *rest]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names."""
        if args[0] == _DEFAULT:
            return "", self.default, args[1:]
        return super().resolve_command(ctx, args)

    def _refuse_misspelt(self, ctx: click.Context, word: str) -> None:
        """A word that looks like a command and is nothing on the disk was meant as one."""
        path = Path(word)
        if word == "-" or path.name != word or path.suffix or path.exists():
            return
        from difflib import get_close_matches

        near = get_close_matches(word, self.list_commands(ctx), n=1)
        advice = f" Did you mean '{near[0]}'?" if near else ""
        ctx.fail(f"'{word}' is neither a command nor a file or folder.{advice}")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands and options that begin so, else paths."""
        return super().shell_complete(ctx, incomplete) or [CompletionItem(incomplete, type="file")]

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the rooms raise becomes a message with an exit code."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            raise Interrupted from None
        except BrokenPipeError as error:
            raise PipeClosed from error
        except Exception as error:
            known = translated(error)
            if known is None:
                raise
            raise known from error
