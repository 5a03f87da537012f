"""Write a selection of sources as a brief: markdown, JSON, CSV, HTML and more.

Jinja is loaded when a template is first filled, not when this package is imported.
"""

from briefing.export.compose import compose
from briefing.export.facts import Names, document_json, facts_json, stream_json
from briefing.export.files import write_file
from briefing.export.render import BINARY, FORMATS, ExportFormat, format_of, render, render_bytes
from briefing.export.selection import ExportError, Selection
from briefing.export.verdicts import compare_reviewed, reviewed

__all__ = [
    "BINARY",
    "FORMATS",
    "ExportError",
    "ExportFormat",
    "Names",
    "Selection",
    "compare_reviewed",
    "compose",
    "document_json",
    "facts_json",
    "format_of",
    "render",
    "render_bytes",
    "reviewed",
    "stream_json",
    "write_file",
]
