"""The commands."""


def main() -> None:
    """Start."""
    raise SystemExit("not yet")
