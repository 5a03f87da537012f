"""Made-up sources, and what is found in them without spaCy."""

import hashlib
import re
import sqlite3
from typing import Any

from briefing.model.facts import Count, EntityType, Extraction, Mention, Participant, Quote, SourceWarning
from briefing.model.source import Source

NAMES: dict[str, tuple[EntityType, str]] = {
    "Dan Caine": ("PERSON", "Dan Caine"),
    "Gen. Caine": ("PERSON", "Dan Caine"),
    "Kim Myung-soo": ("PERSON", "Kim Myung-soo"),
    "U.S.": ("NATION", "United States"),
    "American": ("NATION", "United States"),
    "Japan": ("NATION", "Japan"),
    "Guam": ("PLACE", "Guam"),
    "B-52Hs": ("AIRCRAFT", "B-52H Stratofortress"),
    "B-52H": ("AIRCRAFT", "B-52H Stratofortress"),
    "F-2": ("AIRCRAFT", "F-2"),
    "KCNA": ("ORG", "Korean Central News Agency"),
}


def set_back(db: sqlite3.Connection, version: int) -> None:
    """Make a library one of an earlier format, from 2 on, but for what stands in its indexes."""
    if version < 9:
        for table in ("workspace", "workspace_source", "name_list"):
            db.execute(f"DROP TABLE {table}")
    if version < 8:
        db.execute("DROP TABLE claim_edit")
    if version < 7:
        db.execute("DROP TABLE fact")
        db.execute("DROP TABLE term")
    if version < 10:
        columns = "title, body" if version < 6 else "body, title"
        db.execute("DROP TABLE word_index")
        db.execute(
            f"CREATE VIRTUAL TABLE word_index USING fts5 ({columns}, content = '', tokenize = 'ascii', prefix = '2 3')"
        )
    if version < 5:
        for table in ("removal", "secret", "removed"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DROP INDEX file_id")
    db.execute(f"PRAGMA user_version = {version}")


def make_source(text: str, **more: Any) -> Source:
    """A source as it would be read from a file with these contents."""
    values: dict[str, Any] = {"title": text.partition("\n")[0], "path": f"/in/{len(text)}.txt", **more}
    key = hashlib.sha256((text + str(sorted(more.items(), key=str))).encode()).hexdigest()
    return Source(id=key, text=text, **values)


def make_extraction(source: Source, extractor: str = "f1") -> Extraction:
    """Mentions of the names above, counts of "two X", quotes said by the person named next."""
    text = str(source.text)
    mentions = [
        Mention(start=m.start(), end=m.end(), text=m.group(), type=kind, name=name)
        for written, (kind, name) in NAMES.items()
        for m in re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", text)
    ]
    mentions.sort(key=lambda m: m.start)
    counts = [
        Count(
            start=m.start(),
            end=m.end(),
            evidence=m.group(),
            low=2,
            high=2,
            item=m.group(1),
            category="aircraft",
        )
        for m in re.finditer(r"two (\w[\w-]*)", text)
    ]
    quotes = []
    for m in re.finditer(r'"([^"\n]+)"', text):
        speaker = next((x for x in mentions if x.type == "PERSON" and x.start >= m.end()), None)
        quotes.append(
            Quote(
                start=m.start(1),
                end=m.end(1),
                text=m.group(1),
                speaker=speaker and speaker.name,
                speaker_kind=speaker and "person",
                speaker_start=speaker and speaker.start,
                speaker_end=speaker and speaker.end,
            )
        )
    people: dict[str, list[tuple[int, int]]] = {}
    for mention in mentions:
        if mention.type == "PERSON":
            people.setdefault(mention.name, []).append((mention.start, mention.end))
    warned = [SourceWarning(kind="truncated", message="It ends early.")] if text.endswith("…") else []
    return Extraction(
        source_id=source.id,
        extractor=extractor,
        mentions=tuple(mentions),
        counts=tuple(counts),
        participants=tuple(Participant(name=n, kind="person", mentions=tuple(at)) for n, at in people.items()),
        quotes=tuple(quotes),
        warnings=tuple(warned),
        sentences=((0, len(text)),) if text else (),
    )


ESCORT = """Bombers escorted over the sea

The U.S. sent two B-52Hs from Guam. Fighters of Japan, two F-2 among them, met the B-52H at noon.

"We stand ready for ballistic-missile tests," said Gen. Caine. "Our pilots fly together," said Kim Myung-soo."""
MISSILE = """A ballistic missile falls short

KCNA said that a ballistic missile flew 25,000 metres. American officers told us little. It was launched at dawn."""
CAFE = """Café talk

In Łódź, AT&T's man and O'Neill spoke of F/A-18 jets. Nobody counted 1,500 drones…"""
