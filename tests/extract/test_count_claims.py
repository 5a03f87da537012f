"""What happened to the counted, and who says so, in texts of our own."""

import pytest
from spacy.language import Language

from briefing.model.facts import Count

WHAT = [
    ("Nine sailors were killed off Gotland.", ["killed"]),
    ("The blast left 14 dead and injured 30 people.", ["killed", "injured"]),
    ("Six people drowned and four men are missing.", ["killed", "missing"]),
    ("The frigate shot down three drones.", ["shot down"]),
    ("Two helicopters were brought down near the river.", ["shot down"]),
    ("Rebels set two lorries ablaze.", ["destroyed"]),
    ("Norway has sent six jets to the base.", ["deployed"]),
    ("Kenya ordered 12 helicopters.", ["ordered"]),
    ("Four missing hikers were found.", ["missing"]),
    ("The destroyer was guarding five tankers.", ["escorted"]),
    ("The ministry said that nine soldiers had been captured.", ["captured"]),
    ("Three drones launched from the coast turned back.", ["launched"]),
]

SAID = [
    ("Nine soldiers were killed, the Kenyan army said.", ["Kenyan Army"]),
    ("The Kenyan army said that nine soldiers were killed and two trucks burnt.", ["Kenyan Army", "Kenyan Army"]),
    ("Nairobi counts nine dead soldiers; residents speak of 20 bodies.", ["Kenya", "residents"]),
    ("According to medics, 30 people were hurt.", ["medics"]),
    ("Some 400 people fled, according to the Red Cross.", ["Red Cross"]),
    ("A storm sank nine boats in May.", [None]),
    ("By our count 12 drones crossed the line.", [None]),
    ("“We lost nine men in the storm,” said Colonel Ann Berg.", ["Ann Berg"]),
    ("Eleven people were missing, said Ann Berg, the mayor. She said that 300 people had left.", ["Ann Berg"] * 2),
]

COMMUNIQUE = (
    "Communiqué of the General Headquarters of the Navy on the incident of Saturday\n\n"
    "On 4 May the corvette found three fishing vessels within our waters. Two patrol boats were sent.\n"
)
TITLED = (
    "Nine sailors killed off Gotland\n\nSTOCKHOLM, May 3 (Baltic Wire) - Nine sailors were killed on Sunday, "
    "the Swedish Navy said. In 2007 four sailors died there.\n"
)


def counts(nlp: Language, text: str) -> tuple[Count, ...]:
    found: tuple[Count, ...] = nlp(text)._.briefing_counts
    return found


@pytest.mark.parametrize(("text", "what"), WHAT)
def test_what_happened(nlp: Language, text: str, what: list[str]) -> None:
    assert [c.what for c in counts(nlp, text)] == what


@pytest.mark.parametrize(("text", "asserters"), SAID)
def test_who_says_so(nlp: Language, text: str, asserters: list[str | None]) -> None:
    found = [c.asserted_by and str(c.asserted_by).removeprefix("the ") for c in counts(nlp, text)]
    assert [name and name.lower() for name in found] == [name and name.lower() for name in asserters]


def test_a_communique_asserts_in_its_issuers_name(nlp: Language) -> None:
    assert {c.asserted_by for c in counts(nlp, COMMUNIQUE)} == {"General Headquarters of the Navy"}


def test_a_title_speaks_from_whoever_the_body_has_the_figure_from(nlp: Language) -> None:
    title, body, background = counts(nlp, TITLED)
    assert title.asserted_by == body.asserted_by == "Swedish Navy"
    assert background.asserted_by is None
