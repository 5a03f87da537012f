"""Links in the reader: originals of sources, files that were written."""

from pathlib import Path

import pytest
from textual.content import Content

from briefing.library import Library
from briefing.links import address_of
from tests.tui.conftest import Reading, settle, strips, told


async def test_the_originals_of_sources_are_links(
    library: Library, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.tui.textual_patches.terminal.understood", lambda: True)
    path = library.sources()[0].path
    async with reading(library) as (app, pilot):
        await pilot.press("1")
        await settle(pilot)

        def links() -> set[str]:
            return {piece.style.link for strip in strips(app) for piece in strip if piece.style and piece.style.link}

        assert links() == {address_of(path)}
        await pilot.press("3")
        await settle(pilot)
        assert links() == {address_of(app.state.source.path)}
        app.settings = app.settings._replace(links=False)
        app.main.status.refresh()
        await settle(pilot)
        assert links() == set()


async def test_a_written_file_is_a_link_in_its_notice(
    library: Library, reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.tui.textual_patches.terminal.understood", lambda: True)
    written = tmp_path / "a [b]\"'; link.md"
    async with reading(library) as (app, pilot):
        app.tell_file("Wrote the brief of 1 source to", written)
        await settle(pilot)
        shown = Content.from_markup(told(app))
        assert shown.plain == f"Wrote the brief of 1 source to {written}"
        (span,) = shown.spans
        assert shown.plain[span.start : span.end] == str(written)
        assert written.as_uri() in str(span.style)
