"""Pack a selection as a bundle: texts, extractions, the brief, the verdicts, and originals where they are at hand."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePath
from typing import Any, Final

from briefing import __version__
from briefing.export.bundle.annotations import annotations
from briefing.export.bundle.bag import packed
from briefing.export.selection import Selection
from briefing.model.fact_forms import as_found
from briefing.model.source import Source
from briefing.model.wording import whereabouts

WORKSPACE: Final = "workspace.json"
"""The file of the workspace that was packed."""


def bundle(selection: Selection, briefs: Mapping[str, str], originals: Mapping[str, bytes] | None = None) -> bytes:
    """Pack a selection as a bundle; returns the bytes of the zip.

    An original whose hash is not the source's id (an entry of an archive, a file that has changed) is left out.

    Args:
        selection: The selection.
        briefs: Texts of the brief by file name (``brief.json``).
        originals: The files that sources were read from, by id of the source; None for none.
    """
    kept = {key: data for key, data in (originals or {}).items() if sha256(data).hexdigest() == key}
    files: dict[str, bytes] = {
        **{name: text.encode() for name, text in briefs.items()},
        "decisions.jsonld": annotations(selection.documents, selection.reviews, selection.notes).encode(),
    }
    listed = []
    for source, extraction in selection.documents:
        files[f"texts/{source.id}.txt"] = source.text.encode()
        files[f"facts/{source.id}.json"] = (as_found(extraction).model_dump_json(indent=1) + "\n").encode()
        entry = _entry(source)
        if source.id in kept:
            entry["original"] = f"originals/{source.id}{_suffix(source)}"
            files[entry["original"]] = kept[source.id]
        listed.append(entry)
    if selection.workspace is not None:
        files[WORKSPACE] = (json.dumps(selection.workspace, ensure_ascii=False, indent=1) + "\n").encode()
    files["sources.json"] = (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()
    files["custody.jsonl"] = _custody(selection)
    return packed(files, selection.day)


def _entry(source: Source) -> dict[str, Any]:
    """What is known of a source but its text; no folders of whoever packs it."""
    shape = source.model_dump(mode="json", exclude={"text", "path"})
    text = source.text.encode()
    return {
        **shape,
        "path": whereabouts(source.path),
        "text": f"texts/{source.id}.txt",
        "text_sha256": sha256(text).hexdigest(),
        "original": None,
    }


def _suffix(source: Source) -> str:
    suffix = PurePath(source.path.replace("\\", "/")).suffix.lower()
    return suffix if suffix[1:].isalnum() and suffix.isascii() else ""


def _custody(selection: Selection) -> bytes:
    line = {
        "at": selection.day.isoformat(),
        "action": "packed",
        "program": f"briefing {__version__}",
        "sources": len(selection.documents),
        "verdicts": sum(map(len, selection.reviews.values())),
    }
    return (json.dumps(line) + "\n").encode()
