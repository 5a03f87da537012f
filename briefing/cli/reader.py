"""Open the reader, on the library or on paths only. Nothing here needs what reads command lines: see ``quick``."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from briefing.cli.output import tell
from briefing.cli.state import State
from briefing.cli.terminal_background import Told, ask
from briefing.paths import kernels_file, lists_file, shipped, theme_folders, tour_file

if TYPE_CHECKING:
    from briefing.library import Library


FEW_COLOURS: Final = "terminal-palette"
"""The theme where there are sixteen colours and none is set: those of all others would come out as three or four."""
"""The theme of a light terminal."""
WEB_DRIVER: Final = "textual.drivers.web_driver:WebDriver"
"""How the server in front of a browser tells the reader to draw for it."""


def open_reader(state: State, paths: tuple[str, ...] = (), **more: Any) -> int:
    """Run the reader until it is left; returns the exit code.

    Args:
        state: Options, settings, library.
        paths: The only sources; none for the library.
        **more: Options of the app: ``macro``, ``guide``, ``follow_themes``.

    Raises:
        Failed: Where there is nothing to show, or no terminal to show it in.
    """
    require_one_of(paths)
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    if not in_browser():
        _require_terminal(stdin is not None)
    with ExitStack() as stack:
        return _run(state, paths, stdin, _opener(state, paths, stack), more)


def failed(message: str) -> Exception:
    """What ends a command with a message. What it comes from takes as long to load as the reader's own part."""
    from briefing.cli.failing import Failed

    return Failed(message)


def in_browser() -> bool:
    """Whether 'briefing serve' started this process: then there is no terminal, and keys come from a page."""
    return os.environ.get("TEXTUAL_DRIVER") == WEB_DRIVER


def _has_few_colours() -> bool:
    """Whether the terminal says that it has sixteen colours only, by the rules of the library that draws."""
    if os.name != "posix" or in_browser() or os.environ.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return False
    return not os.environ.get("TERM", "").strip().lower().endswith(("256color", "kitty"))


def _run(
    state: State,
    paths: tuple[str, ...],
    stdin: bytes | None,
    opened: "Callable[[], Library]",
    more: dict[str, Any],
) -> int:
    answer = ask() if state.settings.theme == "auto" and not in_browser() else None
    gc.disable()  # a program that loads makes much and drops nothing: collecting takes a tenth of the start
    from briefing.tui.app import BriefingApp, ThemeMissing

    def library() -> "Library":
        # Called once the first frame is drawn. The cache waits until then too: it loads the room of the library.
        gc.enable()
        kernels = None if state.private else kernels_file()
        app.ingest_options |= {"cache": state.open_cache(), "kernels_file": kernels}
        return opened()

    def extractor() -> str:
        from briefing.extract.nlp.fingerprint import fingerprint

        return fingerprint(app.settings.model, state.lexicons, app.settings.languages)

    told = _answered(answer)
    try:
        app = BriefingApp(
            library,
            settings=state.settings,
            theme=_fitting(told),
            refs=paths,
            stdin=stdin,
            extractor=extractor,
            empty=bool(paths) or _is_new(state.library_address),
            **{**more, "macro": (*_typed(told), *more.get("macro", ()))},
            **_surroundings(state, bool(paths)),
        )
    except ThemeMissing as error:
        raise failed(f"{error} 'briefing doctor' says more.") from error
    app.run()
    return app.return_code or 0


def _is_new(address: "Path | str") -> bool:
    """Whether a library is a file that is not there yet."""
    return isinstance(address, Path) and not address.exists()


def _surroundings(state: State, only_paths: bool) -> dict[str, Any]:
    """The files and folders that a reader works with; of paths only, it does not come back to how it was left."""
    from briefing.tui.recalled import ListsFile

    return {
        "kept": state.loaded,
        "themes": theme_folders(),
        "lexicons": state.lexicons,
        "samples": shipped("seeds"),
        "tour": None if only_paths or in_browser() or state.private else tour_file(),
        "lists": None if only_paths or state.private else ListsFile(lists_file(), state.library_address),
    }


def _answered(answer: "Callable[[], Told] | None") -> Told | None:
    """What the terminal said of itself; what it may still say is kept from being taken for keys."""
    told = answer() if answer else None
    if told is not None and told.late:
        from briefing.tui.textual_patches.late_replies import drop_late_replies

        drop_late_replies()
    return told


def _fitting(told: Told | None) -> str:
    """The theme to begin with where none is set, by the colours of the terminal. Empty for that of the settings."""
    from briefing.tui.theming.theme_switching import LIGHT_THEME

    if told is None:
        return ""
    return FEW_COLOURS if _has_few_colours() else LIGHT_THEME if told.light else ""


def _typed(told: Told | None) -> Sequence[Any]:
    """The keys that were typed while the terminal was asked."""
    from briefing.tui.macros import typed_keys

    return typed_keys(told.typed) if told is not None else ()


def _opener(state: State, paths: tuple[str, ...], stack: ExitStack) -> "Callable[[], Library]":
    """What opens the library once the first frame is drawn; of paths, an empty one that is gone afterwards."""

    def opened() -> "Library":
        from briefing.library.opening import open_library

        address = state.library_address
        if paths:
            from briefing.ingest.temp_folder import Scratch

            address = stack.enter_context(Scratch())() / "scratch.db"
        library = state.forgetting(open_library(address))
        stack.callback(library.close)
        return library

    return opened


def require_one_of(paths: tuple[str, ...]) -> None:
    """Raise where none of the paths exists; where some do, the reader opens and names the others."""
    if paths and not any(path == "-" or "://" in path or Path(path).exists() for path in paths):
        raise failed(f"no such file or folder: {', '.join(paths)}")


def _require_terminal(stdin_is_read: bool) -> None:
    """Textual draws on standard error; keys come from standard input, or from the terminal where that is a pipe."""
    if not (sys.stdout.isatty() and sys.stderr.isatty()):
        raise failed("the reader needs a terminal; 'briefing facts' and 'briefing export' print to a pipe or file")
    if os.name == "posix" and os.environ.get("TERM") in {"dumb", "unknown"}:
        raise failed(
            "the reader needs a terminal that can place the cursor, and TERM says that this one cannot; "
            "'briefing read' and 'briefing facts' print plain lines"
        )
    if sys.stdin.isatty():
        return
    try:
        terminal = os.open("/dev/tty" if os.name == "posix" else "CONIN$", os.O_RDWR)
    except OSError as error:
        raise failed("the reader needs a terminal for its keys") from error
    if not stdin_is_read:
        tell("standard input is not read; name - to read it")
    os.dup2(terminal, sys.stdin.fileno())
    os.close(terminal)
