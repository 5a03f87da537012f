"""Spans found in the text as the extractor sees it are put back onto the stored one."""

# ruff: noqa: E501 - inputs that are tables or lines of their own
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract.nlp.folding import fold
from briefing.model.source import Aside

PLAIN = {
    "ﬂoating cranes": "floating cranes",
    "hel\u00adicop\u200bters": "helicopters",
    "8 ¹trawlers, 4³tugs and 12 ²,³lighters": "8 trawlers, 4 tugs and 12 lighters",
    "37⁵ trawlers, 2025³ and 30 m²": "37 trawlers, 2025 and 30 m2",
    "7⁽ᵇ⁾ tugs, 8⁽²⁾ boats and 9ᵃ rafts": "7 tugs, 8 boats and 9 rafts",
    "2 × 10⁶ rounds of H₂O": "2 × 10⁶ rounds of H2O",
    "4\u202f800 and 1 234 567 and 3 500 shells": "4,800 and 1,234,567 and 3,500 shells",
    "In 2023 300 men; on May 14 120 men; squadron 12 200 men": "In 2023 300 men; on May 14 120 men; squadron 12 200 men",
    "1.250.000 men, 12.000 shells, 12.000 tons, 1.250 km": "1,250,000 men, 12,000 shells, 12.000 tons, 1.250 km",
    "between 1 200 and 1 500 men; T-72 x12; a fifth of a million": "between 1,200 and 1,500 men; T-72 x 12; 0.2 million",
    "2 lakh rounds, 3.5 crore rounds, a lakh of rounds": "200,000 rounds, 35,000,000 rounds, 100,000 of rounds",
    "3 pcs. D-30 and 4 pcs T-72B3": "3 D-30 and 4 T-72B3",
    "12’500 men and 1,20,000 rounds": "12,500 men and 120,000 rounds",
    "3½ million, 2 1/4 million, a quarter of a million": "3.5 million, 2.25 million, 0.25 million",
    "1,5 million shells, 1,500 shells; ٣٤ tanks, १२ guns": "1.5 million shells, 1,500 shells; 34 tanks, 12 guns",
    "1.5m shells, 5m wide, $3m people": "1.5 million shells, 5m wide, $3m people",
    "2×Su–25, 3xMiG-29, 4x4 vehicles, Larn–class": "2 Su-25, 3 MiG-29, 4x4 vehicles, Larn-class",
    "> two tugs\n>> >120 men\nmore than >5": "two tugs\n120 men\nmore than >5",
    "1990–1995, pages 3–7, Paris–London": "1990–1995, pages 3–7, Paris–London",
}  # fmt: skip


@pytest.mark.parametrize("stored", PLAIN)
def test_plain(stored: str) -> None:
    assert fold(stored).text == PLAIN[stored]


def test_a_plain_text_is_seen_as_it_is() -> None:
    folded = fold("Eight tugs left the port.")
    assert folded.same
    assert folded.span(0, 5) == (0, 5)


def test_asides_are_not_seen() -> None:
    text = "New words.\n> Old words.\nMore."
    folded = fold(text, [Aside(start=11, end=23, kind="quoted")])
    assert folded.text == "New words.\n\n\nMore."
    start = folded.text.index("More")
    assert folded.span(start, start + 4) == (24, 28)


ALPHABET = "a1 2,.\n>–-xﬁ\u00ad\u200b\u00a0\u202f⁵₁½F16m“” milonquarterf"


@given(st.text(ALPHABET, max_size=60), st.data())
def test_every_span_is_within_and_in_order(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    assert (folded.text == text) or not folded.same
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    kept = [place for place in range(len(folded.text)) if folded.text[place] in "aqu"]
    for place in kept:
        one, after = folded.span(place, place + 1)
        assert folded.text[place] in text[one:after]
