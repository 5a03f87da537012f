"""Commands that show examples: lines that can be pasted, kept apart from the prose so that tests can try them."""

from collections.abc import Sequence
from typing import Any

import click


class WithExamples(click.Command):
    """Any command, with ``examples`` printed at the end of its help."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, each on a line of its own, never wrapped."""
        super().format_epilog(ctx, formatter)
        with formatter.section("Examples"):
            for line in self.examples:
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")
