"""The brief in its formats: complete, parseable, cited, and deaf to what its sources say."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from parsed import HOSTILE, gfm, kinds, shown

from briefing.export import ExportError, Selection, compose, format_of, render
from briefing.export.grades import Grades
from briefing.model.agreement import Agreement, ClaimItem, Comparison, NearDuplicate
from briefing.model.event import Event
from briefing.model.review import Review
from briefing.model.safetext import SafeText
from briefing.model.source import Page as SourcePage
from briefing.model.wording import whereabouts

Make = Callable[..., object]
PAGES = ("markdown", "html", "json", "csv")


def review(document, fact, state, **edited) -> dict:
    """The verdict on a fact, as the library hands it over."""
    source = document[0]
    kind = fact.key.split(":")[0]
    return {fact.key: Review(source_id=source.id, kind=kind, key=fact.key, state=state, edited=edited or None)}


def item(source, fact, value, **more) -> ClaimItem:
    n = int(value) if value.isdigit() else None
    return ClaimItem(document=source.id, start=fact.start, end=fact.end, value=SafeText(value), low=n, high=n, **more)


def compared(lake, wire, events=(), event=None) -> Comparison:
    """What a comparison of the two says."""
    (a, found), (b, other) = lake, wire
    gripens = (
        item(a, found.counts[0], "3", origin="a"),
        item(a, found.counts[3], "3", origin="a"),
        item(b, other.counts[0], "4", origin="b", asserted_by=SafeText("the wing")),
    )
    quotes = (
        item(a, found.quotes[0], "We saw them early,", form="original", origin="a"),
        item(b, other.quotes[0], "We saw them at once,", form="altered", origin="a"),
    )
    typhoon = (item(a, found.counts[1], "2", origin="a"),)
    return Comparison(
        groups=(
            Agreement(kind="count", status="differ", claim=SafeText("Gripen"), origins=2, items=gripens, event=event),
            Agreement(
                kind="quote", status="altered", claim=SafeText("We saw them"), origins=1, items=quotes, event=event
            ),
            Agreement(
                kind="count", status="single", claim=SafeText("Typhoon"), origins=1, items=typhoon, silent=(b.id,),
                event=event,
            ),
        ),
        near_duplicates=(NearDuplicate(documents=(a.id, b.id), similarity=0.91),),
        events=events,
    )  # fmt: skip


def headings(text: str) -> list[str]:
    tokens = gfm().parse(text)
    return [shown(tokens[n + 1].children) for n, token in enumerate(tokens) if token.type == "heading_open"]


@pytest.fixture
def whole(lake, wire) -> Selection:
    """Both, compared, under one event."""
    event = Event(
        id="e1", what=SafeText("Patrol over the lake"), start_date="2025-07-11", place=SafeText("Lake Norrvik"),
        parties=(SafeText("Ada Lind"),), documents=(lake[0].id, wire[0].id),
    )  # fmt: skip
    comparison = compared(lake, wire, (event,), "e1")
    return Selection((lake, wire), date(2025, 8, 1), SafeText("The lake"), comparison=comparison)


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
        assert "as offered by the program and not judged by anyone: 3 Gripen (C1)." in text
        assert "offered" not in render(replace(chosen, bottom_line=SafeText("Mine.")))

    def test_key_figures_have_status_origins_and_grade(self, whole: Selection) -> None:
        graded = replace(whole, grades=Grades(publishers={"swedish armed forces": "B"}))
        text = render(graded)
        row = next(line for line in text.splitlines() if "| Gripen" in line)
        assert "≠ differ, 2 origins, B6" in row
        assert "| 3 / 4 |" in row
        assert "the source / the wing" in row
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


class TestMarkdown:
    def test_parses_with_tables_and_footnotes(self, whole: Selection) -> None:
        found = kinds(gfm().parse(render(whole)))
        assert {"table_open", "footnote_ref", "footnote_block_open"} <= found
        assert not found & {"html_block", "html_inline", "link_open", "image", "code_inline", "code_block", "fence"}
        assert headings(render(whole)) == ["The lake", "Bottom line", "Key figures", "What differs",
                                           "E1 Patrol over the lake", "Not tied to an event", "Sources",
                                           "Notes"]  # fmt: skip

    def test_core_commonmark_shows_the_footnotes_as_paragraphs(self, whole: Selection) -> None:
        tokens = MarkdownIt("commonmark").parse(render(whole))
        assert "link_open" not in kinds(tokens)
        notes = [token for token in tokens if token.type == "inline" and token.content.startswith("[^")]
        assert len(notes) == len(compose(whole).notes)

    def test_names_each_source_whole(self, whole: Selection) -> None:
        retrieved = {whole.documents[0][0].id: date(2025, 7, 14)}
        text = render(replace(whole, retrieved=retrieved, grades=Grades(publishers={"Swedish Armed Forces": "A"})))
        assert "- **S1** *Patrol over the lake*, Swedish Armed Forces, published 12 July 2025" in text
        assert "file dated 14 July 2025, graded A.\n" in text
        assert f"SHA-256 {whole.documents[0][0].id}\n" in text
        assert "carries largely the text of S2 (one origin)" in text
        assert "  - ⚠ Reads as machine-paraphrased.\n" in text

    def test_shows_no_folder_of_the_users(self, whole: Selection) -> None:
        assert not [made for made in PAGES if "someone" in render(whole, made)]

    def test_long_quotations_are_cut_in_the_body_only(self, document: Make) -> None:
        words = " ".join(f"word{n}" for n in range(60))
        made = document(f"Title\n\nHe said “{words}”", quotes=[(words, None)])
        text = render(Selection((made,), date(2025, 1, 1)))
        body, _, notes = text.partition("## Notes")
        assert "word8 …”" in body
        assert "word9" not in body
        assert "word59" in notes

    def test_nothing_found(self, document: Make) -> None:
        text = render(Selection((document("Empty\n\nNo facts."),), date(2025, 1, 1)))
        assert text.startswith("# Brief: Empty\n")
        assert "No facts were found." in text
        assert gfm().parse(text)

    def test_is_the_same_each_time(self, whole: Selection) -> None:
        assert all(render(whole, made) == render(whole, made) for made in PAGES)


class TestReviews:
    def test_rejected_facts_are_left_out_and_edited_ones_corrected(self, lake, wire) -> None:
        found = lake[1]
        verdicts = {
            **review(lake, found.counts[1], "rejected"),
            **review(lake, found.counts[0], "edited", low=5, high=5),
            **review(lake, found.quotes[0], "accepted"),
        }
        selection = Selection((lake, wire), date(2025, 8, 1), reviews={lake[0].id: verdicts})
        text = render(selection)
        assert not [line for line in text.partition("## Notes")[0].splitlines() if "Typhoon" in line]
        assert re.search(r"\| C\d+ \| 5 \| Gripen, Swedish Air Force \|  \| corrected in review \|", text)
        assert re.search(r"— Ada Lind \(accepted in review\) C\d+ \[\^\d+\]", text)
        assert "2 reviewed by a person, 1 of them corrected." in text
        assert "corrected in review" in render(selection, "html")
        csv = render(selection, "csv")
        assert ",2,2,2,false,Typhoon" not in csv
        assert ",5,5,5,false,Gripen," in csv

    def test_only_accepted(self, lake) -> None:
        verdicts = review(lake, lake[1].counts[1], "accepted")
        selection = Selection((lake,), date(2025, 8, 1), reviews={lake[0].id: verdicts}, accepted_only=True)
        brief = compose(selection)
        assert [claim.item for claim in brief.claims] == ["Typhoon"]
        assert not brief.participants

    def test_a_correction_that_does_not_fit_is_named(self, lake) -> None:
        verdicts = review(lake, lake[1].counts[1], "edited", low="many")
        with pytest.raises(ExportError, match=r"correction of count:.* does not fit: low"):
            compose(Selection((lake,), date(2025, 8, 1), reviews={lake[0].id: verdicts}))

    def test_rejecting_one_side_ends_the_dispute(self, lake, wire) -> None:
        verdicts = {wire[0].id: review(wire, wire[1].counts[0], "rejected")}
        brief = compose(Selection((lake, wire), date(2025, 8, 1), reviews=verdicts, comparison=compared(lake, wire)))
        assert [claim.status for claim in brief.claims if claim.item != "drone"] == ["single", "single", "altered"]
        assert brief.claims[0].origins == 1

    def test_documents_outside_the_selection_do_not_appear(self, lake, wire) -> None:
        brief = compose(Selection((lake,), date(2025, 8, 1), comparison=compared(lake, wire)))
        assert {claim.status for claim in brief.claims} == {"single"}
        assert not brief.copies


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


class Page(HTMLParser):
    """The elements and attributes of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


