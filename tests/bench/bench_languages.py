"""Short texts in ten languages: `python tests/bench/bench_languages.py`.

For each language the share of the 20 texts of ``languages.toml`` that is told right, with those that are not; then what
was read as a fact in texts that are not English, where only designations, numbers at them and dates in digits may be.
Exit code 1 where anything else was, or where fewer than 97 of a hundred are right.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from briefing.extract.pipeline import extract, load
from briefing.model.facts import Extraction
from briefing.model.source import Source
from briefing.sources import read_bytes
from briefing.sources.language import language_of

LEAST: Final = 0.97
_TYPES: Final = frozenset({"AIRCRAFT", "SHIP", "VEHICLE", "WEAPON"})


def texts() -> dict[str, list[str]]:
    """The texts by language."""
    return tomllib.loads((Path(__file__).parent / "languages.toml").read_text("utf-8"))


def wrongly_told() -> list[tuple[str, str | None, str]]:
    """Language, what it was taken for, text."""
    return [
        (language, told, text)
        for language, every in texts().items()
        for text in every
        if (told := language_of(text)) != language
    ]


def english_facts() -> Iterator[str]:
    """What was read in texts of other languages and holds in English only."""
    sources = [
        read_bytes(text.encode(), f"{language}-{number}.txt")
        for language, every in texts().items()
        if language != "en"
        for number, text in enumerate(every)
    ]
    for source, found in zip(sources, extract(load(), sources, "x"), strict=True):
        yield from (f"{source.path}: {fact}" for fact in _english(source, found))


def _english(source: Source, found: Extraction) -> Iterator[str]:
    yield from (f"quotation {quote.text!r}" for quote in found.quotes)
    yield from (f"participant {one.name!r}" for one in found.participants)
    yield from (f"{one.type} {one.name!r}" for one in found.mentions if one.type not in _TYPES)
    yield from (f"count {one.evidence!r}" for one in found.counts if not any(map(str.isdigit, one.item)))
    if source.language != "en" and not any(warning.kind == "language" for warning in found.warnings):
        yield "no warning"


def main() -> int:
    every = texts()
    wrong = wrongly_told()
    for language, of_one in every.items():
        missed = [f"{told}: {text}" for one, told, text in wrong if one == language]
        print(f"{language}  {100 * (len(of_one) - len(missed)) / len(of_one):5.1f} %  {' | '.join(missed)}")
    total = sum(map(len, every.values()))
    right = (total - len(wrong)) / total
    print(f"{total} texts, {100 * right:.1f} % right")
    facts = list(english_facts())
    print(f"{len(facts)} English facts in other languages")
    print(*facts, sep="\n")
    return int(right < LEAST or bool(facts))


if __name__ == "__main__":
    sys.exit(main())
