"""What the words around a name say someone is."""

import pytest
from spacy.language import Language

from briefing.extract.entities.doc_mentions import Mentions, mentions_of
from briefing.extract.lexicon.titles import load_titles
from briefing.extract.nlp.token_columns import view_of
from briefing.extract.participants.component import Participants
from briefing.extract.participants.roles import Roles
from briefing.extract.persons.component import resolve_people


def role(nlp: Language, text: str, who: str) -> str | None:
    """The role of the person of this name, as the participant component gives it."""
    doc = nlp(text)
    people = [p for p in doc._.briefing_participants if p.kind == "person" and p.name == who]
    assert people, [p.name for p in doc._.briefing_participants]
    return people[0].role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Col. Ida Brook, commander of the wing, left early.", "commander of the wing"),
        ("Col. Ida Brook, the commander of the wing, left early.", "commander of the wing"),
        ("Col. Ida Brook, who commands the wing, left early.", "commander of the wing"),
        ("Col. Ida Brook, who is deputy director for plans, left early.", "deputy director for plans"),
        ("Col. Ida Brook is the head of the rescue centre.", "head of the rescue centre"),
        ("Col. Ida Brook of Canada, the deputy commander, left early.", "deputy commander"),
        ("The strike hit Chilean admiral, Ida Brook.", "admiral"),
        ("The wing's commander, Col. Ida Brook, left early.", "commander"),
        ("Deputy Defence Minister Ida Brook left early.", "Deputy Defence Minister"),
        ("Minister for the Armed Forces Ida Brook left early.", "Minister for the Armed Forces"),
        ("Defence secretary Ida Brook left early.", "Defence secretary"),
        (
            "Commissioner Ida Brook of the Harbour Police Authority left early.",
            "Commissioner of the Harbour Police Authority",
        ),
        ("Ida Brook, spokeswoman for the fleet, declined.", "spokeswoman for the fleet"),
        ("Chairman of the Joint Chiefs of Staff Adm. Ida Brook left early.", "Chairman of the Joint Chiefs of Staff"),
        ("Wing Commander Ida Brook left early.", "Wing Commander"),
        ("Commander-in-Chief Ida Brook left early.", "Commander-in-Chief"),
        ("Cdr Ida Brook, Commanding Officer HMS Hazard, left early.", "Commanding Officer HMS Hazard"),
        ("Ida Brook, aide to Tom Marsh, left early.", "aide to Tom Marsh"),
        ("Gen. Ida Brook, commander, U.S. Central Command, left early.", "commander, U.S. Central Command"),
        ("Gen. Ida Brook, the lead investigating officer, left early.", "lead investigating officer"),
        ("Press operations director Navy Capt. Ida Brook left early.", "Press operations director"),
        ("Former Ohio Gov. Ida Brook left early.", "Former Ohio Gov."),
    ],
)
def test_roles_are_read(nlp: Language, text: str, expected: str) -> None:
    assert role(nlp, text, "Ida Brook") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ida Brook left early.",
        "Dr. Ida Brook left early.",
        "Ida Brook, of Northport, left early.",
        "Ida Brook, Commander Tom Marsh and a guide left early.",
    ],
)
def test_no_role_is_made_up(nlp: Language, text: str) -> None:
    assert role(nlp, text, "Ida Brook") is None


def test_the_longest_office_of_the_text_wins(nlp: Language) -> None:
    text = "Col. Ida Brook arrived. Col. Ida Brook, commander of the wing, spoke. Commander Brook left."
    assert role(nlp, text, "Ida Brook") == "commander of the wing"


def test_a_name_after_an_office_is_not_its_own_charge(nlp: Language) -> None:
    text = "Ida Brook, head of Northport Rescue, praised Tom Marsh, its pilot."
    doc = nlp(text)
    found = {p.name: p.role for p in doc._.briefing_participants if p.kind == "person"}
    assert found.get("Tom Marsh") == "pilot"


def test_roles_at_the_edges_of_a_text(nlp: Language) -> None:
    for text in ("Ida Brook", "Ida Brook,", "Ida Brook, head", "Ida Brook is", ", Ida Brook", "General Ida Brook"):
        doc = nlp(text)
        view = view_of(doc)
        found = Mentions(view, resolve_people(view, mentions_of(doc).all), mentions_of(doc).lexicon, {})
        for mention in found.all:
            for read in Roles(view, found, load_titles()).of(mention):
                assert 0 <= read.start < read.end <= len(text)


def test_the_component_is_found_by_name(nlp: Language) -> None:
    assert isinstance(nlp.get_pipe("briefing_participants"), Participants)


def test_roles_of_paraphrased_text_are_restored(nlp: Language) -> None:
    text = (
        "The U.S. Air Drive moved jets to the Center East on Might 6. Japan's Air Self-Protection Drive sent two more. "
        "Kenyan Overseas Minister Ida Brook mentioned the move on Monday."
    )
    assert role(nlp, text, "Ida Brook") == "Foreign Minister"


def test_roles_of_ordinary_text_keep_their_words(nlp: Language) -> None:
    assert role(nlp, "Kenyan Overseas Minister Ida Brook left early.", "Ida Brook") == "Overseas Minister"
