"""A small library of made-up sources, extracted by hand: no model is loaded here."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.strip import Strip
from textual.worker import WorkerCancelled

from briefing.library import Library
from briefing.model.facts import Count, EntityType, Extraction, Mention, Participant, Quote
from briefing.model.passage import paragraphs
from briefing.model.settings import DECLARED, Settings
from briefing.model.source import Source
from briefing.tui.app import BriefingApp
from briefing.tui.dialogs.choose import ChoiceList, ChooseScreen
from briefing.tui.main_screen import search_pane, text_pane
from briefing.tui.widgets.key_bar import KeyBar

PATIENCE = 120
"""Seconds until what does not come to hold is taken for what never will; only a failing test waits so long."""
DELAYS = ((text_pane, "PREVIEW_DELAY"), (search_pane, "TYPING_DELAY"), (search_pane, "RANKING_DELAY"))
AT_ONCE = 0.001
"""Seconds in place of those for which the reader waits whether one goes on moving or typing."""
THEMES = Path(__file__).parents[2] / "themes"

PATROL = """Patrol ships meet off Larnholm

Two Kestrel patrol boats of the Norland Navy met a Sudria Coast Guard cutter off Larnholm on 3 March 2025.
More than 120 sailors took part, said Commander Ida Falk.

“We met in open water and nobody was in danger,” Falk said. Norland and Sudria signed the Larnholm Accord in 2019.
The Norland Navy will send three Kestrel boats again in May.
"""
REPORT = """Boats meet near Larnholm

Norland sent two Kestrel boats to waters near Larnholm, the Daily Signal reports.
“We met in open water and no one was in danger,” said Commander Falk. About 100 sailors took part.
"""
HOSTILE = "[@click=app.quit]x[/] [/nope] \x1b]52;c;aGk=\x07 \u202edrow\u2066 [bold]b[/bold]"

NAMES: Sequence[tuple[str, EntityType, str]] = (
    ("Larnholm Accord", "EVENT", "Larnholm Accord"),
    ("Norland Navy", "ORG", "Norland Navy"),
    ("Sudria Coast Guard", "ORG", "Sudria Coast Guard"),
    ("Daily Signal", "ORG", "Daily Signal"),
    ("Kestrel", "SHIP", "Kestrel-class boat"),
    ("Ida Falk", "PERSON", "Ida Falk"),
    ("Falk", "PERSON", "Ida Falk"),
    ("Larnholm", "PLACE", "Larnholm"),
    ("Norland", "NATION", "Norland"),
    ("Sudria", "NATION", "Sudria"),
    ("3 March 2025", "DATE", "2025-03-03"),
)


def make_source(text: str, title: str = "", **more: Any) -> Source:
    """A source as it would be read from a file that holds ``text``."""
    values: dict[str, Any] = {"path": f"/in/{len(text)}.txt", "title": title or text.partition("\n")[0], **more}
    return Source(id=hashlib.sha256(text.encode()).hexdigest(), text=text, **values)


def make_mentions(text: str) -> list[Mention]:
    """The names above, where they stand; the longer one where two would overlap."""
    found: list[Mention] = []
    for written, kind, name in NAMES:
        at = text.find(written)
        while at >= 0:
            end = at + len(written)
            if not any(one.start < end and at < one.end for one in found):
                found.append(Mention(start=at, end=end, text=written, type=kind, name=name))
            at = text.find(written, end)
    return sorted(found, key=lambda one: one.start)


def make_count(text: str, words: str, low: int | None, high: int | None, **more: Any) -> Count:
    """What ``words`` count."""
    at = text.index(words)
    values: dict[str, Any] = {"category": "ship", "item": "patrol boat", **more}
    return Count(start=at, end=at + len(words), evidence=words, low=low, high=high, **values)


def make_extraction(source: Source, **facts: Any) -> Extraction:
    """Mentions and sentences, with the facts given."""
    text = source.text
    sentences = tuple(
        (start + at, start + at + len(part))
        for start, end in paragraphs(text)
        for at, part in _parts(text[start:end])
    )  # fmt: skip
    return Extraction(
        source_id=source.id, extractor="test", mentions=tuple(make_mentions(text)), sentences=sentences, **facts
    )


def _parts(paragraph: str) -> Iterator[tuple[int, str]]:
    at = 0
    for part in paragraph.split(". "):
        yield at, part
        at += len(part) + 2


def patrol() -> tuple[Source, Extraction]:
    """A report with facts of every kind."""
    source = make_source(PATROL, publisher="Norland Gazette", published=date(2025, 3, 4))
    text = source.text
    counts = (
        make_count(text, "Two Kestrel patrol boats", 2, 2, operator="Norland Navy"),
        make_count(text, "More than 120 sailors", 120, None, item="sailor", category="personnel"),
        make_count(text, "three Kestrel boats", 3, 3, item="Kestrel boat", confidence="low"),
    )
    at = text.index("We met")
    said = text.index("Falk said")
    quotes = (
        Quote(
            start=at,
            end=text.index(",”"),
            text=text[at : text.index(",”")],
            speaker="Ida Falk",
            speaker_kind="person",
            speaker_start=said,
            speaker_end=said + 4,
            cue="said",
        ),
    )
    falk = [one for one in make_mentions(text) if one.name == "Ida Falk"]
    navy = [one for one in make_mentions(text) if one.name == "Norland Navy"]
    participants = (
        Participant(name="Norland Navy", kind="unit", mentions=tuple((one.start, one.end) for one in navy)),
        Participant(
            name="Ida Falk",
            kind="person",
            role="Commander",
            affiliation="Norland Navy",
            core=True,
            mentions=tuple((one.start, one.end) for one in falk),
        ),
    )
    return source, make_extraction(source, counts=counts, quotes=quotes, participants=participants)


def report() -> tuple[Source, Extraction]:
    """A second report of the same meeting, with another figure and one word of the quote changed."""
    source = make_source(REPORT, publisher="Daily Signal", published=date(2025, 3, 5))
    text = source.text
    counts = (
        make_count(text, "two Kestrel boats", 2, 2, operator="Norland"),
        make_count(text, "About 100 sailors", 100, 100, approx=True, item="sailor", category="personnel"),
    )
    at = text.index("We met")
    quotes = (
        Quote(start=at, end=text.index(",”"), text=text[at : text.index(",”")], speaker="Falk", speaker_kind="person"),
    )
    return source, make_extraction(source, counts=counts, quotes=quotes)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library of two sources."""
    with Library.open(tmp_path / "library.db") as made:
        made.add(*report())
        made.add(*patrol())
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    """A library without sources."""
    with Library.open(tmp_path / "empty.db") as made:
        yield made


