"""Everything a user can do, declared once: footer, help, palette and key settings are made from this list."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

from textual.binding import Binding, BindingType

Pane = Literal["sources", "text", "facts", "search", "hits", "legend"]
InDialog = Literal[
    "choice", "card", "claims", "searches", "failures", "settings", "keys", "typing", "tags", "confirm", "page",
    "files", "picture", "table", "fact",
]  # fmt: skip
Scope = Literal["app", "main", Pane, "dialog", InDialog, "rows"]
"""Where a key works: everywhere, anywhere on the main screen, while one pane has the focus, in every dialog, in one
dialog. ``rows`` is what all lists and the text share."""
Where = Literal["self", "screen", "app"]

SCOPE_TITLES: Final[dict[Scope, str]] = {
    "app": "Everywhere",
    "main": "Main screen",
    "sources": "Sources",
    "text": "Text",
    "facts": "Facts",
    "search": "Search bar",
    "hits": "Hits",
    "legend": "Legend",
    "rows": "Text and lists",
    "dialog": "Dialogs",
    "choice": "Lists to choose from",
    "card": "Card of an entity",
    "claims": "Comparison",
    "searches": "Searches",
    "failures": "Files not read",
    "settings": "Settings",
    "keys": "Keys",
    "typing": "Fields with a list",
    "tags": "Tags",
    "confirm": "Questions",
    "page": "Help",
    "picture": "Picture of a page",
    "table": "Table",
    "files": "Tree of files",
    "fact": "Fact of one's own",
}
PANES: Final[frozenset[Scope]] = frozenset(get_args(Pane))


class Action(NamedTuple):
    """An action. ``keys`` are the default ones, comma-separated; ``footer`` shows it in the row of keys."""

    id: str
    scopes: tuple[Scope, ...]
    keys: str
    title: str
    help: str
    footer: bool = False
    where: Where = "screen"
    """Who does it, as ``action_<id>``: the focused widget itself, its screen (on the main screen its pane), the app."""

    @property
    def method(self) -> str:
        """The name, after ``action_``, of the method that does it: moves of one kind share one."""
        if "rows" in self.scopes or self.id.endswith("_paragraph"):
            return "move"
        family, _, rest = self.id.partition("_")
        return {"caret": "caret", "select": "extend", "pan": "pan"}.get(family, self.id) if rest else self.id

    @property
    def call(self) -> str:
        """The action string that Textual runs."""
        if self.method == self.id:
            return self.id if self.where == "self" else f"{self.where}.{self.id}"
        how = self.id.replace("read_on", "page_down") if self.method == "move" else self.id.partition("_")[2]
        return f"{self.method}('{how}')"


_LISTS: Final[tuple[Scope, ...]] = (
    "rows", "text", "sources", "facts", "hits", "choice", "card", "claims", "searches", "failures", "settings", "keys",
    "page", "files", "picture", "table",
)  # fmt: skip

_READ: Final[tuple[Scope, ...]] = tuple(scope for scope in _LISTS if scope not in {"rows", "sources"})

ACTIONS: Final[tuple[Action, ...]] = (
    Action("search", ("main",), "/", "Search", "Search all sources.", True),
    Action("next_pane", ("main",), "tab", "Pane", "Go to the next pane.", True),
    Action("previous_pane", ("main",), "shift+tab", "Previous pane", "Go to the pane before."),
    Action("sources", ("main",), "1", "Sources", "Go to the sources."),
    Action("text", ("main",), "2", "Text", "Go to the text."),
    Action("facts", ("main",), "3", "Facts", "Go to the facts."),
    Action("open", ("sources",), "enter", "Read", "Read the source.", True),
    Action("filter", ("sources",), "f,ctrl+f", "Filter", "Only sources with some words in title or publisher.", True),
    Action("which", ("sources",), "w", "Show only", "Only unread, reviewed, pinned, deleted, or with a tag.", True),
    Action("sort", ("sources",), "s", "Sort", "Order by date, title, publisher, or as they were added.", True),
    Action("group", ("sources",), "v", "Group", "Group by publisher, day, folder or tag.", True),
    Action("reviewed", ("sources",), "m", "Reviewed", "Mark the source as reviewed, or not.", True),
    Action("unread", ("sources",), "M", "Unread", "Mark the source as unread, or as read."),
    Action("pin", ("sources",), "p", "Pin", "Pin the source: it comes first in every order."),
    Action("tags", ("sources",), "#", "Tags", "Put tags on the source.", True),
    Action("mark", ("sources",), "space,x", "Mark", "Mark the source: the next action is for all marked ones."),
    Action("newer", ("sources",), "N", "Newer", "Go to the version that replaced the source."),
    Action("remove", ("sources",), "delete", "Remove", "Take the source out of the library."),
    Action("fold", ("sources", "files"), "h,left", "Fold", "Fold the group or folder one is in.", where="self"),
    Action("unfold", ("sources", "files"), "l,right", "Unfold", "Open the group or folder one is on.", where="self"),
    Action("next_mention", ("text",), "n", "Next", "The next match while matches are marked, else mention.", True),
    Action("previous_mention", ("text",), "N", "Previous", "The match or mention before."),
    Action("next_same", ("text",), "i", "Same again", "The next mention of the same entity.", False),
    Action("previous_same", ("text",), "I", "Same before", "The mention of the same entity before."),
    Action("next_of_type", ("text",), "]", "Type again", "The next mention of the same type."),
    Action("previous_of_type", ("text",), "[", "Type before", "The mention of the same type before."),
    Action("card", ("text",), "enter", "Card", "What the current entity is, how often and where it stands.", True),
    Action("find", ("text",), "f,ctrl+f", "Find", "Find words in this text; n and N go through them.", True),
    Action("select", ("text",), "v", "Select", "Select by keys: those that scroll move its end.", True, "self"),
    Action("add_fact", ("text",), "a", "Add fact", "Add the selected words as a fact of your own."),
    Action("next_fact_kind", ("fact",), "ctrl+n", "Kind", "Read the words as a fact of the next kind.", True),
    Action("caret_right", ("text",), "l,right", "Right", "Selecting: one character on.", where="self"),
    Action("caret_left", ("text",), "h,left", "Left", "Selecting: one character back.", where="self"),
    Action("caret_word", ("text",), "w,ctrl+right", "Word", "Selecting: to the end of the next word.", where="self"),
    Action("caret_word_back", ("text",), "W,ctrl+left", "Word back", "Selecting: one word back.", where="self"),
    Action("select_right", ("text",), "shift+right", "Select right", "Select, or one character more.", where="self"),
    Action("select_left", ("text",), "shift+left", "Select left", "Select, or one character less.", where="self"),
    Action("select_down", ("text",), "shift+down", "Select down", "Select, or one row more.", where="self"),
    Action("select_up", ("text",), "shift+up", "Select up", "Select, or one row less.", where="self"),
    Action("goto", ("text",), "ctrl+g", "Go to", "Go to a paragraph, a page (p12) or a part (40%)."),
    Action("numbers", ("text",), "#", "Numbers", "Show or hide the numbers of the paragraphs.", where="self"),
    Action("see_page", ("text",), "p", "Page", "Show the page of a PDF or a scan, with the words marked."),
    Action("see_table", ("text",), "|", "Table", "Show the table in sight with aligned columns; it scrolls both ways."),
    Action("editor", ("text",), "E", "Editor", "Show the text in your editor ($EDITOR), as a copy."),
    Action("original", ("text", "sources"), "O", "Original", "Open the file or web page the source came from."),
    Action("open_hit", ("search", "hits"), "enter", "Read", "Read the source at the hit.", True),
    Action("next_hit", ("search", "typing", "tags"), "down", "Next hit", "Move down the hits while typing."),
    Action("previous_hit", ("search", "typing"), "up", "Previous hit", "Move up the hits while typing."),
    Action("next_hits", ("search", "typing"), "pagedown", "Hits below", "A page down the hits while typing."),
    Action("previous_hits", ("search", "typing"), "pageup", "Hits above", "A page up the hits while typing."),
    Action("take_tag", ("tags",), "tab", "Complete", "Complete the tag that is being typed.", True),
    Action("take_suggestion", ("search",), "tab", "Complete", "Use the suggestion; → at the end does too.", True),
    Action("next_suggestion", ("search",), "ctrl+n,alt+down", "Next suggestion", "Mark the next suggestion."),
    Action("previous_suggestion", ("search",), "alt+up", "Suggestion before", "Mark the suggestion before."),
    Action("narrow", ("search", "hits"), "ctrl+f", "Narrow", "What the hits have in common.", True),
    Action("save_search", ("search", "hits"), "ctrl+s", "Save search", "Save the search under a name."),
    Action("leave_search", ("search", "hits"), "escape", "Leave", "Leave the search, back to where you were.", True),
    Action("evidence", ("facts",), "enter", "Evidence", "Go to the words the fact was read from.", True),
    Action("next_member", ("facts",), "]", "Next place", "The next statement of the claim, in turn.", where="self"),
    Action("previous_member", ("facts",), "[", "Place before", "The statement of the claim before.", where="self"),
    Action("detail_down", ("facts",), "J", "Detail down", "Scroll what is said of the fact below the list."),
    Action("detail_up", ("facts",), "K", "Detail up", "Scroll it back."),
    Action("accept", ("facts", "claims"), "a", "Accept", "Accept all facts of the claim.", True),
    Action(
        "reject",
        ("facts", "claims"),
        "r",
        "Reject",
        "Reject the claim: it is left out of every brief.",
        True,
    ),
    Action("doubt", ("facts", "claims"), "d", "Unsure", "Note that one is unsure of it.", True),
    Action("mark_fact", ("facts",), "x", "Mark", "Mark the claim: verdicts are on all marked ones."),
    Action("correct", ("facts", "claims"), "c", "Correct", "Correct the fact's fields.", True),
    Action("note", ("sources", "facts"), "n", "Note", "Write a note on it; without words it is taken away."),
    Action(
        "grade_source", ("sources", "facts"), "R", "Grade", "How reliable the source is, or how credible the statement."
    ),
    Action("reason", ("claims",), "n", "Reason", "Note why the claim was so judged.", True),
    Action("accept_one", ("claims",), "A", "Accept one", "Accept what this source says only."),
    Action("reject_one", ("claims",), "R", "Reject one", "Reject what this source says only."),
    Action("accept_place", ("facts",), "ctrl+a", "Accept one", "Accept the statement in sight, not its whole claim."),
    Action("reject_place", ("facts",), "ctrl+x", "Reject one", "Reject the statement in sight, not its whole claim."),
    Action("undo_verdict", ("claims",), "u", "Undo", "Undo the last verdict."),
    Action("grade", ("claims",), "t", "Grade", "How reliable the publisher or source is, how credible the statement."),
    Action("move_claim", ("claims",), "m", "Event", "Say which event the claim is of.", True),
    Action("join_event", ("claims",), "J", "Same event", "Say which other event is the same as the claim's."),
    Action("split_event", ("claims",), "x", "Split event", "Say which source reports an event of its own."),
    Action("one_origin", ("claims",), "o", "One origin", "Say that all sources of the claim have it from one."),
    Action("own_origin", ("claims",), "O", "Own origin", "Say that this source has it from somebody else."),
    Action("undo_edit", ("claims",), "U", "Undo event", "Take back what was said of events or origins last."),
    Action(
        "timeline", ("claims",), "v", "Timeline", "The events in order of time; Enter goes to the claims of one.", True
    ),
    Action("date_map", ("claims",), "V", "Dates", "A map of dates: the sources and events of each day.", True),
    Action("compared", ("claims",), "S", "Scope", "Compare other sources: marked, filtered, hits, of one event.", True),
    Action("scope", ("facts",), "s", "Scope", "Facts of this source, or of all listed sources.", True),
    Action("which_facts", ("facts",), "w", "Show only", "Only facts of one category, verdict or confidence.", True),
    Action("group_facts", ("facts",), "v", "Group", "Group by event, category, operator, kind, speaker, source.", True),
    Action("copy", ("text", "facts"), "y", "Copy", "Copy the selection, the sentence or the evidence.", True),
    Action(
        "copy_cited",
        ("text", "facts"),
        "Y",
        "Copy cited",
        "The same, or the claim, with source, paragraph and sentence.",
    ),
    Action("next_kind", ("facts",), "l,right", "Next kind", "Counts, participants, quotes.", where="self"),
    Action("previous_kind", ("facts",), "h,left", "Kind before", "Quotes, participants, counts.", where="self"),
    Action("retry", ("failures",), "enter,r", "Try again", "Try to read the file again.", True),
    Action("retry_all", ("failures",), "R", "Try all again", "Try to read all of them again.", True),
    Action("forget", ("failures",), "d,delete", "Forget", "Take the file from the list.", True),
    Action("forget_all", ("failures",), "D", "Forget all", "Empty the list.", True),
    Action("toggle_type", ("legend",), "space,enter", "On/off", "Switch the type on or off.", True, "self"),
    Action("only_type", ("legend",), "o", "Only this", "Show this type alone, or all again.", True, "self"),
    Action("type_right", ("legend",), "l,right", "Right", "The next type.", where="self"),
    Action("type_left", ("legend",), "h,left", "Left", "The type before.", where="self"),
    Action("down", _LISTS, "j,down", "Down", "One line or row down.", where="self"),
    Action("up", _LISTS, "k,up", "Up", "One line or row up.", where="self"),
    Action("half_down", _LISTS, "ctrl+d", "Half page down", "Half a page down.", where="self"),
    Action("half_up", _LISTS, "ctrl+u", "Half page up", "Half a page up.", where="self"),
    Action("page_down", _LISTS, "pagedown", "Page down", "A page down.", where="self"),
    Action(
        "read_on",
        ("rows", *_READ),
        "space",
        "Read on",
        "A page down; in the sources, Space marks.",
        where="self",
    ),
    Action("page_up", _LISTS, "b,pageup", "Page up", "A page up.", where="self"),
    Action("top", _LISTS, "g,home", "Top", "To the beginning.", where="self"),
    Action("bottom", _LISTS, "G,end", "End", "To the end.", where="self"),
    Action("next_group", ("sources", "facts"), "}", "Next group", "To the head of the next group.", where="self"),
    Action("previous_group", ("sources", "facts"), "{", "Group before", "To the head before.", where="self"),
    Action("fold_all", ("sources", "facts"), "-", "Fold all", "Fold all groups, or open them.", where="self"),
    Action("next_paragraph", ("text",), "}", "Next ¶", "To the next paragraph.", where="self"),
    Action("previous_paragraph", ("text",), "{", "¶ before", "To the paragraph before.", where="self"),
    Action("compare", ("main",), "=", "Compare", "What each source says, claim by claim; altered words marked.", True),
    Action("export", ("main",), "e", "Export", "Write the brief to a file.", True),
    Action("add", ("main",), "A", "Add files", "Add files or folders to the library.", True),
    Action("samples", ("main",), "o", "Open the samples", "Add the sample sources to the library.", True),
    Action("searches", ("main",), "S,ctrl+r", "Searches", "Saved searches, with what is new in each, and past ones."),
    Action("names", ("main",), "L", "Names", "Look up a list of names: a kept one, or with :names FILE.csv another."),
    Action("workspaces", ("main",), "W", "Workspaces", "Open a workspace, make one of sources, change or archive it."),
    Action("types", ("main",), "t", "Types", "Go to the legend, to switch types of entity on and off."),
    Action("menu", ("main",), ".", "Menu", "All that can be done in this pane, to choose from.", True),
    Action("command", ("main",), ":", "Command", "Type a command, or a paragraph to go to; Tab completes."),
    Action("jump", ("main",), "ctrl+o", "Jump", "Show a letter beside each place; pressing it goes there."),
    Action("wider", ("main",), ")", "Wider", "Make this pane wider; the frame between two can be dragged."),
    Action("narrower", ("main",), "(", "Narrower", "Make this pane narrower."),
    Action("usual_widths", ("main",), "_", "Usual widths", "Panes as wide as fits the terminal again."),
    Action("record", ("main",), "@", "Record keys", "Record keys to a file, or end that."),
    Action("run", ("main",), "f5", "Press keys", "Press the keys that were recorded."),
    Action("zoom", ("main",), "z", "Zoom", "Show the text alone, or all panes again."),
    Action("undo", ("main",), "u", "Undo", "Undo the last verdict, note, tag or edit of an entity.", True),
    Action("back", ("main",), "<", "Back", "Go back to the place before the last jump."),
    Action("forward", ("main",), ">", "Forward", "Go forward again."),
    Action("failures", ("main",), "F", "Not read", "List the files that could not be read, and why."),
    Action("stop", ("main",), "X", "Stop reading", "Stop taking in sources; those done are kept.", True),
    Action("pause", ("main",), "P", "Pause", "Pause the reading of sources, or go on with it.", True),
    Action(
        "renew",
        ("main",),
        "U",
        "Re-extract",
        "Update sources read by another version of the extractor.",
        True,
    ),
    Action("leave", ("main",), "escape", "Leave", "Leave the search, the find, the filter or the evidence."),
    Action(
        "choose",
        ("choice", "card", "claims", "searches", "files", "table"),
        "enter",
        "Choose",
        "Go on with this.",
        True,
    ),
    Action("merge_entity", ("card",), "m", "Merge", "Merge the entity into another one.", True),
    Action("rename_entity", ("card",), "r", "Rename", "Give the entity another name.", True),
    Action("split_entity", ("card",), "s", "Split", "Give one spelling of it to another entity.", True),
    Action("retype_entity", ("card",), "t", "Type", "Change the type of the entity.", True),
    Action(
        "remove_entity", ("card",), "x,delete", "No entity", "Mark it as no entity: it is highlighted no more.", True
    ),
    Action("undo_entity", ("card",), "u", "Undo", "Undo the last edit of an entity.", True),
    Action("entity_edits", ("card",), "U", "Edits", "List the edits of entities, to undo any of them."),
    Action("search_entity", ("card",), "/", "Search", "Search for the sources that mention the entity.", True),
    Action("next_part", ("card",), "l,right,tab", "Next part", "The next part.", True, "self"),
    Action("previous_part", ("card",), "h,left,shift+tab", "Part before", "The part before.", where="self"),
    Action(
        "next_cell", ("claims",), "l,right", "Next source", "The source to the right, else the next part.", where="self"
    ),
    Action(
        "previous_cell",
        ("claims",),
        "h,left",
        "Source before",
        "The source to the left, else the part before.",
        where="self",
    ),
    Action("next_claims", ("claims",), "tab", "Next part", "Differences, what is agreed, what one says.", True, "self"),
    Action("previous_claims", ("claims",), "shift+tab", "Part before", "The part before.", where="self"),
    Action("card_back", ("card",), "<,backspace", "Card before", "The card one came from, or the text.", True),
    Action("card_forward", ("card",), ">", "Card after", "The card one came back from."),
    Action("delete_search", ("searches",), "d,delete", "Delete", "Delete the saved search.", True),
    Action("forget_past", ("searches",), "D", "Clear history", "Forget the past searches that were not saved.", True),
    Action("change", ("settings",), "enter", "Change", "Change the setting.", True),
    Action("other_key", ("keys",), "enter", "Another key", "Give the action another key.", True),
    Action("more_keys", ("keys",), "plus", "One more key", "Give the action a key beside those it has.", True),
    Action("default", ("settings", "keys"), "delete,backspace", "Default", "Go back to the default.", True),
    Action("yes", ("confirm",), "y", "Yes", "Do what is asked about.", True),
    Action("no", ("confirm",), "n", "No", "Leave everything as it is.", True),
    Action("other_answer", ("confirm",), "left,right", "Other answer", "Go to the other answer."),
    Action("find_help", ("page",), "/", "Find", "Show only the lines of the help that hold some words.", True),
    Action("larger", ("picture",), "plus,equals_sign", "Larger", "Draw the page larger.", True, "self"),
    Action("smaller", ("picture",), "minus", "Smaller", "Draw the page smaller.", True, "self"),
    Action("whole", ("picture",), "0", "Whole", "Draw the whole page.", True, "self"),
    Action(
        "pan_right", ("picture", "table"), "l,right", "Right", "A column, or a stretch, to the right.", where="self"
    ),
    Action("pan_left", ("picture", "table"), "h,left", "Left", "The same to the left.", where="self"),
    Action("close", ("dialog",), "escape,q", "Close", "Leave the dialog; in a field, only Esc does.", True),
    Action("help", ("app",), "?,f1", "Help", "Keys, signs and the query language.", True, "app"),
    Action("palette", ("app",), "ctrl+p", "Palette", "Any source, entity, theme or action by name.", True, "app"),
    Action("themes", ("app",), "T", "Theme", "Choose another theme.", where="app"),
    Action("settings", ("app",), "comma", "Settings", "See and change the settings and keys.", where="app"),
    Action("tour", ("app",), "f2", "Tour", "Show the five lines for newcomers again.", where="app"),
    Action("interrupt", ("app",), "ctrl+c", "Copy", "Copy what is selected with the mouse.", where="app"),
    Action("quit", ("app",), "q,ctrl+q", "Quit", "Leave the program.", True, "app"),
)

BY_ID: Final = {action.id: action for action in ACTIONS}
_MOVES: Final = (
    "caret_",
    "select_",
    "pan_",
    "type_",
    "next_hit",
    "previous_hit",
    "next_suggestion",
    "previous_suggestion",
)


def bindings(scope: Scope) -> list[BindingType]:
    """The Textual bindings of a scope; of a pane, those of its focused widget.

    Their ids let a keymap change the keys.
    """
    return [
        _binding(action, action.call)
        for action in ACTIONS
        if scope in action.scopes and (scope not in PANES or action.where == "self")
    ]


def pane_bindings(scope: Pane) -> list[BindingType]:
    """The Textual bindings of a pane around its focused widget; in the search bar they come before those of a field."""
    return [
        _binding(action, action.id, priority=scope == "search")
        for action in ACTIONS
        if scope in action.scopes and action.where != "self"
    ]


def _binding(action: Action, call: str, *, priority: bool = False) -> Binding:
    return Binding(
        action.keys, call, action.title, show=action.footer, tooltip=action.help, id=action.id, priority=priority
    )


def only_moves(action: Action) -> bool:
    """Whether the action only moves a cursor: the wheel, a click or a drag does that by mouse."""
    return "rows" in action.scopes or action.id.startswith(_MOVES)
