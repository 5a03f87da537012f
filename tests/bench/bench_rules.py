"""What every rule of counts is worth: how often it fires, is right, is wrong, and what is lost without it.

    python -m tests.bench.bench_rules [FOLDER ...] [--half a|b] [--without NAME ...] [--per-set] [--errors]

A folder holds texts as NAME.txt with their annotation as NAME.json (counts with low, high, item, category, operator,
start, end, optional). Without folders those of the annotated sets that lie in a folder ``shared`` above the checkout
are taken. A finding rule is right where a required count of the same value overlaps what it read, wrong where nothing
is annotated there; an owner rule is right where the operator is that of the annotation. "Lost" is the change of right
counts and right operators when the rule alone is taken out.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from briefing.extract.counts.owner_rules import STEPS
from briefing.extract.counts.rules import BRACKETED, FINDING
from briefing.extract.pipeline import load, parse
from briefing.model.facts import Count

Annotation = dict[str, Any]
SETS = ("gold", "gold-real-2", "gold-defence", "gold-dvids", "gold-genre", "gold-genre-2", "gold-events/*")
_ALIKE = {"us": "united states", "usa": "united states", "american": "united states", "uk": "united kingdom",
          "british": "united kingdom", "rok": "republic of korea", "usaf": "united states air force"}  # fmt: skip


@dataclass(slots=True)
class Text:
    """One annotated text of a set, parsed."""

    folder: str
    name: str
    gold: Annotation
    doc: Doc


@dataclass(slots=True)
class Judged:
    """What became of one count: read and required, read only (a false alarm), or required only (missed)."""

    text: Text
    gold: Annotation | None
    read: Count | None
    operator: bool = False
    """Whether both say the same owner."""


def folders_above() -> list[Path]:
    """The annotated sets in a folder ``shared`` beside one of the checkout's parents; none without such a folder."""
    for parent in Path(__file__).resolve().parents:
        if (root := parent / "shared").is_dir():
            return [f for pattern in SETS for f in sorted(root.glob(pattern)) if f.is_dir()]
    return []


def in_half(key: str, half: str | None) -> bool:
    """Whether the text's name hashes to this half; every text where no half is asked for."""
    return half is None or (hashlib.sha256(key.encode()).digest()[0] < 128) == (half == "a")


def read(folders: Iterable[Path], half: str | None) -> Iterator[tuple[str, tuple[str, str, Annotation]]]:
    """Text and (set, name, annotation) of every annotated text of the folders."""
    for folder in folders:
        for file in sorted(folder.glob("*.txt")):
            note = file.with_suffix(".json")
            if note.exists() and in_half(f"{folder.name}.{file.stem}", half):
                gold = json.loads(note.read_text(encoding="utf-8"))
                yield file.read_bytes().decode("utf-8"), (folder.name, file.stem, gold)


def plain(name: str | None) -> str:
    """Lower case without marks, article and possessive; a few nations spelt out."""
    bare = re.sub(r"[’']s\b", "", (name or "").lower()).replace("’", "").replace("'", "").replace(".", "")
    words = [_ALIKE.get(word, word) for word in re.sub(r"[\W_]+", " ", bare).split()]
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def same_owner(annotated: str | None, found: str | None, gold: Annotation) -> bool:
    """Whether two names are of one owner: equal, one within the other, aliases, or the nation of the annotated one."""

    def forms(name: str | None, *, nation: bool) -> list[set[str]]:
        known = next(
            (p for p in gold["participants"] if plain(name) in map(plain, [p["name"], *(p.get("aliases") or [])])), None
        )
        spelt = [
            plain(name),
            plain(known["name"]) if known else "",
            plain(known["affiliation"]) if known and nation else "",
        ]
        return [set(form.split()) for form in spelt if form]

    pairs = ((a, b) for a in forms(annotated, nation=True) for b in forms(found, nation=False))
    return any(a <= b or b <= a for a, b in pairs) or not (plain(annotated) or plain(found))


def judge(text: Text, counts: Iterable[Count]) -> list[Judged]:
    """Pair what was read with what is annotated, by value and overlap; what falls on optional counts is left out."""
    golds: list[Annotation] = text.gold["counts"]
    reads = list(counts)

    def overlap(gold: Annotation, count: Count) -> int:
        return max(0, min(int(gold["end"]), count.end) - max(int(gold["start"]), count.start))

    fits = sorted(
        (
            (overlap(g, c), not g.get("optional"), -i, -j)
            for i, g in enumerate(golds)
            for j, c in enumerate(reads)
            if (g["low"], g["high"]) == (c.low, c.high) and overlap(g, c)
        ),
        reverse=True,
    )
    mates: dict[int, int] = {}
    for _, _, i, j in fits:
        if -i not in mates and -j not in mates.values():
            mates[-i] = -j
    found = [
        Judged(text, golds[i], reads[j], same_owner(golds[i]["operator"], reads[j].operator, text.gold))
        for i, j in mates.items()
        if not golds[i].get("optional")
    ]
    for j, count in enumerate(reads):
        if j not in mates.values() and not any(g.get("optional") and overlap(g, count) for g in golds):
            found.append(Judged(text, None, count))
    found += [Judged(text, g, None) for i, g in enumerate(golds) if i not in mates and not g.get("optional")]
    return found


