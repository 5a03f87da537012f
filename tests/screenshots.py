"""Make pictures of the reader: ``python tests/screenshots.py [FOLDER]``.

The reader is driven as a user would, and each screen is saved as SVG and, where Chromium is installed, as a PNG in a
monospaced font of the machine. Without options the README's pictures go to ``tests/pictures``.

``--all FOLDER`` makes every screen in every shipped theme and size instead, for looking at: a folder for each size, in
it a file for each screen and theme, and for each screen a sheet of all themes. ``--scene``, ``--theme`` and ``--size``
take a part of these, and may be given more than once.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import re
import shutil
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

from textual.pilot import Pilot
from textual.widgets import Input

from briefing.library import Library
from briefing.model.settings import Settings
from briefing.paths import shipped
from briefing.tui.app import BriefingApp

FONT = "DejaVu Sans Mono"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
THEMES = sorted(file.stem for file in shipped("themes").glob("*.toml"))
SIZES = ("80x24", "100x30", "132x36", "200x60")
ROW, ON_SHEET = 2, 6
"""Pictures beside each other on a sheet, and all on one of many screens."""


class Scene(NamedTuple):
    """A screen: the keys that lead to it, and over which sources."""

    name: str
    keys: Sequence[str]
    over: Literal["samples", "odd", "nothing"] = "samples"


SCENES = (
    Scene("reader", ("2", "n", "n", "n")),
    Scene("evidence", ("3", "j", "j", "enter", "3")),
    Scene("selecting", ("2", "v", *"wwwwjj")),
    Scene("find", ("2", "f", *"flight", "enter")),
    Scene("legend", ("t", "l", "space", "l")),
    Scene("quotes", ("3", "l", "l")),
    Scene("all-facts", ("3", "s", "l")),
    Scene("suggestions", ("/", *"jap")),
    Scene("hits", ("/", *'"ballistic missile"', "down")),
    Scene("claims", ("=",)),
    Scene("queue", ("=", "shift+tab")),
    Scene("timeline", ("=", "v")),
    Scene("card", ("2", "n", "n", "n", "enter")),
    Scene("card-written", ("2", "n", "n", "n", "enter", "h")),
    Scene("card-merge", ("2", "n", "n", "n", "enter", "m", *"jap")),
    Scene("card-rename", ("2", "n", "n", "n", "enter", "r")),
    Scene("card-type", ("2", "n", "n", "n", "enter", "t")),
    Scene("entity-edits", ("2", "n", "n", "n", "enter", "U")),
    Scene("export", ("e",)),
    Scene("correct", ("3", "c")),
    Scene("which-facts", ("3", "w")),
    Scene("group-facts", ("3", "v")),
    Scene("menu", ("1", ".")),
    Scene("goto", ("2", "ctrl+g")),
    Scene("command", (":", *"ex")),
    Scene("jump", ("ctrl+o",)),
    Scene("marked-facts", ("3", "x", "x")),
    Scene("which-sources", ("1", "w")),
    Scene("sort", ("1", "s")),
    Scene("grouped", ("1", "v", "j", "enter")),
    Scene("filter", ("1", "f", *"flight")),
    Scene("tags", ("1", "#", *"na")),
    Scene("remove", ("1", "delete")),
    Scene("add", ("A",)),
    Scene("searches", ("/", *"escort", "enter", "escape", "S")),
    Scene("save-search", ("/", *"escort", "ctrl+s")),
    Scene("facets", ("/", *"escort", "ctrl+f")),
    Scene("no-hits", ("/", *"zeppelin")),
    Scene("help", ("?",)),
    Scene("settings", (",",)),
    Scene("setting-edit", (",", "j", "j", "j", "enter")),
    Scene("keys", (",", "G", "enter")),
    Scene("help-end", ("?", "G")),
    Scene("palette", ("ctrl+p",)),
    Scene("palette-found", ("ctrl+p", *"the")),
    Scene("themes", ("T",)),
    Scene("first-run", (), "nothing"),
    Scene("warnings", ("1", "G", "x", "p"), "odd"),
    Scene("odd-wide", ("1", "f", *"room", "enter", "enter", "n", "n"), "odd"),
    Scene("odd-emoji", ("1", "f", *"emoji", "enter", "enter", "n", "n"), "odd"),
    Scene("odd-right-to-left", ("1", "f", *"right", "enter", "enter", "n", "n"), "odd"),
    Scene("odd-long", ("1", "f", *"avery", "enter", "enter", "n"), "odd"),
    Scene("odd-facts", ("3", "s"), "odd"),
    Scene("failures", ("F",), "odd"),
    Scene("tour", ("f2",)),
)
README = (
    ("reader", "briefing-dark", "166x36", ("3", "j", "j")),
    ("search", "briefing-light", "166x36", ("/", *"escort", "down")),
    ("claims", "newsprint", "166x36", ("3", "l", "l", "=")),
    ("card", "harbour", "120x30", ("2", "n", "n", "n", "enter")),
)
DOCS = (
    ("search", "briefing-dark", "120x34", ("/", *"F-2", "enter", "3")),
    ("hits", "briefing-light", "120x34", ("/", *"escort", "down")),
    ("facts", "briefing-dark", "120x34", ("3", "j", "j")),
    ("quotes", "briefing-light", "120x34", ("3", "l", "l", "j")),
    ("claims", "briefing-dark", "120x34", ("=",)),
    ("differs", "newsprint", "120x34", ("=", "j", "j", "j", "enter")),
    ("card", "harbour", "120x34", ("2", "n", "n", "n", "enter")),
    ("export", "briefing-light", "120x34", ("e",)),
    ("command", "briefing-dark", "120x34", (":", *"ex")),
    ("jump", "high-contrast", "120x34", ("ctrl+o",)),
)
"""The pictures of the pages of the docs: what they show, theme, size, keys."""
SCALE = 0.8
"""Size of the README's pictures, which are shown smaller anyway."""

