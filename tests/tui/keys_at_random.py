"""Keys at random over a small library, and what has to hold between them, for a test and, for long, a benchmark."""

import asyncio
import os
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import strategies as st
from textual.events import Key
from textual.pilot import Pilot

from briefing.library import Library
from briefing.tui.app import BriefingApp
from briefing.tui.textual_patches.key_names import key_name
from tests.tui.conftest import AT_ONCE, DELAYS, make_app, make_extraction, make_source, patrol, report
from tests.tui.drawn import Drawn
from tests.tui.quiet import quiet

MOVES = (
    "j", "k", "end", "home", "pagedown", "pageup", "h", "l", "}", "{", "1", "2", "3", "tab", "shift+tab", "n", "N",
    "i", "I", "]", "[", "5", "0", ")", "(", "_",
)  # fmt: skip
ACTS = (
    "a", "r", "u", "m", "p", "x", "s", "v", "w", "c", "z", "t", "f", "#", "-", "<", ">", "y", "space", "delete", "o",
    "d", "M", "R", "J", "Y", "U", "f2",
)  # fmt: skip
OPENS = (
    "equals_sign", "e", "S", "question_mark", "comma", "ctrl+p", "full_stop", "colon", "F", "ctrl+f", "ctrl+s", "/",
    "T", "A", "ctrl+o", "ctrl+g",
)  # fmt: skip
CARDS = (
    ("2", "n", "enter"), ("2", "n", "enter", "m"), ("2", "n", "enter", "x"), ("2", "n", "enter", "t", "j", "enter"),
    ("2", "n", "enter", "r", *"Ax", "enter"), ("1", "#", *"tri", "enter"), ("3", "c", "j", "enter"), ("y",),
)  # fmt: skip
"""What changes names, tags and fields; each with all its dialogs asks."""
SEARCHES = (("/", *"boats", "enter"), ("/", *"lar"), ("1", "f", *"meet", "enter"), ("1", "f", *"zz", "enter"))
FAST = (
    ("3", "a"), ("enter", "3", "a"), ("1", "j", "3", "a"), ("end", "3", "r"), ("1", "f", *"near", "enter", "3", "a"),
)  # fmt: skip

one_key = st.sampled_from((*MOVES, *MOVES, "enter", "enter", "escape", "escape", *ACTS, *OPENS))
bursts = st.one_of(
    st.tuples(one_key),
    st.tuples(one_key),
    st.lists(one_key, min_size=2, max_size=5).map(tuple),
    st.sampled_from((*SEARCHES, *FAST, *CARDS)),
)
"""Keys that are pressed without waiting for what they do."""


def make_library(path: Path) -> None:
    """Two sources with facts, and some without."""
    with Library.open(path) as library:
        library.add(*patrol())
        library.add(*report())
        for number in range(6):
            source = make_source(
                f"Note {number}\n\nNorland and Sudria meet again, note {number}.\n", publisher=f"P{number}"
            )
            library.add(source, make_extraction(source))


def check(app: BriefingApp) -> None:
    """On the main screen at rest: what is highlighted is what is shown, and what is shown is what is acted on."""
    main, state = app.main, app.state
    if app.screen is not main or state.source is None:
        return
    shown = state.source.id
    assert not state.loading, "something is still being loaded"
    assert main.text_view.text == state.source.text
    if main.searching:
        hit = main.hit_list.current()
        highlighted = hit.source.id if hit is not None else None
    else:
        row = main.source_list.current()
        highlighted = row.id if row is not None else None
        if row is not None and not main.source_list.marked:
            assert [one.id for one in main.sources_pane.chosen()] == [highlighted]
    if not main.narrow or state.pane != "sources":
        assert highlighted in (None, shown), f"highlighted {highlighted}, shown {shown}"
    facts = {entry.source_id for entry in main.fact_list.entries if entry.fact is not None}
    assert state.all_sources or facts <= {shown}, "the facts are those of another source"
    entry = main.fact_list.current()
    if app.focused is main.fact_list and entry is not None:
        assert entry.source_id == shown or main.narrow


CHARACTERS = {"space": " ", "equals_sign": "=", "question_mark": "?", "comma": ",", "full_stop": ".", "colon": ":"}


def send(app: BriefingApp, pressed: Sequence[str]) -> None:
    """Keys all at once, as from a paste or a very fast hand: none waits for what the one before does."""
    for key in pressed:
        character = CHARACTERS.get(key, key if len(key) == 1 else None)
        name = key_name(key) if len(key) == 1 else key
        app.post_message(Key(name, character))


def judged(library: Library) -> dict[str, object]:
    """What a reader has said of sources, facts and entities; ids of sources that are there."""
    rows = library.sources(order="added", limit=1000)
    reviews = {row.id: {key: (one.state, one.edited) for key, one in library.reviews(row.id).items()} for row in rows}
    notes = {row.id: (row.tags, row.reviewed, row.pinned) for row in rows}
    edits = [edit._replace(number=0) for edit in library.entity_edits.all()]
    return {"reviews": reviews, "notes": notes, "edits": edits, "entities": library.entities("", 1000)}


async def undo_all(app: BriefingApp, pilot: Pilot[None], before: dict[str, object]) -> None:
    """Undo until there is nothing to undo: what the reader has said is what it was before."""
    library = app.state.library
    assert library is not None
    gone = len(library.sources(limit=1000)) != len(before["notes"])  # type: ignore[arg-type]
    for _ in range(len(app.state.undoable) + 1):
        if not app.state.undoable:
            break
        app.main.action_undo()
        await rested(pilot, app)
    assert not app.state.undoable, "undo does not come to an end"
    if not gone:  # what is taken out of the library is asked about, and cannot be undone
        assert judged(library) == before, "undo does not lead back"


async def press_all(app: BriefingApp, pressed: Sequence[Sequence[str]], size: tuple[int, int]) -> None:
    """Press the bursts, checking after each; at the end Esc leads to the main screen, and undo to the beginning."""
    drawn = Drawn(app)
    async with app.run_test(size=size) as pilot:
        await quiet(pilot)
        assert app.state.library is not None
        before = judged(app.state.library)
        check(app)
        for burst in pressed:
            send(app, burst)
            await rested(pilot, app)
            check(app)
            assert not await drawn.stale(pilot), "the terminal shows what is no more"
        for _ in range(12):
            if app.screen is app.main:
                break
            await pilot.press("escape")
            await quiet(pilot)
        assert app.screen is app.main, f"Esc does not leave {app.screen}"
        await undo_all(app, pilot, before)


async def rested(pilot: Pilot[None], app: BriefingApp) -> None:
    """Wait until all keys are handled and what the cursor rests on is shown."""
    for _ in range(400):
        await quiet(pilot)
        state = app.state
        loading = app.screen is app.main and (state.loading or (state.resting and not app.main.narrow))
        if not app.typed_ahead and not loading:
            break


def run(template: Path, pressed: Sequence[Sequence[str]], size: tuple[int, int]) -> None:
    """One run over a copy of a library, in a folder of its own."""
    before = Path.cwd()
    with TemporaryDirectory() as folder, ExitStack() as changed:
        for module, name in DELAYS:
            changed.enter_context(patch.object(module, name, AT_ONCE))
        path = Path(folder) / "library.db"
        shutil.copy(template, path)
        os.chdir(folder)
        try:
            with Library.open(path) as library:
                asyncio.run(press_all(make_app(library), pressed, size))
        finally:
            os.chdir(before)
