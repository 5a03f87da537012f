"""The whole comparison: events, and the claims of each with who agrees, differs or is silent, and their origins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from briefing.compare.belonging import Belonging
from briefing.compare.copies import Copies, find_copies, find_paraphrases
from briefing.compare.counts import count_claims, moves
from briefing.compare.dates import date_claims
from briefing.compare.edited import ReaderEdits
from briefing.compare.editions import without_editions
from briefing.compare.event_cards import event_cards
from briefing.compare.events import Events
from briefing.compare.names import compare_names
from briefing.compare.ordinals import ordinal_claims
from briefing.compare.origins import Origins, unified
from briefing.compare.participants import compare_participants
from briefing.compare.quotes import compare_quotes
from briefing.compare.reports import Report, make_report
from briefing.model.agreement import Agreement, ClaimItem, Comparison, NearDuplicate
from briefing.model.safetext import SafeText
from briefing.model.statuses import CLAIM_KINDS, GRAVITY, status_of

if TYPE_CHECKING:
    from briefing.compare.claims import Claim, Item
    from briefing.model.claim_edit import ClaimEdit
    from briefing.model.facts import Extraction
    from briefing.model.source import Source

_NEXT: Final = 12
"""To how many others of its event a text is held in search of what it paraphrases: the most alike ones."""


def compare(
    documents: Iterable[tuple[Source, Extraction]], today: date | None = None, edits: Iterable[ClaimEdit] = ()
) -> Comparison:
    """Compare sources claim by claim. ``document`` in the answer is a source's id.

    Every count, participant and quotation stands in one group; dates and ordinals where several sources give them,
    names where they are written in several ways. Groups are in order of kind, what needs a look first.

    Args:
        documents: Sources with their extractions; one given twice counts once.
        today: Bounds the years that are tried where a source gives none; None for the current day.
        edits: What a reader said of events and origins, which goes before everything that is found here.
    """
    reports = _gather(documents, today or date.today())
    copies, apart = without_editions(reports, find_copies(report.own_text for report in reports))
    events = Events(reports, [copy.members for copy in copies], apart)
    copies += _paraphrases(reports, events, copies)
    models, versions = _lineage(reports, copies)
    events.recall(models)
    reader = ReaderEdits(edits, reports)
    reader.apply(events)
    origins = Origins(reports, models, events)
    belonging = Belonging(reports)
    quotations = compare_quotes(reports, events, origins)
    claims = [
        *count_claims(reports, events, origins, belonging),
        *quotations.claims,
        *date_claims(reports, events, origins),
        *ordinal_claims(reports, events, origins),
        *compare_names(reports, events),
        *compare_participants(reports, events),
    ]
    cards, ids = event_cards(reports, events)
    groups = [_agreement(claim, reports, events, ids, models, versions, reader) for claim in claims]
    place = {report.source.id: report.number for report in reports}
    groups.sort(
        key=lambda group: (
            CLAIM_KINDS.index(group.kind),
            GRAVITY.index(group.status),
            [(place[item.document], item.start, item.end, item.value) for item in group.items],
            group.claim,
        )
    )
    return Comparison(
        groups=tuple(groups),
        near_duplicates=tuple(
            NearDuplicate(documents=_ids(reports, copy.members), similarity=copy.similarity, how=copy.how)
            for copy in sorted(copies)
        ),
        events=cards,
    )


def _gather(documents: Iterable[tuple[Source, Extraction]], today: date) -> list[Report]:
    """The sources by day of publication (then title, then id), whatever their order; one given twice counts once."""
    known = {source.id: (source, extraction) for source, extraction in documents}
    ordered = sorted(known.values(), key=lambda pair: _place(pair[0]))
    return [make_report(n, source, extraction, today) for n, (source, extraction) in enumerate(ordered)]


def _place(source: Source) -> tuple[str, str, str]:
    """Sort key: day of publication, undated ones last."""
    return (str(source.published)[:10] if source.published else "~", source.title, source.id)


def _paraphrases(reports: Sequence[Report], events: Events, copies: Sequence[Copies]) -> list[Copies]:
    """Sources that tell another source's text in other words; looked for within one event only."""
    known = {frozenset((a, b)) for copy in copies for a in copy.members for b in copy.members if a != b}
    pairs = [
        (a, b)
        for event in events.all
        for place, a in enumerate(event.main)
        for b in islice(event.main, place + 1, place + 1 + _NEXT)
        if frozenset((a, b)) not in known
    ]
    return find_paraphrases([report.words for report in reports], pairs)


