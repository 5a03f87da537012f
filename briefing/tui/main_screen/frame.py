"""The frame of the main screen: which panes are in sight, which has the focus, and their layout by screen size."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Final

from textual import on
from textual.events import Click, DescendantFocus
from textual.widget import Widget

from briefing.tui.actions import BY_ID
from briefing.tui.first_frame import TABS
from briefing.tui.state import PANES
from briefing.tui.textual_patches.sliced_compositor import SlicedScreen
from briefing.tui.textual_patches.timers import Timing
from briefing.tui.widgets.bar import Bar
from briefing.tui.widgets.tabs import Tab, Tabs
from briefing.tui.widgets.text_view import TextView
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.geometry import Offset, Size

    from briefing.model.safetext import SafeText
    from briefing.tui.actions import Action, Scope
    from briefing.tui.changes import TotalsChanged
    from briefing.tui.state import Pane, ReaderState

_PANE_TITLES: Final[dict[Pane, str]] = dict(zip(PANES, TABS, strict=True))


class Frame(Timing, SlicedScreen):
    """Three panes; below 100 columns one at a time."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (128, "-roomy"), (164, "-wide")]  # noqa: RUF012 - Textual's own type
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = ""  # an empty library has nothing to focus but the search bar, which would take every key

    def __init__(self, state: ReaderState) -> None:
        super().__init__(id="main")
        self.state = state
        self.pane_tabs = Tabs(id="panes")
        self.add_class("-pane-sources", *self._size_classes(self.app.size), update=False)

    def _size_classes(self, size: Size) -> list[str]:
        """What Textual will find the breakpoints to say: set before, the screen is styled once and not thrice."""
        width, height = size
        pairs = ((width, self.HORIZONTAL_BREAKPOINTS), (height, self.VERTICAL_BREAKPOINTS))
        return [[name for least, name in points if cells >= least][-1] for cells, points in pairs]

    def before_layout(self, size: Size) -> None:
        """Style once: Textual would lay out with the style of the old size first, and then with that of the new one."""
        points = (*self.HORIZONTAL_BREAKPOINTS, *self.VERTICAL_BREAKPOINTS)
        now = set(self._size_classes(size))
        for name in sorted({name for _, name in points} - now):
            self.remove_class(name, update=False)
        if now - self.classes:
            self.add_class(*now, update=False)
            self.update_node_styles(animate=False)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """The widget at a cell of the screen, and the place in its content."""
        widget, place = super().get_widget_and_offset_at(x, y)
        if place is not None and isinstance(widget, TextView):
            place = widget.place_under(x, y)
        return widget, place

    @property
    def narrow(self) -> bool:
        """Whether only one pane is in sight."""
        return self.has_class("-narrow")

    @abstractmethod
    def places(self) -> Mapping[Scope, tuple[Widget, Widget]]:
        """The pane of each scope, and what takes the focus in it."""

    def holders(self) -> dict[Pane, Widget]:
        """The visible container of each pane."""
        places = self.places()
        return {pane: places[pane][0] for pane in PANES}

    def show_pane_titles(self, notes: Mapping[Pane, SafeText]) -> None:
        """Show what each pane holds in the tabs of a narrow screen."""
        self.pane_tabs.show([Tab(pane, own(_PANE_TITLES[pane]), notes.get(pane, own(""))) for pane in PANES])
        self.pane_tabs.active = self.state.pane

    def go_to(self, pane: Pane) -> None:
        """Bring a pane into sight and give it the focus; what the cursor rests on is shown in it."""
        if pane != "text":
            self.remove_class("-zoom")
        if pane != "sources":
            self.state.settle()
        self.bring(pane)
        self.take_focus(self.places()[pane][1])

    def awaits_source(self) -> bool:
        """Whether a key would be for the text or the facts of a source that is not here yet."""
        state = self.state
        if state.going or not state.loading:
            return state.going
        places = self.places()
        if self.focused is places["facts"][1]:
            return not state.all_sources
        return self.focused is places["text"][1]  # n goes to a mention: what was found is waited for as well

    def take_focus(self, widget: Widget) -> None:
        """Focus a widget at once: keys that are typed ahead go to it, not to the one before."""
        self.set_focus(widget, scroll_visible=False)

    def bring(self, pane: Pane) -> None:
        """Bring a pane into sight."""
        if pane != self.state.pane:
            self.state.pane = pane
            for other in PANES:
                self.set_class(other == pane, f"-pane-{other}", update=False)
            if self.narrow:  # elsewhere all panes are in sight, and styling the screen anew takes longer than a frame
                self.update_node_styles(animate=False)
        self.pane_tabs.active = pane

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The pane that has the focus is the one in sight on a narrow screen."""
        for pane, holder in self.holders().items():
            if holder in event.widget.ancestors:
                self.bring(pane)
        self._place_hits()
        self.state.moved()

    def on_click(self, event: Click) -> None:
        """A click on the frame of a pane, or with the other button anywhere in it, opens its menu."""
        places = self.places()
        for pane, (holder, focused) in ((pane, places[pane]) for pane in PANES):
            if event.widget is holder or (event.button == 3 and event.widget is focused):
                self.go_to(pane)
                self.action_menu()

    @on(Bar.Chosen, "#panes")
    def _pane_chosen(self, message: Bar.Chosen) -> None:
        self.go_to(message.key)  # type: ignore[arg-type]

    @property
    def searching(self) -> bool:
        """Whether hits stand in place of the sources."""
        return self.has_class("-searching")

    def show_hits(self, shown: bool) -> None:
        """Put hits in place of the sources, or these back. Only the panes concerned are styled anew: it takes long."""
        had_focus = self.focused is self.places()["sources"][1]
        if shown != self.searching:
            self.set_class(shown, "-searching", update=False)
            self._style("#left, #hits-pane")
        if shown:
            self.bring("sources")
            self.state.moved()
        elif had_focus:
            self.take_focus(self.places()["sources"][1])
        self._place_hits()

    def _place_hits(self) -> None:
        """While one goes through the hits they lie over the facts as well, so that the text keeps its width."""
        places = self.places()
        over = self.searching and not self.narrow and self.focused in (places["search"][1], places["hits"][1])
        if over != self.has_class("-over-facts"):
            self.set_class(over, "-over-facts", update=False)
            self._style("#hits-pane, #right")

    def _style(self, panes: str) -> None:
        for pane in self.query(panes):
            self.app.stylesheet.apply(pane)

    def action_sources(self) -> None:
        """Go to the sources, or the hits."""
        self.go_to("sources")

    def action_text(self) -> None:
        """Go to the text."""
        self.go_to("text")

    def action_types(self) -> None:
        """Go to the legend."""
        self.take_focus(self.places()["legend"][1])

    def action_next_pane(self) -> None:
        """The pane to the right, from the last one to the first."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """The pane to the left, from the first one to the last."""
        self._step_pane(-1)

    def totals_changed(self, change: TotalsChanged) -> None:
        """An empty library has nothing to focus; what is offered depends on whether it is one."""
        totals, before = self.state.totals, change.before
        if totals is None:
            return
        self.set_class(totals.sources == 0, "-empty")
        if before is None or (before.sources > 0, before.failures > 0) != (totals.sources > 0, totals.failures > 0):
            self.refresh_bindings()  # looks through all keys: not at each source that is added
        if not totals.sources:
            self.set_focus(None)
        elif self.focused is None:
            self.go_to(self.state.pane)

    @on(Bar.Chosen, "#keys")
    @on(Bar.Chosen, "#welcome")
    async def _key_chosen(self, message: Bar.Chosen) -> None:
        """A key was clicked, so do what it does."""
        await self.do(message.key)

    async def do(self, name: str) -> None:
        """Carry out an action by its id, as if its key had been pressed in its pane."""
        action = BY_ID[name]
        if action.where == "app":
            await self.app.run_action(action.call)
            return
        doer = self.focused
        while doer is not None and not hasattr(doer, f"action_{action.method}"):
            doer = doer.parent if isinstance(doer.parent, Widget) else None
        call = action.call if action.where == "self" else name
        await self.app.run_action(call, doer or self._doer(action))

    def _doer(self, action: Action) -> Widget:
        """Who does what has nothing to do with the focus: the screen, or a pane, which is gone to."""
        places = self.places()
        scopes = [scope for scope in action.scopes if scope in places]
        here: Scope = "hits" if self.searching and self.state.pane == "sources" else self.state.pane
        if "main" in action.scopes or not ({"rows"} & {*action.scopes} or scopes):
            return self
        holder, focused = places[here if here in scopes or "rows" in action.scopes else scopes[0]]
        self.take_focus(focused)
        return focused if hasattr(focused, f"action_{action.method}") else holder

    @abstractmethod
    def action_menu(self) -> None:
        """All that can be done in this pane."""

    def _step_pane(self, step: int) -> None:
        at = self.state.pane
        if self.focused is not None and not any(holder in self.focused.ancestors for holder in self.holders().values()):
            self.go_to("sources" if step > 0 and self.focused.id == "search" else at)
        else:
            self.go_to(PANES[(PANES.index(at) + step) % len(PANES)])

    def action_zoom(self) -> None:
        """The text alone, or all panes again."""
        if not self.narrow:
            self.toggle_class("-zoom")
        if self.has_class("-zoom") or self.narrow:
            self.go_to("text")
