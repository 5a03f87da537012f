"""Whom mentions stand for, and what part they play."""

import pytest
from spacy.language import Language

from briefing.extract.lexicon.word_lists import load_word_lists
from briefing.extract.nlp.token_columns import view_of
from briefing.extract.participants import agency
from briefing.model.facts import Participant


def cast(nlp: Language, text: str) -> dict[str, Participant]:
    return {str(p.name): p for p in nlp(text)._.briefing_participants}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The 71st Fighter Wing sent two jets.", "71st Fighter Wing", "unit"),
        ("Task Force 88 sent two ships.", "Task Force 88", "unit"),
        ("HMS Hazard sailed at dawn.", "HMS Hazard", "unit"),
        ("The carrier Admiral Lobanov sailed at dawn.", "Admiral Lobanov", "unit"),
        ("The Kenyan Air Force sent two jets.", "Kenyan Air Force", "organisation"),
        ("Lowbridge Shipping Company lost a tug.", "Lowbridge Shipping Company", "organisation"),
        ("The Ohio National Guard sent two jets.", "Ohio National Guard", "organisation"),
        ("The government of Kenya agreed.", "Kenya", "nation"),
        ("Kenyan military aircraft landed.", "Kenya", "nation"),
    ],
)
def test_kinds(nlp: Language, text: str, name: str, kind: str) -> None:
    assert cast(nlp, text)[name].kind == kind


def test_two_nations_joined_by_and_are_two(nlp: Language) -> None:
    found = cast(nlp, "Kenyan and Norwegian officers met on Monday.")
    assert {"Kenya", "Norway"} <= set(found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The English-language service closed.", "United Kingdom"),
        ("The jet is called ‘Spirit of Kenya’ by its crew.", "Kenya"),
        ("NAIROBI, March 3 - Two jets landed.", "Kenya"),
        ("Reporters waited at the Pentagon.", "U.S. Department of Defense"),
    ],
)
def test_what_takes_no_part(nlp: Language, text: str, name: str) -> None:
    assert name not in cast(nlp, text)


def test_a_maker_in_a_type_name_is_listed_aside(nlp: Language) -> None:
    found = cast(nlp, "Two Boeing B-52s landed on Monday.")
    assert (found["Boeing"].kind, found["Boeing"].core) == ("organisation", False)


def test_a_unit_belongs_to_the_service_beside_it(nlp: Language) -> None:
    text = "The Royal Australian Air Force sent jets. The 71st Fighter Wing sent two more."
    assert cast(nlp, text)["71st Fighter Wing"].affiliation == "Royal Australian Air Force"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Kenya sent two ships.", agency.ACTS),
        ("Two ships were sent by Kenya.", agency.ACTS),
        ("According to Kenya, two ships left.", agency.ACTS),
        ("The rebels attacked Kenya.", agency.STRUCK),
        ("They warned against Kenya.", agency.STRUCK),
        ("Norway trained with Kenya.", agency.BESIDE),
        ("Two ships sank in Kenya.", agency.MENTIONED),
    ],
)
def test_the_part_a_mention_plays(nlp: Language, text: str, part: str) -> None:
    view = view_of(nlp(text))
    at = view.words.index("Kenya")
    assert agency.part_of(view, at, at + 1, load_word_lists().actors).part == part


def test_an_office_of_a_body_is_no_act_of_it(nlp: Language) -> None:
    view = view_of(nlp("The chairman of Kenya left early."))
    at = view.words.index("Kenya")
    assert agency.part_of(view, at, at + 1, load_word_lists().actors).part == agency.ACTS
    assert agency.part_of(view, at, at + 1, load_word_lists().actors, {"chairman"}).part == agency.MENTIONED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ships meet\n\nNAIROBI, March 3 (Meridian News) - Kenya sent two ships on Monday.", "Meridian News"),
        ("One Mesa Line official said that Kenya would send two ships.", "Mesa Line"),
        ("They came to defeat Hezbollah, said the minister.", "Hezbollah"),
    ],
)
def test_who_is_only_named_does_not_act(nlp: Language, text: str, name: str) -> None:
    found = cast(nlp, text)
    assert found
    assert name not in {who for who, one in found.items() if one.core}


def test_what_goes_on_since_a_year_is_not_past(nlp: Language) -> None:
    text = "On 4 May 2025 the ships sailed. The Kenyan Navy has guarded the strait since 2018."
    assert cast(nlp, text)["Kenyan Navy"].core


def test_a_body_and_the_body_it_owns_are_two(nlp: Language) -> None:
    text = "The Lowbridge Naval School's Harbour Logistics Institute opened a course on Monday."
    assert {"Lowbridge Naval School", "Harbour Logistics Institute"} <= set(cast(nlp, text))


def test_who_operates_what_is_counted_takes_part(nlp: Language) -> None:
    text = "A raid killed two militants of the Haqqani network near Mara. Haqqani militants had crossed the river."
    found = nlp(text)
    operators = {str(c.operator) for c in found._.briefing_counts if c.operator}
    assert operators
    assert operators <= {str(p.name) for p in found._.briefing_participants}


def test_the_office_at_the_head_of_a_line(nlp: Language) -> None:
    text = "Programme\n\nExercise director: Lt. Col. Ann Lee, 3rd Wing.\nDeputy commander: Maj. Jan Holm."
    found = cast(nlp, text)
    assert (found["Ann Lee"].role, found["Jan Holm"].role) == ("Exercise director", "Deputy commander")
