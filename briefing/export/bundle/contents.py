"""Read the sources of a bundle: texts, extractions and verdicts."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from briefing.export.bundle.bag import Bag
from briefing.export.selection import ExportError
from briefing.model.data_files import parse_json
from briefing.model.fact_forms import misplaced
from briefing.model.facts import Extraction
from briefing.model.safetext import SafeText
from briefing.model.source import Source

_ID: Final = re.compile("[0-9a-f]{64}")
_LONGEST: Final = 200
"""Characters of a title that are shown of what cannot be used."""


class BundledSource(NamedTuple):
    """A source of a bundle; ``wrong`` says why it cannot be relied on, None where it is as it was packed."""

    source: Source
    extraction: Extraction
    wrong: str | None


def bundled_sources(bag: Bag) -> Iterator[BundledSource]:
    """The sources of a bundle, one at a time. Raises :class:`ExportError` where its list of them cannot be read."""
    for entry in _listed(bag):
        yield _bundled(bag, entry)


def _listed(bag: Bag) -> list[dict[str, Any]]:
    try:
        listed = parse_json(bag.text("sources.json"))
    except ValueError as error:
        raise ExportError(f"the list of sources of the bundle cannot be read: {error}") from error
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise ExportError("the list of sources of the bundle is none")
    return listed


def _bundled(bag: Bag, entry: dict[str, Any]) -> BundledSource:
    meta = {key: value for key, value in entry.items() if key in Source.model_fields and key != "text"}
    path, facts = f"texts/{entry.get('id')}.txt", f"facts/{entry.get('id')}.json"
    try:
        text = bag.text(path)
        source = Source.model_validate({**meta, "text": SafeText(text)})
        extraction = Extraction.model_validate_json(bag.text(facts))
    except ValidationError as error:
        return _unusable(entry, f"{path} or {facts} cannot be used: {error.errors()[0]['msg']}")
    except ExportError as error:
        return _unusable(entry, str(error))
    return BundledSource(source, extraction, _wrong(bag, entry, source, extraction))


def _unusable(entry: dict[str, Any], wrong: str) -> BundledSource:
    """What stands for a source of which nothing can be used; the others of the bundle can."""
    key, title = str(entry.get("id")), str(entry.get("title") or entry.get("id"))
    source = Source(id=key, path=SafeText(key), title=SafeText(title[:_LONGEST]), text=SafeText(""), format="text")
    return BundledSource(source, Extraction(source_id=key, extractor=""), SafeText(wrong).line())


def _wrong(bag: Bag, entry: dict[str, Any], source: Source, found: Extraction) -> str | None:
    path, facts, text = f"texts/{source.id}.txt", f"facts/{source.id}.json", source.text
    for name in (path, facts, "sources.json"):
        if name in bag.damaged:
            return f"{name} {bag.damaged[name]}"
    if sha256(text.encode()).hexdigest() != entry.get("text_sha256"):
        return f"{path} is not the text that was packed"
    if found.source_id != source.id or not _ID.fullmatch(source.id):
        return f"{facts} is of another source"
    if wrong := misplaced(found, text):
        return f"{facts}: {wrong}"
    original = entry.get("original")
    if original and original not in bag.files:
        return f"{original} is missing"
    if original and bag.files.digest(original) != entry["id"]:
        return f"{original} is not the file that was cited"
    return None
