"""The commands. Importing this loads nothing: every command fetches its rooms when it is run."""


def main() -> None:
    """Start the program, with the arguments of the command line."""
    from briefing.cli.start import main as start

    start()