class TestHtml:
    def test_every_link_leads_somewhere(self, whole: Selection) -> None:
        page = Page(render(whole, "html"))
        anchors = {value for name, value in page.attributes if name == "id"}
        links = {(value or "")[1:] for name, value in page.attributes if name == "href"}
        assert links <= anchors
        assert not page.tags & {"script", "img", "link"}

    def test_prints_without_broken_rows(self, whole: Selection) -> None:
        assert re.search(
            r"@media print \{.*tr, li, h2, h3, p \{ break-inside: avoid; \}", render(whole, "html"), re.DOTALL
        )


class TestHostile:
    @pytest.mark.parametrize("words", HOSTILE)
    def test_nothing_takes_effect_in_any_format(self, document: Make, words: str) -> None:
        clean = SafeText(words)
        one = document(
            f"{words}\n\nHe said “{words}” there, two jets.",
            title=words, publisher=words, author=words, path=f"/x/{words}", warnings=[words],
            counts=[("two jets", 2, words, words, {"what": words, "asserted_by": words})],
            participants=[("He", words, "person", {"role": words, "affiliation": words, "aliases": (clean,)})],
            quotes=[(clean, words, {"cue": words})],
        )  # fmt: skip
        selection = Selection((one,), date(2025, 8, 1), title=SafeText(words), bottom_line=clean)
        text = render(selection)
        tokens = gfm().parse(text)
        assert not kinds(tokens) & {"link_open", "html_inline", "html_block", "image", "fence", "code_inline", "hr"}
        assert headings(text) == [clean.line(), "Bottom line", "Key figures", "What the sources say",
                                  "Others with a role", "Sources", "Notes"]  # fmt: skip
        page = Page(render(selection, "html"))
        assert not page.tags & {"script", "img"}
        assert not {name for name, _ in page.attributes} & {"onerror", "onclick", "src"}
        assert all((value or "").startswith("#") for name, value in page.attributes if name == "href")
        assert clean.line() in page.text
        assert json.loads(render(selection, "json"))["title"] == clean.line()
        for made in PAGES:
            assert "\x1b" not in render(selection, made)
            assert "\u202e" not in render(selection, made)


