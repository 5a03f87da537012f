"""Speakers by clause: words read out, cited and answered; relatives, members, whom a pronoun was; "you" in a turn."""

import pytest
from spacy.language import Language

from briefing.model.facts import Quote


def _quotes(nlp: Language, text: str) -> tuple[Quote, ...]:
    from briefing.extract.pipeline import parse

    ((_, doc),) = parse(nlp, [(text, None)])
    found: tuple[Quote, ...] = doc._.briefing_quotes
    return found


LAST = [
    (
        "Pilot Jens Falk lost the tug. The clerk, Ada Moen, read out a note sent from his cabin: “Tow us in.”",
        "Jens Falk",
    ),
    (
        "The clerk Ada Moen lost her place. She read the crowd well: “You are cold, and the ferry is late again.”",
        "Ada Moen",
    ),
    (
        "The harbour board, citing a pilot of the port, reported that the tug lay “as flat as a plate on the mud”.",
        "pilot",
    ),
    (
        "The harbour master Jens Falk confirmed the collision saying, “It was purely a towing matter for the port.”",
        "Jens Falk",
    ),
    (
        (
            "Skerry Radio quoted Captain Jens Falk as saying that the crew had been hailed and had answered "
            "“with a song over the loudhailer”."
        ),
        "Jens Falk",
    ),
    ("Jens Falk, asked about the work of Captain Omar Ruiz, said, “I think we all do plenty of harm.”", "Jens Falk"),
    (
        "Speaking of a barge, a crane and a broken gate, Rep. Ann Lee (R-OH) said “the quay has no place for them”.",
        "Ann Lee",
    ),
    (
        "A member of the crew was asked for his view. “It is very good tar,” he said.",
        "member of the crew",
    ),
    (
        "Jens Falk left the quay. His mother told the radio: “He always says that the tea is cold.”",
        "Jens Falk's mother",
    ),
    (
        "Captain Jens Falk left. The captain’s wife told the radio: “He always says that the tea is cold.”",
        "Jens Falk's wife",
    ),
    ("The Skerry State Harbour Command Relations Officer, Jens Falk, said “the barge was ours to move”.", "Jens Falk"),
    (
        "Norrholm Tugs will close its yard in May. The Swedish shipbuilder blamed “a long winter in the towing trade”.",
        "Norrholm Tugs",
    ),
    (
        (
            "“Nobody saw the barge,” the pilots said.\n\nJens Falk, the harbour master, came down to the quay.\n\n"
            "“I saw the barge and I saw the gate,” he said."
        ),
        "Jens Falk",
    ),
]


@pytest.mark.parametrize(("text", "speaker"), LAST, ids=[text[:40] for text, _ in LAST])
def test_who_says_the_last_words(nlp: Language, text: str, speaker: str) -> None:
    assert _quotes(nlp, text)[-1].speaker == speaker


def test_who_cites_is_the_relay(nlp: Language) -> None:
    (quote,) = _quotes(nlp, LAST[2][0])
    assert quote.relay == "harbour board"


def test_who_read_a_document_out_goes_on(nlp: Language) -> None:
    first, second = _quotes(
        nlp,
        "The clerk Ada Moen read out a letter from the harbour board: “No barge may lie here after dark.”\n\n"
        "“Explain to us, captain, why one did for a week.”",
    )
    assert (first.speaker, first.relay) == ("harbour board", "Ada Moen")
    assert second.speaker == "Ada Moen"


def test_you_is_who_is_spoken_to(nlp: Language) -> None:
    text = (
        "MR. FALK: I never saw that sheet.\nMS. MOEN: In May you wrote to the board, “I can vouch for every rope.” "
        "Was that true?\nMR. FALK: It was in May.\nMS. MOEN: Thank you.\n"
    )
    said = next(quote for quote in _quotes(nlp, text) if quote.text.startswith("I can vouch"))
    assert said.speaker == "Falk"


def test_a_pronoun_tells_what_a_later_one_may_mean(nlp: Language) -> None:
    text = (
        "Prosecutor Gunnel Oye rose. She asked Lo Brun for the key.\n\nThe key was old. Gunnel Oye met Lo Brun on the "
        "quay. “It hangs where it always hung,” he said."
    )
    assert _quotes(nlp, text)[-1].speaker == "Lo Brun"
