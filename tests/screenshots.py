"""Make the README's pictures: ``python tests/screenshots.py [FOLDER] [--themes]``.

The reader is driven over the samples as a user would; each screen is saved as SVG and, where Chromium is installed,
turned into a PNG with a monospaced font of the machine. ``--themes`` makes one picture in every shipped theme instead,
for looking at. By default they go to ``tests/pictures``.
"""

import argparse
import asyncio
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from briefing.library import Library
from briefing.model.settings import Settings
from briefing.paths import shipped
from briefing.tui.app import BriefingApp

SIZE = (132, 36)
FONT = "DejaVu Sans Mono"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


async def drive(folder: Path, theme: str, name: str, keys: list[str], size: tuple[int, int] = SIZE) -> None:
    """Open the samples in ``theme``, wait until all are read, press ``keys``, save ``name``.svg."""
    with tempfile.TemporaryDirectory() as scratch, Library.open(Path(scratch, "library.db")) as library:
        app = BriefingApp(
            library, settings=Settings(theme=theme), themes=[shipped("themes")], refs=[str(shipped("seeds"))]
        )
        async with app.run_test(size=size, notifications=False) as pilot:
            await read_all(app, pilot, library)
            for key in keys:
                await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause(0.3)  # the search waits for the next key
            svg = folder / f"{name}.svg"
            svg.write_text(app.export_screenshot(title="briefing"), encoding="utf-8")
    picture(svg)


async def read_all(app: BriefingApp, pilot: Pilot[Any], library: Library) -> None:
    """Until the samples are in and compared."""
    wanted = sum(1 for _ in shipped("seeds").iterdir())
    while library.totals().sources < wanted:
        await pilot.pause(0.1)
    await app.workers.wait_for_complete()
    await pilot.pause(1)


def picture(svg: Path) -> None:
    """Turn an SVG into a PNG beside it. The SVG names a font of the web, which is not there: another is put in."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return
    text = svg.read_text("utf-8")
    width, height = (round(float(x)) for x in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text).groups())
    text = re.sub(r"@font-face\s*{[^}]*}", "", text).replace("Fira Code", FONT)
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "page.html")
        page.write_text(f'<meta charset="utf-8"><style>body{{margin:0}}</style>{text}', encoding="utf-8")
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--disable-background-networking", f"--user-data-dir={scratch}/profile",
             f"--window-size={width},{height}", f"--screenshot={svg.with_suffix('.png')}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip
    svg.unlink()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).with_name("pictures"))
    parser.add_argument("--themes", action="store_true")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    if chosen.themes:
        for theme in sorted(file.stem for file in shipped("themes").glob("*.toml")):
            asyncio.run(drive(chosen.folder, theme, theme, ["3", "j"]))
        return
    asyncio.run(drive(chosen.folder, "briefing-dark", "reader", ["3", "j", "j"]))
    asyncio.run(drive(chosen.folder, "briefing-light", "search", ["/", *'"ballistic missile"', "down"], (110, 30)))


if __name__ == "__main__":
    main()
