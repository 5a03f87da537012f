"""Small inputs of kinds that go wrong: `python tests/bench/bench_cases.py FOLDER [--briefing PROGRAM]`.

FOLDER lies outside the project. Every file in it that is listed here is read by `briefing facts`, and what is found is
held against what is right: a line a file, with what is wrong in it, and the share that is right. Exit code 1 where any
is wrong.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Right:
    """What is right of a file: the counts of all its sources and nothing else, and whatever else is named."""

    counts: tuple[tuple[int, str], ...] | None = None
    """Number and the word that the item has in it; None where counts are not looked at."""
    has: tuple[str, ...] = ()
    """Words of the text."""
    lacks: tuple[str, ...] = ()
    sources: int | None = None
    title: str = ""
    published: str = ""
    author: str = ""
    speakers: tuple[str, ...] | None = None
    operators: tuple[str | None, ...] = ()
    """Of the first count: any of these."""
    fails: str = ""
    """Words of the reason why it, or a part of it, is not read."""
    or_none: bool = field(default=False)
    """Whether a count that is not there is right too."""


def counts(*pairs: tuple[int, str], **more: Any) -> Right:
    """These counts and no others."""
    return Right(counts=pairs, **more)


ONE_BODY = counts((2, "frigate"), sources=1)
TWO_NOTES = counts((2, "frigate"), (3, "tanker"), sources=2)

KINDS: dict[str, dict[str, Right]] = {
    "raised numbers": {
        "09-sup.html": counts((24, "aircraft"), (12, "frigate"), (2, "F-16"), lacks=("241", "122", "20243")),
        "09b-sup-mail.eml": counts((24, "tank"), (4, "gun"), (1200, "shell"), speakers=("Paul Renner",)),
        "09c-sup-feed.rss": counts((24, "tank"), (4, "gun"), (1200, "shell"), speakers=("Paul Renner",)),
    },
    "spaces and points in numbers": {"25-nbsp.html": counts((1200, "rocket"), (3500, "shell"))},
    "struck-out text": {
        "10-ins.html": counts((4, "bomber"), (2, "tanker"), (6, "F-16"), (9, "helicopter"), has=("not damaged",)),
        "10b-ins-only.html": counts((11, "soldier"), has=("not killed",)),
        "10c-s.html": counts((4, "tank"), (10, "car"), lacks=("three", "nine")),
    },
    "inline elements, captions, corrections": {
        "10e-time.html": counts((2, "frigate"), has=("11 July",)),
        "10f-label.html": counts((9, "helicopter")),
        "10g-button.html": Right(has=("left Busan on Friday",)),
        "44b-figcap.html": counts((2, "F-16"), (6, "tanker")),
        "44c-correction.html": Right(has=("seven frigates left, not two", "Correction: an earlier version")),
    },
    "alternatives of mail": {
        "01-calendar.eml": counts((2, "F-16"), sources=1, lacks=("VCALENDAR", "METHOD")),
        "01b-amp.eml": counts((2, "F-16"), sources=1),
        "01c-enriched.eml": ONE_BODY,
        "02-apple.eml": counts((3, "frigate"), (2, "destroyer"), sources=1),
        "02b-two-html.eml": ONE_BODY,
        "02c-two-plain.eml": ONE_BODY,
    },
    "boundaries of boxes": {
        "03-from.mbox": counts((4, "bomber"), (2, "frigate"), sources=2),
        "03b-noblank.mbox": TWO_NOTES,
        "03c-bare.mbox": TWO_NOTES,
        "03e-from.mbox": Right(sources=1, has=("nine bombers seen",)),
    },
    "bodies of mail": {"23-cte-space.eml": ONE_BODY, "28-noboundary.eml": ONE_BODY, "28b-noboundary.eml": ONE_BODY},
    "content that is not read": {
        "07-smime.eml": Right(fails="S/MIME"),
        "08-winmail.eml": Right(fails="winmail.dat", has=("See the attachment.",)),
        "26-outlook.msg": Right(fails="Outlook message"),
    },
    "flowed lines": {
        "05-flowed.eml": counts((12, "vehicle"), (2, "mortar"), has=("vehicles From the eastern garrison had",)),
        "05b-delsp.eml": counts((12, "armoured vehicle"), (2, "howitzer")),
    },
    "namespaces of feeds": {
        "13-media.rss": counts(
            (3, "frigate"), (4, "tanker"), (5, "corvette"), sources=3, lacks=("IMG_2231", "file photo")
        ),
        "50-undeclared.rss": counts(
            (3, "frigate"), (2, "tanker"), (9, "helicopter"), author="Anna Kowal", published="2025-07-11T09:30"
        ),
    },
    "short Western text": {
        "24a-cp1252.txt": Right(has=("It’s a long trip", "Cádiz –", "Peña")),
        "24b-cp1252.txt": counts((4, "frigate"), has=("José Núñez",)),
        "24c-cp1252.txt": Right(has=("It’s our duty.",)),
        "24d-cp1252.txt": counts((2, "frigate"), (3, "tanker"), (4, "corvette"), has=("•",)),
    },
    "characters": {
        "49-type-chars.txt": counts((12, "fighter")),
        "49b-type-chars.txt": counts(
            (2, "Stratofortress"), (6, "tanker"), (2, "Arleigh Burke-class destroyer"), (3, "F-16"), (2, "F-15"),
            (10, "tanker"),
        ),
    },
    "fractions of a big unit": {
        "45-fractions.txt": counts(
            (250_000, "shell"), (750_000, "shell"), (1_500_000, "shell"), (2_500_000, "round"), (12_000, "shell")
        )
    },
    "sign-offs": {"48-sign-off.txt": Right(speakers=("Anna Kowal", "Anna Kowal", "Paul Renner"))},
    "operators and places": {
        "47-generic-body.txt": counts((9, "frigate"), operators=(None, "India")),
        "47b-fleet.txt": counts((2, "frigate"), operators=(None, "Republic of Korea Navy", "South Korea")),
    },
    "dates of mail": {
        "29-date-gmt.eml": Right(published="2025-07-11T09:30:00+09:00"),
        "29b-date-iso.eml": Right(published="2025-07-11T09:30:00+00:00"),
    },
    "documents: raised numbers": {
        "31-sup.pdf": counts((24, "aircraft"), (12, "frigate"), (6, "F-16"), (2, "tanker"), lacks=("241", "20243"))
    },
    "documents: rows of the page's number": {
        "33-linenos.pdf": Right(has=("1\tQ. How many", "6\tQ. Who gave the order?", "back on the third")),
        "33b-list.pdf": counts((4, "bomber"), (2, "tanker"), (6, "helicopter")),
        "33c-table.pdf": counts(
            (12, "tank"), (140, "soldier"), (7, "tank"), (95, "soldier"), (9, "tank"), (60, "soldier")
        ),
        "33e-page2.pdf": counts((4, "frigate")),
    },
    "documents: hyphens": {
        "36-hyphen.pdf": counts((24, "missile"), (2, "B-52H"), has=("U.S.-led forces", "non-commissioned"))
    },
    "documents: forms": {"30-form.pdf": counts((4, "vehicle"), (2, "helicopter"))},
    "documents: watermarks": {
        "34-watermark.pdf": counts((4, "bomber"), (2, "tanker"), (6, "fighter"), title="The ministry said on Friday")
    },
    "documents: boxes and chunks": {
        "40-boxcell.docx": counts((6, "frigate")),
        "42-altchunk.docx": counts((9, "corvette")),
    },
    "documents: tables": {
        "35-table.pdf": counts((12, "tank"), (3, "aircraft"), (140, "soldier"), (7, "tank"), (95, "soldier"))
    },
    "loss lists and unit numbers": {
        "51-loss-list.txt": counts((12, "T-72"), (4, "BMP-2"), (12, "T-72"), (4, "BMP-2"), (1, "Su-25"))
    },
}  # fmt: skip


def read(program: str, file: Path) -> dict[str, Any]:
    """What the program says of a file."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [program, "--library", f"{folder}/library.db", "facts", "--format", "json", "--text", str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
    found: dict[str, Any] = json.loads(done.stdout) if done.stdout.strip() else {"documents": [], "errors": []}
    return {**found, "code": done.returncode}


