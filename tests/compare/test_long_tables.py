"""What comparing a long table costs, in calls of functions: seconds depend on the machine."""

import sys
from collections import Counter
from collections.abc import Callable

from briefing.compare import compare
from briefing.model.facts import Count, Extraction
from briefing.model.source import Source

from .conftest import Maker


def _table(lines: int) -> tuple[Source, Extraction]:
    """A source that is a table: a count of the same in every line."""
    counts = tuple(
        Count(start=32 * n, end=32 * n + 10, evidence="Five tanks", low=5, high=5, item="tank", category="vehicle")
        for n in range(lines)
    )
    text = "".join(f"{f'Five tanks moved in sector {n}.':<31}\n" for n in range(lines))
    source = Source(id="long", path="long.txt", title="Long", text=text)
    return source, Extraction(source_id="long", extractor="test", counts=counts)


def test_a_long_table_costs_what_its_lines_do(make: Callable[..., Maker]) -> None:
    """Each count is held against what is different of a claim, not against every member."""
    other = make("b", "Five tanks moved.").counts("Five tanks", 5, "tank", category="vehicle").made()
    called = []
    for lines in (200, 800):
        documents = [_table(lines), other]
        calls = Counter[str]()
        before = sys.getprofile()
        sys.setprofile(lambda _frame, event, _arg, calls=calls: calls.update([event]))
        try:
            found = compare(documents)
        finally:
            sys.setprofile(before)
        assert max(len(group.items) for group in found.groups if group.kind == "count") == lines
        called.append(calls["call"])
    assert called[1] < 6 * called[0]  # sixteen times as many where every line meets every other
