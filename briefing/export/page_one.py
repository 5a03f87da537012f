"""Choose what stands on page one: key figures, differences, open questions, and claims to start a bottom line from."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from briefing.export.brief import Claim, EventPart, PageOne
from briefing.model.safetext import SafeText
from briefing.model.statuses import GRAVITY
from briefing.model.wording import shortened

FIGURES: Final = 6
DIFFERENCES: Final = 6
UNSAID: Final = 5
OFFERED: Final = 3
_MAIN: Final = 3
"""So many events at most are what a pile is about; page one asks what nobody says of them."""
_WORDS: Final = 60
_ROOM: Final = 380
"""Words of a printed page that are left for figures, differences and what nobody says."""
_LEAST: Final = 2
"""Differences that are shown there however long they are."""
_ROW: Final = 15
_VALUE: Final = 6
_CHANGE: Final = 4
_CLIPPED: Final = 18
"""Words of a quotation that are printed."""


def page_one(claims: Sequence[Claim], events: Sequence[EventPart], written: bool, compared: bool) -> PageOne:
    """Choose the claims for page one.

    Args:
        claims: All claims of the brief.
        events: Its events.
        written: Whether the user wrote a bottom line; else claims to start one from are offered.
        compared: Whether the sources were compared; else nothing is offered or missed.
    """
    weight: Counter[str | None] = Counter(claim.event for claim in claims if claim.event)
    counts = [claim for claim in claims if claim.kind == "count" and _numbered(claim)]
    best = sorted(counts, key=lambda claim: (*_corroboration(claim), -weight[claim.event], claim.number))
    figures = [claim.number for claim in sorted(best[:FIGURES], key=lambda claim: claim.number)]
    contrasts = [claim for claim in claims if claim.contrast and claim.number not in figures]
    contrasts.sort(key=lambda claim: (GRAVITY.index(claim.status), -len(claim.sources), claim.number))
    unsaid = tuple(_unsaid(claims, events, weight)[:UNSAID]) if compared else ()
    known = {claim.number: claim for claim in claims}
    room = _ROOM - sum(_words_of(known[number]) for number in figures) - sum(len(said.split()) for said in unsaid)
    chosen = _fitting(contrasts[:DIFFERENCES], room)
    return PageOne(
        offered=() if written or not compared else _offered(claims, weight),
        figures=tuple(figures),
        differ=tuple(claim.number for claim in chosen),
        more=tuple(claim.number for claim in contrasts if claim not in chosen),
        unsaid=unsaid,
    )


def _fitting(claims: Sequence[Claim], room: float) -> list[Claim]:
    """The claims that a page has room for, the gravest first; two at least."""
    chosen: list[Claim] = []
    for claim in claims:
        room -= _words_of(claim)
        if room < 0 and len(chosen) >= _LEAST:
            break
        chosen.append(claim)
    return chosen


def _words_of(claim: Claim) -> int:
    """About how many words a claim takes on page one; a row of a table takes the room of more than its words."""
    if claim.kind == "count":
        return _ROW + _VALUE * len(claim.shown)
    if claim.kind == "quote":
        quoted = min(_CLIPPED, len(claim.values[0].value.split()))
        return quoted + _VALUE * len(claim.shown) + _CHANGE * sum(len(value.changes) for value in claim.shown)
    return _VALUE * (1 + len(claim.shown))


def _offered(claims: Sequence[Claim], weight: "Counter[str | None]") -> tuple[int, ...]:
    """Claims with several origins that agree, of the main events first, then the best corroborated ones."""
    main = _main(weight)
    agreeing = [c for c in claims if c.origins > 1 and not c.contrast and c.kind in {"count", "ordinal"}]
    agreeing.sort(key=lambda claim: (claim.event not in main, *_corroboration(claim), claim.number))
    return tuple(claim.number for claim in agreeing[:OFFERED])


def _main(weight: "Counter[str | None]") -> set[str | None]:
    """The events that the pile is about: the one with most claims, and those with at least half as many."""
    most = max(weight.values(), default=0)
    return {event for event, claims in weight.most_common(_MAIN) if 2 * claims >= most}


def _corroboration(claim: Claim) -> tuple[int, int]:
    return -claim.origins, -len(claim.sources)


def _numbered(claim: Claim) -> bool:
    return any(value.numbered for value in claim.values)


def _unsaid(claims: Sequence[Claim], events: Sequence[EventPart], weight: "Counter[str | None]") -> list[SafeText]:
    """Questions that a reader would ask and no source answers, as sentences without a full stop."""
    central = _main(weight)
    main = [event for event in events if event.id in central]
    dated = {claim.event for claim in claims if claim.kind == "date"}
    said: list[SafeText] = []
    for event in main:
        of = f"{shortened(event.what, _WORDS)} ({event.label})"
        missing = [
            word
            for word, known in (
                ("when", event.id in dated or (event.start_date and event.stated)),
                ("where", event.place),
            )
            if not known
        ]
        if missing:
            said.append(SafeText(f"{of}: no source says {' or '.join(missing)}"))
    for claim in claims:
        if central and claim.event not in central:
            continue
        if claim.kind == "count" and not _numbered(claim):
            words = shortened(claim.values[0].written, _WORDS)
            said.append(SafeText(f"How many: no source gives a number for “{words}” ({claim.label})"))
        elif claim.kind == "quote" and not any(value.speaker for value in claim.values):
            words = shortened(claim.values[0].value, _WORDS)
            said.append(SafeText(f"Who said “{words}” ({claim.label})"))
    return said