def make_app(library: Library, **options: Any) -> BriefingApp:
    """The reader over a library; settings by their names."""
    names = set(DECLARED)
    settings = Settings(**{name: value for name, value in options.items() if name in names})
    others = {name: value for name, value in options.items() if name not in names}
    return BriefingApp(library, settings=settings, **{"themes": [THEMES], **others})


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until nothing is going on: messages, workers, what these set off."""
    for _ in range(3):
        await pilot.pause()
        endless = {"default", "_loader", "watching", "others"}
        ours = [worker for worker in pilot.app.workers if worker.group not in endless]
        if ours:  # without those that never end: Textual's own, and what watches folders and servers
            with suppress(WorkerCancelled):
                await pilot.app.workers.wait_for_complete(ours)
    await pilot.pause()


Reading = Callable[..., AbstractAsyncContextManager[tuple[BriefingApp, Pilot[None]]]]


@pytest.fixture
def reading() -> Reading:
    """Runs the reader over a library, in a terminal of some size, ready for keys."""

    @asynccontextmanager
    async def run(
        library: Library, size: tuple[int, int] = (140, 40), **options: Any
    ) -> AsyncIterator[tuple[BriefingApp, Pilot[None]]]:
        app = make_app(library, **options)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield app, pilot

    return run


def screen_text(app: BriefingApp) -> str:
    """What the screen on top shows, line by line."""
    return "\n".join("".join(segment.text for segment in strip) for strip in strips(app))


def strips(app: BriefingApp) -> list[Strip]:
    """What the screen on top draws, line by line with its styles."""
    return app.screen._compositor.render_strips(app.size)


def told(app: BriefingApp, severity: str = "") -> str:
    """The notices that were shown, or those of one severity, a line each: title and message."""
    notices = [one for one in app._notifications if severity in {"", one.severity}]
    return "\n".join(f"{one.title}: {one.message}" if one.title else str(one.message) for one in notices)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for the reader to stop typing."""
    for module, name in DELAYS:
        monkeypatch.setattr(module, name, AT_ONCE)


async def until(pilot: Pilot[Any], true: Callable[[], object]) -> None:
    """Wait, turn by turn of the event loop, until something holds; fail when it does not come to hold."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await settle(pilot)
        await pilot.pause()


async def comes(pilot: Pilot[Any], true: Callable[[], object]) -> None:
    """The same where something is held back in a thread, the end of which :func:`until` would wait for."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await pilot.pause()


async def choose(pilot: Pilot[Any], key: str, words: str) -> None:
    """Press a key that opens a list, and click what holds the words in it."""
    app: BriefingApp = pilot.app  # type: ignore[assignment]
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
    await click_choice(pilot, words)
    await until(pilot, lambda: app.screen is app.main)
    await settle(pilot)


async def click_choice(pilot: Pilot[Any], words: str) -> None:
    """Click on a way in the list that is open."""
    ways = pilot.app.screen.query_one(ChoiceList)
    y = next(number for number, choice in enumerate(ways.choices) if choice.key is not None and words in choice.title)
    await pilot.click(ways, offset=(4, y))
    await settle(pilot)


async def click(pilot: Pilot[Any], words: str, **more: Any) -> None:
    """Click on the first place where the words stand, as a terminal does: on what is under the pointer."""
    lines = screen_text(pilot.app).split("\n")  # type: ignore[arg-type]
    y = next(number for number, line in enumerate(lines) if words in line)
    x = lines[y].index(words) + 1
    widget, region = pilot.app.screen.get_widget_at(x, y)
    await pilot.click(widget, offset=(x - region.x, y - region.y), **more)
    await settle(pilot)


async def click_key(pilot: Pilot[Any], title: str) -> None:
    """Click a key of the last line by what it does."""
    await until(pilot, lambda: key_place(pilot.app, title) is not None)
    await pilot.click(offset=key_place(pilot.app, title))
    await settle(pilot)


def key_place(app: Any, title: str) -> tuple[int, int] | None:
    """Where the row of keys of the screen on top shows what a key does; None where it does not."""
    bar = app.screen.query_one(KeyBar)
    line = screen_text(app).split("\n")[bar.region.y]
    found = re.search(rf"(?<!\S){re.escape(title)}(?!\S)", line)
    return (cell_len(line[: found.start()]), bar.region.y) if found else None