def test_what_is_in_an_archive_keeps_its_place_there() -> None:
    assert whereabouts("/home/me/a.zip » inner/b.txt") == "a.zip » inner/b.txt"
    assert whereabouts("- » message 1") == "standard input » message 1"


class TestJson:
    def test_shape(self, whole: Selection) -> None:
        made = json.loads(render(whole, "json"))
        assert set(made) == {"version", "title", "date", "bottom_line", "page_one", "events", "claims", "participants",
                             "sources", "compared", "copies", "changes", "notes"}  # fmt: skip
        assert made["date"] == "2025-08-01"
        assert made["notes"][0] == {
            "number": 1, "source": 1, "paragraph": 2, "sentence": 1, "start": 22, "end": 96, "page": None,
            "place": None,
            "text": "Three Gripen fighters of the Swedish Air Force met two Typhoons on Monday.",
            "marks": [[22, 43], [73, 85]], "evidence": ["Three Gripen fighters", "two Typhoons"],
            "shown": [[0, 21], [51, 63]], "same_as": None, "printed": True,
        }  # fmt: skip


def test_format_follows_the_file_name() -> None:
    assert [format_of(name) for name in ("a.md", "b.HTML", "c.json", "d.csv", "e")] == [
        "markdown", "html", "json", "csv", "markdown",
    ]  # fmt: skip


def test_title_defaults_to_what_there_is(selection: Selection) -> None:
    assert replace(selection, title=SafeText("")).heading == "Brief on 2 sources"
