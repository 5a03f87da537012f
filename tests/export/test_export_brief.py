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

from briefing.export import FORMATS, ExportError, Selection, compose, format_of, render
from briefing.export.wording import whereabouts
from briefing.model.agreement import Agreement, ClaimItem, Comparison, NearDuplicate
from briefing.model.review import Review
from briefing.model.safetext import SafeText
from briefing.model.source import Page as SourcePage

Make = Callable[..., object]


def review(document, fact, state, **edited) -> dict:
    """The verdict on a fact, as the library hands it over."""
    source = document[0]
    kind = fact.key.split(":")[0]
    return {fact.key: Review(source_id=source.id, kind=kind, key=fact.key, state=state, edited=edited or None)}


def compared(lake, wire) -> Comparison:
    """What a comparison of the two says."""
    (a, found), (b, other) = lake, wire

    def item(source, fact, value) -> ClaimItem:
        return ClaimItem(document=source.id, start=fact.start, end=fact.end, value=SafeText(value))

    gripens = (item(a, found.counts[0], "3"), item(a, found.counts[3], "3"), item(b, other.counts[0], "4"))
    quotes = (item(a, found.quotes[0], "early,"), item(b, other.quotes[0], "at once,"))
    return Comparison(
        groups=(
            Agreement(kind="count", status="differ", claim=SafeText("Gripen"), origins=2, items=gripens),
            Agreement(kind="quote", status="altered", claim=SafeText("We saw them"), origins=2, items=quotes),
            Agreement(
                kind="count", status="single", claim=SafeText("Typhoon"), origins=1,
                items=(item(a, found.counts[1], "2"),), silent=(b.id,),
            ),
        ),
        near_duplicates=(NearDuplicate(documents=(a.id, b.id), similarity=0.91),),
    )  # fmt: skip


class TestMarkdown:
    def test_every_fact_has_a_footnote_that_names_source_paragraph_and_sentence(self, selection: Selection) -> None:
        text = render(selection)
        brief = compose(selection)
        for line in (*brief.counts, *brief.participants, *brief.quotes):
            assert line.citations
            assert all(citation.notes for citation in line.citations)
        for note in brief.notes:
            where = f"paragraph {note.paragraph}, sentence {note.sentence}"
            assert re.search(rf"^\[\^{note.number}\]: S{note.source} \*.*\*, {where}: “", text, re.MULTILINE)
        used = {int(number) for number in re.findall(r"\[\^(\d+)\](?!:)", text)}
        assert used == {note.number for note in brief.notes}

    def test_parses_with_a_table_and_footnotes(self, selection: Selection) -> None:
        tokens = gfm().parse(render(selection))
        found = kinds(tokens)
        assert {"table_open", "footnote_ref", "footnote_block_open", "blockquote_open"} <= found
        assert not found & {"html_block", "html_inline", "link_open", "image", "code_inline", "code_block", "fence"}
        headings = [shown(tokens[n + 1].children) for n, token in enumerate(tokens) if token.type == "heading_open"]
        assert headings == ["The lake", "Sources", "Counts", "Participants", "Taking part", "Also mentioned", "Quotes",
                            "Notes"]  # fmt: skip

    def test_core_commonmark_shows_the_footnotes_as_paragraphs(self, selection: Selection) -> None:
        tokens = MarkdownIt("commonmark").parse(render(selection))
        assert "link_open" not in kinds(tokens)
        notes = [shown(token.children) for token in tokens if token.type == "inline" and token.content.startswith("[^")]
        assert notes[0] == "[^1]: S1 Patrol over the lake, paragraph 2, sentence 1: “Three Gripen fighters”."
        assert len(notes) == len(compose(selection).notes)

    def test_says_what_a_reader_needs(self, selection: Selection) -> None:
        text = render(selection)
        assert text.startswith("# The lake\n\n1 August 2025. From 2 sources. 9 facts, found by program; none has been")
        assert "- **S1** *Patrol over the lake*, Swedish Armed Forces, 12 July 2025.\n" in text
        assert "  - ⚠ Reads as machine-paraphrased.\n" in text
        assert "| 3 | Gripen | Swedish Air Force | aircraft |  | S1 [^1] [^2] |" in text
        assert "| dozens | drone | not stated | aircraft | medium confidence | S1 [^4] |" in text
        assert "- **Ada Lind** (person), wing commander. Also written “Lind”. S1 [^7], S2 [^8]" in text
        assert "> “We saw them early,”\n\n— **Ada Lind** (person). S1 [^10]" in text
        assert "speaker as written: “Col. Ada Lind” (said)" in text

    def test_shows_no_folder_of_the_users(self, selection: Selection) -> None:
        assert not [made for made in FORMATS if "someone" in render(selection, made)]

    def test_who_takes_part_in_any_source_comes_first(self, document: Make) -> None:
        one = document("One\n\nUSA and Peru.", participants=[("USA", "USA", "nation"), ("Peru", "Peru", "nation")])
        two = document("Two\n\nThe USA.", participants=[("USA", "USA", "nation", {"core": True})])
        brief = compose(Selection((one, two), date(2025, 1, 1)))
        assert [(line.name, line.core) for line in brief.participants] == [("USA", True), ("Peru", False)]

    def test_roles_aliases_and_affiliations_read_well(self, document: Make) -> None:
        person = {"role": "head of the Navy", "affiliation": "the Navy", "aliases": (SafeText("A"), SafeText("B"))}
        one = document("One\n\nA spoke.", participants=[("A", "Ann", "person", person)])
        text = render(Selection((one,), date(2025, 1, 1)))
        assert "- **Ann** (person), head of the Navy. Also written “A”, “B”. S1 [^1]" in text

    def test_quote_of_several_paragraphs(self, document: Make) -> None:
        made = document("Title\n\nHe said “One.\n\nTwo.”", quotes=[("One.\n\nTwo.", None)])
        text = render(Selection(documents=(made,), day=date(2025, 1, 1)))
        assert "> “One.\n>\n> Two.”\n\n— speaker not named. S1 [^1]" in text

    def test_nothing_found(self, document: Make) -> None:
        text = render(Selection(documents=(document("Empty\n\nNo facts."),), day=date(2025, 1, 1)))
        assert text.startswith("# Brief: Empty\n")
        assert text.count("None found.") == 3
        assert gfm().parse(text)

    def test_is_the_same_each_time(self, selection: Selection) -> None:
        assert all(render(selection, made) == render(selection, made) for made in FORMATS)


