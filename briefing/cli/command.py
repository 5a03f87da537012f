"""Commands that show examples: lines that can be pasted, kept apart from the prose so that tests can try them."""

from collections.abc import Sequence
from typing import Any, Final

import click

_MASK: Final = "\ue000"


def _is_word(argument: str) -> bool:
    """Whether it begins with one dash and goes on."""
    return len(argument) > 2 and argument[0] == "-" and argument[1] != "-"


def _unmasked(value: Any) -> Any:
    """What was meant, in a text or several."""
    if isinstance(value, tuple):
        return tuple(map(_unmasked, value))
    return value.removeprefix(_MASK) if isinstance(value, str) else value


class WithExamples(click.Command):
    """Any command, with ``examples`` printed at the end of its help; ``dashed``: see :meth:`parse_args`."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), dashed: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.dashed = dashed
        self.examples = tuple(examples)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse arguments; with ``dashed``, a word that begins with one dash and is no option is a word."""
        if not self.dashed:
            return super().parse_args(ctx, args)
        options = {name for each in self.get_params(ctx) for name in (*each.opts, *each.secondary_opts)}
        left, rest = (args[: args.index("--")], args[args.index("--") :]) if "--" in args else (args, [])
        masked = [_MASK + arg if _is_word(arg) and arg not in options else arg for arg in left]
        unused = super().parse_args(ctx, [*masked, *rest])
        ctx.params = {name: _unmasked(value) for name, value in ctx.params.items()}
        return unused

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, each on a line of its own, never wrapped."""
        super().format_epilog(ctx, formatter)
        with formatter.section("Examples"):
            for line in self.examples:
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")
