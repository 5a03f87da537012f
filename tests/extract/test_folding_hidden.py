"""Characters that nobody sees are U+FFFD in a stored text; the extractor reads the words without them."""

from spacy.language import Language

from briefing.extract.nlp.folding import fold
from briefing.extract.pipeline import extract
from briefing.model.safetext import SafeText
from briefing.model.source import Source


def _source(raw: str, encoding: str = "utf-8") -> Source:
    return Source(id="a", path=SafeText("a"), title=SafeText("a"), text=SafeText(raw), encoding=encoding)


def test_counts_are_read_through_zero_width_characters(nlp: Language) -> None:
    source = _source("The group sent four tan\u200bkers.\n\nThe group lost nine\u200b tankers and \u2060six trucks.\n")
    (found,) = extract(nlp, [source], "f")
    assert [(count.low, count.item) for count in found.counts] == [(4, "tanker"), (9, "tanker"), (6, "truck")]
    assert [source.text[count.start : count.end] for count in found.counts] == [
        count.evidence for count in found.counts
    ]
    assert "\ufffd" in found.counts[0].evidence


def test_what_may_stand_for_a_letter_stays() -> None:
    assert fold("Jos\ufffd sailed.").text == "Jos sailed."
    assert fold("Jos\ufffd sailed.", broken=True).text == "Jos\ufffd sailed."
    assert fold("a \ufffd b").text == "a \ufffd b"
