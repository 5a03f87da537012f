"""The commands. Importing this loads click only: every command fetches its rooms when it is run."""

from briefing.cli.program import cli, main

__all__ = ["cli", "main"]
