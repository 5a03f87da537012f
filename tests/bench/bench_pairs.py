"""Score comparison on annotated pairs: ``python tests/bench/bench_pairs.py FOLDER [--briefing BIN] [-v]``.

FOLDER holds texts, NAME.txt, and ``compare.json``, a list of pairs: ``documents`` (two names), then either
``near_duplicate`` or the lists ``agree``, ``disagree`` (``kind`` count, quote, participant or spelling, spans ``a``
and ``b``) and ``only_in`` (``document``, ``kind``, ``start``, ``end``). An entry is right where its two sides stand
in one claim with a status that means it, and what one text alone says where no side of the other is joined:

    agree     counts agree, are compatible or, one side without a number, less precise; quotations verbatim or
              shortened; participants agree
    disagree  counts differ (or later); quotations altered or reattributed; spellings: spelling

An alarm is false where a claim that says that texts depart from each other joins sides that are annotated as
agreeing or as said by one text only. Prints both, by kind; the share that is right, and false alarms for each pair.
"""

import argparse
import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

AGREE = {"agree", "compatible", "less_precise", "verbatim", "shortened"}
DEPART = {"differ", "later", "altered", "reattributed", "spelling"}
KIND = {"spelling": "name"}
SHARE = 0.5
Json = dict[str, Any]


def overlaps(item: Json, document: str, span: Json) -> bool:
    """Whether an item covers at least half of the shorter of two spans."""
    both = min(item["end"], span["end"]) - max(item["start"], span["start"])
    least = min(item["end"] - item["start"], span["end"] - span["start"])
    return item["document"] == document and both >= SHARE * max(1, least)


def holding(groups: list[Json], kind: str, document: str, span: Json) -> Iterator[Json]:
    """The claims of a kind that hold a span of a document."""
    for group in groups:
        named = kind == "participant" and span.get("what") in {
            group["claim"],
            *(one["value"] for one in group["items"]),
        }
        at = any(overlaps(one, document, span) for one in group["items"])
        if group["kind"] == KIND.get(kind, kind) and (at or named):
            yield group


def score(pair: Json, result: Json, planted: Counter[str], right: Counter[str]) -> Iterator[str]:
    """Count the entries of one pair; yield what is wrong."""
    groups, names = result["groups"], pair["documents"]
    if pair.get("near_duplicate"):
        planted["copies"] += 1
        found = any(set(names) <= set(one["documents"]) for one in result["near_duplicates"])
        right["copies"] += found
        yield from () if found else (f"copies {names}",)
        return
    for row, good in (("agree", AGREE), ("disagree", DEPART)):
        for one in pair.get(row, ()):
            label = f"{row} {one['kind']}"
            planted[label] += 1
            both = [
                group
                for group in holding(groups, one["kind"], names[0], one["a"] | {"what": one["what"]})
                if any(overlaps(item, names[1], one["b"]) for item in group["items"])
                or (one["kind"] == "participant" and len({item["document"] for item in group["items"]}) > 1)
            ]
            fits = any(group["status"] in good for group in both)
            right[label] += fits
            if not fits:
                yield f"{label} {one['what']!r}: {[group['status'] for group in both] or 'apart'}"
    for one in pair.get("only_in", ()):
        label = f"only {one['kind']}"
        planted[label] += 1
        joined = [
            group
            for group in holding(groups, one["kind"], one["document"], one)
            if any(item["document"] != one["document"] for item in group["items"])
        ]
        right[label] += not joined
        if joined:
            yield f"{label} {one['what']!r}: joined as {joined[0]['status']}"


def alarms(pair: Json, result: Json) -> Iterator[str]:
    """Claims that say that the texts depart, of sides that do not."""
    names = pair["documents"]
    quiet = [(names[n], one["kind"], one[side]) for one in pair.get("agree", ()) for n, side in enumerate("ab")]
    quiet += [(one["document"], one["kind"], one) for one in pair.get("only_in", ())]
    for group in result["groups"]:
        if group["status"] in DEPART and group["kind"] in {"count", "quote", "name"}:
            for document, kind, span in quiet:
                if KIND.get(kind, kind) == group["kind"] and any(overlaps(i, document, span) for i in group["items"]):
                    yield f"{group['status']} {group['claim']!r}"
                    break


def main() -> None:
    """Score every pair by itself."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--briefing", default="briefing")
    parser.add_argument("-v", "--verbose", action="store_true")
    asked = parser.parse_args()
    planted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong, false = [], []
    pairs = json.loads((asked.folder / "compare.json").read_text(encoding="utf-8"))
    for pair in pairs:
        paths = [str(asked.folder / f"{name}.txt") for name in pair["documents"]]
        command = [asked.briefing, "compare", "--format", "json", *paths]
        result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        wrong += score(pair, result, planted, right)
        false += alarms(pair, result)
    for label in sorted(planted):
        print(f"{label:22}{right[label]:>4} of {planted[label]}")
    of = sum(number for label, number in planted.items() if not label.startswith("only"))
    done = sum(number for label, number in right.items() if not label.startswith("only"))
    print(f"planted right: {done} of {of}; false alarms: {len(false)} in {len(pairs)} pairs")
    print("\n".join(wrong + false) if asked.verbose else "", end="\n" if asked.verbose else "")


if __name__ == "__main__":
    main()
