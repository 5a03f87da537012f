"""The brief for other programs, and grades."""

import io
import json
import shutil
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from briefing.export import Selection, render, render_bytes
from briefing.export.formats.geojson import point_of
from briefing.export.grades import GradeError, Grades, grades_from, offered
from briefing.model.agreement import Agreement, ClaimItem, Comparison
from briefing.model.event import Event
from briefing.model.safetext import SafeText
from briefing.model.source import Source


def test_csl_names_what_is_known(lake, document) -> None:
    page = document("Page\n\nText.", path="https://example.org/a")
    first, second = json.loads(render(Selection((lake, page), date(2025, 8, 1)), "csl-json"))
    assert first["issued"] == {"date-parts": [[2025, 7, 12]]}
    assert first["container-title"] == "Swedish Armed Forces"
    assert (second["type"], second["URL"]) == ("webpage", "https://example.org/a")


def test_ftm_ties_people_to_bodies_and_events_to_people(document) -> None:
    one = document(
        "Visit\n\nCol. Ada Lind of the Norland Navy came.",
        participants=[
            ("Col. Ada Lind", "Ada Lind", "person", {"role": "commander", "affiliation": "Norland Navy"}),
            ("Norland Navy", "Norland Navy", "organisation"),
        ],
    )
    event = Event(
        id="e", what=SafeText("A visit"), start_date="2025-07-11", place=SafeText("Oslo"),
        parties=(SafeText("Ada Lind"),), documents=(one[0].id,),
    )  # fmt: skip
    day = ClaimItem(document=one[0].id, start=0, end=5, value=SafeText("2025-07-11"))
    group = Agreement(kind="date", status="single", event="e", claim=SafeText("date"), origins=1, items=(day,))
    comparison = Comparison(groups=(group,), near_duplicates=(), events=(event,))
    lines = render(Selection((one,), date(2025, 8, 1), comparison=comparison), "ftm").splitlines()
    by_schema = {entity["schema"]: entity for entity in map(json.loads, lines)}
    person = by_schema["Person"]
    assert person["properties"]["position"] == ["commander"]
    assert by_schema["Membership"]["properties"]["member"] == [person["id"]]
    assert by_schema["Event"]["properties"]["involved"] == [person["id"]]
    assert by_schema["Event"]["properties"]["location"] == ["Oslo"]


def test_places_are_points_with_their_precision(document) -> None:
    one = document(
        "Visit\n\nFrom Oslo to Port Nowhere.",
        mentions=[("Oslo", "PLACE", "Oslo"), ("Port Nowhere", "PLACE", "Port Nowhere")],
    )
    made = json.loads(render(Selection((one,), date(2025, 8, 1)), "geojson"))
    (feature,) = made["features"]
    longitude, latitude = feature["geometry"]["coordinates"]
    assert (round(latitude), round(longitude)) == (60, 11)
    assert feature["properties"]["precision"].startswith("centre of the city")
    assert feature["properties"]["sources"] == ["S1"]
    assert made["unplaced"] == ["Port Nowhere"]


def test_a_city_is_known_with_its_nation_and_without_accents() -> None:
    assert point_of("Oslo, Norway") == point_of("oslo")
    assert point_of("Reykjavík") == point_of("Reykjavik") is not None
    assert point_of("the hills") is None


class TestGrades:
    def test_a_source_goes_before_its_publisher(self, lake) -> None:
        source = lake[0]
        grades = Grades(publishers={"swedish armed forces ": "B"})
        assert grades.of_source(source) == "B"
        assert replace(grades, sources={source.id[:10]: "D"}).of_source(source) == "D"
        assert Grades().of_source(source) is None

    @pytest.mark.parametrize(("origins", "credibility"), [(1, "2"), (2, "1")])
    def test_confirmed_needs_two_origins(self, lake, origins: int, credibility: str) -> None:
        fact = lake[1].counts[0]
        item = ClaimItem(document=lake[0].id, start=fact.start, end=fact.end, value=SafeText("3"))
        group = Agreement(kind="count", status="agree", claim=SafeText("x"), origins=origins, items=(item,))
        grades = Grades(items={f"{lake[0].id[:12]}:{fact.start}-{fact.end}": "1"})
        assert grades.of_claim(group, ["C", "B", None]) == f"B{credibility}"
        assert ("1" in offered(origins)) == (origins > 1)

    def test_nothing_graded(self, lake) -> None:
        group = Agreement(kind="count", status="single", claim=SafeText("x"), origins=1, items=())
        assert Grades().of_claim(group, [None]) is None

    @pytest.mark.parametrize(
        ("tables", "reason"),
        [
            ({"publishers": {"X": "G"}}, "publishers: X: 'G' is none of A"),
            ({"items": {"aabbcc:1-2": "A"}}, "items: aabbcc:1-2: 'A' is none of 1"),
            ({"items": {"aa:1-2": "2"}}, "items: 'aa:1-2' is not a place"),
            ({"sources": {"": "A"}}, "sources: '' is not an id of a source"),
            ({"sources": {"3": "A"}}, "sources: '3' is not an id of a source"),
            ({"publishers": {" ": "A"}}, "publishers: ' ' is not a name"),
            ({"publisher": {}}, "no table 'publisher'"),
            ({"sources": "A"}, "sources is no table"),
        ],
    )
    def test_what_is_no_grade_is_named(self, tables: dict, reason: str) -> None:
        with pytest.raises(GradeError, match=reason):
            grades_from(tables)

    def test_a_workspace_of_somebody_else_grades_nothing_that_it_does_not_name(
        self, lake: tuple[Source, object]
    ) -> None:
        grades = Grades().over({"sources": {"": "A", "3": "A"}, "publishers": {"": "A"}, "items": {"": "2"}})
        assert grades == Grades()
        assert grades.of_source(lake[0]) is None


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_word_has_footnotes_marked_words_and_tables(selection: Selection) -> None:
    made = render_bytes(selection, "docx")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        body = parts.read("word/document.xml").decode()
        notes = parts.read("word/footnotes.xml").decode()
    assert "<w:tbl>" in body
    assert "w:footnoteReference" in body
    assert "<w:b />" in body
    assert "Three Gripen fighters" in notes
