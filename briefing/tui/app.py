"""The reader's app: what all screens share, and nothing of what they do."""

from __future__ import annotations

from asyncio import to_thread, wait_for
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.events import Event, InputEvent, Key
from textual.markup import escape
from textual.notifications import SeverityLevel

from briefing.model.safetext import SafeText
from briefing.tui.actions import bindings
from briefing.tui.changes import Listed, SourceChanged
from briefing.tui.counts import Counter
from briefing.tui.first_frame import FirstFrame
from briefing.tui.leaving import Leaving
from briefing.tui.preferences import Preferring
from briefing.tui.state import ReaderState
from briefing.tui.textual_patches.gc_policy import INTERVAL, Collector
from briefing.tui.textual_patches.process_switches import set_process_switches
from briefing.tui.textual_patches.screens import replace_default, until_mounted
from briefing.tui.textual_patches.stray_continue import ignore_stray_continues
from briefing.tui.textual_patches.terminal import Terminal
from briefing.tui.theming.theme_switching import DEFAULT_THEME, ThemeMissing

if TYPE_CHECKING:
    from textual.screen import Screen

    from briefing.ingest import ExtractionCache
    from briefing.library import Library
    from briefing.model.settings import Settings
    from briefing.tui.kept_settings import Kept
    from briefing.tui.main_screen.screen import MainScreen
    from briefing.tui.recalled import ListsFile

STYLES: Final = Path(__file__).with_name("briefing.tcss")
__all__ = ["DEFAULT_THEME", "BriefingApp", "ThemeMissing"]
_OPEN_DIALOGS: Final = frozenset(
    {"tags", "which", "searches", "facets", "card", "edits", "claims", "entity-counts"},
)
"""Groups of threads that end with a dialog, which the next key is for."""
_SAVING: Final = 0.5
"""Seconds that leaving waits for the library, which an ingest may hold, to take down the place."""