class TestReviews:
    def test_rejected_facts_are_left_out_and_edited_ones_corrected(self, lake, wire) -> None:
        found = lake[1]
        verdicts = {
            **review(lake, found.counts[1], "rejected"),
            **review(lake, found.counts[0], "edited", low=5, high=5),
            **review(lake, found.quotes[0], "accepted"),
        }
        selection = Selection(documents=(lake, wire), day=date(2025, 8, 1), reviews={lake[0].id: verdicts})
        text = render(selection)
        assert "Typhoon" not in text
        assert "| 5 | Gripen | Swedish Air Force | aircraft | corrected in review | S1 [^1] |" in text
        assert "; accepted in review. S1" in text
        assert "9 facts, found by program; 2 reviewed by a person, 1 of them corrected." in text
        assert "corrected in review" in render(selection, "html")
        csv = render(selection, "csv")
        assert "Typhoon" not in csv
        assert ",5,5,5,false,Gripen," in csv

    def test_only_accepted(self, lake) -> None:
        verdicts = review(lake, lake[1].counts[1], "accepted")
        selection = Selection((lake,), date(2025, 8, 1), reviews={lake[0].id: verdicts}, accepted_only=True)
        brief = compose(selection)
        assert [line.item for line in brief.counts] == ["Typhoon"]
        assert not brief.participants
        assert not brief.quotes

    def test_a_correction_that_does_not_fit_is_named(self, lake) -> None:
        verdicts = review(lake, lake[1].counts[1], "edited", low="many")
        with pytest.raises(ExportError, match=r"correction of count:.* does not fit: low"):
            compose(Selection((lake,), date(2025, 8, 1), reviews={lake[0].id: verdicts}))


class TestComparison:
    def test_agreement_is_shown(self, lake, wire) -> None:
        text = render(Selection((lake, wire), date(2025, 8, 1), comparison=compared(lake, wire)))
        assert "| 3 | Gripen | Swedish Air Force | aircraft | ≠ S2: “4” | S1 [^1] [^2] |" in text
        assert "| 2 | Typhoon | not stated | aircraft | ○ S2 silent | S1 [^3] |" in text
        assert "— **Ada Lind** (person); \\~ S2: “at once,”. S1" in text
        assert "- ≠ **Gripen**: the numbers differ (2 sources).\n  - “3” S1 [^1] [^2]\n  - “4” S2 [^5]\n" in text
        assert "S1 and S2 carry largely the same text (91 % alike): together they are one origin." in text
        assert "Where the sources differ" in render(
            Selection((lake, wire), date(2025, 8, 1), comparison=compared(lake, wire)), "html"
        )

    def test_rejecting_one_side_ends_the_dispute(self, lake, wire) -> None:
        verdicts = {wire[0].id: review(wire, wire[1].counts[0], "rejected")}
        brief = compose(Selection((lake, wire), date(2025, 8, 1), reviews=verdicts, comparison=compared(lake, wire)))
        assert [claim.status for claim in brief.claims] == ["single", "altered", "single"]
        assert brief.claims[0].origins == 1

    def test_documents_outside_the_selection_do_not_appear(self, lake, wire) -> None:
        brief = compose(Selection((lake,), date(2025, 8, 1), comparison=compared(lake, wire)))
        assert [claim.status for claim in brief.claims] == ["single", "single", "single"]
        assert not brief.copies

    def test_no_contradiction(self, lake, wire) -> None:
        nothing = Comparison(groups=(), near_duplicates=())
        text = render(Selection((lake, wire), date(2025, 8, 1), comparison=nothing))
        assert "No contradiction was found." in text


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


