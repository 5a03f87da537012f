"""``compare``: print how several sources agree, differ or are silent on each claim."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.command import WithExamples
from briefing.cli.failing import tell
from briefing.cli.options import as_extracted_option, format_option, picking, with_globals
from briefing.cli.state import State

if TYPE_CHECKING:
    from briefing.model.agreement import Agreement, Comparison
    from briefing.model.event import Event


@click.command(
    cls=WithExamples,
    short_help="Where sources agree and differ.",
    examples=[
        "briefing compare release.txt wire.html",
        "briefing compare releases/ --format json",
    ],
)
@picking
@format_option("text", "json")
@click.option("--all", "everything", is_flag=True, help="With text: also what one source says, and who is named.")
@as_extracted_option
@with_globals
@click.pass_context
def compare(
    ctx: click.Context,
    paths: tuple[str, ...],
    ids: tuple[str, ...],
    jobs: int | None,
    form: str,
    everything: bool,
    as_extracted: bool,
) -> None:
    """Where the PATHs (else the sources of the library) agree, differ, alter a quote or are silent."""
    from briefing.cli.gather import finish, gathered
    from briefing.export import compare_reviewed

    with gathered(ctx.ensure_object(State), paths, ids, jobs) as found:
        names: dict[str, str] = {}
        documents = []
        for name, document in found:
            if names.setdefault(document[0].id, name) == name:
                documents.append(document)
            else:
                tell(f"{name} is the same, byte for byte, as {names[document[0].id]}")
        sources = () if as_extracted else [source for source, _ in documents]
        reviews = {source.id: found.library.reviews(source.id) for source in sources}
        edits = [] if as_extracted else found.library.claim_edits.all()
        result = compare_reviewed(documents, reviews, edits=edits)
        if form == "json":
            _print_json(result, names)
        else:
            _print_text(result, names, everything)
        finish(ctx, found)


def comparison_json(result: "Comparison", names: Mapping[str, str]) -> dict[str, Any]:
    """Write a comparison as JSON data, every document under its name of this call.

    Args:
        result: The comparison.
        names: Name of each document, by id of the source.
    """
    groups = []
    for group in result.groups:
        shape = group.model_dump(mode="json")
        items = [_item_json(item, names) for item in shape.pop("items")]
        silent = [names[key] for key in shape.pop("silent")]
        groups.append({**shape, "items": items, "silent": silent})
    pairs = [
        {"documents": [names[key] for key in pair.documents], "similarity": round(pair.similarity, 4), "how": pair.how}
        for pair in result.near_duplicates
    ]
    events = []
    for event in result.events:
        made = event.model_dump(mode="json") | {"documents": [names[key] for key in event.documents]}
        if event.recalled_at:
            made["recalled_at"]["document"] = names[event.recalled_at.document]
        events.append(made)
    return {"events": events, "groups": groups, "near_duplicates": pairs}


def _item_json(item: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    first = {"document": names[item["document"]], "start": item["start"], "end": item["end"]}
    return {**first, **{key: value for key, value in item.items() if key not in first}}


def _print_json(result: "Comparison", names: Mapping[str, str]) -> None:
    from briefing.cli.output import write

    write(json.dumps(comparison_json(result, names), ensure_ascii=False, indent=1) + "\n")


def _print_text(result: "Comparison", names: Mapping[str, str], everything: bool) -> None:
    """Copies, then the claims of each event under its name, what needs a look first; then those of no event."""
    from briefing.cli.output import styled, write
    from briefing.model.statuses import GRAVITY, is_listed
    from briefing.model.wording import SIGNS, listed

    for pair in result.near_duplicates:
        written = listed([names[key] for key in pair.documents])
        styled("yellow", f"{SIGNS['warning']} {written} {_CARRYING[pair.how]} ({pair.similarity:.0%} alike)")
    shown = [group for group in result.groups if everything or is_listed(group)]
    for event in [*result.events, None]:
        own = [group for group in shown if group.event == (event.id if event else None)]
        if own and event:
            _print_event(event)
        for group in sorted(own, key=lambda group: GRAVITY.index(group.status)):
            _print_group(group, names)
    left = len(result.groups) - len(shown)
    if left:
        write(f"\n{left:,} more, which only one source says or which only name somebody; --all shows them\n")


_CARRYING = {
    "alike": "carry largely the same text",
    "contained": "carry the same text, the one as a part of the other",
    "paraphrased": "tell the same text in other words",
}


def _print_event(event: "Event") -> None:
    from briefing.cli.output import styled, write
    from briefing.model.wording import shortened

    when = event.start_date or "no date"
    if event.end_date and event.end_date != event.start_date:
        when += f" to {event.end_date}"
    where = f", {event.place}" if event.place else ""
    write("\n")
    styled("bold", f"{when}{where}: {shortened(event.what, 90)}")


def _print_group(group: "Agreement", names: Mapping[str, str]) -> None:
    from briefing.cli.output import heading, write
    from briefing.model.safetext import SafeText
    from briefing.model.wording import SIGNS, plural, shortened, status

    write("\n")
    heading(f"{shortened(group.claim, 100)} ({group.kind})")
    write(f"  {SIGNS[group.status]} {status(group.kind, group.status)}, {plural(group.origins, 'origin')}\n")
    values: dict[str, list[str]] = {}
    for item in group.items:
        said = (
            f"{item.value.line()} ({item.asserted_by})"
            if item.asserted_by and group.kind != "quote"
            else item.value.line()
        )
        where = values.setdefault(said, [])
        if names[item.document] not in where:
            where.append(names[item.document])
    for value, where in values.items():
        write(f"  {SafeText(', '.join(where)).line()}: {value}\n")
    if group.silent:
        write(f"  {SIGNS['silent']} {SafeText(', '.join(names[key] for key in group.silent)).line()} silent\n")
