"""The line of time in the HTML."""

import re
from itertools import pairwise
from xml.etree import ElementTree

from briefing.export.brief import EventPart
from briefing.export.date_map import date_map_caption, date_map_svg
from briefing.export.timeline import timeline_svg
from briefing.model.safetext import SafeText


def event(number: int, start: str | None, end: str | None = None, what: str = "A meeting") -> EventPart:
    return EventPart(number=number, id=f"e{number}", what=SafeText(what), start_date=start, end_date=end)


def test_every_dated_event_is_a_link_and_no_two_labels_cover_one_another() -> None:
    events = [event(n, f"2025-03-{n:02}") for n in range(1, 9)] + [event(9, "2026"), event(10, None)]
    root = ElementTree.fromstring(str(timeline_svg(events)))
    assert [link.get("href") for link in root.iter("a")] == [f"#e{n}" for n in range(1, 10)]
    rows: dict[str, list[tuple[float, float]]] = {}
    for text in root.iter("text"):
        x, words = float(text.get("x") or 0), text.text or ""
        rows.setdefault(text.get("y") or "", []).append((x, x + 6 * len(words)))
    for spans in rows.values():
        ordered = sorted(spans)
        assert all(one[1] <= other[0] for one, other in pairwise(ordered))
    assert all(x >= 0 and right <= 720 for spans in rows.values() for x, right in spans)


def test_no_line_to_a_label_runs_through_another_label() -> None:
    days = ["2024-10", "2025-03-17", "2025-06", "2025-11-11", "2025-11-29", "2026-03-14", "2026-03-19"]
    root = ElementTree.fromstring(str(timeline_svg([event(n, day) for n, day in enumerate(days, 1)])))
    texts = [(float(t.get("x") or 0), float(t.get("y") or 0), len(t.text or "") * 6) for t in root.iter("text")]
    for stem in (line for line in root.iter("line") if line.get("class") == "stem"):
        x, end = float(stem.get("x1") or 0), float(stem.get("y2") or 0)
        crossed = [one for one in texts if one[0] < x < one[0] + one[2] and one[1] < end]
        assert not crossed or any(one[0] + one[2] >= 690 for one in crossed), "only labels at the edge have a halo"


def test_what_lasts_is_a_bar() -> None:
    made = str(timeline_svg([event(1, "2025-03-01", "2025-04-01"), event(2, "2025-06")]))
    assert made.count("<rect") == made.count("<circle") == 1


def test_one_day_makes_no_line_and_words_are_escaped() -> None:
    assert timeline_svg([event(1, "2025-03-01"), event(2, "2025-03-01"), event(3, None)]) == ""
    made = str(timeline_svg([event(1, "2025-03-01", what="<script>x</script>"), event(2, "2025-04-01")]))
    assert "<script" not in made
    assert re.search(r"&lt;script", made)


def test_the_map_of_dates_has_a_bar_for_each_day_as_high_as_its_sources() -> None:
    events = [
        event(1, "2025-03-01").model_copy(update={"sources": (1, 2, 3, 4)}),
        event(2, "2025-03-01").model_copy(update={"sources": (4, 5)}),
        event(3, "2025-03-09").model_copy(update={"sources": (1,)}),
        event(4, "2025-04").model_copy(update={"sources": (1,)}),
    ]
    root = ElementTree.fromstring(str(date_map_svg(events)))
    heights = [float(bar.get("height") or 0) for bar in root.iter("rect")]
    assert heights == [60, 12]
    assert [link.get("href") for link in root.iter("a")] == ["#e1", "#e3"]
    assert [text.text for text in root.iter("text")] == ["2", "1", "1 March 2025", "9 March 2025"]
    assert "sources of a day" in date_map_caption(events)


def test_the_map_of_dates_goes_by_weeks_and_months_where_it_is_long() -> None:
    long = [event(n, f"2025-{n:02}-10").model_copy(update={"sources": (n,)}) for n in range(1, 13)]
    assert "sources of a week" in date_map_caption(long)
    years = [event(n, f"{2010 + n}-03-10").model_copy(update={"sources": (n,)}) for n in range(12)]
    assert "sources of a month" in date_map_caption(years)
    assert date_map_svg([event(1, "2025-03-01")]) == ""
