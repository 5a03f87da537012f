"""What "high", "medium" and "low" are worth: right answers by the confidence they bear, by cross-validation.

    python -m tests.bench.bench_calibration [FOLDER ...] [--write]

Who operates what is counted is trusted by the record of the rule that said so (``rule_records.toml``), for people and
for things apart. Here the texts are dealt into ten parts by the hash of their names; each part is judged by the records
of the other nine, so that no answer vouches for itself. Prints the records over all texts and the table of the
confidences; ``--write`` puts both where they are shipped, into the lexicon and ``docs/quality.md``. Without folders the
annotated sets are taken that ``bench_rules`` takes.
"""

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from unittest.mock import patch

from briefing.extract.counts.calibration import confidence_of, kind_of, least
from briefing.extract.pipeline import load, parse
from briefing.model.base import Confidence
from tests.bench.bench_rules import Judged, Text, folders_above, read, run

ROOT: Final = Path(__file__).resolve().parents[2]
RECORDS: Final = ROOT / "briefing" / "extract" / "lexicons" / "rule_records.toml"
QUALITY: Final = ROOT / "docs" / "quality.md"
BEGIN: Final = "<!-- the table of bench_calibration -->"
END: Final = "<!-- end of the table -->"
LEVELS: Final[tuple[Confidence, ...]] = ("high", "medium", "low")
KINDS: Final = ("things", "people")
_PARTS: Final = 10
_HEAD: Final = """\
# How far a rule is trusted that says who operates what is counted: how often it was right on annotated texts, of how
# many answers, for things and for people apart ("high" from a share of 0.95, "medium" from 0.80; few count for less).
# [worth]: right answers by the confidence that the records of other texts gave them, of how many. Written by
# `python -m tests.bench.bench_calibration --write`.
"""

Answer = tuple[str, str, Confidence, str, bool]
"""Kind and rule, the confidence that the count itself allows, the name of the text, whether it is right."""
Worth = dict[Confidence, tuple[int, int]]
"""Right answers and answers by confidence."""


def answers(found: Iterable[Judged]) -> list[Answer]:
    """Every operator that was said of a count that is annotated."""
    out: list[Answer] = []
    for j in found:
        if j.gold and j.read and j.read.operator and (rule := re.search(r" operator:(.*)", str(j.read.rule))):
            text = f"{j.text.folder}.{j.text.name}"
            out.append((kind_of(j.read.category), rule[1], j.read.confidence, text, j.operator))
    return out


def part_of(text: str) -> int:
    """The part that a text is dealt into."""
    return hashlib.sha256(text.encode()).digest()[1] % _PARTS


def records(said: Iterable[Answer]) -> dict[tuple[str, str], tuple[int, int]]:
    """(kind, rule) to right answers and answers."""
    tally = Counter((kind, rule, right) for kind, rule, _, _, right in said)
    return {
        (kind, rule): (tally[kind, rule, True], tally[kind, rule, True] + tally[kind, rule, False])
        for kind, rule, _ in tally
    }


def worth(said: list[Answer]) -> Worth:
    """What the confidences are worth where the records are those of the texts of other parts."""
    tally: Counter[tuple[Confidence, bool]] = Counter()
    for part in range(_PARTS):
        known = records(answer for answer in said if part_of(answer[3]) != part)
        for kind, rule, allowed, text, right in said:
            if part_of(text) == part:
                earned = confidence_of(*known[kind, rule]) if (kind, rule) in known else "medium"
                tally[least(allowed, earned), right] += 1
    return {level: (tally[level, True], tally[level, True] + tally[level, False]) for level in LEVELS}


def table(of: Worth) -> str:
    """The rows of ``docs/quality.md``."""
    head = "| who operates what is counted | right | answers | share |\n|---|---|---|---|\n"
    rows = (
        f"| {level} | {of[level][0]} | {of[level][1]} | {of[level][0] / max(1, of[level][1]):.2f} |\n"
        for level in LEVELS
    )
    return head + "".join(rows)


def toml(said: list[Answer], of: Worth) -> str:
    """The records as they are shipped."""
    known = records(said)
    lines = [_HEAD.rstrip()]
    for kind in KINDS:
        lines += [f"[{kind}]", *(f'"{rule}" = [{a}, {b}]' for (k, rule), (a, b) in sorted(known.items()) if k == kind)]
    lines += ["[worth]", *(f"{level} = [{of[level][0]}, {of[level][1]}]" for level in LEVELS)]
    return "\n".join(lines) + "\n"


def _write(said: list[Answer], of: Worth) -> None:
    RECORDS.write_text(toml(said, of), encoding="utf-8")
    page = QUALITY.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    QUALITY.write_text(f"{before}{BEGIN}\n{table(of)}{END}{rest.partition(END)[2]}", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="put records and table where they are shipped")
    args = parser.parse_args()
    folders = args.folders or folders_above()
    if not folders:
        sys.exit("no annotated sets: name folders that hold NAME.txt and NAME.json")
    nlp = load()
    texts = [Text(of[0], of[1], of[2], doc) for of, doc in parse(nlp, read(folders, None))]
    with patch("briefing.extract.counts.operators.trusted", return_value="high"):
        said = answers(run(texts, nlp.get_pipe("briefing_counts")))
    of = worth(said)
    print(toml(said, of))
    print(table(of))
    if args.write:
        _write(said, of)


if __name__ == "__main__":
    main()
