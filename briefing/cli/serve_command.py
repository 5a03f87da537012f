"""``serve``: the reader in a browser."""

import sys
from importlib.util import find_spec
from pathlib import Path

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import Failed, tell
from briefing.cli.options import paths_argument, with_globals
from briefing.cli.reader import require_one_of
from briefing.cli.state import State


@click.command(
    cls=WithExamples,
    short_help="The reader in a browser.",
    examples=[
        "briefing serve",
        "briefing serve releases/ --port 8080",
        "briefing serve --host 192.0.2.7",
    ],
)
@paths_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; this machine only.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@with_globals
@click.pass_context
def serve(ctx: click.Context, paths: tuple[str, ...], host: str, port: int) -> None:
    """Show the reader in a browser: on the PATHs only, else on the library. Ctrl+C ends it.

    Every page has a reader of its own, which can read and write what you can. The address that is printed holds a key,
    and only who has it gets in. Only programs of this machine reach the server, unless --host names another address:
    then the key crosses the network in the clear, as the pages do; 'ssh -L 8000:localhost:8000 MACHINE' is the safer
    way there.
    """
    from briefing.cli.output import write

    state = ctx.ensure_object(State)
    arguments = _reader(state, paths)
    if find_spec("textual_serve") is None:
        raise Failed("the reader in a browser needs another package: pip install 'briefing[web]'")
    from briefing.cli.serving import ReaderServer, is_loopback

    if not is_loopback(host):
        tell(
            f"warning: {host} can be reached from other machines. Whoever has the key in the address below reads your "
            "library and writes files as you do, and all of it, the key too, crosses the network in the clear. Safer: "
            f"serve without --host, run 'ssh -L {port}:localhost:{port} THIS-MACHINE' on the other machine and open "
            f"http://localhost:{port} there."
        )

    def said(address: str) -> None:
        write(f"The reader is at {address} . Ctrl+C ends it.\n")
        sys.stdout.flush()

    try:
        ReaderServer(arguments, host, port, said).serve()
    except OSError as error:
        raise Failed(f"{host}:{port} cannot be listened on: {error.strerror or error}") from error


def _reader(state: State, paths: tuple[str, ...]) -> list[str]:
    """The arguments that start a reader for a page: what was asked for here, with paths that hold anywhere.

    ``-P``: a folder of sources must not be imported from.
    """
    if "-" in paths:
        raise click.UsageError("standard input cannot be read for a browser; name files")
    arguments = [sys.executable, "-P", "-m", "briefing"]
    for name, value in sorted(state.options.items()):
        arguments += [f"--{name}", str(Path(value).absolute()) if name == "library" else str(value)]
    if state.private:
        arguments += ["--private"]
    require_one_of(paths)
    return [*arguments, "--", *(path if "://" in path else str(Path(path).absolute()) for path in paths)]