class TestHostile:
    @pytest.mark.parametrize("words", HOSTILE)
    def test_nothing_takes_effect_in_any_format(self, document: Make, words: str) -> None:
        clean = SafeText(words)
        one = document(
            f"{words}\n\nHe said “{words}” there, two jets.",
            title=words, publisher=words, author=words, path=f"/x/{words}", warnings=[words],
            counts=[("two jets", 2, words, words)],
            participants=[("He", words, "person", {"role": words, "affiliation": words, "aliases": (clean,)})],
            quotes=[(clean, words, {"cue": words})],
        )  # fmt: skip
        selection = Selection((one,), date(2025, 8, 1), title=SafeText(words))
        tokens = gfm().parse(render(selection))
        assert not kinds(tokens) & {"link_open", "html_inline", "html_block", "image", "fence", "code_inline", "hr"}
        headings = [shown(tokens[n + 1].children) for n, token in enumerate(tokens) if token.type == "heading_open"]
        assert headings == [clean.line(), "Sources", "Counts", "Participants", "Also mentioned", "Quotes", "Notes"]
        page = Page(render(selection, "html"))
        assert not page.tags & {"script", "img"}
        assert not {name for name, _ in page.attributes} & {"onerror", "onclick", "src"}
        assert all((value or "").startswith("#") for name, value in page.attributes if name == "href")
        assert clean.line() in page.text
        assert json.loads(render(selection, "json"))["title"] == clean.line()
        for made in FORMATS:
            assert "\x1b" not in render(selection, made)
            assert "\u202e" not in render(selection, made)


def test_a_source_with_pages_is_cited_by_them(document: Make) -> None:
    text = "A title\n\nTwo tugs left.\n\nThree barges stayed."
    pages = (SourcePage(start=0, label=SafeText("iv")), SourcePage(start=text.index("Three"), label=SafeText("1")))
    counts = [("Two tugs", 2, "tug"), ("Three barges", 3, "barge")]
    made = Selection(documents=(document(text, counts=counts, pages=pages),), title=SafeText("T"), day=date(2025, 8, 1))
    brief = render(made, "markdown")
    assert "[^1]: S1 *A title*, p. iv: “Two tugs”." in brief
    assert "[^2]: S1 *A title*, p. 1: “Three barges”." in brief
    assert "or the page of a source with pages; the title" in brief
    assert [note["page"] for note in json.loads(render(made, "json"))["notes"]] == ["iv", "1"]


def test_what_is_in_an_archive_keeps_its_place_there() -> None:
    assert whereabouts("/home/me/a.zip » inner/b.txt") == "a.zip » inner/b.txt"
    assert whereabouts("- » message 1") == "standard input » message 1"


class TestJson:
    def test_shape(self, selection: Selection) -> None:
        made = json.loads(render(selection, "json"))
        assert set(made) == {"version", "title", "date", "sources", "counts", "participants", "quotes", "compared",
                             "claims", "copies", "notes"}  # fmt: skip
        assert made["date"] == "2025-08-01"
        assert made["notes"][0] == {
            "number": 1, "source": 1, "paragraph": 2, "sentence": 1, "start": 22, "end": 43, "page": None,
            "place": None, "evidence": "Three Gripen fighters", "speaker": None, "cue": None,
        }  # fmt: skip


def test_format_follows_the_file_name() -> None:
    assert [format_of(name) for name in ("a.md", "b.HTML", "c.json", "d.csv", "e")] == [
        "markdown", "html", "json", "csv", "markdown",
    ]  # fmt: skip


def test_title_defaults_to_what_there_is(selection: Selection) -> None:
    assert replace(selection, title=SafeText("")).heading == "Brief on 2 sources"