ODD = {
    "wide.txt": "自衛隊 F-2 戦闘機 2 機が B-52H 爆撃機 2 機を護衛 — a title in Japanese that no pane has room for\n\n"
    "航空自衛隊の F-2 2 機が参加した。Two F-2 fighters of the Japan Air Self-Defense Force (航空自衛隊) took part. "
    "日本語の文章はどこででも改行できるので、行の幅に合わせて折り返される。\n\n"
    "Ｆｕｌｌ ｗｉｄｔｈ letters, and 한국 공군은 KF-16 전투기 두 대를 보냈다 in Korean.\n",
    "emoji.txt": "✈️ Emoji 👩‍✈️ in a title 🇯🇵🇰🇷🇺🇸 and in the text\n\n"
    "👨‍👩‍👧‍👦 Families waved 👋🏽 as two F-2 fighters 🛩️ of Japan flew past ☁️☁️. ⚠️ Three B-52H bombers followed. "
    "Keycaps 1️⃣2️⃣ and a heart ❤️ end the line.\n",
    "right-to-left.txt": "القوات الجوية ترسل مقاتلات — a title from right to left\n\n"
    "قالت القوات الجوية إن طائرتين من طراز F-2 شاركتا في الطلعة. חיל האוויר שלח שני מטוסים.\n\n"
    "Two F-2 fighters took part (مقاتلتان).\n",
    "combining.txt": "Cafe\u0301 Zu\u0308rich, Vie\u0323\u0302t Nam: combining marks\n\n"
    "Commander Jose\u0301 Nu\u0301n\u0303ez of the Vie\u0323\u0302t Nam People’s Navy sent three ships. "
    "Z\u0351\u036b\u0343\u036a\u0302a\u0356\u033al\u0321\u034ag\u034eo\u0347\u0323 counts as five cells.\n",
    "long.txt": "Averylongtitlewithoutanyspaceinitthatnopanehasroomforandthatmustbecutwithanellipsis" * 2
    + "\n\nhttps://example.org/" + "a-path-without-an-end/" * 12 + " is an address. Japan sent two F-2 fighters.\n",
    "tabs.txt": "Table with tabs\n\nnation\taircraft\tnumber\nJapan\tF-2\t2\nSouth Korea\tKF-16\t2\n",
    "broken.pdf": "%PDF-1.4 cut off",
    "a name that is long enough to be cut wherever it is shown, with 自衛隊 and 👩‍✈️ in it.docx": "no archive",
}  # fmt: skip
"""Files that are hard to show: the titles and texts of other scripts, two that cannot be read."""


