"""The card of an entity: what it is, where it stands, its facts and company, how it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from briefing.model.safetext import SafeText
from briefing.tui.app_protocol import reader
from briefing.tui.dialogs.base import Dialog
from briefing.tui.dialogs.entity_questions import EntityQuestions
from briefing.tui.places import CARD_PARTS, CardPlace
from briefing.tui.threads import in_thread
from briefing.tui.widgets.bar import Bar
from briefing.tui.widgets.card_list import CardList
from briefing.tui.widgets.parted_list import PartedList
from briefing.tui.widgets.row_list import RowList
from briefing.tui.widgets.tabs import Tab, Tabs
from briefing.tui.wording import TYPE_TITLES, number, own, plural

if TYPE_CHECKING:
    from briefing.model.entity_card import EntityCard
    from briefing.model.entity_edit import EntityEdit
    from briefing.model.kinds import EntityType
    from briefing.tui.dialogs.entity_questions import EntityEditor
    from briefing.tui.places import CardPart

    About = tuple[tuple[SafeText, SafeText], ...]

_PART_TITLES: Final[dict[CardPart, tuple[str, str]]] = {
    "places": ("Where", "Where"),
    "facts": ("Facts", "Facts"),
    "company": ("Appears with", "With"),
    "ways": ("Written as", "Written"),
}


class Choice(NamedTuple):
    """A place to go to from a card: in a source, or the sources that answer a query."""

    left: CardPlace
    source_id: str = ""
    start: int = 0
    end: int = 0
    query: SafeText = own("")
    forward: bool = False
    """Whether to go on to where one went from the card."""


class CardScreen(Dialog[Choice]):
    """Answers with where to go. From a card one may go on to other cards, and back."""

    class Loaded(Message):
        """Another card is loaded."""

        def __init__(self, card: EntityCard, place: CardPlace) -> None:
            self.card = card
            self.place = place
            super().__init__()

    class Told(Message):
        """The lexicons' facts of an entity are loaded."""

        def __init__(self, name: SafeText, about: About) -> None:
            self.name = name
            self.about = about
            super().__init__()

    def __init__(self, card: EntityCard, place: CardPlace, source_id: str | None, editor: EntityEditor) -> None:
        """``source_id`` is the source one comes from: what stands there comes first."""
        super().__init__()
        self._editor = editor
        self._card = card
        self._part: CardPart = place.part
        self._cursor = place.cursor
        self._source_id = source_id
        self._about: About = ()
        self._back: list[CardPlace] = []
        self._forward: list[CardPlace] = []

    def compose(self) -> ComposeResult:
        """What is known, then a list for the rest."""
        with Vertical(classes="box wide", id="card"):
            yield Static(classes="said", id="about")
            yield Tabs(id="parts")
            yield CardList(id="rows")

    def on_mount(self) -> None:
        """The list is what one came for."""
        self.questions = EntityQuestions(
            self,
            lambda: reader(self).state.library,
            self._editor,
            lambda: self.entity,
            self._written,
        )
        self.set_focus(self.query_one(CardList))
        self._show(self._cursor)

    @property
    def entity(self) -> tuple[SafeText, EntityType]:
        """The entity whose card it is."""
        return self._card.name, self._card.type

    # Showing

    def _show(self, cursor: int = 0) -> None:
        card = self._card
        box = self.query_one("#card", Vertical)
        box.border_title = Content(own(f"{TYPE_TITLES[card.type]} · ") + card.name.line())
        self._show_rows(cursor)
        self._show_about()
        self._tell_about(card.name, card.type)

    def _show_rows(self, cursor: int = 0) -> None:
        card = self._card
        self.query_one(CardList).show(card, self._part, self._source_id, cursor)
        counts = {
            "places": card.mentions,
            "facts": len(card.facts),
            "company": len(card.company),
            "ways": len(card.ways),
        }
        tabs = self.query_one(Tabs)
        titles = ((part, *_PART_TITLES[part]) for part in CARD_PARTS)
        tabs.show([Tab(part, own(title), own(number(counts[part])), own(short)) for part, title, short in titles])
        tabs.active = self._part

    def _show_about(self) -> None:
        card = self._card
        lines = [own(f"{plural(card.mentions, 'mention')} in {plural(card.sources, 'source')}")]
        said = [(label.line(), value.line()) for label, value in self._about]
        width = max((len(label) for label, _ in said), default=0)
        lines += [own(label.ljust(width)) + own("  ") + value for label, value in said]
        if card.looked < card.sources and self._part == "facts":
            lines.append(own(f"Facts of the newest {number(card.looked)} of these sources"))
        self.query_one("#about", Static).update(Content("\n".join(lines)))

    @in_thread("about", exclusive=True)
    def _tell_about(self, name: SafeText, kind: EntityType) -> None:
        from briefing.extract.lexicon.card_facts import about

        lexicons = reader(self).ingest_options["lexicons"]
        self.post_message(self.Told(name, about(name, kind, lexicons)))  # type: ignore[arg-type]

    @on(Told)
    def _take_about(self, message: Told) -> None:
        if message.name == self._card.name:
            self._about = message.about
            self._show_about()

    # The parts

    @on(Bar.Chosen, "#parts")
    def _part_chosen(self, message: Bar.Chosen) -> None:
        self.show_part(message.key)  # type: ignore[arg-type]

    @on(PartedList.PartStep)
    def _part_step(self, message: PartedList.PartStep) -> None:
        self.show_part(CARD_PARTS[(CARD_PARTS.index(self._part) + message.step) % len(CARD_PARTS)])

    def show_part(self, part: CardPart) -> None:
        """Show one part of the card."""
        self._part = part
        self._show_rows()
        self._show_about()

    # Going on

    def _here(self) -> CardPlace:
        return CardPlace(self._card.name, self._card.type, self._part, self.query_one(CardList).cursor)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Go to the place under the cursor, to the card of the entity, or take the way of writing out."""
        row = self.query_one(CardList).current()
        if row is None or isinstance(row, SafeText):
            return
        if self._part == "company":
            self._back.append(self._here())
            self._forward.clear()
            self._load(CardPlace(row.name, row.type))  # type: ignore[union-attr]
        elif self._part == "ways":
            self.action_split_entity()
        else:
            self.dismiss(Choice(self._here(), row.source_id, row.start, row.end))  # type: ignore[union-attr]

    def action_search_entity(self) -> None:
        """Search for the sources that mention it."""
        name = self._card.name.line().replace('"', " ")
        field = {"VEHICLE": "", "WEAPON": "", "SHIP": "", "EVENT": "", "DATE": "", "QUANTITY": "", "MONEY": ""}.get(
            self._card.type, f"{self._card.type.lower()}:"
        )
        self.dismiss(Choice(self._here(), query=SafeText(f'{field}"{name}"')))

    def action_card_back(self) -> None:
        """The card one came from; from the first one, back to the text."""
        self._travel(self._back, self._forward)

    def action_card_forward(self) -> None:
        """The card one came back from; from the last one, on to where one went from it."""
        if self._forward:
            self._travel(self._forward, self._back)
        else:
            self.dismiss(Choice(self._here(), forward=True))

    def _travel(self, take: list[CardPlace], put: list[CardPlace]) -> None:
        if not take:
            self.dismiss(None)
            return
        put.append(self._here())
        self._load(take.pop())

    @in_thread("card", exclusive=True)
    def _load(self, place: CardPlace) -> None:
        library = reader(self).state.library
        if library is not None:
            self.post_message(self.Loaded(library.entity(place.name, place.type), place))

    @on(Loaded)
    def _loaded(self, message: Loaded) -> None:
        self._card, self._part, self._about = message.card, message.place.part, ()
        self._show(message.place.cursor)

    # Edits

    def action_merge_entity(self) -> None:
        """Ask which entity it is."""
        self.questions.merge()

    def action_rename_entity(self) -> None:
        """Ask for another name."""
        self.questions.rename()

    def action_split_entity(self) -> None:
        """Ask what one way of writing it means."""
        self.questions.split()

    def action_retype_entity(self) -> None:
        """Ask for the type."""
        self.questions.retype()

    def action_remove_entity(self) -> None:
        """Ask whether it is no entity."""
        self.questions.remove()

    def action_undo_entity(self) -> None:
        """Take the last edit back."""
        self._editor.undo()

    def action_entity_edits(self) -> None:
        """List the edits."""
        self._editor.list_edits()

    def _written(self) -> SafeText | None:
        """The way of writing under the cursor; shows them where they are not in sight."""
        row = self.query_one(CardList).current()
        if self._part == "ways":
            return row.text if row is not None and not isinstance(row, SafeText) else None  # type: ignore[union-attr]
        self.show_part("ways")
        self.app.notify("Choose the spelling that means something else, then Enter.", timeout=4)
        return None

    def edited(self, edit: EntityEdit, *, undone: bool) -> None:
        """Show the entity after an edit was made or undone; leave where it was removed.

        Args:
            edit: The edit.
            undone: Whether it was undone.
        """
        here = self._here()
        about = (edit.type, edit.name)
        became = (edit.to_type, edit.to_name)
        now = became if about == (here.type, here.name) and edit.action != "split" and not undone else None
        now = about if undone and became == (here.type, here.name) else now
        if now is None:
            self._load(here)
        elif now[0] is None or now[1] is None:
            self.dismiss(None)
        else:
            self._load(CardPlace(now[1], now[0]))
