"""``check``: compare the user's own draft with the sources."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import SOME_FAILED, Failed
from briefing.cli.options import ANY_PATH, format_option, picking, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.cli.gather import Gathered
    from briefing.compare.draft import Finding, Verdict
    from briefing.export.selection import Document
    from briefing.library import Library
    from briefing.model.source import Source

_SIGNS: Final = {"supported": "✓", "different": "≠", "altered": "~", "nowhere": "○"}
_WORDS: Final = {
    "supported": "supported",
    "different": "the sources say otherwise",
    "altered": "the sources write it otherwise",
    "nowhere": "found in no source",
}
_WHOLE: Final = 500
"""A library of so many sources is held against the draft whole; of a larger one, what names the same."""
_NAMES: Final = 30
_HITS: Final = 40


@click.command(
    cls=WithExamples,
    short_help="Your own prose against the sources.",
    examples=[
        "briefing check draft.md releases/ wire.html",
        "briefing check draft.md --format json",
        "briefing check draft.md || echo 'look again'",
    ],
)
@click.argument("draft", type=ANY_PATH)
@picking
@format_option("text", "json")
@click.option("--all", "everything", is_flag=True, help="With text: also what is supported, and where.")
@with_globals
@click.pass_context
def check(
    ctx: click.Context,
    draft: str,
    paths: tuple[str, ...],
    ids: tuple[str, ...],
    jobs: int | None,
    form: str,
    everything: bool,
) -> None:
    """Look up each number, date, quotation and name of DRAFT in the PATHs, else in the library.

    Each is supported, different (the sources give another number, date or speaker), altered (other words, another
    spelling) or found nowhere. Ends with 1 unless all are supported.
    """
    from briefing.cli.gather import finish, gathered
    from briefing.compare.draft import check_draft

    state = ctx.ensure_object(State)
    with gathered(state, (draft,), (), jobs) as found:
        own = next((document for _, document in found), None)
        failures = found.failures
    if own is None:
        raise Failed("; ".join(f"{one.path}: {one.reason}" for one in failures) or f"{draft} has no text")
    with gathered(state, paths, ids, jobs) as found:
        documents = {document[0].id: document for _, document in _documents(found, own, bool(paths or ids))}
        sources = {key: source for key, (source, _) in documents.items()}
        findings = check_draft(own, documents.values(), date.today())
        if form == "json":
            _print_json(own[0], findings, sources)
        else:
            _print_text(draft, own[0], findings, sources, everything)
        finish(ctx, found)
    if any(one.verdict != "supported" for one in findings):
        ctx.exit(SOME_FAILED)


def _documents(found: "Gathered", own: "Document", chosen: bool) -> "Iterator[tuple[str, Document]]":
    """The sources that the draft is held against."""
    library = found.library
    if chosen or library.totals().sources <= _WHOLE:
        yield from found
        return
    for key in _related(library, own):
        yield key, (library.source(key), library.extraction(key))


def _related(library: "Library", own: "Document") -> list[str]:
    """The sources of a large library that name what the draft names, those that name most of it first."""
    names = Counter(mention.name for mention in own[1].mentions if mention.type not in {"DATE", "QUANTITY", "MONEY"})
    hits: Counter[str] = Counter()
    for name, _ in names.most_common(_NAMES):
        quoted = name.replace('"', " ")
        hits.update(hit.source.id for hit in library.search(f'"{quoted}"', limit=_HITS).hits)
    return [key for key, _ in hits.most_common(_WHOLE)]


def _print_json(draft: "Source", findings: "Sequence[Finding]", sources: "dict[str, Source]") -> None:
    from briefing.cli.output import write

    shape: list[dict[str, Any]] = []
    for one in findings:
        line, column = _position(draft, one.start)
        support = [
            {"document": at.document, "path": sources[at.document].path, "start": at.start, "end": at.end,
             "words": at.words} for at in one.support
        ]  # fmt: skip
        shape.append({
            "kind": one.kind, "verdict": one.verdict, "text": one.text, "start": one.start, "end": one.end,
            "line": line, "column": column, "remark": one.remark or None, "support": support,
        })  # fmt: skip
    write(json.dumps({"findings": shape}, ensure_ascii=False, indent=1) + "\n")


def _print_text(
    path: str, draft: "Source", findings: "Sequence[Finding]", sources: "dict[str, Source]", everything: bool
) -> None:
    from briefing.cli.output import write
    from briefing.model.wording import plural, shortened, whereabouts

    name = path if path == "-" or Path(path).is_file() else draft.path
    for one in findings:
        if one.verdict == "supported" and not everything:
            continue
        line, column = _position(draft, one.start)
        text = shortened(one.text, 90)
        remark = f": {one.remark}" if one.remark else ""
        write(f"{name}:{line}:{column}: {_SIGNS[one.verdict]} {one.kind} “{text}”, {_WORDS[one.verdict]}{remark}\n")
        for at in one.support:
            write(f"    {whereabouts(sources[at.document].path)} {at.start}–{at.end}: “{shortened(at.words, 100)}”\n")
    tally = Counter(one.verdict for one in findings)
    parts = [f"{tally[verdict]:,} {words}" for verdict, words in _SUMMARY.items() if tally[verdict]]
    write(f"{plural(len(findings), 'statement')}: {', '.join(parts) or 'nothing to look up'}\n")


_SUMMARY: "Final[dict[Verdict, str]]" = {
    "supported": "supported",
    "different": "different",
    "altered": "altered",
    "nowhere": "found nowhere",
}


def _position(draft: "Source", offset: int) -> tuple[int, int]:
    """Line and column, from one, in the draft's text."""
    start = draft.text.rfind("\n", 0, offset) + 1
    return draft.text.count("\n", 0, offset) + 1, offset - start + 1