def faults(found: dict[str, Any], right: Right) -> list[str]:
    """What is wrong of what was found."""
    documents = found["documents"]
    text = "\n".join(document["text"] for document in documents)
    wrong = [f"lacks “{words}”" for words in right.has if words not in text]
    wrong += [f"has “{words}”" for words in right.lacks if words in text]
    if right.sources is not None and len(documents) != right.sources:
        wrong.append(f"{len(documents)} sources")
    if right.counts is not None:
        wrong += _of_counts([count for document in documents for count in document["counts"]], right)
    if right.speakers is not None:
        said = tuple(str(quote["speaker"]) for document in documents for quote in document["quotes"])
        wrong += [] if said == right.speakers else [f"speakers {said}"]
    for name in ("title", "published", "author"):
        wanted = getattr(right, name)
        if wanted and not any(str(document.get(name) or "").startswith(wanted) for document in documents):
            wrong.append(f"{name} {[document.get(name) for document in documents]}")
    if right.fails:
        reasons = [f"{error['path']} {error['error']}" for error in found["errors"]]
        wrong += [] if any(right.fails in reason for reason in reasons) else [f"says {reasons or 'nothing'}"]
        wrong += [] if found["code"] == 1 else [f"exit code {found['code']}"]
    return wrong


def _of_counts(every: list[dict[str, Any]], right: Right) -> list[str]:
    expected = list(right.counts or ())
    wrong = []
    for count in every:
        same = [one for one in expected if count["low"] == count["high"] == one[0] and one[1] in count["item"]]
        if same:
            expected.remove(same[0])
        else:
            wrong.append(f"{count['low']}–{count['high']} {count['item']}")
    wrong += [] if right.or_none else [f"no {number} {item}" for number, item in expected]
    if right.operators and every and every[0]["operator"] not in right.operators:
        wrong.append(f"operator {every[0]['operator']}")
    return wrong


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--briefing", default="briefing")
    options.add_argument("--kind", default="", help="only kinds that begin so")
    chosen = options.parse_args()
    seen = good = 0
    for kind, files in KINDS.items():
        for name, right in files.items():
            if not kind.startswith(chosen.kind) or not (chosen.folder / name).exists():
                continue
            wrong = faults(read(chosen.briefing, chosen.folder / name), right)
            seen, good = seen + 1, good + (not wrong)
            print(f"{kind:40} {name:24} {'right' if not wrong else 'WRONG: ' + '; '.join(wrong)}", flush=True)
    print(f"{good} of {seen} right ({100 * good / max(seen, 1):.0f} %)")
    return int(good < seen)


if __name__ == "__main__":
    sys.exit(main())
