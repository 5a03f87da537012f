"""A selection as text: the brief in Markdown or HTML through a template, as JSON, or its facts as CSV rows."""

import json
from pathlib import Path
from typing import Final, Literal, get_args

from briefing import __version__
from briefing.export.compose import compose
from briefing.export.selection import ExportError, Selection

ExportFormat = Literal["markdown", "json", "html", "csv"]
FORMATS: Final[tuple[ExportFormat, ...]] = get_args(ExportFormat)
SUFFIXES: Final[dict[str, ExportFormat]] = {
    ".md": "markdown", ".markdown": "markdown", ".json": "json", ".html": "html", ".htm": "html", ".csv": "csv",
}  # fmt: skip


def render(selection: Selection, format: ExportFormat = "markdown", template: Path | None = None) -> str:  # noqa: A002
    """The text of the brief; the same selection always gives the same text.

    ``template`` is a Jinja template of the user's own, for ``markdown`` or ``html``; what it prints is escaped for
    that format. Raises :class:`TemplateError` (an :class:`ExportError`) where it is wrong, with file and line.
    """
    if template is not None and format not in {"markdown", "html"}:
        raise ExportError(f"a template makes markdown or html, not {format}")
    if format == "csv":
        from briefing.export.table import brief_csv

        return brief_csv(selection)
    brief = compose(selection)
    if format == "json":
        shape = {"version": __version__, **brief.model_dump(mode="json", by_alias=True, exclude={"program"})}
        return json.dumps(shape, ensure_ascii=False, indent=2) + "\n"
    if template is not None:
        from briefing.export.template_process import fill_apart

        return fill_apart(brief, format, template)
    from briefing.export.templating import fill  # jinja2 is loaded once it is needed

    return fill(brief, format)


def format_of(path: str, otherwise: ExportFormat = "markdown") -> ExportFormat:
    """The format that a file's name asks for."""
    return SUFFIXES.get(Path(path).suffix.lower(), otherwise)
