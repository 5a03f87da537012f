"""The brief: its first page, its events, its notes, what changed since."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from made_briefs import Make, item

from briefing.export import ExportError, Selection, compose, render
from briefing.export.cited import read_notes
from briefing.export.grades import Grades
from briefing.model.agreement import Agreement, ClaimItem, Comparison
from briefing.model.safetext import SafeText
from briefing.model.source import Page as SourcePage


class TestPageOne:
    def test_begins_with_title_day_and_bottom_line(self, whole: Selection) -> None:
        text = render(replace(whole, bottom_line=SafeText("Two patrols met.\nNobody was hurt.")))
        assert text.startswith("# The lake\n\nAs of 1 August 2025. From 2 sources. ")
        assert "## Bottom line\n\nTwo patrols met.\n\nNobody was hurt.\n" in text

    def test_an_empty_bottom_line_says_so(self, whole: Selection) -> None:
        assert "## Bottom line\n\nNone has been written.\n" in render(whole)

    def test_the_best_corroborated_claims_are_offered_as_such(self, lake, wire) -> None:
        a, b = lake[1].counts[0], wire[1].counts[0]
        items = (item(lake[0], a, "3", origin="a"), item(wire[0], b, "3", origin="b"))
        group = Agreement(kind="count", status="agree", claim=SafeText("Gripen"), origins=2, items=items)
        chosen = Selection((lake, wire), date(2025, 8, 1), comparison=Comparison(groups=(group,), near_duplicates=()))
        text = render(chosen)
        assert "as offered by the program and not judged by anyone: 3 Gripens (C1)." in text
        assert "offered" not in render(replace(chosen, bottom_line=SafeText("Mine.")))

    def test_key_figures_have_status_origins_and_grade(self, whole: Selection) -> None:
        graded = replace(whole, grades=Grades(publishers={"swedish armed forces": "B"}))
        text = render(graded)
        row = next(line for line in text.splitlines() if "| Gripen" in line)
        assert "≠ differ, 2 origins, B6" in row
        assert "| 3 / 4 |" in row
        assert "own account / the wing" in row
        assert "≠ differ, 2 origins, B6" in render(graded, "html")
        assert json.loads(render(graded, "json"))["claims"][0]["grade"] == "B6"

    def test_what_differs(self, whole: Selection) -> None:
        text = render(whole)
        differs = text.partition("## What differs")[2].partition("\n## ")[0]
        assert "“We saw them early,” — **Ada Lind**; \\~ altered, 1 origin. S1 [^" in differs
        assert " — **“at once”** for “early”\n" in differs
        assert "Of the key figures: C1." in differs
        assert "<mark>at once</mark> for <del>early</del>" in render(whole, "html")
        values = json.loads(render(whole, "json"))["claims"][2]["values"]
        assert values[1]["changes"] == [{"was": "early", "now": "at once"}]

    def test_no_contradiction(self, lake, wire) -> None:
        nothing = Comparison(groups=(), near_duplicates=())
        assert "No contradiction was found." in render(Selection((lake, wire), date(2025, 8, 1), comparison=nothing))

    def test_what_nobody_says(self, whole: Selection, lake) -> None:
        drones = lake[1].counts[2]
        open_count = ClaimItem(document=lake[0].id, start=drones.start, end=drones.end, value=SafeText("Dozens"))
        group = Agreement(
            kind="count", status="single", claim=SafeText("drone"), origins=1, items=(open_count,), event="e1"
        )
        event = whole.comparison.events[0].model_copy(update={"place": None, "start_date": None})
        groups = (*whole.comparison.groups, group)
        comparison = Comparison(groups=groups, near_duplicates=(), events=(event,))
        text = render(replace(whole, comparison=comparison))
        assert "- Patrol over the lake (E1): no source says when or where.\n" in text
        assert re.search(r"- How many: no source gives a number for “Dozens of drones” \(C\d+\)\.\n", text)

    def test_does_not_grow_with_the_pile(self, document: Make) -> None:
        documents, groups = [], []
        for n in range(60):
            made = document(f"Report {n}\n\nIt counted {n + 2} jets.", counts=[(f"{n + 2} jets", n + 2, "jet")])
            documents.append(made)
            one = item(made[0], made[1].counts[0], str(n + 2))
            groups.append(Agreement(kind="count", status="single", claim=SafeText("jet"), origins=1, items=(one,)))
        comparison = Comparison(groups=tuple(groups), near_duplicates=())
        few = Selection(tuple(documents[:10]), date(2025, 8, 1), comparison=comparison)
        many = replace(few, documents=tuple(documents))

        def front(selection: Selection) -> int:
            return len(render(selection).partition("\n## What the sources say")[0].split())

        assert front(many) == front(few)

    def test_of_very_many_values_some_are_shown(self, document: Make) -> None:
        documents = [
            document(f"Report {n}\n\nIt counted {n + 2} jets.", counts=[(f"{n + 2} jets", n + 2, "jet")])
            for n in range(40)
        ]
        items = tuple(item(source, found.counts[0], found.counts[0].evidence.split()[0]) for source, found in documents)
        group = Agreement(kind="count", status="differ", claim=SafeText("jet"), origins=40, items=items)
        comparison = Comparison(groups=(group,), near_duplicates=())
        text = render(Selection(tuple(documents), date(2025, 8, 1), comparison=comparison))
        assert "| 2 / 3 / 4 / 5 and 36 other values | jets |" in text
        assert len(compose(Selection(tuple(documents), date(2025, 8, 1), comparison=comparison)).claims[0].values) == 40


class TestEvents:
    def test_has_when_where_who_and_its_claims(self, whole: Selection) -> None:
        text = render(whole)
        part = text.partition("## E1 Patrol over the lake\n")[2].partition("\n## ")[0]
        assert "\n11 July 2025; Lake Norrvik; S1 and S2; page one: C1, C2 and C3.\n" in part
        assert "- **Ada Lind**, wing commander. S1 [^" in part

    def test_who_is_party_to_no_event_stands_with_the_claims_of_the_same_source(self, whole: Selection) -> None:
        event = whole.comparison.events[0].model_copy(update={"parties": ()})
        text = render(replace(whole, comparison=whole.comparison.model_copy(update={"events": (event,)})))
        part = text.partition("## E1 Patrol over the lake\n")[2].partition("\n## ")[0]
        assert "- **Ada Lind**, wing commander. S1 [^" in part
        assert "Others with a role" not in text

    def test_a_claim_stands_once(self, whole: Selection) -> None:
        for number in range(1, len(compose(whole).claims) + 1):
            rows = re.findall(rf"^(?:\| C{number} \||- \*\*C{number}\*\*)|; \*\*.* C{number} \[|: \*\*.* C{number} \[",
                              render(whole), re.MULTILINE)  # fmt: skip
            assert len(rows) <= 1, number
            assert render(whole, "html").count(f'id="c{number}"') == 1

    def test_a_date_that_was_inferred_is_told_from_a_stated_one(self, whole: Selection) -> None:
        event = whole.comparison.events[0].model_copy(update={"stated": False})
        comparison = whole.comparison.model_copy(update={"events": (event,)})
        assert "11 July 2025 (inferred)" in render(replace(whole, comparison=comparison))

    def test_dates_and_ordinals_are_written_as_one_reads_them(self, whole: Selection, lake) -> None:
        day = ClaimItem(document=lake[0].id, start=0, end=6, value=SafeText("2025-04-18/2025-04-20"))
        group = Agreement(
            kind="date", status="single", claim=SafeText("date of the event"), origins=1, items=(day,), event="e1"
        )
        groups = (*whole.comparison.groups, group)
        text = render(replace(whole, comparison=whole.comparison.model_copy(update={"groups": groups})))
        assert re.search(r"date of the event: \*\*18 to 20 April 2025\*\* C\d+ \[\^1\]", text)

    def test_bodies_without_a_role_are_one_line(self, whole: Selection) -> None:
        assert "Also named: Swedish Air Force (S1), Norway (S1)." in render(whole)

    def test_timeline_from_three_dated_events_on(self, whole: Selection) -> None:
        events, groups = [], []
        for n, group in enumerate(whole.comparison.groups):
            event = whole.comparison.events[0].model_copy(update={"id": f"e{n}", "start_date": f"2025-07-1{n}"})
            events.append(event)
            groups.append(group.model_copy(update={"event": f"e{n}"}))
        comparison = Comparison(groups=tuple(groups), near_duplicates=(), events=tuple(events))
        text = render(replace(whole, comparison=comparison))
        assert "## Timeline\n\n- 10 July 2025: Patrol over the lake (E1)\n- 11 July 2025: " in text
        assert "## Timeline" not in render(whole)


class TestNotes:
    def test_every_claim_has_a_footnote_with_the_sentence_and_its_evidence(self, whole: Selection) -> None:
        text, brief = render(whole), compose(whole)
        for claim in brief.claims:
            assert all(citation.notes for value in claim.values for citation in value.citations)
        used = {int(number) for number in re.findall(r"\[\^(\d+)\](?!:)", text)}
        assert used == {note.number for note in brief.notes}
        texts = {n: source.text for n, (source, _) in enumerate(whole.documents, start=1)}
        for note in brief.notes:
            assert [texts[note.source][start:end] for start, end in note.marks] == list(note.evidence)
            assert " ".join(texts[note.source][note.start : note.end].split()) == note.text

    def test_a_sentence_stands_once_with_all_its_evidence(self, whole: Selection) -> None:
        first = (
            "[^1]: S1 ¶2.1 22–96: **Three Gripen fighters** of the Swedish Air Force met **two Typhoons** on Monday."
        )
        assert first in render(whole)

    def test_they_are_in_the_order_of_the_sources(self, whole: Selection) -> None:
        places = [(note.source, note.start) for note in compose(whole).notes]
        assert places == sorted(places)

    def test_a_sentence_of_another_source_is_not_repeated(self, document: Make) -> None:
        body = "The navy counted two tugs."
        one = document(f"One\n\n{body}", counts=[("two tugs", 2, "tug")])
        two = document(f"Two\n\n{body}", counts=[("two tugs", 2, "tug")])
        text = render(Selection((one, two), date(2025, 8, 1)))
        assert text.count("The navy counted") == 1
        assert "[^2]: S2 ¶2.1 5–31: as note 1, word for word\n" in text
        assert json.loads(render(Selection((one, two), date(2025, 8, 1)), "json"))["notes"][1]["same_as"] == 1

    def test_of_many_sources_some_are_cited_and_the_others_named(self, document: Make) -> None:
        documents = [document(f"T{n}\n\nTwo tugs left.", counts=[("Two tugs", 2, "tug")]) for n in range(12)]
        text = render(Selection(tuple(documents), date(2025, 8, 1)))
        assert "S1 [^1], S2 [^2]; also S3–S12 |" in text

    def test_a_source_with_pages_is_cited_by_them(self, document: Make) -> None:
        text = "A title\n\nTwo tugs left.\n\nThree barges stayed."
        pages = (SourcePage(start=0, label=SafeText("iv")), SourcePage(start=text.index("Three"), label=SafeText("1")))
        counts = [("Two tugs", 2, "tug"), ("Three barges", 3, "barge")]
        made = Selection((document(text, counts=counts, pages=pages),), title=SafeText("T"), day=date(2025, 8, 1))
        brief = render(made, "markdown")
        assert "[^1]: S1 p. iv 9–23: **Two tugs** left." in brief
        assert "[^2]: S1 p. 1 25–45: **Three barges** stayed." in brief
        assert "or the page of a source with pages," in brief
        assert [note["page"] for note in json.loads(render(made, "json"))["notes"]] == ["iv", "1"]

    def test_a_cell_is_cited_with_its_row_below_the_head_of_the_table(self, document: Make) -> None:
        table = "| Ship | Norway \\ Sweden | Finland |\n| Tugs | 12 | 3 |\n| Oilers | 4 |  |"
        sources = [
            document(f"{title}{table}\n\nThe end.", counts=[("12", 12, "tug"), ("4", 4, "oiler")])
            for title in ("", "Fleet\n\n")
        ]
        for source in sources:
            made = Selection((source,), title=SafeText("T"), day=date(2025, 8, 1))
            brief = render(made, "markdown")
            assert (
                "    | Ship | Norway \\\\ Sweden | Finland |\n    |---|---|---|\n    | Tugs | **12** | 3 |\n" in brief
            )
            assert "    | Oilers | **4** |  |\n" in brief
            page = render(made, "html")
            assert "<tr><td>Tugs</td><td><mark>12</mark></td><td>3</td></tr>" in page
            assert [one.text for one in read_notes(page, "b.html")] == [one.text for one in read_notes(brief, "b.md")]

    def test_text_beside_a_table_has_none(self, document: Make) -> None:
        source = document("Two tugs left.\n\n| Two tugs | 2 |\n| Other | 3 |", counts=[("Two tugs left", 2, "tug")])
        assert not compose(Selection((source,), day=date(2025, 8, 1))).notes[0].cells


class TestChanges:
    def test_what_came_went_and_moved(self, whole: Selection) -> None:
        before = json.loads(render(whole, "json"))
        before["sources"] = [before["sources"][0], {**before["sources"][0], "id": "gone"}]
        before["claims"][0]["values"] = [{**before["claims"][0]["values"][0], "value": "9"}]
        before["claims"].append({**before["claims"][0], "claim": "barge"})
        del before["claims"][1]
        text = render(replace(whole, before=before))
        part = text.partition("## What changed since 1 August 2025\n\n")[2].partition("\n## ")[0]
        assert part.splitlines() == [
            "- New sources: S2.", "- No longer among the sources: 1 source.", "- New claims: C2.", "- C1 was 9.",
            "- No longer claimed: barge.",
        ]  # fmt: skip
        assert "<h2>What changed since 1 August 2025</h2>" in render(replace(whole, before=before), "html")

    def test_nothing(self, whole: Selection) -> None:
        text = render(replace(whole, before=json.loads(render(whole, "json"))))
        assert "## What changed since 1 August 2025\n\nNothing.\n" in text
        assert "What changed" not in render(whole)

    def test_an_earlier_brief_that_is_none(self, whole: Selection) -> None:
        with pytest.raises(ExportError, match="earlier brief"):
            render(replace(whole, before={"claims": [{}], "sources": [], "events": [], "date": "x"}))