class BriefingApp(Preferring, inherit_bindings=False):
    """Shows a library.

    ``library`` is one, or opens one when it is called: in a thread, after the first frame. ``refs`` are taken into
    it at the start. ``themes`` are folders of theme files; a later one's themes replace an earlier one's, and with
    ``follow_themes`` they are read again whenever one is written. ``kept`` are the settings with their file, where
    they may be changed. ``tour`` is the file that says, by being there, that the tour was shown. ``extractor`` makes
    the fingerprint by which sources are known that another version of the extractor read. ``lists`` remembers order,
    groups and filters of the lists. ``macro`` are keys to press once all is
    there, and ``guide`` shows the way through the four jobs. ``theme`` is the one to begin with
    where that is not the one of the settings.
    """

    TITLE = "briefing"
    BINDINGS = bindings("app")
    ENABLE_COMMAND_PALETTE = False  # ours is opened by an action that can be given another key

    def __init__(
        self,
        library: Library | Callable[[], Library],
        *,
        settings: Settings,
        themes: Sequence[Path],
        refs: Sequence[str] = (),
        cache: ExtractionCache | None = None,
        lexicons: Path | None = None,
        stdin: bytes | None = None,
        samples: Path | None = None,
        kept: Kept | None = None,
        tour: Path | None = None,
        extractor: Callable[[], str] | None = None,
        lists: ListsFile | None = None,
        theme: str = "",
        follow_themes: bool = False,
        macro: Sequence[Key] = (),
        guide: bool = False,
        empty: bool = False,
    ) -> None:
        """``empty`` says that the library is known to hold nothing yet: then the welcome is the first frame.

        Raises :class:`ThemeMissing` where ``themes`` hold neither the theme of the settings nor the default one.
        """
        set_process_switches()
        ignore_stray_continues()
        self.collector = Collector()
        super().__init__(settings, themes, kept, theme=theme, follow=follow_themes)
        self.refs = refs
        self.state = ReaderState("added" if refs else "newest")
        self.samples = samples
        self.tour = tour
        self.extractor = extractor
        self.lists = lists
        self.ingest_options |= {"lexicons": lexicons, "cache": cache, "stdin": stdin}
        self.terminal = Terminal(self)
        self.leaving = Leaving(self)
        self.exported: Path | None = None
        """The file that the last brief was written to."""
        self._guide = guide
        self.empty = empty
        self.counter = Counter()
        self.recorded: list[tuple[str, str | None]] | None = None
        """Keys that are being recorded, with their characters."""
        self.record_to = ""
        self._macro = tuple(macro)
        self._library = library
        self._opening_library = self._listed = False
        self.state.listen(Listed, lambda _: self._note_listed())
        self.state.listen(SourceChanged, lambda _: self._name_terminal())
        self._problems = [SafeText(problem) for problem in self.keymap.problems]
        if not self.theme_found:
            self._problems.append(SafeText(f"theme: there is none named {settings.theme!r}; T shows those there are."))

    def get_default_screen(self) -> Screen[None]:
        """What is drawn first: of an empty library its welcome, else the panes' frames alone."""
        return self._main_screen() if self.empty else FirstFrame()

    def _main_screen(self) -> MainScreen:
        """The reader itself. What it is made of is loaded now, and takes longer than the first frame."""
        from briefing.tui.main_screen.screen import MainScreen

        self.stylesheet.read(STYLES)
        return MainScreen(self.state, self.settings.measure)

    @property
    def begun(self) -> bool:
        """Whether the main screen is there."""
        return bool(self.screen_stack) and not isinstance(self.screen_stack[0], FirstFrame)

    def is_opening(self) -> bool:
        """Whether the main screen is still being loaded: then every key waits, however long that takes."""
        return not self._opening_library

    def keeps_keys(self) -> bool:
        """Whether what the next key may be about is on its way: a dialog, the first list, hits, a source."""
        opening = any(worker.group in _OPEN_DIALOGS and not worker.is_finished for worker in self.workers)
        if opening or self._awaits_list():
            return True
        return self.screen is self.main and (self.main.awaits_source() or self.main.search_pane.awaits_hits())

    def leaves_at_once(self, key: Key) -> bool:
        """Nobody who leaves waits for a library that takes long to open; the keys before had nothing to work on."""
        return key.key == "ctrl+q" and self.begun and self.state.library is None

    def _awaits_list(self) -> bool:
        """Whether the sources are not listed yet, and will be: the library is being opened or is open."""
        if self._listed:
            return False
        opening = any(worker.group == "library" and not worker.is_finished for worker in self.workers)
        return opening or self.state.library is not None

    def times(self, key: Key) -> int:
        """A number before a key in a list or in the text says how often it counts."""
        if self.recorded is not None:
            self.recorded.append((key.key, key.character))
        from briefing.tui.widgets.row_list import RowList
        from briefing.tui.widgets.text_view import TextView

        if not isinstance(self.focused, RowList | TextView):
            self.counter.typed = ""
            return 1
        if self.counter.take(key.character):
            self.main.status.say(right=[(SafeText(f"{self.counter.typed} ×"), "key")])
            return 0
        if self.counter.typed:
            self.main.status.say(right=[])
        return self.counter.times(key.key)

    async def on_event(self, event: Event) -> None:
        """Note that the reader is at it."""
        if isinstance(event, InputEvent):
            self.collector.used()
        await super().on_event(event)

    def on_mount(self) -> None:
        """Draw first; whatever takes time comes after that."""
        self.leaving.begin()
        self.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        if self.begun:
            self._begin()
        else:
            self.call_next(self._replace_first_frame)

    def _replace_first_frame(self) -> None:
        if self.return_code is not None:
            return  # told to end meanwhile
        main = self._main_screen()
        replace_default(self, main)
        main.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """The main screen is drawn: now for what takes time."""
        if self.return_code is not None:
            return
        if not self.empty:
            self.main.mount_rest()
        self.main.opener.open()
        self._opening_library = True
        self.begin_themes()
        if self.follows_terminal:
            self.terminal.follow_colours()
        if self._guide:
            from briefing.tui.widgets.guide import Guide

            self.main.mount(Guide(self.keymap.keys), before="#legend")
        if self._macro:
            self.state.listen(Listed, lambda _: self.main.call_after_refresh(self._press_macro))
        self.set_interval(INTERVAL, self.collector.rest)
        self.settings_changed.subscribe(self.main, self.main.settings_changed)
        for problem in self._problems:
            self.notify(problem, title="Settings", severity="warning", timeout=10)

    def _note_listed(self) -> None:
        self._listed = True

    def _press_macro(self) -> None:
        """Press the keys that were given at the start, once the sources are listed and none is being read."""
        if self._macro and self.main.ingest.asked is None:
            keys, self._macro = self._macro, ()
            for key in keys:
                self.post_message(key)

    @property
    def main(self) -> MainScreen:
        """The screen at the bottom."""
        return self.screen_stack[0]  # type: ignore[return-value]

    def open_library(self) -> Library:
        """The library; called in a thread, as opening may take time. Raises what opening raises."""
        if callable(self._library):
            self._library = self._library()
        return self._library

    # What all screens can do

    def action_palette(self) -> None:
        """Find anything by its name."""
        from briefing.tui.commands import open_palette

        open_palette(self)

    def action_help(self) -> None:
        """Show keys, signs and the query language; the same key leaves them."""
        from briefing.tui.dialogs.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss(None)
        elif not any(isinstance(screen, HelpScreen) for screen in self.screen_stack):
            self.push_screen(HelpScreen(self.keymap.keys))

    def action_tour(self) -> None:
        """Show the tour, on the main screen only."""
        from briefing.tui.dialogs.tour import show

        if self.screen is self.main:
            show(self.main)

    def action_interrupt(self) -> None:
        """Copy what is selected; without a selection say how to quit, which is what Ctrl+C does elsewhere."""
        if self.screen is self.main and self.main.text_view.text_selection is not None:
            self.main.text_pane.action_copy()
        else:
            self.notify("q or Ctrl+Q quits.", timeout=3)

    async def action_quit(self) -> None:
        """Stop all work, remember the place, leave; what was cut short is told on the way out."""
        message = self.main.ingest.what_is_cut_short()
        self.main.stop_work()
        with suppress(TimeoutError):
            await wait_for(to_thread(self.main.text_pane.save_place), _SAVING)
        await until_mounted(self.screen, _SAVING)
        self.exit(message=message)

    def _name_terminal(self) -> None:
        """The window is called by the source in sight."""
        source = self.state.source
        self.terminal.show_title(f"{source.title.line() or source.path} – briefing" if source else "briefing")

    def on_unmount(self) -> None:
        """Whatever ended the program, no thread may keep it from ending; the window has its name back."""
        self.leaving.end()
        self.terminal.give_back()
        self.end_themes()

    def copy(self, text: str) -> None:
        """Put text on the clipboard, through the terminal and through the system's own program if there is one."""
        from briefing.tui.clipboard import copy_to_system

        self.copy_to_clipboard(text)
        self.run_worker(lambda: copy_to_system(text), thread=True, group="clipboard", exit_on_error=False)

    def tell_error(self, error: BaseException | None) -> None:
        """Show an error of a thread. One that a user can act on comes with words for the user."""
        from briefing.library.errors import LibraryError, LibraryReadOnly

        if isinstance(error, LibraryReadOnly):
            self.notify(error.message, title="This library is read-only", severity="warning", timeout=10)
            return
        words = str(error) if isinstance(error, LibraryError) else f"{type(error).__name__}: {error}"
        self.notify(SafeText(words).line(), title="Error", severity="error", timeout=10)

    def tell_file(self, words: str, path: Path) -> None:
        """Show a notification that ends with a file, a link where the terminal shows links.

        Args:
            words: What became of the file.
            path: The file.
        """
        from briefing.links import address_of

        shown, address = SafeText(str(path)).line(), address_of(str(path)) if self.terminal.links else None
        if address is None:
            self.notify(f"{words} {shown}", timeout=6)
            return
        marked = f'{escape(SafeText(words).line())} [link="{address}"]{escape(shown)}[/link]'
        super().notify(marked, timeout=6, markup=True)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a notification as plain text: nothing in it is markup, nothing reaches the terminal raw."""
        del markup
        super().notify(SafeText(message), title=SafeText(title), severity=severity, timeout=timeout, markup=False)
