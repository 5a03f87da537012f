"""Make the recording at the top of the README: ``python tests/recording.py [FOLDER]``.

The reader is driven through the four jobs on the samples. Each step is a frame, kept as it stands on the screen, and
written twice: as an asciicast (version 2), which ``asciinema play`` shows in a terminal, and as an SVG of a few tens of
kilobytes that shows one frame after the other, with nothing but CSS.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from tests.screenshots import Scene, Studio, still

SIZE = "104x30"
THEME = "briefing-dark"
SECONDS = 3.2
"""For which a frame is shown."""
STEPS: Sequence[tuple[Sequence[str], str]] = (
    ((), "the samples: four reports of one flight"),
    (("slash", *"F-2"), "/ F-2: search all sources while you type"),
    (("enter",), "Enter: the source, at the hit"),
    (("3",), "3: the count that was read there, who operates it, what the other sources say"),
    (("a",), "a: accepted"),
    (("equals_sign",), "=: what each source says, claim by claim"),
    (("tab", "tab", "tab", "j", "j"), "differences first; Tab goes to what is agreed, and what one says alone"),
    (("enter",), "Enter: at its words"),
    (("e",), "e: the brief, every claim with its footnote"),
)
CELL, LINE, FONT = 7.2, 16, 12


class Frame(NamedTuple):
    """What the screen shows, line by line, and what is said below it."""

    lines: list[list[Segment]]
    said: str


async def frames(studio: Studio) -> list[Frame]:
    """The reader after each step."""
    made = []
    async with studio.reader(Scene("recording", ()), THEME, SIZE) as (app, pilot):
        for keys, said in STEPS:
            await pilot.press(*keys)
            await still(app, pilot)
            strips = app.screen._compositor.render_strips(app.size)
            made.append(Frame([[one for one in strip if not one.control] for strip in strips], said))
    return made


def _look(style: Style | None) -> tuple[str, str, str]:
    """Colour, background and the rest of a style, as CSS."""
    if style is None:
        return "#d5dbe3", "", ""
    front, back = (one.get_truecolor().hex if one else "" for one in (style.color, style.bgcolor))
    front, back = (back, front) if style.reverse else (front, back)
    rest = ("font-weight:bold;" if style.bold else "") + ("font-style:italic;" if style.italic else "")
    return front or "#d5dbe3", back, rest + ("text-decoration:underline;" if style.underline else "")


def _behind(segments: list[Segment]) -> str:
    """The background that most of a row has."""
    wide: dict[str, int] = {}
    for one in segments:
        back = _look(one.style)[1]
        wide[back] = wide.get(back, 0) + one.cell_length
    return max(wide, key=lambda back: wide[back]) if wide else ""


class Drawing:
    """An SVG of frames; equal looks share a class."""

    def __init__(self, made: Sequence[Frame]) -> None:
        self._made = made
        self._classes: dict[str, str] = {}
        self._rows: dict[str, str] = {}

    def _class(self, css: str) -> str:
        return self._classes.setdefault(css, f"s{len(self._classes)}")

    def _row(self, segments: list[Segment]) -> str:
        """The name of a row, which is drawn once however many frames have it."""
        parts: list[str] = []
        column = 0
        for text, style, _ in Segment.simplify(segments):
            cells = Segment(text).cell_length
            x, width = column * CELL + 8, cells * CELL
            colour, back, rest = _look(style)
            if back and back != _behind(segments):
                parts.append(
                    f'<rect class="{self._class(f"fill:{back}")}" x="{x:.0f}" width="{width:.0f}" height="{LINE}"/>'
                )
            if bare := text.strip():
                at = x + (len(text) - len(text.lstrip())) * CELL
                long = Segment(bare).cell_length * CELL
                name = self._class(f"fill:{colour};{rest}")
                words = html.escape(bare, quote=False)
                parts.append(f'<text class="{name}" x="{at:.0f}" y="12" textLength="{long:.0f}">{words}</text>')
            column += cells
        if back := _behind(segments):
            width = column * CELL
            parts.insert(0, f'<rect class="{self._class(f"fill:{back}")}" x="8" width="{width:.0f}" height="{LINE}"/>')
        return self._rows.setdefault("".join(parts), f"r{len(self._rows)}")

    def _frame(self, frame: Frame) -> str:
        uses = [f'<use href="#{self._row(line)}" y="{row * LINE + 8}"/>' for row, line in enumerate(frame.lines)]
        bottom = len(frame.lines) * LINE + 30
        return "".join(uses) + f'<text class="said" x="12" y="{bottom}">{html.escape(frame.said)}</text>'

    def svg(self) -> str:
        """The whole."""
        drawn = [self._frame(frame) for frame in self._made]
        width = max(sum(s.cell_length for s in line) for line in self._made[0].lines) * CELL + 16
        height = len(self._made[0].lines) * LINE + 44
        total, share = SECONDS * len(drawn), 100 / len(drawn)
        css = "".join(f".{name}{{{rules}}}" for rules, name in self._classes.items())
        css += f".f{{opacity:0;animation:f {total:g}s step-end infinite}}"
        css += f"@keyframes f{{0%{{opacity:1}}{share:.3f}%{{opacity:0}}100%{{opacity:0}}}}"
        css += f"text{{font:{FONT}px 'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre}}"
        css += ".said{fill:#9fb6d4;font:bold 14px sans-serif}"
        groups = "".join(
            f'<g class="f" style="animation-delay:{number * SECONDS:g}s">{frame}</g>'
            for number, frame in enumerate(drawn)
        )
        rows = "".join(f'<g id="{name}">{row}</g>' for row, name in self._rows.items())
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">'
            f"<title>The four jobs in the reader</title><style>{css}</style>"
            f'<defs>{rows}</defs><rect width="100%" height="100%" rx="8" fill="#10151d"/>{groups}</svg>\n'
        )


def cast(made: Sequence[Frame]) -> str:
    """The frames as an asciicast."""
    columns, rows = map(int, SIZE.split("x"))
    lines: list[Any] = [{"version": 2, "width": columns, "height": rows + 1, "title": "briefing"}]
    for number, frame in enumerate(made):
        rendered = "\r\n".join(
            "".join((style or Style.null()).render(text, color_system=ColorSystem.TRUECOLOR) for text, style, _ in line)
            for line in frame.lines
        )
        lines.append([round(number * SECONDS, 2), "o", f"\x1b[H{rendered}\r\n\x1b[2K{frame.said}"])
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).with_name("pictures"))
    folder = parser.parse_args().folder.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        made = asyncio.run(frames(Studio(Path(scratch))))
    (folder / "jobs.svg").write_text(Drawing(made).svg(), encoding="utf-8")
    (folder / "jobs.cast").write_text(cast(made), encoding="utf-8")


if __name__ == "__main__":
    main()
