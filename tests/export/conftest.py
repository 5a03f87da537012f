"""Documents with facts, made without an extractor."""

import re
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from made_briefs import under_one_event

from briefing.export import Selection
from briefing.model.facts import Count, Extraction, Mention, Participant, Quote, SourceWarning
from briefing.model.passage import paragraphs
from briefing.model.safetext import SafeText
from briefing.model.source import Source

Document = tuple[Source, Extraction]
DAY = date(2025, 8, 1)


def make(text: str, **found: Any) -> Document:
    """A document; ``counts``, ``participants``, ``quotes``, ``mentions`` are (words in the text, fields)."""
    clean = SafeText(text)
    key = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    meta = {name: found.pop(name) for name in list(found) if name in Source.model_fields}
    source = Source(
        **{"id": key, "path": "folder/report.txt", "title": clean.split("\n")[0], "text": clean, **meta},
    )
    warnings = tuple(SourceWarning(kind="machine-paraphrased", message=SafeText(m)) for m in found.get("warnings", ()))
    extraction = Extraction(
        source_id=key,
        extractor="test",
        counts=tuple(_count(clean, *_plain(one), **_more(one)) for one in found.get("counts", ())),
        participants=tuple(_participant(clean, *_plain(one), **_more(one)) for one in found.get("participants", ())),
        quotes=tuple(_quote(clean, *_plain(one), **_more(one)) for one in found.get("quotes", ())),
        mentions=tuple(_mention(clean, *one) for one in found.get("mentions", ())),
        warnings=warnings,
        sentences=tuple(_sentences(clean)),
    )
    return source, extraction


def _plain(one: tuple[Any, ...]) -> tuple[Any, ...]:
    return one[:-1] if isinstance(one[-1], dict) else one


def _more(one: tuple[Any, ...]) -> dict[str, Any]:
    return one[-1] if isinstance(one[-1], dict) else {}


def _sentences(text: str) -> list[tuple[int, int]]:
    return [
        (start + m.start(), start + m.end())
        for start, end in paragraphs(text)
        for m in re.finditer(r"\S[^.!?]*[.!?]?", text[start:end])
    ]


def _span(text: str, words: str) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def _count(text: str, words: str, low: int | None, item: str, operator: str | None = None, **more: Any) -> Count:
    fields = {"evidence": words, "low": low, "high": low, "item": item, "operator": operator, "category": "aircraft"}
    return Count.model_validate({**_span(text, words), **fields, **more})


def _participant(text: str, words: str, name: str, kind: str, **more: Any) -> Participant:
    start = text.index(words)
    fields = {"name": name, "kind": kind, "mentions": ((start, start + len(words)),)}
    return Participant.model_validate({**fields, **more})


def _quote(text: str, words: str, speaker: str | None, **more: Any) -> Quote:
    kind = "person" if speaker else None
    return Quote.model_validate({**_span(text, words), "text": words, "speaker": speaker, "speaker_kind": kind, **more})


def _mention(text: str, words: str, kind: str, name: str) -> Mention:
    return Mention.model_validate({**_span(text, words), "text": words, "type": kind, "name": name})


LAKE = """Patrol over the lake

Three Gripen fighters of the Swedish Air Force met two Typhoons on Monday. “We saw them early,” Col. Ada Lind said.

Lind leads the wing. Dozens of drones stayed on the ground. The three Gripens landed at noon.
"""
WIRE = """Jets meet over lake

Sweden sent four Gripen fighters, the wing said. "We saw them at once," Lind said.
"""


@pytest.fixture
def lake() -> Document:
    """A release with three counts (one stated twice), a person and a quote."""
    start = LAKE.index("Col. Ada Lind")
    return make(
        LAKE,
        publisher="Swedish Armed Forces",
        published=date(2025, 7, 12),
        path="/home/someone/private/lake.txt",
        counts=[
            ("Three Gripen fighters", 3, "Gripen", "Swedish Air Force"),
            ("two Typhoons", 2, "Typhoon"),
            ("Dozens of drones", None, "drone", None, {"approx": True, "confidence": "medium"}),
            ("three Gripens", 3, "Gripen", "Swedish Air Force"),
        ],
        participants=[
            ("Col. Ada Lind", "Ada Lind", "person", {"role": "wing commander", "core": True, "aliases": ("Lind",)}),
            ("Swedish Air Force", "Swedish Air Force", "organisation", {"core": True, "affiliation": "Sweden"}),
            ("Monday", "Norway", "nation"),
        ],
        quotes=[
            (
                "We saw them early,",
                "Ada Lind",
                {"speaker_start": start, "speaker_end": start + 13, "cue": "said"},
            )
        ],
        mentions=[("Gripen", "AIRCRAFT", "JAS 39 Gripen")],
    )


@pytest.fixture
def wire() -> Document:
    """A report of the same event that differs, with a warning."""
    return make(
        WIRE,
        publisher="Wire & Co",
        counts=[("four Gripen fighters", 4, "Gripen", "Swedish Air Force")],
        participants=[("Lind", "Ada Lind", "person", {"core": True})],
        quotes=[("We saw them at once,", "Ada Lind")],
        warnings=["Reads as machine-paraphrased."],
    )


@pytest.fixture
def selection(lake: Document, wire: Document) -> Selection:
    """Both, uncompared."""
    return Selection(documents=(lake, wire), day=DAY, title=SafeText("The lake"))


@pytest.fixture
def document() -> Callable[..., Document]:
    """Makes documents."""
    return make


@pytest.fixture
def whole(lake, wire) -> Selection:
    """Both documents, compared, under one event."""
    return under_one_event(lake, wire)
