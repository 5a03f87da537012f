"""One name for one thing: who speaks and who owns bears the name of the participant that they are."""

from pathlib import Path

import pytest
from spacy.language import Language

from briefing.extract.pipeline import parse
from briefing.sources import read_file

SEEDS = sorted((Path(__file__).parents[2] / "seeds").iterdir())
TEXTS = [
    "Captain Ida Stern of the Chilean navy waved. “We sail at dawn,” Stern said. Chile's navy sent two frigates.",
    "Fighters of ISIL held the ridge. Planes struck the ridge and destroyed two ISIL-held vehicles. ISIL said nothing.",
    "Kenya’s defence ministry said four boats were lost. “The sea took them in an hour,” the ministry said.",
    *[str(read_file(seed).text) for seed in SEEDS],
]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: str(text)[:30])
def test_speakers_and_operators_bear_their_participants_names(nlp: Language, text: str) -> None:
    ((_, doc),) = parse(nlp, [(text, None)])
    names = {str(p.name) for p in doc._.briefing_participants}
    forms: dict[str, set[str]] = {}
    for participant in doc._.briefing_participants:
        for alias in participant.aliases:
            forms.setdefault(str(alias), set()).add(str(participant.name))
    said = [str(q.speaker) for q in doc._.briefing_quotes if q.speaker]
    owned = [str(c.operator) for c in doc._.briefing_counts if c.operator]
    assert said or owned
    for name in (*said, *owned):
        assert name in names or len(forms.get(name, ())) != 1, f"{name} is a form of {forms[name]}"
