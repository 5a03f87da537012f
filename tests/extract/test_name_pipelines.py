"""Names in other languages, by the pipelines that the settings name."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from briefing.extract import pipeline
from briefing.extract.name_pipelines import NamePipelines, problem
from briefing.extract.nlp.fingerprint import fingerprint
from briefing.model.facts import Extraction
from briefing.model.safetext import SafeText
from briefing.model.source import Page, Source

FRENCH = "Le général Alain Petit a dit à Toulon que 4 F-16 sont partis. « Deux bombardiers », a ajouté Alain Petit."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    nlp = spacy.blank("fr")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "PER", "pattern": "Alain Petit"},
            {"label": "LOC", "pattern": "Toulon"},
            {"label": "MISC", "pattern": "Deux bombardiers"},
            {"label": "PER", "pattern": "F-16"},
        ]
    )
    path = tmp_path_factory.mktemp("pipelines") / "french"
    nlp.to_disk(path)
    return path


def source(text: str, language: str = "fr", pages: tuple[Page, ...] = ()) -> Source:
    return Source(
        id="a" * 64, path=SafeText("a.txt"), title=SafeText("a"), text=SafeText(text), language=language, pages=pages
    )


def found(nlp: Language, one: Source, **named: str) -> Extraction:
    return next(pipeline.extract(nlp, [one], "f", NamePipelines(named)))


def test_names_of_a_text_in_another_language(nlp: Language, folder: Path) -> None:
    said = found(nlp, source(FRENCH), fr=str(folder))
    names = [(one.text, one.type) for one in said.mentions]
    assert ("Alain Petit", "PERSON") in names
    assert ("Toulon", "PLACE") in names
    assert ("F-16", "AIRCRAFT") in names  # a designation is one in any language, whatever the pipeline takes it for
    assert not [name for name, _ in names if name == "Deux bombardiers"]
    assert [(one.low, one.item) for one in said.counts] == [(4, "F-16")]
    assert not said.quotes
    assert not said.participants
    assert "only names, designations" in said.warnings[0].message
    assert all(one.text == FRENCH[one.start : one.end] for one in said.mentions)


def test_long_texts_are_seen_in_parts(nlp: Language, folder: Path) -> None:
    text = "\n".join(["mot " * 700, "Alain Petit", "x" * 30_000, "Toulon est loin."])
    names = [(one.text, text[one.start : one.end]) for one in found(nlp, source(text), fr=str(folder)).mentions]
    assert names == [("Alain Petit", "Alain Petit"), ("Toulon", "Toulon")]


def test_other_languages_and_english_are_as_before(nlp: Language, folder: Path) -> None:
    german = found(nlp, source("Toulon ist weit.", "de"), fr=str(folder))
    assert not german.mentions
    english = source("Gen. Alan Small said in Toulon that four bombers left.", "en")
    assert found(nlp, english, fr=str(folder)) == found(nlp, english)


def test_names_on_a_scan_are_less_sure(nlp: Language, folder: Path) -> None:
    scanned = source(FRENCH, pages=(Page(start=0, label=SafeText("1"), kind="scan"),))
    assert {one.confidence for one in found(nlp, scanned, fr=str(folder)).mentions if one.type == "PERSON"} == {"low"}


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("fr", "fr_core_news_nowhere", "not installed; try: python -m spacy download fr_core_news_nowhere"),
        ("de", "", "is for French"),
    ],
)
def test_a_pipeline_that_cannot_be_used_is_a_sentence(
    nlp: Language, folder: Path, language: str, name: str, words: str
) -> None:
    used = name or str(folder)
    assert words in (problem(language, used) or "")
    said = found(nlp, source(FRENCH, language), **{language: used})
    assert words in said.warnings[0].message
    assert [(one.low, one.item) for one in said.counts] == [(4, "F-16")]


def test_one_without_names_or_damaged_is_a_sentence(tmp_path: Path) -> None:
    spacy.blank("fr").to_disk(tmp_path / "empty")
    assert "finds no names" in (problem("fr", str(tmp_path / "empty")) or "")
    (tmp_path / "bad").mkdir()
    assert "cannot be loaded" in (problem("fr", str(tmp_path / "bad")) or "")


def test_the_fingerprint_names_the_pipelines(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}")
    plain = fingerprint()
    with_french = fingerprint(languages={"fr": str(tmp_path)})
    assert fingerprint(languages={}) == plain != with_french
    assert fingerprint(languages={"de": str(tmp_path)}) not in {plain, with_french}
