"""Claims of dates: the day of an event as each source gives it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from briefing.compare.claims import Claim, Item

if TYPE_CHECKING:
    from briefing.compare.background.recalled import Happening
    from briefing.compare.events import Events
    from briefing.compare.origins import Origins
    from briefing.compare.reports import Report
    from briefing.compare.text_dates import DateRef


def date_claims(reports: Sequence[Report], events: Events, origins: Origins) -> list[Claim]:
    """Make one claim for each event that several sources date.

    Args:
        reports: The sources, in order of their numbers.
        events: The events.
        origins: Keys of who claims go back to.
    """
    claims = []
    for event in events.all:
        if event.first is None or len(event.documents) < 2:
            continue
        items = []
        for number in event.documents:
            report = reports[number]
            for ref in _chosen(report, event, events):
                asserter = report.asserters.at(ref.start, ref.end)
                items.append(
                    Item(
                        number, ref.start, ref.end, _value(report, ref, event),
                        asserted_by=report.asserters.as_written(asserter), origin_key=origins.of(report, asserter),
                    )
                )  # fmt: skip
        if len({item.document for item in items}) > 1:
            claims.append(Claim("date", "date of the event", items, event.number))
    return claims


def _value(report: Report, ref: DateRef, event: Happening) -> str:
    """The date as ISO; of a source whose own day is not known, a week that holds the event."""
    if report.day_known == "inferred" and ref.precision == "week" and event.first:
        monday = event.first - timedelta(days=event.first.weekday())
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    return ref.value


def _chosen(report: Report, event: Happening, events: Events) -> list[DateRef]:
    """The most precise mention by which a source dates an event, and the one in its title if that is as precise."""
    if event.first is None or event.last is None:
        return []
    inferred = report.day_known == "inferred"
    found: list[DateRef] = []
    years: list[DateRef] = []
    for ref in report.dates:
        if events.at(report.number, ref.start) != event.number and events.at(report.number, ref.end) != event.number:
            continue
        if ref.precision != "day" and any(one.start <= ref.start < one.end for one in report.extraction.quotes):
            continue  # "next week" as somebody said it
        fits = ref.first <= event.last and event.first <= ref.last
        if inferred and ref.precision == "week" and ref.start < report.lead_end:
            fits = True
        if not ref.at_event or not fits:
            continue
        if ref.precision == "year":
            years.append(ref)
            continue
        body = [one for one in found if one.start >= report.title_end]
        if ref.start < report.title_end or not body or (ref.last - ref.first) < (body[-1].last - body[-1].first):
            found.append(ref)
        elif ref.start - body[-1].end <= 2:
            found[-1] = ref._replace(start=body[-1].start)  # "Tuesday 3 June 2025"
    exact = min((ref.last - ref.first for ref in found), default=None)
    return [ref for ref in found if ref.last - ref.first == exact] or ([] if report.number in event.main else years[:1])
