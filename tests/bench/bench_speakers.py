"""What every rule of speakers is worth: how often it fires, is right, is wrong, and what is lost without it.

    python -m tests.bench.bench_speakers [FOLDER | FILE.jsonl ...] [--half a|b] [--without NAME ...] [--errors]

A folder holds texts as NAME.txt with their annotation as NAME.json, a .jsonl file a text a line (``text``); either has
``quotes`` (start, end, speaker, optional speaker_start and speaker_end). Without any, the annotated sets are taken that
lie in a folder ``shared`` above the checkout. A speaker is right where the phrase overlaps the annotated one or the
name is the same; of a quotation that is not read, or not annotated, no speaker is judged. "Lost" is the change of right
and of wrong speakers when the rule alone is taken out.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from briefing.extract.pipeline import load, parse
from briefing.extract.quotes.attribution import CARRYING
from briefing.extract.quotes.lead_rules import BEFORE
from briefing.extract.quotes.tag_rules import AFTER
from briefing.extract.rule import SET_ASIDE
from briefing.model.facts import Quote
from tests.bench.bench_rules import Annotation, folders_above, in_half, plain
from tests.bench.bench_rules import read as read_folders

ALIKE = 0.5
"""Share of the joint length that a quotation and an annotated one have in common at least."""


@dataclass(slots=True)
class Judged:
    """A quotation that is annotated with a speaker, and what was read."""

    name: str
    text: str
    gold: Annotation
    read: Quote
    right: bool


def names_above() -> list[Path]:
    """Annotated folders and files of quotations beside one of the checkout's parents."""
    for parent in Path(__file__).resolve().parents:
        if (file := parent / "shared" / "bench" / "quotes" / "dev.jsonl").is_file():
            return [*folders_above(), file]
    return folders_above()


def read(sets: Iterable[Path], half: str | None) -> Iterator[tuple[str, tuple[str, Annotation]]]:
    """Text and (name, annotation) of every annotated text."""
    for path in sets:
        if path.is_dir():
            for text, (folder, name, gold) in read_folders([path], half):
                yield text, (f"{folder}.{name}", gold)
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if in_half(row["id"], half):
                yield row["text"], (row["id"], row)


def judge(name: str, gold: Annotation, doc: Doc) -> Iterator[Judged]:
    """Every quotation of a text that is read and annotated with a speaker."""
    quotes: tuple[Quote, ...] = doc._.briefing_quotes
    for one in gold["quotes"]:
        if not one.get("speaker") or one.get("optional"):
            continue
        for quote in quotes:
            both = min(one["end"], quote.end) - max(one["start"], quote.start)
            if both > ALIKE * (max(one["end"], quote.end) - min(one["start"], quote.start)):
                yield Judged(name, doc.text, one, quote, same_speaker(one, quote, gold))
                break


def same_speaker(one: Annotation, quote: Quote, gold: Annotation) -> bool:
    """Whether the phrase overlaps the annotated one, or the name is one of the annotated speaker's."""
    start, end = quote.speaker_start, quote.speaker_end
    if start is not None and end is not None and one.get("speaker_start") is not None:
        overlaps = max(one["speaker_start"], start) < min(one["speaker_end"], end)
        if overlaps:
            return True
    people = (p for p in gold.get("participants", ()) if plain(p["name"]) == plain(one["speaker"]))
    known = [one["speaker"], *one.get("resolved", ()), *(alias for p in people for alias in p.get("aliases") or ())]
    own = set(plain(quote.speaker).split())
    return bool(own) and any(own <= words or words <= own for words in (set(plain(k).split()) for k in known) if words)


def run(texts: list[tuple[str, Annotation, Doc]], component: Any, without: Iterable[str] = ()) -> list[Judged]:
    """Every judged quotation, read without some rules."""
    SET_ASIDE.update(without)
    found = [one for name, gold, doc in texts for one in judge(name, gold, component(doc))]
    SET_ASIDE.clear()
    return found


def totals(found: list[Judged]) -> tuple[int, int]:
    """Right and wrong speakers; a quotation without a speaker is neither."""
    named = [one for one in found if one.read.speaker]
    right = sum(one.right for one in named)
    return right, len(named) - right


def rule_names() -> list[str]:
    """All rules of speakers, each once."""
    return [*(rule.name for rule in BEFORE), *(rule.name for rule in AFTER), *CARRYING]


def table(texts: list[tuple[str, Annotation, Doc]], component: Any) -> None:
    """Print the table."""
    whole = run(texts, component)
    base = totals(whole)
    tally = Counter((str(one.read.rule), one.right) for one in whole if one.read.speaker)
    seen = {name: len({one.name for one in whole if one.right and one.read.rule == name}) for name in rule_names()}
    print(f"{'rule':24}{'fires':>7}{'right':>7}{'wrong':>7}{'share':>8}{'texts':>7}   lost without: right, wrong")
    for name in rule_names():
        right, wrong = tally[name, True], tally[name, False]
        less = totals(run(texts, component, [name]))
        share = f"{right / (right + wrong):8.3f}" if right + wrong else f"{'':8}"
        lost = f"{base[0] - less[0]:+5}{base[1] - less[1]:+5}"
        print(f"{name:24}{right + wrong:7}{right:7}{wrong:7}{share}{seen[name]:7}   {lost}")


def summary(found: list[Judged]) -> str:
    """How many quotations were judged, and what became of their speakers."""
    right, wrong = totals(found)
    return f"{len(found)} quotations: {right} right, {wrong} wrong, {len(found) - right - wrong} without a speaker"


def errors(found: list[Judged]) -> None:
    """Print every wrong or missing speaker with the words around it."""
    for one in found:
        if not one.right:
            quote = one.read
            around = one.text[max(0, quote.start - 120) : quote.end + 120].replace("\n", " / ")
            print(f"{one.name}: {one.gold['speaker']} / {quote.speaker} ({quote.rule})\n    {around}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--half", choices=["a", "b"], help="only the texts whose names hash to this half")
    parser.add_argument("--without", nargs="*", default=[], help="names of rules to leave out")
    parser.add_argument("--errors", action="store_true", help="print what is wrong instead of the table")
    args = parser.parse_args()
    sets = args.sets or names_above()
    if not sets:
        sys.exit("no annotated sets: name folders that hold NAME.txt and NAME.json, or a .jsonl file")
    if unknown := set(args.without) - set(rule_names()):
        sys.exit(f"there is no rule {', '.join(sorted(unknown))}; there are {', '.join(rule_names())}")
    nlp = load()
    texts = [(name, gold, doc) for (name, gold), doc in parse(nlp, read(sets, args.half))]
    component = nlp.get_pipe("briefing_quotes")
    found = run(texts, component, args.without)
    print(f"{len(texts)} texts, {summary(found)}")
    if args.errors:
        errors(found)
    elif args.without:
        print(f"with all rules: {summary(run(texts, component))}")
    else:
        table(texts, component)


if __name__ == "__main__":
    main()
