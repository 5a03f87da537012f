"""The sources of a brief as CSL-JSON, for Zotero, pandoc and other reference managers."""

import json
from datetime import date
from typing import Any

from briefing.export.brief import Brief, CitedSource


def csl_json(brief: Brief) -> str:
    """Write the sources as CSL-JSON: ``id`` is a source's label in the brief, the note has its whole hash and grade."""
    return json.dumps([_item(source) for source in brief.sources], ensure_ascii=False, indent=2) + "\n"


def _item(source: CitedSource) -> dict[str, Any]:
    address = source.where.casefold().startswith(("http://", "https://"))
    grade = f"; graded {source.grade}" if source.grade else ""
    item: dict[str, Any] = {
        "id": f"S{source.number}",
        "type": "webpage" if address else "document",
        "title": source.title,
        "note": f"SHA-256 {source.id}{grade}",
    }
    if source.publisher:
        item["publisher"] = item["container-title"] = source.publisher
    if source.author:
        item["author"] = [{"literal": source.author}]
    if source.published:
        item["issued"] = _date(source.published)
    if source.retrieved:
        item["accessed"] = _date(source.retrieved)
    item["URL" if address else "source"] = source.where
    return item


def _date(when: date) -> dict[str, Any]:
    return {"date-parts": [[when.year, when.month, when.day]]}
