# ruff: noqa: E501 - tables are shown as they are
"""Counts of tables: item, number and operator by the heads of row and column; the evidence is the cell."""

import pytest
from spacy.language import Language

from briefing.extract.pipeline import extract
from briefing.model.facts import Count
from briefing.model.safetext import SafeText
from briefing.model.source import Source


def counts(nlp: Language, text: str) -> tuple[Count, ...]:
    source = Source(id="a", path=SafeText("a"), title=SafeText("a"), text=SafeText(text))
    return next(iter(extract(nlp, [source], "x"))).counts


def rows(*cells: str) -> str:
    return "\n".join("| " + " | ".join(row.split("/")) + " |" for row in cells)


TABLES = {
    "things in the heads": (
        "Losses by month\n\n" + rows("Month/Tanks/Soldiers killed", "May/9/31", "June/0/12"),
        [(9, "tank", None, "lost"), (31, "soldier", None, "killed"), (12, "soldier", None, "killed")],
    ),
    "things in the rows, nations in the heads": (
        rows("Type/Norway/Sweden", "F-35A/52/–", "Gripen/–/~96", "Submarines/6/at least 4"),
        [(52, "F-35A", "Norway", None), (96, "Gripen", "Sweden", None), (6, "submarine", "Norway", None), (4, "submarine", "Sweden", None)],
    ),
    "operators in a column": (
        rows("Service/Type/Qty", "Royal Navy/Frigates/3", "French Navy/Corvettes/2"),
        [(3, "frigate", "Royal Navy", None), (2, "corvette", "French Navy", None)],
    ),
    "heads in two rows": (
        rows("/Poland//Finland/", "/Tanks/Howitzers/Tanks/Howitzers", "Ready/120/48/90/60"),
        [(120, "tank", "Poland", None), (48, "howitzer", "Poland", None), (90, "tank", "Finland", None), (60, "howitzer", "Finland", None)],
    ),
    "no heads": (rows("14/T-80/Russia", "6/BMP-3/Russia"), [(14, "T-80", "Russia", None), (6, "BMP-3", "Russia", None)]),
    "people": (
        rows("Side/Killed/Wounded", "Georgia/12/40"),
        [(12, "person", "Georgia", "killed"), (40, "person", "Georgia", "wounded")],
    ),
    "whose they are above the table": (
        "Ships of the Royal Navy\n\n" + rows("Class/Active", "Type 23 frigates/8"), [(8, "Type 23 frigate", "Royal Navy", None)],
    ),
    "numbers with blanks, notes and bounds": (
        rows("Country/Tanks/Soldiers", "Greece/1 365[2]/more than 90,000"),
        [(1365, "tank", "Greece", None), (90000, "soldier", "Greece", None)],
    ),
    "numbers that only count the rows": (rows("No./Type/In service", "1/Trawlers/5", "2/Barges/7"), [(5, "trawler", None, None), (7, "barge", None, None)]),
    "cells with words of their own": (
        rows("Navy/Sent", "Royal Navy/2 frigates and a tanker"), [(2, "frigate", "Royal Navy", None), (1, "tanker", "Royal Navy", None)],
    ),
    "tabs": ("Type\tNumber\nTankers\t4\nBombers\t2", [(4, "tanker", None, None), (2, "bomber", None, None)]),
    "an operator that nobody knows": (
        rows("Operator/Equipment/Destroyed", "Blue force/Tanks/17", "/Howitzers/6", "Red force/Tanks/1,204", "Total//1,227"),
        [(17, "tank", "Blue force", "destroyed"), (6, "howitzer", "Blue force", "destroyed"), (1204, "tank", "Red force", "destroyed")],
    ),
    "sides that nobody knows": (
        rows("Side/Tanks/Trucks", "Northern Group/17/5", "River Guard/9/2"),
        [(17, "tank", "Northern Group", None), (5, "truck", "Northern Group", None), (9, "tank", "River Guard", None), (2, "truck", "River Guard", None)],
    ),
    "owners that nobody knows": (
        rows("Owner/Item/Number", "Rivermark Shipping/Tugs/4", "see note 3/Ferries/2"),
        [(4, "tug", "Rivermark Shipping", None), (2, "ferry", None, None)],
    ),
    "a title with a nation behind its fleet": (
        "Fleet of Poland\n\n" + rows("Class/Number", "Frigates/2", "Tankers/3"), [(2, "frigate", "Poland", None), (3, "tanker", "Poland", None)],
    ),
    "a title of two nations": (
        "Fleets of Poland and of Latvia\n\n" + rows("Class/Number", "Frigates/2", "Tankers/3"), [(2, "frigate", None, None), (3, "tanker", None, None)],
    ),
    "a title in the first row": (
        rows("Losses of Croatia in May//", "Class/Lost/Damaged", "Tanks/2/4", "Trucks/3/1"),
        [(2, "tank", "Croatia", "lost"), (4, "tank", "Croatia", "damaged"), (3, "truck", "Croatia", "lost"), (1, "truck", "Croatia", "damaged")],
    ),
    "points that part thousands": (
        rows("Type/Number", "Tanks/1.200", "Trucks/850", "Howitzers/more than 2.300"),
        [(1200, "tank", None, None), (850, "truck", None, None), (2300, "howitzer", None, None)],
    ),
    "points that part thousands once and twice": (
        rows("Country/Tanks/Soldiers", "Greece/1.365/90.000", "Bulgaria/90/1.250.000"),
        [(1365, "tank", "Greece", None), (90000, "soldier", "Greece", None), (90, "tank", "Bulgaria", None), (1250000, "soldier", "Bulgaria", None)],
    ),
    "points that begin a fraction": (
        rows("Type/Shells (thousands)", "New/1.5", "Old/2.250"), [(1500, "shell", None, None)],
    ),
    "commas that begin a fraction": (
        rows("Item/Stock (thousands)", "Shells/12,5", "Rockets/40", "Mines/1,2", "Flares/1,204"),
        [(12500, "shell", None, None), (40000, "rocket", None, None), (1200, "mine", None, None), (1204, "flare", None, None)],
    ),
    "days in a column": (
        rows("Type/Number/Since", "Tanks/1.200/01.05.2024", "Trucks/850/11.07.23"), [(1200, "tank", None, None), (850, "truck", None, None)],
    ),
    "things that no lexicon has": (
        rows("Item/Number", "Pontoons/12", "Half-tracks/7", "Signal lanterns (old)/30", "Binoculars/64", "Total/113"),
        [(12, "pontoon", None, None), (7, "half-track", None, None), (30, "signal lantern", None, None), (64, "binoculars", None, None)],
    ),
    "things that no lexicon has, by side": (
        rows("Side/Equipment/Lost", "Blue force/Pinnaces/4", "Red force/Sloops/2"),
        [(4, "pinnace", "Blue force", "lost"), (2, "sloop", "Red force", "lost")],
    ),
    "no things, though plurals": (
        rows("Item/Number/Amount", "Miles/12/3", "Raids/7/3", "Dollars/30/3", "Meetings/5/3", "Percentages/8/3", "Days/9/3", "Hovels//3"), [],
    ),
    "sums of money": ("Costs of the port\n\n" + rows("Item/Count", "Lanterns/12", "Wharves/7"), []),
    "names of persons": (rows("Name/Number", "James/7", "Ann Jones/4"), []),
    "a type that nobody knows among others": (
        "Figures by the staffs\n\n" + rows("Force/Equipment/Strength", "Blue force/T-72/40", "/Basilisk/16*", "/Modern/3", "/mortars/9", "Total//68"),
        [(40, "T-72", "Blue force", None), (16, "Basilisk", "Blue force", None), (9, "mortar", "Blue force", None)],
    ),
    "navies that nobody knows": (
        rows("Operator/Vessel/Number", "Navy of Eastmark/Gunboats/14", "Army of the Delta/Barges/3"),
        [(14, "gunboat", "Navy of Eastmark", None), (3, "barge", "Army of the Delta", None)],
    ),
    "sides as heads that nobody knows": (
        rows("Type/Western Fleet/Fleet of Eastmark/Reserve fleet/Fleet", "Tugs/5/6/7/8"),
        [(5, "tug", "Western Fleet", None), (6, "tug", "Fleet of Eastmark", None), (7, "tug", None, None), (8, "tug", None, None)],
    ),
    "a known fleet beside one that nobody knows": (
        rows("Type/Northern Fleet/Harbour Fleet", "Tugs/5/6"), [(5, "tug", "Northern Fleet", None), (6, "tug", "Harbour Fleet", None)],
    ),
    "a unit that nobody knows above the table": (
        "Table 2: 7th Lancer Brigade\n\n" + rows("Type/Number", "Tanks/40", "Trucks/12"),
        [(40, "tank", "7th Lancer Brigade", None), (12, "truck", "7th Lancer Brigade", None)],
    ),
    "a unit behind its equipment": (
        "Equipment of the Kestrel Guard, in May\n\n" + rows("Type/Number", "Tanks/40", "Trucks/12"),
        [(40, "tank", "Kestrel Guard", None), (12, "truck", "Kestrel Guard", None)],
    ),
    "brigades that nobody knows": (
        rows("Brigade/Tanks/Trucks", "1st Lancer Brigade/44/1,250", "River Brigade/–/95"),
        [(44, "tank", "1st Lancer Brigade", None), (1250, "truck", "1st Lancer Brigade", None), (95, "truck", "River Brigade", None)],
    ),
    "units in the rows that nobody knows": (
        rows("Unit/Type/Assigned/Ready", "5th Lancer Wing/Gripen/24/17", "River Squadron/Gripen/8/5"),
        [
            (24, "Gripen", "5th Lancer Wing", None), (17, "Gripen", "5th Lancer Wing", None),
            (8, "Gripen", "River Squadron", None), (5, "Gripen", "River Squadron", None),
        ],
    ),
    "what is no count": (rows("Ship/Displacement/Crew/Commissioned", "HMS Lancaster/4,900/185/1992"), []),
    "names and ages": (rows("Name/Age", "Ann Author/41", "Ben Baker/52"), []),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_row_gives_counts(nlp: Language, name: str) -> None:
    text, wanted = TABLES[name]
    found = [(count.low, count.item, count.operator, count.what) for count in counts(nlp, text)]
    assert found == wanted


def test_the_evidence_is_the_cell(nlp: Language) -> None:
    text = "Losses\n\n" + rows("Type/Number", "Tanks/more than 12", "Trucks/7 (3 burnt)")
    assert [(c.evidence, c.rule) for c in counts(nlp, text)] == [
        ("more than 12", "count:table cell"), ("7 (3 burnt)", "count:table cell"),
    ]  # fmt: skip
    assert all(text[c.start : c.end] == c.evidence for c in counts(nlp, text))


def test_prose_around_a_table_is_read_as_before(nlp: Language) -> None:
    text = f"Two frigates sailed on Friday.\n\n{rows('Type/Number', 'Tanks/12')}\n\nThree tankers followed them."
    assert [(c.low, c.item) for c in counts(nlp, text)] == [(2, "frigate"), (12, "tank"), (3, "tanker")]


def test_words_of_two_cells_are_not_joined(nlp: Language) -> None:
    assert [(c.low, c.item) for c in counts(nlp, rows("Days/Remarks", "12/tanks refuelled at noon"))] == []


def test_a_row_is_one_sentence(nlp: Language) -> None:
    text = "Losses by week.\n\n" + rows("Week/Tanks/Aircraft/Soldiers killed", "8 July/7/0/95", "15 July/3/1/20")
    source = Source(id="a", path=SafeText("a"), title=SafeText("a"), text=SafeText(text))
    sentences = next(iter(extract(nlp, [source], "x"))).sentences
    assert [text[start:end] for start, end in sentences[1:]] == text.split("\n")[2:]


def test_a_name_in_marks_is_no_part_of_the_item(nlp: Language) -> None:
    doc = nlp('Strength\n\n| Class | Number |\n|---|---|\n| Frigates “Köln” | 4 |\n| Tugs "Triton" | 2 |\n')
    assert [(c.low, c.item) for c in doc._.briefing_counts] == [(4, "frigate"), (2, "tug")]