def _lineage(reports: Sequence[Report], copies: Sequence[Copies]) -> tuple[dict[int, int], set[tuple[int, int]]]:
    """For each copy the source that it takes over, and pairs of which the second is a later version of the first.

    The model is the one with a day, the earlier one, the one that is not paraphrased.
    """
    models: dict[int, int] = {}
    versions: set[tuple[int, int]] = set()
    for copy in copies:
        members = sorted(copy.members, key=lambda n: _age(reports[n]))
        first = members[0]
        while first in models:
            first = models[first]
        for number in members[1:]:
            if number != first:
                models.setdefault(number, first)
                if copy.how == "paraphrased":
                    reports[number].copies_words = True
            versions.update(
                (earlier, number)
                for earlier in members[: members.index(number)]
                if _in_time(reports[earlier]) != _in_time(reports[number]) and reports[number].day is not None
            )
    return models, versions


_UPDATE: Final = re.compile(r"\b(?:UPDATE|WRAPUP|CORRECTED|REFILE)\b\W*(?P<number>\d*)", re.IGNORECASE)


def _age(report: Report) -> tuple[object, ...]:
    """Sort key of a version: paraphrases and undated ones last, then by day, then by update."""
    dated = report.day_known in {"stated", "guessed"}
    return (report.machine_paraphrased, not dated, *_in_time(report), report.number)


def _in_time(report: Report) -> tuple[date, int]:
    """The day of a report and the number of its update."""
    update = _UPDATE.search(report.text[:200])
    return report.day or date.max, int(update["number"] or 1) if update else 0


def _agreement(
    claim: Claim,
    reports: Sequence[Report],
    events: Events,
    ids: dict[int, str],
    models: dict[int, int],
    versions: set[tuple[int, int]],
    reader: ReaderEdits,
) -> Agreement:
    """The claim as the rest of the program knows it: with origins, status, and who is silent."""
    items = moves(claim, reports, versions) if claim.kind == "count" else claim.items
    letters = _letters(reader.origins(_folded(items, models)), one=claim.one_origin)
    made = tuple(_shown(item, letter, reports) for item, letter in zip(items, letters, strict=True))
    speaking = {item.document for item in items}
    asks = claim.kind != "participant"  # that a source does not name somebody is no silence
    asked = set(events.all[claim.event].documents) if claim.event is not None and asks else set()
    return Agreement(
        kind=claim.kind,
        status=status_of(claim.kind, made),
        event=ids.get(claim.event) if claim.event is not None else None,
        claim=SafeText(claim.title).line(),
        origins=len(set(letters) - {None}) or 1,
        items=made,
        silent=_ids(reports, sorted(asked - speaking)),
    )


def _folded(items: Sequence[Item], models: dict[int, int]) -> list[Item]:
    """The items; a copy that names nobody has the origin of the source that it takes over."""
    same_body = unified([item.origin_key for item in items])
    items = [item._replace(origin_key=same_body.get(item.origin_key, item.origin_key)) for item in items]
    held: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        held[item.document].append(item)
    result = []
    for item in items:
        model = held.get(models.get(item.document, -1), ())
        same = next((other for other in model if (other.low, other.high) == (item.low, item.high)), None)
        if same is not None and item.asserted_by is None:
            item = item._replace(origin_key=same.origin_key)
        result.append(item)
    return result


def _letters(items: Sequence[Item], *, one: bool) -> list[str | None]:
    """A letter for each origin, in the order of the items: A to Z, then A1. None for those that assert nothing."""
    known: dict[str, str] = {}
    found: list[str | None] = []
    for item in items:
        if item.bare:
            found.append(None)
            continue
        key = "" if one else item.origin_key or f"document {item.document}"
        number = len(known)
        letter = ascii_uppercase[number % 26] + (str(number // 26) if number >= 26 else "")
        found.append(known.setdefault(key, letter))
    return found


def _shown(item: Item, letter: str | None, reports: Sequence[Report]) -> ClaimItem:
    return ClaimItem(
        document=reports[item.document].source.id,
        start=item.start,
        end=item.end,
        value=SafeText(item.value),
        asserted_by=SafeText(item.asserted_by).line() if item.asserted_by else None,
        origin=letter,
        form=item.form,
        low=item.low,
        high=item.high,
        approx=item.approx,
        superseded=item.superseded,
        joined_by=SafeText(item.joined_by).line() if item.joined_by else None,
    )


def _ids(reports: Sequence[Report], numbers: Sequence[int]) -> tuple[str, ...]:
    """The ids of sources by their numbers."""
    return tuple(reports[number].source.id for number in numbers)
