"""One name for one thing: who speaks and who owns bears the name of the participant that they are."""

from pathlib import Path

import pytest
from spacy.language import Language

from briefing.extract.pipeline import parse
from briefing.sources import read_file

FIELDS = ("speaker", "relay", "operator", "asserted_by")
SEEDS = sorted((Path(__file__).parents[2] / "seeds").iterdir())
TEXTS = [
    "Captain Ida Stern of the Chilean navy waved. “We sail at dawn,” Stern said. Chile's navy sent two frigates.",
    "Fighters of ISIL held the ridge. Planes struck the ridge and destroyed two ISIL-held vehicles. ISIL said nothing.",
    "Kenya’s defence ministry said four boats were lost. “The sea took them in an hour,” the ministry said.",
    (
        "General Ama Osei leads the Ghana Navy. “Two boats are lost,” Osei said, according to the agency Tema Wire. "
        "The navy has 12 patrol boats, said the Ghanaian navy. “We count on them,” added the general."
    ),
    "The Ministry of Defence (MoD) of Peru said on Monday that 30 soldiers were hurt. “They walk again,” the MoD said.",
    *[str(read_file(seed).text) for seed in SEEDS],
    *[file.read_text("utf-8") for file in sorted(Path(__file__).with_name("golden").glob("*.txt"))],
]


def _bare(name: str) -> str:
    """A name without what only its place in a sentence gives it."""
    return name.lower().removeprefix("the ").replace("’", "'").removesuffix("'s")


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: str(text)[:30])
def test_speakers_and_operators_bear_their_participants_names(nlp: Language, text: str) -> None:
    ((_, doc),) = parse(nlp, [(text, None)])
    participants = doc._.briefing_participants
    names = {str(p.name) for p in participants}
    forms: dict[str, set[str]] = {}
    for participant in participants:
        for form in (participant.name, *participant.aliases):
            forms.setdefault(_bare(form), set()).add(str(participant.name))
    facts = (*doc._.briefing_quotes, *doc._.briefing_counts)
    said = [str(name) for fact in facts for field in FIELDS if (name := getattr(fact, field, None))]
    assert said
    for name in said:
        assert name in names or len(forms.get(_bare(name), ())) != 1, f"{name} is a form of {forms[_bare(name)]}"
