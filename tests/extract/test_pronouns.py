from spacy.language import Language


def last_speaker(nlp: Language, text: str) -> str | None:
    return nlp(text)._.briefing_quotes[-1].speaker


def test_a_spokesman_of_the_same_paragraph(nlp: Language) -> None:
    text = (
        '"It passed low over the pier," Colonel Mark Ross told reporters.\n\n'
        "The regional command called the patrol ordinary. In a notice to the press, its spokesman, "
        'Captain Lo Zhenhai, accused the harbour of making a fuss. "They left the gate open," he wrote.'
    )
    assert last_speaker(nlp, text) == "Lo Zhenhai"


def test_who_condemned_it_in_the_sentence_before(nlp: Language) -> None:
    text = (
        '"It cannot be left without an answer," said Jacques Martel, the foreign minister.\n\n'
        'Secretary General Oh Tae-yun condemned what he called a "brazen step".\n\n'
        '"I count on all of you to stay calm," he told reporters.'
    )
    assert last_speaker(nlp, text) == "Oh Tae-yun"


def test_a_relative_without_a_name(nlp: Language) -> None:
    text = 'Pia Holm sails alone. My mother is older now, but even so she says, "We were never meant to fly."'
    assert last_speaker(nlp, text) == "mother"
