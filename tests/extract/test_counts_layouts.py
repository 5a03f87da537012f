"""Counts in hyphened types, lists and layouts that plain prose seldom has: text to (low, high, item) of each count."""

import pytest
from spacy.language import Language

COUNTED = [
    ("They destroyed two surface-to-air missile systems.", [(2, 2, "surface-to-air missile system")]),
    ("The strike destroyed four one-way attack drones.", [(4, 4, "one-way attack drone")]),
    ("It can carry up to six APR-3M torpedoes.", [(None, 6, "APR-3M")]),
    ("In all above 50 servicemen were involved.", [(50, None, "serviceman")]),
    ("The troops received three water filters.", [(3, 3, "water filter")]),
    ("A Heron drone maps flooded districts at night.", [(1, 1, "Heron")]),
    ("They left in two Pacific 28 boats.", [(2, 2, "boat")]),
    ("The brigade has 4 Leopard 3 tanks.", [(4, 4, "tank")]),
    ("They got 3 Super Falcon 4 launchers and 12 Patriot 3 launchers.", [(3, 3, "launcher"), (12, 12, "launcher")]),
    ("Lost:\n\n- Ka-52 – 2\n- 3 D-30", [(2, 2, "Ka-52"), (3, 3, "D-30")]),
    ("Twelve motor launches and two lightships lay there.", [(12, 12, "motor launch"), (2, 2, "lightship")]),
    ("In May there were 13 missile launches.", []),
    ("On 12 July 3 tanks were lost.", [(3, 3, "tank")]),
    ("By 4 Sept. 5 tanks had come.", [(5, 5, "tank")]),
    ("Two strategic missile carriers Tu-160 flew with fighters.", [(2, 2, "Tu-160")]),
    ("Four aircraft of the F-16 type came.", [(4, 4, "F-16")]),
    ("Su-35 (x2) gave cover.", [(2, 2, "Su-35")]),
    ("Foreign jets: F-16 of the Air Force of Denmark (3 units).", [(3, 3, "F-16")]),
    ("They fly 12 H-36 Caracals.", [(12, 12, "H-36")]),
    ("Seen that day:\n\n1 3 tanks burnt\n\n2 4 trucks burnt", [(3, 3, "tank"), (4, 4, "truck")]),
    ("1 One tug was captured.", [(1, 1, "tug")]),
    ("He thanked every one of the sailors.", []),
    ("It sold the 90,000 dwt Castor.", []),
]


@pytest.mark.parametrize(("text", "counts"), COUNTED, ids=[t[:45] for t, _ in COUNTED])
def test_counted(nlp: Language, text: str, counts: list[tuple[int | None, int | None, str]]) -> None:
    found = [(c.low, c.high, str(c.item)) for c in nlp(text)._.briefing_counts]
    assert [(a, b) for a, b, _ in found] == [(a, b) for a, b, _ in counts]
    assert all(
        item.endswith(wanted.rpartition(" ")[2]) or wanted in item
        for (_, _, item), (_, _, wanted) in zip(found, counts, strict=True)
    ), found