# Driving the reader


class Studio:
    """Libraries that are read once, and the reader over copies of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Path] = {}

    @asynccontextmanager
    async def reader(self, scene: Scene, theme: str, size: str) -> AsyncIterator[tuple[BriefingApp, Pilot[Any]]]:
        """The reader as it is after the scene's keys."""
        path = self._folder / "open.db"
        for old in self._folder.glob("open.db*"):
            old.unlink()
        if scene.over != "nothing":
            if scene.over not in self._read:
                self._read[scene.over] = await self._prepare(scene.over)
            shutil.copy(self._read[scene.over], path)
        columns, rows = map(int, size.split("x"))
        tour = self._folder / f"seen-{scene.name}-{size}" if scene.over == "nothing" else None
        with Library.open(path) as library:
            app = BriefingApp(library, settings=Settings(theme=theme), themes=[shipped("themes")], tour=tour)
            async with app.run_test(size=(columns, rows), notifications=False) as pilot:
                await still(app, pilot)
                for key in scene.keys:
                    await pilot.press(NAMED.get(key, key))
                    if len(key) > 1 or not key.isalpha():
                        await still(app, pilot)
                await still(app, pilot)
                yield app, pilot

    async def _prepare(self, over: str) -> Path:
        """Read the sources of a kind into a library: the samples, or those and the files that are hard to show."""
        refs = [shipped("seeds")]
        if over == "odd":
            odd = self._folder / "odd"
            odd.mkdir()
            for name, text in ODD.items():
                (odd / name).write_text(text, encoding="utf-8")
            refs.append(odd)
        path = self._folder / f"{over}.db"
        wanted = sum(1 for folder in refs for _ in folder.iterdir())
        with Library.open(path) as library:
            app = BriefingApp(
                library, settings=Settings(), themes=[shipped("themes")], refs=[str(folder) for folder in refs]
            )
            async with app.run_test(notifications=False) as pilot:
                while library.totals().sources + len(library.failures()) < wanted:
                    await pilot.pause(0.1)
                await still(app, pilot)
        return path


NAMED = {"/": "slash", "?": "question_mark", ",": "comma", "=": "equals_sign", ".": "full_stop", ":": "colon",
         "#": "number_sign", " ": "space", '"': "quotation_mark", "-": "minus"}  # fmt: skip


async def still(app: BriefingApp, pilot: Pilot[Any]) -> None:
    """Until the screen has not changed for three looks at it."""
    while app.is_opening():
        await pilot.pause(0.05)
    before, same = "", 0
    while same < 3:
        await pilot.pause(0.1)
        if working := [one for one in app.workers if one.group not in {"default", "_loader", "watching"}]:
            await app.workers.wait_for_complete(working)  # without those that never end
        shown = drawn(app)
        before, same = shown, same + 1 if shown == before else 0


