"""Documents that "it" and "the text" stand for, clauses that report for themselves, interviews, names behind a word."""

import pytest
from spacy.language import Language

from briefing.model.facts import Quote


def _quotes(nlp: Language, text: str) -> tuple[Quote, ...]:
    from briefing.extract.pipeline import parse

    ((_, doc),) = parse(nlp, [(text, None)])
    found: tuple[Quote, ...] = doc._.briefing_quotes
    return found


POINTED = [
    (
        (
            "Above the stove somebody has pinned a drawing from a school. It shows a boat with wings. "
            "“Come home when the herring runs,” it says."
        ),
        "drawing",
    ),
    (
        "The harbour board circulated a communiqué on Monday. “Every crew was paid in full,” reads the text.",
        "harbour board",
    ),
    (
        (
            "The Northern Oar union said in an advisory that two buoys were dark. "
            "“Vessels are asked to pass with care,” the advisory said."
        ),
        "Northern Oar",
    ),
]


@pytest.mark.parametrize(("text", "speaker"), POINTED, ids=[speaker for _, speaker in POINTED])
def test_a_document_that_is_pointed_back_to(nlp: Language, text: str, speaker: str) -> None:
    (quote,) = _quotes(nlp, text)
    assert quote.speaker is not None
    assert speaker in quote.speaker


def test_a_clause_that_reports_for_itself_is_no_aside(nlp: Language) -> None:
    (quote,) = _quotes(nlp, "Ida Stern reported it twice by radio, and the log entry reads, “Noise astern, sea calm.”")
    assert quote.speaker == "log entry"


def test_an_indented_line_below_a_quotation_signs_it(nlp: Language) -> None:
    text = "“Nobody asked us,” said Ida Stern.\n\n“The pier is closed.”\n      – Capt. Pia Holm, 3rd Brigade\n"
    assert [quote.speaker for quote in _quotes(nlp, text)] == ["Ida Stern", "Pia Holm"]


def test_an_aside_of_the_speaker_stays_one(nlp: Language) -> None:
    (quote,) = _quotes(nlp, "Ida Stern said, and I quote, “The pier is closed until the thaw.”")
    assert quote.speaker == "Ida Stern"


def test_one_of_them_is_whom_he_means(nlp: Language) -> None:
    text = (
        "Pia Holm keeps the register of the school. “I counted the desks,” she said.\n\n"
        "Men were loading sheep onto a boat. One of them, a sharecropper in his sixties, said he had moved often. "
        "“You tie the house to a tree,” he said."
    )
    assert _quotes(nlp, text)[-1].speaker == "sharecropper"


INTERVIEW = (
    "The ferrywoman who stayed\n\nCaptain Ida Stern retired on Friday. Stern drove the ferry for nine years.\n\n"
    "Q: Were you afraid?\n\nA: Of the fire, no. Of the paperwork, yes.\n\n"
    "Q: What did the owner want?\n\nA: He shouted at me. I told him, “They are my passengers.”"
)


def test_answers_of_an_interview_are_the_interviewees(nlp: Language) -> None:
    said = {str(quote.text): quote.speaker for quote in _quotes(nlp, INTERVIEW)}
    assert said == {
        "Of the fire, no. Of the paperwork, yes.": "Ida Stern",
        "He shouted at me. I told him, “They are my passengers.”": "Ida Stern",
        "They are my passengers.": "Ida Stern",
    }


def test_answers_to_nobody_who_is_introduced_have_no_speaker(nlp: Language) -> None:
    text = (
        "Questions on the tide\n\nQ: Is it high?\n\nA: It is at noon.\n\nQ: And low?\n\nA: It is low at six in winter."
    )
    assert _quotes(nlp, text) == ()


def test_a_name_behind_a_word_for_someone(nlp: Language) -> None:
    text = (
        "“The children ran to the river,” said governor Arquímedes Tovalino, of the Lower Marsh reserve. "
        "Tovalino rejected the charge. “The clerk never walked here,” he answered."
    )
    assert [quote.speaker for quote in _quotes(nlp, text)] == ["Arquímedes Tovalino"] * 2


def test_a_coast_guard_has_one_name(nlp: Language) -> None:
    (quote,) = _quotes(nlp, "China’s coast guard said the tugs had sailed “without leave of the harbour board”.")
    assert quote.speaker == "China Coast Guard"
