"""The main screen's panes: what is where, which is in sight, which has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Click, DescendantFocus
from textual.geometry import Offset, Size
from textual.widget import Widget

from briefing.tui.actions import BY_ID
from briefing.tui.textual_patches.framed import Framed
from briefing.tui.textual_patches.sliced_compositor import SlicedScreen
from briefing.tui.textual_patches.timers import Timing
from briefing.tui.widgets.bar import Bar
from briefing.tui.widgets.facts_panel import FactList
from briefing.tui.widgets.hit_list import HitList
from briefing.tui.widgets.inputs import SafeInput, SearchBar
from briefing.tui.widgets.key_bar import KeyBar
from briefing.tui.widgets.legend import Legend
from briefing.tui.widgets.line import Line
from briefing.tui.widgets.source_list import SourceList
from briefing.tui.widgets.status import Status
from briefing.tui.widgets.tabs import Tab, Tabs
from briefing.tui.widgets.text_view import TextView
from briefing.tui.widgets.welcome import Welcome
from briefing.tui.wording import own

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.model.safetext import SafeText
    from briefing.tui.app import BriefingApp

Pane = Literal["sources", "text", "facts"]
PANES: Final[tuple[Pane, ...]] = ("sources", "text", "facts")
_PANE_TITLES: Final[dict[Pane, str]] = {"sources": "1 Sources", "text": "2 Text", "facts": "3 Facts"}


class FrameScreen(Timing, SlicedScreen):
    """Search bar above, three panes, legend, status and keys below; below 100 columns one pane at a time."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (128, "-roomy"), (164, "-wide")]  # noqa: RUF012 - Textual's own type
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = ""  # an empty library has nothing to focus but the search bar, which would take every key

    def __init_subclass__(cls, *, made: bool = False, **more: bool) -> None:
        """A class that is only there to be built on does without what Textual gathers of each, half a millisecond."""
        if made:
            super().__init_subclass__(**more)

    def __init__(self, measure: int) -> None:
        super().__init__(id="main")
        self._measure = measure
        self.pane: Pane = "sources"
        self.library: Library | None = None
        self._make_widgets()
        self.add_class("-pane-sources", *self._size_classes(self.app.size), update=False)

    @property
    def reader(self) -> BriefingApp:
        """The app, by its own type."""
        return self.app  # type: ignore[return-value]

    def _size_classes(self, size: Size) -> list[str]:
        """What Textual will find the breakpoints to say: set before, the screen is styled once and not thrice."""
        width, height = size
        pairs = ((width, self.HORIZONTAL_BREAKPOINTS), (height, self.VERTICAL_BREAKPOINTS))
        return [[name for least, name in points if cells >= least][-1] for cells, points in pairs]

    def _screen_resized(self, size: Size) -> None:
        """Lay out once: Textual would do so with the style of the old size first, and then with that of the new one.

        A size that the terminal has no more is passed over: two sizes that are on their way would call for each other
        for ever.
        """
        if size != self.app.size:
            return
        points = (*self.HORIZONTAL_BREAKPOINTS, *self.VERTICAL_BREAKPOINTS)
        now = set(self._size_classes(size))
        for name in sorted({name for _, name in points} - now):
            self.remove_class(name, update=False)
        if now - self.classes:
            self.add_class(*now, update=False)
            self.update_node_styles(animate=False)
        super()._screen_resized(size)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """What is under a cell, and where in its content."""
        widget, place = super().get_widget_and_offset_at(x, y)
        if place is not None and isinstance(widget, TextView):
            place = widget.place_under(x, y)
        return widget, place

    def _make_widgets(self) -> None:
        """The widgets, which live as long as the screen."""
        self.prompt = Line(id="prompt")
        self.search_bar = SearchBar(id="search", placeholder="Search all sources", select_on_focus=False)
        self.found = Line(id="found")
        self.pane_tabs = Tabs(id="panes")
        self.filter_bar = SafeInput(id="filter", placeholder="title or publisher")
        self.source_list = SourceList(id="sources")
        self.hit_list = HitList(id="hits")
        self.welcome = Welcome(id="welcome")
        self.text_view = TextView(self._measure, id="text")
        self.find_bar = SafeInput(id="find", placeholder="find in this text")
        self.kind_tabs = Tabs(id="kinds")
        self.fact_list = FactList(id="facts")
        self.left = Framed(self.source_list, id="left", classes="pane")
        self.middle = Framed(self.text_view, id="middle", classes="pane")
        self.right = Vertical(self.kind_tabs, self.fact_list, id="right", classes="pane")
        self.legend_bar = Legend(id="legend")
        self.status = Status(id="status")

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Horizontal(self.prompt, self.search_bar, self.found, id="top")
        yield self.pane_tabs
        yield Horizontal(self.left, self.middle, self.right, id="body")
        yield self.legend_bar
        yield self.status
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Name the panes."""
        self.prompt.say([(own("/"), "heading")])
        self.left.border_title = "Sources"
        self.middle.border_title = "Text"
        self.right.border_title = "Facts"
        self.show_pane_titles({})
        self.take_focus(self.source_list)

    def mount_rest(self) -> None:
        """Add what is not in sight at first; every widget delays the first frame by some milliseconds."""
        self.left.mount(self.filter_bar, before=self.source_list)
        self.left.mount(self.hit_list)
        self.middle.mount(self.welcome, before=self.text_view)
        self.middle.mount(self.find_bar)

    def show_pane_titles(self, notes: dict[Pane, SafeText]) -> None:
        """Say in the tabs of a narrow screen what each pane holds."""
        self.pane_tabs.show([Tab(pane, own(_PANE_TITLES[pane]), notes.get(pane, own(""))) for pane in PANES])
        self.pane_tabs.active = self.pane

    @property
    def narrow(self) -> bool:
        """Whether only one pane is in sight."""
        return self.has_class("-narrow")

    @property
    def searching(self) -> bool:
        """Whether hits stand in place of the sources."""
        return self.has_class("-searching")

    def show_hits(self, shown: bool) -> None:
        """Put hits in place of the sources, or these back. Of the pane they are in only the width is styled anew."""
        self.set_class(shown, "-searching", update=False)
        self.app.stylesheet.apply(self.left)
        self.hit_list.display, self.source_list.display = shown, not shown

    def widget_of(self, pane: Pane) -> Widget:
        """What takes the focus in a pane."""
        if pane == "sources":
            return self.hit_list if self.searching else self.source_list
        return self.text_view if pane == "text" else self.fact_list

    def go_to(self, pane: Pane) -> None:
        """Bring a pane into sight and give it the focus."""
        if pane != "text":
            self.remove_class("-zoom")
        self.bring(pane)
        self.take_focus(self.widget_of(pane))

    def take_focus(self, widget: Widget) -> None:
        """Focus a widget at once: keys that are typed ahead go to it, not to the one before."""
        self.set_focus(widget, scroll_visible=False)

    def bring(self, pane: Pane) -> None:
        """Bring a pane into sight."""
        if pane != self.pane:
            self.pane = pane
            for other in PANES:
                self.set_class(other == pane, f"-pane-{other}", update=False)
            if self.narrow:  # elsewhere all panes are in sight, and styling the screen anew takes longer than a frame
                self.update_node_styles(animate=False)
        self.pane_tabs.active = pane

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The pane that has the focus is the one in sight on a narrow screen."""
        for pane, holder in (("sources", self.left), ("text", self.middle), ("facts", self.right)):
            if holder in event.widget.ancestors:
                self.bring(pane)  # type: ignore[arg-type]
        self.tell_where()

    def tell_where(self) -> None:
        """Say in the status line what one is on."""
        if not self.tell_what():
            self.status.tell(own(""))

    def tell_what(self) -> bool:
        """Say it, if there is anything to be said of what has the focus."""
        return False

    def on_click(self, event: Click) -> None:
        """A click on the frame of a pane, or with the other button anywhere in it, opens its menu."""
        for pane, holder in zip(PANES, (self.left, self.middle, self.right), strict=True):
            on_frame = event.widget is holder
            if on_frame or (event.button == 3 and event.widget is self.widget_of(pane)):
                self.go_to(pane)
                self.action_menu()

    def action_menu(self) -> None:
        """All that can be done in this pane."""
        from briefing.tui.dialogs.menu import open_menu

        open_menu(self)

    @on(Bar.Chosen, "#panes")
    def _pane_chosen(self, message: Bar.Chosen) -> None:
        self.go_to(message.key)  # type: ignore[arg-type]

    @on(Bar.Chosen, "#keys")
    @on(Bar.Chosen, "#welcome")
    async def _key_chosen(self, message: Bar.Chosen) -> None:
        """A key was clicked, so do what it does."""
        await self.do(message.key)

    async def do(self, name: str) -> None:
        """Carry out an action by its id, as if its key had been pressed in its pane."""
        action = BY_ID[name]
        target: Widget | None = self.focused
        if action.where == "self" and not hasattr(target, f"action_{name}"):
            target = self.legend_bar if "legend" in action.scopes else self.widget_of(self.pane)
            self.take_focus(target)
        await self.app.run_action(action.call, target or self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would change nothing is not offered."""
        del parameters
        if self.has_class("-empty") and action in {"search", "next_pane", "export"}:
            return False
        if action == "search":
            return self.focused is not self.search_bar
        return self.has_class("-empty") or action != "samples"

    def action_sources(self) -> None:
        """Go to the sources, or the hits."""
        self.go_to("sources")

    def action_text(self) -> None:
        """Go to the text."""
        self.go_to("text")

    def action_facts(self) -> None:
        """Go to the facts, from a mark in the text to one that was read there."""
        self.meet_fact()
        self.go_to("facts")

    def meet_fact(self) -> None:
        """Put the cursor of the facts on one that was read where one is."""

    def action_next_pane(self) -> None:
        """The pane to the right, from the last one to the first."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """The pane to the left, from the first one to the last."""
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        if self.focused in (self.search_bar, self.legend_bar):
            self.go_to(self.pane if step < 0 else "sources" if self.focused is self.search_bar else self.pane)
        else:
            self.go_to(PANES[(PANES.index(self.pane) + step) % len(PANES)])

    def action_zoom(self) -> None:
        """The text alone, or all panes again."""
        if not self.narrow:
            self.toggle_class("-zoom")
        self.go_to("text") if self.has_class("-zoom") or self.narrow else None

    def action_types(self) -> None:
        """Go to the legend."""
        self.take_focus(self.legend_bar)
