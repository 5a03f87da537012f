"""Entities over all sources."""

from typing import Any

import pytest

from briefing.library import Library
from briefing.library.entities import cards
from briefing.model.safetext import SafeText
from briefing.model.source import Source

from .made import make_extraction, make_source


def test_a_card(library: Library, sources: list[Source]) -> None:
    card = library.entity("United States", "NATION", about=((SafeText("Kind"), SafeText("nation")),))
    assert (card.name, card.type, card.mentions, card.sources) == ("United States", "NATION", 2, 2)
    assert [(way.text, way.mentions) for way in card.ways] == [("American", 1), ("U.S.", 1)]
    assert card.about == (("Kind", "nation"),)
    company = [(one.type, one.name) for one in card.company]
    assert ("PLACE", "Guam") in company
    assert ("NATION", "United States") not in company
    assert len(set(company)) == len(company)
    newest, oldest = card.occurrences
    assert newest.source_id == sources[1].id
    assert oldest.source_id == sources[0].id
    for seen in card.occurrences:
        text = library.source(seen.source_id).text
        assert text[seen.start : seen.end] in {"American", "U.S."}
        assert text[seen.start : seen.end] in seen.snippet
        written = text[seen.start : seen.end]
        assert seen.snippet[seen.at : seen.at + len(written)] == written
        assert "\n" not in seen.snippet


def test_its_facts(library: Library, sources: list[Source]) -> None:
    caine = library.entity("Dan Caine", "PERSON")
    assert [(one.named_as, one.source_id) for one in caine.facts] == [
        ("participant", sources[0].id),
        ("speaker", sources[0].id),
    ]
    said = caine.facts[1]
    assert sources[0].text[said.start : said.end] == "We stand ready for ballistic-missile tests,"
    fighters = library.entity("F-2", "AIRCRAFT")
    assert [(one.named_as, one.fact.key.partition(":")[0]) for one in fighters.facts] == [("item", "count")]
    assert fighters.looked == 1


def test_occurrences_are_bounded(library: Library) -> None:
    assert len(library.entity("B-52H Stratofortress", "AIRCRAFT", occurrences=1).occurrences) == 1
    assert library.entity("B-52H Stratofortress", "AIRCRAFT", occurrences=0).occurrences == ()


def test_a_card_of_what_nobody_mentions(library: Library) -> None:
    card = library.entity("Atlantis", "NATION")
    assert (card.mentions, card.sources, card.occurrences) == (0, 0, ())


def test_the_list(library: Library, sources: list[Source]) -> None:
    assert library.entities()[0] == ("United States", "NATION", 2)
    assert [name for name, _, _ in library.entities("kim")] == ["Kim Myung-soo"]
    assert [name for name, _, _ in library.entities("myung s")] == ["Kim Myung-soo"]
    assert [name for name, _, _ in library.entities("amer")] == ["United States"]
    assert [name for name, _, _ in library.entities("b-52")] == ["B-52H Stratofortress"]
    assert library.entities("nobody") == []
    assert len(library.entities(limit=2)) == 2
    library.remove(sources[1].id)
    assert library.entities("kcna") == []


def test_many_sources(library: Library) -> None:
    for n in range(30):
        source = make_source(f"Japan and Guam, number {n}")
        library.add(source, make_extraction(source))
    card = library.entity("Japan", "NATION", occurrences=10)
    assert (card.sources, card.mentions, len(card.occurrences)) == (31, 31, 10)
    assert (card.company[0].name, card.company[0].sources) == ("Guam", 31)


def test_no_more_sources_are_fetched_than_are_looked_at(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server sends all rows that a statement finds before the first of them can be looked at."""
    for n in range(12):
        source = make_source(f"Japan and Guam, number {n}")
        library.add(source, make_extraction(source))
    whole = library.entity("Japan", "NATION", occurrences=10)
    monkeypatch.setattr(cards, "_PAGE", 3)
    assert library.entity("Japan", "NATION", occurrences=10) == whole
    assert library.entity("Japan", "NATION").looked == 13
    monkeypatch.setattr(cards, "_LOOKED", 2)
    fetched = []
    with library.store.read() as db:

        class Watched:
            def execute(self, sql: str, values: Any = ()) -> Any:
                rows = db.execute(sql, values).fetchall()
                fetched.append(len(rows) if "JOIN body" in sql else 0)
                return Found(rows)

        class Found(list[Any]):
            def fetchall(self) -> list[Any]:
                return self

            def fetchone(self) -> Any:
                return self[0] if self else None

        cards.card(Watched(), "Japan", "NATION", (), 1)  # type: ignore[arg-type]
    assert sum(fetched) == 3
