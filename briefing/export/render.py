"""Write a selection in any format: through a template, as data for other programs, or as a bundle."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, cast, get_args

from briefing import __version__
from briefing.export.compose import compose
from briefing.export.selection import ExportError, Selection

ExportFormat = Literal["markdown", "json", "html", "csv", "docx", "csl-json", "ftm", "geojson", "bundle"]
FORMATS: Final[tuple[ExportFormat, ...]] = get_args(ExportFormat)
BINARY: Final[frozenset[ExportFormat]] = frozenset({"docx", "bundle"})
"""Formats that are no text."""
SUFFIXES: Final[dict[str, ExportFormat]] = {
    ".md": "markdown", ".markdown": "markdown", ".json": "json", ".html": "html", ".htm": "html", ".csv": "csv",
    ".docx": "docx", ".geojson": "geojson", ".ftm": "ftm", ".csl": "csl-json", ".zip": "bundle",
}  # fmt: skip


def render(selection: Selection, format: ExportFormat = "markdown", template: Path | None = None) -> str:  # noqa: A002
    """Write the brief in a text format; the same selection always gives the same text.

    Args:
        selection: The selection.
        format: The format; not ``bundle`` or ``docx``, which are no text.
        template: A Jinja template of the user's, for ``markdown`` or ``html``: what it prints is escaped. None for
            ours.

    Raises:
        TemplateError: Where the template is wrong; it names file and line.
        ExportError: Where the format is no text or takes no template, or a correction does not fit its fact.
    """
    if template is not None and format not in {"markdown", "html"}:
        raise ExportError(f"a template makes markdown or html, not {format}")
    if format in BINARY:
        raise ExportError(f"{format} is no text")
    if format == "csv":
        from briefing.export.table import brief_csv

        return brief_csv(selection)
    brief = compose(selection)
    if format == "json":
        shape = {"version": __version__, **brief.model_dump(mode="json", by_alias=True, exclude={"program"})}
        return json.dumps(shape, ensure_ascii=False, indent=2) + "\n"
    if format == "csl-json":
        from briefing.export.formats.csl import csl_json

        return csl_json(brief)
    if format == "ftm":
        from briefing.export.formats.ftm import ftm_lines

        return ftm_lines(brief)
    if format == "geojson":
        from briefing.export.formats.geojson import places_geojson

        return places_geojson(selection, brief)
    page: Literal["markdown", "html"] = "html" if format == "html" else "markdown"
    if template is not None:
        from briefing.export.template_process import fill_apart

        return fill_apart(brief, page, template)
    from briefing.export.templating import fill  # jinja2 is loaded once it is needed

    return fill(brief, page)


def render_bytes(
    selection: Selection,
    format: ExportFormat | str = "markdown",  # noqa: A002
    template: Path | None = None,
    originals: Mapping[str, bytes] | None = None,
) -> bytes:
    """Write the brief in any format, also one of another package.

    Args:
        selection: The selection.
        format: Name of the format.
        template: A Jinja template of the user's, for ``markdown``, ``html`` or ``docx``; None for ours.
        originals: The files that sources were read from, by id of the source, for a bundle; None for none.

    Raises:
        TemplateError: Where the template is wrong; it names file and line.
        ExportError: As :func:`render`, and where a program or package that makes the format fails or is not installed.
    """
    if format not in FORMATS:
        from briefing.export.plugins import written

        return written(format, selection)
    if format == "bundle":
        from briefing.export.bundle import bundle

        texts: dict[str, ExportFormat] = {"brief.json": "json", "brief.md": "markdown", "brief.html": "html"}
        return bundle(selection, {name: render(selection, kind) for name, kind in texts.items()}, originals)
    if format == "docx":
        from briefing.export.formats.docx import docx

        return docx(render(selection, "markdown", template))
    return render(selection, cast("ExportFormat", format), template).encode()


def format_of(path: str, otherwise: ExportFormat = "markdown") -> ExportFormat | str:
    """The format that a file's suffix asks for; it may be one of another package.

    Args:
        path: Name of the file.
        otherwise: The format for other suffixes.
    """
    suffix = Path(path).suffix.lower()
    if suffix in SUFFIXES or not suffix:
        return SUFFIXES.get(suffix, otherwise)
    from briefing.export.plugins import plugin_exports

    return next((name for name, one in plugin_exports().items() if one.suffix == suffix), otherwise)
