"""What "high", "medium" and "low" of a speaker are worth: right answers by confidence, by cross-validation.

    python -m tests.bench.bench_confidence [FOLDER | FILE.jsonl ...] [--write]

A speaker is trusted by the record of the rule that found the phrase, by how the phrase was resolved
(``speaker_records.toml``). The texts are dealt into ten parts by the hash of their names; each part is judged by the
records of the other nine, so that no answer vouches for itself. ``--write`` puts records and table where they are
shipped: the lexicon and ``docs/quality.md``. Without arguments the annotated sets in a folder ``shared`` above the
checkout are taken: folders as in ``bench_rules``, and news articles with ``quotes`` (start, end, speaker,
speaker_class, resolved) one a line.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest.mock import patch

from briefing.extract.pipeline import load, parse
from briefing.extract.quotes import component
from briefing.extract.quotes.confidence import ORDER, Records, earned
from briefing.extract.quotes.speaker_resolution import Voice
from briefing.model.facts import Quote
from tests.bench.bench_rules import Annotation, folders_above, plain
from tests.bench.bench_rules import read as read_folders

ROOT: Final = Path(__file__).resolve().parents[2]
RECORDS: Final = ROOT / "briefing" / "extract" / "lexicons" / "speaker_records.toml"
QUALITY: Final = ROOT / "docs" / "quality.md"
BEGIN: Final = "<!-- the table of bench_confidence -->"
END: Final = "<!-- end of the table of bench_confidence -->"
PARTS: Final = 10
ALIKE: Final = 0.8
"""Share of their joint length that two quotations have in common at least to be one."""
HEAD: Final = """\
# How far a speaker is trusted: how often the rule that found the phrase was right on annotated texts, of how many
# answers, by how the phrase was resolved ("high" from a share of 0.96, "medium" from 0.85; few answers count for less).
# Written by `python -m tests.bench.bench_confidence --write`.
"""


class Answer(NamedTuple):
    """A speaker that was read of a quotation that is annotated with one."""

    set: str
    text: str
    rule: str
    how: str
    right: bool


def sets_above() -> list[Path]:
    """The annotated folders, and the news articles beside them."""
    for parent in Path(__file__).resolve().parents:
        if (news := parent / "shared" / "bench" / "quotes" / "dev.jsonl").is_file():
            return [*folders_above(), news]
    return folders_above()


def annotated(sets: Iterable[Path]) -> Iterator[tuple[str, tuple[str, str, Annotation]]]:
    """Text and (set, name, annotation) of every annotated text."""
    for path in sets:
        if path.is_dir():
            yield from (
                (text, ("annotated texts", f"{of[0]}.{of[1]}", of[2])) for text, of in read_folders([path], None)
            )
        else:
            rows = (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip())
            yield from ((row["text"], ("news articles", row["id"], row)) for row in rows)


def same(gold: Annotation, read: Quote, whole: Annotation) -> bool:
    """Whether both have one speaker: by any annotated name, persons and documents by their last word."""
    if gold.get("speaker_class") == "pronoun":
        spelt = [plain(name) for name in gold.get("resolved", [])]
    else:
        names = [gold["speaker"], gold.get("as_written"), *gold.get("resolved", [])]
        known = (p for p in whole.get("participants", []) if p["name"] == gold["speaker"])
        names += [form for p in known for form in (p["name"], *(p.get("aliases") or []))]
        spelt = [plain(re.split(r"\(|, ", name)[0]) for name in names if name]
    said = plain(read.speaker)
    if gold.get("speaker_kind") == "organisation":
        return said in spelt
    return bool(said) and said.split()[-1] in {name.split()[-1] for name in spelt if name}


def pairs(whole: Annotation, quotes: Iterable[Quote]) -> Iterator[tuple[Annotation, Quote]]:
    """Annotated quotations that name a speaker, each with what was read in its place."""
    for gold in whole["quotes"]:
        for quote in quotes:
            common = min(gold["end"], quote.end) - max(gold["start"], quote.start)
            if common >= ALIKE * (max(gold["end"], quote.end) - min(gold["start"], quote.start)):
                if gold.get("speaker") and quote.speaker:
                    yield gold, quote
                break


def answers(sets: Iterable[Path]) -> list[Answer]:
    """Every speaker that was read of the sets."""
    found: list[Answer] = []
    ways: dict[int, tuple[str, str]] = {}
    make = component._Reader._quote

    def noted(reader: Any, start: int, end: int, voice: Voice | None) -> Quote:
        ways[start] = (voice.rule, voice.how) if voice else ("", "")
        return make(reader, start, end, voice)

    with patch.object(component._Reader, "_quote", noted):
        for (kind, name, whole), doc in parse(load(), annotated(sets)):
            found += [
                Answer(kind, name, *ways[quote.start], same(gold, quote, whole))
                for gold, quote in pairs(whole, doc._.briefing_quotes)
            ]
            ways.clear()
    return found


def records(found: Iterable[Answer]) -> Records:
    """Right answers and all answers, by rule and resolution."""
    right, every = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one in found:
        right[one.rule, one.how] += one.right
        every[one.rule, one.how] += 1
    return {key: (right[key], every[key]) for key in sorted(every)}


def part(name: str) -> int:
    """The part that a text belongs to."""
    return hashlib.sha256(name.encode()).digest()[0] % PARTS


def worth(found: list[Answer]) -> Counter[tuple[str, str, bool]]:
    """Answers by set, the confidence that the other parts' records give them, and whether they are right."""
    got = Counter[tuple[str, str, bool]]()
    for number in range(PARTS):
        others = records(one for one in found if part(one.text) != number)
        for one in found:
            if part(one.text) == number:
                got[one.set, earned(others, one.rule, one.how), one.right] += 1
    return got


def table(found: list[Answer]) -> str:
    """The shares of right speakers as a table, a line for each set."""
    got = worth(found)
    lines = ["| who speaks, right among those that say | high | medium | low |", "|---|---|---|---|"]
    for kind in sorted({one.set for one in found}):
        cells = [(got[kind, level, True], got[kind, level, True] + got[kind, level, False]) for level in ORDER]
        shown = [f"{right / of:.2f} ({right} of {of})" if of else "–" for right, of in cells]
        lines.append(f"| {kind} | {' | '.join(shown)} |")
    return "\n".join(lines)


def as_toml(kept: Records) -> str:
    """The records as the lexicon has them."""
    lines = [HEAD]
    for rule in sorted({rule for rule, _ in kept}):
        lines.append(f'["{rule}"]')
        lines += [f"{how} = [{right}, {of}]" for (one, how), (right, of) in kept.items() if one == rule]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="write records and table where they are shipped")
    args = parser.parse_args()
    sets = args.sets or sets_above()
    if not sets:
        sys.exit("no annotated sets: name folders that hold NAME.txt and NAME.json, or .jsonl files")
    found = answers(sets)
    print(table(found))
    if args.write:
        RECORDS.write_text(as_toml(records(found)), encoding="utf-8")
        head, _, rest = QUALITY.read_text(encoding="utf-8").partition(BEGIN)
        QUALITY.write_text(f"{head}{BEGIN}\n{table(found)}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    else:
        print(as_toml(records(found)))


if __name__ == "__main__":
    main()
