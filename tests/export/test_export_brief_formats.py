"""The brief in its formats: complete, parseable, cited, and deaf to what its sources say."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from made_briefs import PAGES, Make, headings
from markdown_it import MarkdownIt
from parsed import HOSTILE, gfm, kinds

from briefing.export import Selection, compose, format_of, render
from briefing.export.grades import Grades
from briefing.model.safetext import SafeText
from briefing.model.wording import whereabouts


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
        assert "- **S1** *Patrol over the lake*, Swedish Armed Forces, 12 July 2025" in text
        assert "file dated 14 July 2025, graded A.\n" in text
        assert f". {whole.documents[0][0].id}\n" in text
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
        rendered = {made: render(selection, made) for made in {*PAGES, "markdown", "html", "json"}}
        text = rendered["markdown"]
        tokens = gfm().parse(text)
        assert not kinds(tokens) & {"link_open", "html_inline", "html_block", "image", "fence", "code_inline", "hr"}
        assert headings(text) == [clean.line(), "Bottom line", "Key figures", "What the sources say",
                                  "Others with a role", "Sources", "Notes"]  # fmt: skip
        page = Page(rendered["html"])
        assert not page.tags & {"script", "img"}
        assert not {name for name, _ in page.attributes} & {"onerror", "onclick", "src"}
        assert all((value or "").startswith("#") for name, value in page.attributes if name == "href")
        assert clean.line() in page.text
        assert json.loads(rendered["json"])["title"] == clean.line()
        for written in rendered.values():
            assert "\x1b" not in written
            assert "\u202e" not in written


def test_what_is_in_an_archive_keeps_its_place_there() -> None:
    assert whereabouts("/home/me/a.zip » inner/b.txt") == "a.zip » inner/b.txt"
    assert whereabouts("- » message 1") == "standard input » message 1"


class TestJson:
    def test_shape(self, whole: Selection) -> None:
        made = json.loads(render(whole, "json"))
        assert set(made) == {"version", "title", "date", "bottom_line", "page_one", "events", "claims", "participants",
                             "sources", "compared", "copies", "recalled", "changes", "notes",
                             "reader_notes"}  # fmt: skip
        assert made["date"] == "2025-08-01"
        assert made["notes"][0] == {
            "number": 1, "source": 1, "paragraph": 2, "sentence": 1, "start": 22, "end": 96, "page": None,
            "place": None, "box": None, "head": [],
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