def drawn(app: BriefingApp) -> str:
    """The screen's characters."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips(app.size))


async def shoot(app: BriefingApp, pilot: Pilot[Any], theme: str, svg: Path) -> None:
    """Save the screen in a theme."""
    for field in app.screen.query(Input):
        field.cursor_blink = False
    if app.theme != theme:
        app.theme = theme
        await pilot.pause(0.2)
    save(svg, app.export_screenshot(title="briefing"))


def save(path: Path, text: str) -> None:
    """Write a file."""
    path.write_text(text, encoding="utf-8")


# Pictures


def picture(svg: Path, scale: float) -> None:
    """Turn an SVG into a PNG beside it."""
    text = with_font(svg)
    if photograph(text, *size_of(text), svg.with_suffix(".png"), scale):
        svg.unlink()


def sheet(pictures: Sequence[Path], png: Path) -> None:
    """Pictures of one size beside and below each other, each under its name."""
    columns = min(ROW, len(pictures))
    texts = [with_font(one) for one in pictures]
    width, height = size_of(texts[0])
    cells = "".join(
        f'<div style="width:{width}px;height:{height + 24}px;float:left;font:18px sans-serif">{html.escape(one.stem)}'
        f'<br><img src="data:image/svg+xml;base64,{b64encode(text.encode()).decode()}"></div>'
        for one, text in zip(pictures, texts, strict=True)
    )
    photograph(cells, width * columns, (height + 24) * -(-len(pictures) // columns), png)


def with_font(svg: Path) -> str:
    """The SVG with a font of this machine instead of one of the web, which it names and which is not there."""
    return re.sub(r"@font-face\s*{[^}]*}", "", svg.read_text("utf-8")).replace("Fira Code", FONT)


def size_of(text: str) -> tuple[int, int]:
    """Width and height of an SVG in pixels."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    assert found
    return round(float(found[1])), round(float(found[2]))


def photograph(body: str, width: int, height: int, png: Path, scale: float = 1) -> bool:
    """Show HTML in Chromium and save what it shows; whether there is a Chromium."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return False
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "page.html")
        page.write_text(f'<meta charset="utf-8"><style>body{{margin:0}}</style>{body}', encoding="utf-8")
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--disable-background-networking", f"--user-data-dir={scratch}/profile",
             f"--force-device-scale-factor={scale}", f"--window-size={width},{height}",
             f"--screenshot={png}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip
    return True


# What is made


async def make_some(studio: Studio, folder: Path, wanted: Sequence[tuple[str, str, str, Sequence[str]]]) -> None:
    """The pictures of the README, or of the docs."""
    for name, theme, size, keys in wanted:
        async with studio.reader(Scene(name, keys), theme, size) as (app, pilot):
            await shoot(app, pilot, theme, folder / f"{name}.svg")
        picture(folder / f"{name}.svg", SCALE)


async def make_all(
    studio: Studio, folder: Path, scenes: Sequence[str], themes: Sequence[str], sizes: Sequence[str]
) -> None:
    """Screens in themes and sizes, and their sheets."""
    for size in sizes:
        (folder / size).mkdir(parents=True, exist_ok=True)
        for scene in SCENES:
            if scene.name not in scenes:
                continue
            made = [folder / size / f"{scene.name}-{theme}.svg" for theme in themes]
            async with studio.reader(scene, themes[0], size) as (app, pilot):
                app.read_themes()
                for theme, svg in zip(themes, made, strict=True):
                    await shoot(app, pilot, theme, svg)
            if len(themes) > 1:
                sheet(made, folder / size / f"{scene.name}.png")
        if len(themes) == 1:
            of_theme = sorted((folder / size).glob(f"*-{themes[0]}.svg"))
            for at in range(0, len(of_theme), ON_SHEET):
                sheet(of_theme[at : at + ON_SHEET], folder / size / f"{themes[0]}-{at // ON_SHEET + 1}.png")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).with_name("pictures"))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--docs", action="store_true", help="the pictures of the docs, in docs/pictures")
    names = [scene.name for scene in SCENES]
    parser.add_argument("--scene", action="append", choices=names)
    parser.add_argument("--theme", action="append", choices=THEMES)
    parser.add_argument("--size", action="append", metavar="COLUMNSxROWS")
    chosen = parser.parse_args()
    if chosen.docs:
        chosen.folder = Path(__file__).parents[1] / "docs" / "pictures"
    folder = chosen.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        studio = Studio(Path(scratch))
        if chosen.all:
            themes, sizes = chosen.theme or THEMES, chosen.size or SIZES
            asyncio.run(make_all(studio, folder, chosen.scene or names, themes, sizes))
        else:
            asyncio.run(make_some(studio, folder, DOCS if chosen.docs else README))


if __name__ == "__main__":
    main()