def run(texts: list[Text], component: Any, without: Iterable[str] = ()) -> list[Judged]:
    """Every count of the texts, read without some rules."""
    component.without = frozenset(without)
    found = [j for text in texts for j in judge(text, component(text.doc)._.briefing_counts)]
    component.without = frozenset()
    return found


def totals(found: Iterable[Judged]) -> tuple[int, int, int, int]:
    """Right counts, false alarms, missed counts, right operators."""
    found = list(found)
    right = [j for j in found if j.gold and j.read]
    false = sum(j.gold is None for j in found)
    return len(right), false, len(found) - len(right) - false, sum(j.operator for j in right)


def rule_names() -> list[str]:
    """All rules, finding rules first, each once."""
    owners = [rule.name for step in STEPS for rule in step.rules]
    return list(dict.fromkeys([*(rule.name for rule in FINDING), BRACKETED, "article", "list member", *owners]))


def records(found: Iterable[Judged]) -> tuple[Counter[tuple[str, bool]], dict[str, set[str]]]:
    """How often each rule (``count:…``, ``operator:…``) was right or wrong, and the texts in which it was right."""
    tally: Counter[tuple[str, bool]] = Counter()
    texts: dict[str, set[str]] = defaultdict(set)
    for j in found:
        if j.read is None:
            continue
        rules = re.findall(r"(?:count|operator):.*?(?=\soperator:|$)", str(j.read.rule))
        owner = next((rule for rule in rules if rule.startswith("operator:")), "operator:none")
        marks = [(rules[0], j.gold is not None)] + ([(owner, j.operator)] if j.gold else [])
        for rule, right in marks:
            tally[rule, right] += 1
            if right:
                texts[rule].add(j.text.name)
    return tally, texts


def table(texts: list[Text], component: Any, names: list[str]) -> None:
    """Print the table of one set."""
    whole = run(texts, component)
    base = totals(whole)
    tally, seen = records(whole)
    print(
        f"{'rule':28}{'right':>7}{'wrong':>7}{'share':>8}{'texts':>7}   lost without: counts, false alarms, operators"
    )
    for rule in sorted({rule for rule, _ in tally}):
        right, wrong = tally[rule, True], tally[rule, False]
        line = f"{rule:28}{right:7}{wrong:7}{right / (right + wrong):8.3f}{len(seen[rule]):7}"
        name = rule.partition(":")[2]
        if name in names:
            less = totals(run(texts, component, [name]))
            line += f"   {base[0] - less[0]:+5}{less[1] - base[1]:+5}{base[3] - less[3]:+5}"
        print(line)


def summary(found: list[Judged]) -> str:
    """Counts F1 and the share of right operators, also by whether the text names an owner."""
    right, false, missed, owners = totals(found)
    owned = [j.operator for j in found if j.read and j.gold and j.gold["operator"]]
    free = [j.operator for j in found if j.read and j.gold and not j.gold["operator"]]
    share = [f"{sum(part) / max(1, len(part)):.3f} ({sum(part)}/{len(part)})" for part in (owned, free)]
    return (
        f"counts F1 {2 * right / max(1, 2 * right + false + missed):.3f} (missed {missed}, false {false}); "
        f"operator {owners / max(1, right):.3f}; owned {share[0]}; nobody's {share[1]}"
    )


def errors(found: list[Judged]) -> None:
    """Print every miss, false alarm and wrong operator with the words around it."""
    for j in found:
        if j.gold and j.read and j.operator:
            continue
        start, end = (j.read.start, j.read.end) if j.read else (j.gold["start"], j.gold["end"])  # type: ignore[index]
        whole = j.text.doc.text
        around = f"{whole[max(0, start - 150) : start]}[[{whole[start:end]}]]{whole[end : end + 90]}".replace(
            "\n", " / "
        )
        kind = "FALSE" if j.gold is None else "MISSED" if j.read is None else "OWNER"
        told = f"{j.gold and j.gold['operator']} / {j.read and j.read.operator} {j.read.rule if j.read else ''}"
        print(f"{kind} {j.text.folder}/{j.text.name}: {told}\n    {around}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--half", choices=["a", "b"], help="only the texts whose names hash to this half")
    parser.add_argument("--without", nargs="*", default=[], help="names of rules to leave out")
    parser.add_argument("--per-set", action="store_true", help="a table for each folder too")
    parser.add_argument("--errors", action="store_true", help="print what is wrong instead of the table")
    args = parser.parse_args()
    if unknown := sorted(set(args.without) - {*rule_names()}):
        sys.exit(f"no such rules: {', '.join(unknown)}")
    folders = args.folders or folders_above()
    if not folders:
        sys.exit("no annotated sets: name folders that hold NAME.txt and NAME.json")
    nlp = load()
    texts = [Text(of[0], of[1], of[2], doc) for of, doc in parse(nlp, read(folders, args.half))]
    component = nlp.get_pipe("briefing_counts")
    found = run(texts, component, args.without)
    print(f"{len(texts)} texts: {summary(found)}")
    if args.errors:
        errors(found)
        return
    if args.without:
        print(f"with all rules: {summary(run(texts, component))}")
        return
    table(texts, component, rule_names())
    for folder in sorted({text.folder for text in texts}) if args.per_set else []:
        print(f"\n== {folder}")
        table([text for text in texts if text.folder == folder], component, rule_names())


if __name__ == "__main__":
    main()
