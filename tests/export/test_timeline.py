"""The line of time in the HTML."""

import re
from itertools import pairwise
from xml.etree import ElementTree

from briefing.export.brief import EventPart
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


def test_what_lasts_is_a_bar() -> None:
    made = str(timeline_svg([event(1, "2025-03-01", "2025-04-01"), event(2, "2025-06")]))
    assert made.count("<rect") == made.count("<circle") == 1


def test_one_day_makes_no_line_and_words_are_escaped() -> None:
    assert timeline_svg([event(1, "2025-03-01"), event(2, "2025-03-01"), event(3, None)]) == ""
    made = str(timeline_svg([event(1, "2025-03-01", what="<script>x</script>"), event(2, "2025-04-01")]))
    assert "<script" not in made
    assert re.search(r"&lt;script", made)
