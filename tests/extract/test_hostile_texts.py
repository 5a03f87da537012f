"""Texts that end or go on where no prose does: read in time, with true offsets, and never lost."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from briefing.extract import guarded
from briefing.extract.nlp.long_runs import EQUAL, SOLID, parts_of, tokenized
from briefing.extract.pipeline import extract
from briefing.model.facts import Extraction
from briefing.model.safetext import SafeText
from briefing.model.source import Source
from briefing.paths import shipped
from briefing.sources import read_file

SENTENCES = (
    "Two bombers flew over Guam with the 1st Armored Brigade",
    "“We counted 14 tanks,” said Maj. Gen. Ida Holm, commander of the 3rd Naval Wing (3 NW), in Oslo on 4 May 2024",
    "According to the ministry's Capt. Ann Lee of the U.S. Navy, more than 20 to 30 F-16s (x2) cost $3 million or so",
)


def extractions(nlp: Language, texts: list[str]) -> Iterator[Extraction]:
    made = (Source(id="a", path=SafeText("a"), title=SafeText("a"), text=SafeText(text)) for text in texts)
    return extract(nlp, made, "f")


def whole(found: Extraction) -> bool:
    return not any(warning.kind == "not-extracted" for warning in found.warnings)


def truncated(nlp: Language, text: str) -> list[str]:
    """The text cut after every token, each time with no more than the last two hundred characters or so before it."""
    ends = [token.idx + len(token) for token in nlp.make_doc(text)]
    return [text[max(0, text.rfind(" ", 0, max(0, end - 200))) : end] for end in ends]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_text_may_end_after_any_token(nlp: Language, sentence: str) -> None:
    cut = truncated(nlp, sentence)
    assert all(whole(found) for found in extractions(nlp, [*cut, *(text.rstrip(".") + " (" for text in cut)]))


def test_the_samples_may_end_after_any_token(nlp: Language) -> None:
    cut = [text for file in sorted(shipped("seeds").iterdir()) for text in truncated(nlp, str(read_file(file).text))]
    assert len(cut) > 1000
    assert all(whole(found) for found in extractions(nlp, cut[::7]))


@pytest.mark.parametrize(
    "number",
    ["9" * 16, "9" * 309, "9" * 5000, "9 " + "trillion " * 40, "1," + "000," * 200 + "000", "3 to " + "9" * 309],
)
def test_what_has_more_than_fifteen_digits_is_no_number(nlp: Language, number: str) -> None:
    (found,) = extractions(nlp, [f"They sent {number} tanks and 12 ships to Guam."])
    assert whole(found)
    assert all(count.low is None or count.low < 10**15 for count in found.counts)
    assert 12 in {count.low for count in found.counts}


def test_fifteen_digits_are_a_number(nlp: Language) -> None:
    (found,) = extractions(nlp, ["They sent 999,999,999,999,999 tanks to Guam."])
    assert [count.low for count in found.counts] == [999_999_999_999_999]


@pytest.mark.parametrize("mark", ["=", '"', "(", "_", "\ufffd", "😀", "$", "a(", "x=", "“a", "-1"])
def test_long_runs_take_no_longer_than_their_length(nlp: Language, mark: str) -> None:
    text = "Two jets flew to Guam. " + mark * (4000 // len(mark)) + " Three ships left Japan."
    start = time.process_time()
    (found,) = extractions(nlp, [text])
    assert time.process_time() - start < 5  # growing with the square, most of them take above 7
    assert {count.low for count in found.counts} >= {2, 3}
    assert all(text[m.start : m.end] == m.text for m in found.mentions)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.sampled_from("=(a1é😀 \n.’"), st.integers(1, 300)), max_size=8))
def test_parts_join_to_the_text_and_none_is_long_and_solid(runs: list[tuple[str, int]]) -> None:
    text = "".join(mark * times for mark, times in runs)
    parts = [text[start:end] for start, end in parts_of(text)]
    assert "".join(parts) == text
    assert all(len(word) <= SOLID for part in parts for word in part.split())
    assert all(len(part) <= EQUAL or len(set(part)) > 1 or part.isspace() for part in parts)


def test_parts_keep_their_places(nlp: Language) -> None:
    text = "So (" + "(" * 300 + "a" * 450 + " end.\n\nNew " + "=" * 65 + "!"
    doc = tokenized(nlp, text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


class Broken:
    """A component that fails."""

    def __init__(self, pipe: object) -> None:
        self.lexicon = getattr(pipe, "lexicon", None)

    def __call__(self, doc: object) -> object:
        raise IndexError("list index out of range")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("entities", "mentions"), ("quotes", "quotes"), ("counts", "counts"), ("participants", "participants")],
)
def test_a_component_that_fails_loses_its_own_facts_only(nlp: Language, name: str, kind: str) -> None:
    text = 'Japan sent two F-2 jets. "We are all ready for it," Anna Berg said.'
    (good,) = extractions(nlp, [text])
    assert all(getattr(good, each) for each in ("mentions", "quotes", "counts", "participants"))
    pipes = [(each, Broken(pipe) if each == f"briefing_{name}" else pipe) for each, pipe in nlp.pipeline]
    pipes = [each for each in pipes if each[0].startswith("briefing_") and each[0] != "briefing_paragraphs"]
    doc = guarded.run(guarded.annotated(nlp, [text], [each for each, _ in pipes])[0][0], pipes)
    assert getattr(doc._, f"briefing_{kind}") == ()
    (warning,) = (one for one in doc._.briefing_warnings if one.kind == "not-extracted")
    assert warning.message.startswith(name.capitalize())
    assert "IndexError" in warning.message
    if name != "entities":
        assert doc._.briefing_mentions == good.mentions


def test_a_text_that_the_model_fails_on_is_told_and_the_others_are_read(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = guarded.annotate

    def annotate(nlp: Language, texts: list[str], leave_out: list[str]) -> object:
        if any("POISON" in text for text in texts):
            raise ValueError("no such state")
        return real(nlp, texts, leave_out)

    monkeypatch.setattr(guarded, "annotate", annotate)
    first, second = extractions(nlp, ["POISON of two F-2 jets.", "Japan sent two F-2 jets."])
    assert [warning.kind for warning in first.warnings] == ["not-extracted"]
    assert whole(second)
    assert second.counts


def test_want_of_memory_is_passed_on(nlp: Language) -> None:
    def hungry(doc: object) -> object:
        raise MemoryError

    with pytest.raises(MemoryError):
        guarded.run(nlp.make_doc("Two jets."), [("briefing_counts", hungry)])


def test_two_names_that_look_alike_are_one_entity(nlp: Language) -> None:
    text = 'Ida Holm of Norway said: "We sent two F-35 jets there." Ida Ho\u200blm left Oslo. Ida Holm came back to it.'
    (found,) = extractions(nlp, [text])
    people = {str(mention.name) for mention in found.mentions if mention.type == "PERSON"}
    assert "Ida Holm" in people
    assert not any("\ufffd" in name for name in people)
    assert len([one for one in found.participants if one.name == "Ida Holm"]) == 1
