"""The main screen: composes the panes, gives them the focus, and wires what they announce to what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import MouseDown, MouseMove
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from briefing.model.safetext import SafeText
from briefing.tui import changes as announced
from briefing.tui.actions import BY_ID, bindings
from briefing.tui.app_protocol import reader
from briefing.tui.dialogs.tour import leave, offer, say_again
from briefing.tui.facts.marking import FactMarked
from briefing.tui.main_screen.compare import CompareController
from briefing.tui.main_screen.entities import EntityController
from briefing.tui.main_screen.facts_pane import FactsPane
from briefing.tui.main_screen.frame import Frame
from briefing.tui.main_screen.hits_pane import HitsPane
from briefing.tui.main_screen.ingest import IngestController
from briefing.tui.main_screen.library_opener import LibraryOpener
from briefing.tui.main_screen.others import Others
from briefing.tui.main_screen.pane_widths import PaneWidths
from briefing.tui.main_screen.recall import Recall
from briefing.tui.main_screen.search_pane import SearchPane
from briefing.tui.main_screen.sources_pane import SourcesPane
from briefing.tui.main_screen.text_pane import TextPane
from briefing.tui.main_screen.travels import Travels
from briefing.tui.main_screen.typed_commands import TypedCommands
from briefing.tui.widgets.key_bar import KeyBar
from briefing.tui.widgets.legend import Legend
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.status import Status
from briefing.tui.widgets.text_view import TextView
from briefing.tui.widgets.tour import Tour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.model.settings import Settings
    from briefing.tui.actions import Scope
    from briefing.tui.dialogs.workspaces import WorkspaceMenu
    from briefing.tui.state import ReaderState


class MainScreen(Frame, inherit_bindings=False):
    """Search bar above, three panes, legend, status and keys below."""

    BINDINGS = bindings("main")

    def __init__(self, state: ReaderState, measure: int) -> None:
        """``measure`` is the widest line of the text, in cells."""
        super().__init__(state)
        self.search_pane = SearchPane(state)
        self.sources_pane = SourcesPane(state)
        self.hits_pane = HitsPane(state, self.search_pane)
        self.text_pane = TextPane(state, measure)
        self.facts_pane = FactsPane(state)
        self.legend_bar = Legend(id="legend")
        self.status = Status(id="status")
        self.search_bar = self.search_pane.bar
        self.source_list = self.sources_pane.list
        self.hit_list = self.hits_pane.list
        self.text_view = self.text_pane.view
        self.fact_list = self.facts_pane.list
        self.compare = CompareController(self, state)
        self.entities = EntityController(
            self, state, self.status, self.text_pane.mention, self.search_pane.put, self.action_forward
        )
        self.widths = PaneWidths(self.sources_pane, self.facts_pane, self.recall_widths)
        self.recall = Recall(self, state, self.facts_pane, reader(self).lists, self.widths.take)
        self.opener = LibraryOpener(self, state, self.recall)
        self.travels = Travels(self, state, self.entities)
        self.typed = TypedCommands(self)
        self.cards, self.searches = self.entities, self.search_pane.saved
        self.ingest = IngestController(self, state, self.status, self.compare, self.text_pane.welcome.tell_reading)
        self.others = Others(self, state)
        self._wire()

    def _wire(self) -> None:
        listen = self.state.listen
        listen(announced.PaneWanted, lambda change: self.go_to(change.pane))
        listen(announced.Moved, lambda _: self.tell_where())
        listen(announced.TitlesChanged, lambda _: self._tell_titles())
        listen(announced.OffersChanged, lambda _: self.refresh_bindings())
        listen(announced.TotalsChanged, self.totals_changed)
        listen(announced.SourceChanged, lambda _: self._show_types())
        listen(announced.FactsChanged, lambda _: self._show_types())
        listen(announced.LibraryOpened, lambda _: offer(self, self.state.totals.sources if self.state.totals else 0))
        listen(announced.HitsFound, lambda change: None if change.more else self.show_hits(True))
        listen(announced.SearchLeft, lambda _: self.show_hits(False))

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.search_pane
        yield self.pane_tabs
        yield Horizontal(self.sources_pane, self.hits_pane, self.text_pane, self.facts_pane, id="body")
        yield self.legend_bar
        yield self.status
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """The sources come first; where there are none yet, the welcome."""
        if reader(self).empty:
            self.add_class("-empty")
            self.mount_rest()
            self.text_pane.border_title = "Welcome"
            self.text_pane.welcome.tell_reading(bool(reader(self).refs))
        self._tell_titles()
        self.take_focus(self.source_list)

    def mount_rest(self) -> None:
        """Add what is not in sight at first; every widget delays the first frame by some milliseconds."""
        self.sources_pane.mount_rest()
        self.text_pane.mount_rest()

    # Panes

    def recall_widths(self) -> None:
        """Keep how wide the panes are."""
        self.recall.widths = self.widths.widths
        self.recall.keep()

    def on_resize(self) -> None:
        """What was given the panes holds as far as there is room."""
        self.widths.fit(self.size.width, self.narrow)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Take hold of the frame between two panes."""
        if event.button == 1 and self.widths.grab(event.screen_x, event.screen_y):
            event.stop()
            self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Drag it."""
        if self.widths.dragging:
            self.widths.drag(event.screen_x)

    def on_mouse_up(self) -> None:
        """Let go of it."""
        if self.widths.dragging:
            self.release_mouse()
            self.widths.drop()

    def places(self) -> Mapping[Scope, tuple[Widget, Widget]]:
        """The pane of each scope, and what takes the focus in it; during a search the hits are the sources."""
        sources, hits = (self.sources_pane, self.source_list), (self.hits_pane, self.hit_list)
        return {
            "sources": hits if self.searching else sources,
            "text": (self.text_pane, self.text_view),
            "facts": (self.facts_pane, self.fact_list),
            "hits": hits,
            "search": (self.search_pane, self.search_bar),
            "legend": (self.legend_bar, self.legend_bar),
        }

    @on(RowList.Chosen, "#suggestions")
    def _suggestion_chosen(self) -> None:
        self.search_pane.suggestions.take()

    def _tell_titles(self) -> None:
        self.show_pane_titles({"sources": self.sources_pane.note(), "facts": self.facts_pane.note()})

    def tell_where(self) -> None:
        """Show the focused pane's status, else the text's."""
        pane = next((pane for pane, focused in self.places().values() if focused is self.focused), None)
        words = pane.said() if isinstance(pane, FactsPane | SearchPane | HitsPane | SourcesPane) else []
        self.status.say(left=words or self.text_pane.said())

    # The text

    def _show_types(self) -> None:
        mentions = self.state.mentions
        if mentions is not None or self.state.source is None:
            self.legend_bar.show(mentions.types() if mentions is not None else {})

    @on(Legend.Switched)
    def _types_switched(self, message: Legend.Switched) -> None:
        self.text_view.set_shown(message.shown)

    @on(FactMarked)
    def _fact_marked(self, message: FactMarked) -> None:
        self.facts_pane.verdicts.add(message.source_id, message.fact)

    @on(TextView.MentionChosen)
    def _mention_chosen(self, message: TextView.MentionChosen) -> None:
        self.entities.show_card(message.mention.name, message.mention.type)

    # Clicks

    @on(Tour.Left)
    def _tour_left(self) -> None:
        leave(self)

    async def do(self, name: str) -> None:
        """Carry out an action by its id, as if its key had been pressed in its pane, or on the entity one is on."""
        if "card" in BY_ID[name].scopes:
            getattr(self.entities.questions, name.removesuffix("_entity"))()
        else:
            await super().do(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only actions that would change something."""
        del parameters
        empty = self.has_class("-empty")
        if action in {"stop", "pause", "renew", "failures"}:
            return self.ingest.offers(action)
        if action == "search":
            return not empty and self.focused is not self.search_bar
        if action in {"next_pane", "export", "compare", "undo"}:
            return not empty
        return empty or action != "samples"

    # What the whole screen does

    def action_search(self) -> None:
        """Go to the search bar."""
        self.search_pane.begin()

    def action_searches(self) -> None:
        """List the searches kept and asked before."""
        self.search_pane.saved.list()

    def action_facts(self) -> None:
        """Go to the facts, from a mark in the text to one that was read there."""
        self.facts_pane.meet()
        self.go_to("facts")

    def action_menu(self) -> None:
        """All that can be done in this pane."""
        from briefing.tui.dialogs.menu import open_menu

        scope = "hits" if self.searching and self.state.pane == "sources" else self.state.pane
        open_menu(self, scope, lambda name: self.run_worker(self._do_in_pane(name), exit_on_error=False))

    async def _do_in_pane(self, name: str) -> None:
        self.go_to(self.state.pane)
        await self.do(name)

    def action_compare(self) -> None:
        """Show what each source says, claim by claim: of those marked, else filtered, else found, else of one event."""
        from briefing.model.selection import EVERYTHING
        from briefing.tui.agreement import COMPARED

        result, library, state = self.search_pane.result, self.state.library, self.state
        chosen: list[tuple[str, list[str]]] = [("marked", list(self.sources_pane.list.marked))]
        if library is not None and state.where != EVERYTHING:
            rows = library.sources(order=state.order, limit=COMPARED + 1, where=state.where)
            named = f"workspace {state.where.workspace}" if state.where.workspace else "filtered"
            chosen.append((named, [row.id for row in rows]))
        if library is not None and result is not None and self.searching:  # all of them, not those loaded so far
            found = library.search(result.query, limit=COMPARED + 1, typing=True)
            chosen.append(("hits", [hit.source.id for hit in found.hits]))
        self.compare.judging = self.facts_pane.verdicts
        self.compare.show(chosen, self.facts_pane.fact_under_cursor())

    def workspaces(self) -> WorkspaceMenu:
        """The menu of workspaces."""
        from briefing.tui.dialogs.workspaces import WorkspaceMenu

        return WorkspaceMenu(self, self.state, lambda: list(self.sources_pane.list.marked))

    def action_workspaces(self) -> None:
        """Open a workspace, make one, change one."""
        self.workspaces().ask()

    def action_names(self) -> None:
        """Look up one of the lists of names that are kept."""
        self.searches.list()

    def action_export(self) -> None:
        """Ask what to write where."""
        from briefing.tui.dialogs.export import ExportScreen

        state = self.state
        if state.library is not None and state.totals is not None and state.totals.sources:
            marked, workspace = list(self.sources_pane.list.marked), state.where.workspace
            result = self.search_pane.result if self.searching else None
            query = result.query if result is not None and result.hits else ""
            self.app.push_screen(ExportScreen(state.library, state.source, state.order, marked, workspace, query))
        else:
            self.app.notify("There is nothing to export yet.", timeout=3)

    def action_add(self) -> None:
        """Ask for files, folders and addresses to add."""
        self.ingest.ask_what()

    def action_samples(self) -> None:
        """Add the samples, while there is nothing else."""
        self.ingest.samples()

    def action_failures(self) -> None:
        """List what could not be read."""
        self.ingest.show_failures()

    def action_stop(self) -> None:
        """Stop taking in what was asked for."""
        self.ingest.stop()

    def action_pause(self) -> None:
        """Hold the reading of sources back, or let it go on."""
        self.ingest.pause()

    def action_renew(self) -> None:
        """Extract anew what another version of the extractor read."""
        self.ingest.renew()

    def action_undo(self) -> None:
        """Undo what was done last; of what was done before the program began, the last verdict."""
        _, undo = self.state.undoable.pop() if self.state.undoable else ("", self.facts_pane.verdicts.undo)
        undo()

    def action_command(self) -> None:
        """Ask for a command."""
        self.typed.ask()

    def action_jump(self) -> None:
        """Show a letter beside each place that can be gone to."""
        self.typed.jump()

    def action_record(self) -> None:
        """Record keys to a file, or end that."""
        self.typed.record()

    def action_run(self) -> None:
        """Press the keys that were recorded."""
        self.typed.run()

    def action_wider(self) -> None:
        """Make this pane wider."""
        self.widths.step(self.state.pane, wider=True)

    def action_narrower(self) -> None:
        """Make this pane narrower."""
        self.widths.step(self.state.pane, wider=False)

    def action_usual_widths(self) -> None:
        """Panes by the size of the terminal."""
        self.widths.reset()

    def action_back(self) -> None:
        """To the place before the last jump."""
        self.travels.go(-1)

    def action_forward(self) -> None:
        """To the place one came back from."""
        self.travels.go(1)

    def action_leave(self) -> None:
        """Leave the tour, else what was entered last: the find, the hit, the filter, the evidence, the mention."""
        text = self.text_pane
        if leave(self):
            return
        if self.focused is self.legend_bar:
            self.go_to(self.state.pane)
        elif self.text_view.text_selection is not None:
            self.clear_selection()
        elif self.focused is text.find_bar or (not self.searching and text.leave_find()):
            text.leave_find()
        elif self.facts_pane.leave_filter():
            return
        elif self.searching:
            self.go_to("sources")
        elif not (self.sources_pane.leave_filter() or text.leave_evidence()):
            self.text_view.leave_mention()

    def settings_changed(self, settings: Settings) -> None:
        """Apply changed settings."""
        self.text_pane.take_measure(settings.measure)
        self.ingest.follow_folders()
        self.refresh_bindings()
        say_again(self)

    def stop_work(self) -> None:
        """End all threads, as the program is about to end."""
        self.ingest.stop_work()
        self.others.stop_work()
        if self.state.library is not None:
            self.state.library.interrupt()

    def on_unmount(self) -> None:
        """Whatever ended the program, no thread may keep it from ending."""
        self.stop_work()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong in a thread, instead of ending the program."""
        if event.state is not WorkerState.ERROR:
            return
        if event.worker.group == "ingest":
            self.ingest.end_ingest()
        elif event.worker.group == "open":
            self.state.target = None
        elif event.worker.group == "library":
            self.status.tell(SafeText(f"No library is open: {event.worker.error}").line())
        reader(self).tell_error(event.worker.error)
