"""Owners by means of what, by the sides of a fight and by what was said before, in sentences of our own."""

import pytest
from spacy.language import Language

OWNED = [
    # by means of what, and with what on board
    ("The Red Cross moved food by nine lorries.", ["Red Cross"]),
    ("The Chilean Navy rescued 90 people with six boats.", [None, "Chilean Navy"]),
    ("UNICEF has distributed 900 kits and 30 tents.", ["UNICEF", "UNICEF"]),
    ("A Mi-8 chartered by UNICEF flew.", ["UNICEF"]),
    ("Chile spent the night in nine tents.", [None]),
    # lists that name the owner first
    (
        "From Chile came nine tugs and a frigate, from Peru four jets and from Spain six tanks.",
        ["Chile", "Chile", "Peru", "Spain"],
    ),
    # one is said again by its name
    (
        "Four Ospreys of the United States Marine Corps and two Australian Chinooks came. One of the Ospreys fell.",
        ["U.S. Marine Corps", "Australia", "U.S. Marine Corps"],
    ),
    # the sides
    ("Russia launched 90 drones and Ukraine's air force said that 80 drones were shot down.", ["Russia", "Russia"]),
    (
        "Ukraine holds. Russian troops left; Russia is weak. Nine cars were caught by Ukrainian drones: four vans.",
        ["Russia", "Russia"],
    ),
    ("The army of Kenya fled. In May the Taliban killed 90 people.", [None]),
    ("Chile, Peruvian officials believe, has sent 900 men and 40 of its own lorries.", ["Chile", "Chile"]),
    ("Rebels killed two men of the Red Cross and burnt three of its lorries.", ["Red Cross", "Red Cross"]),
    ("Those tanks were given to Chile. So far Peru has handed over nine lorries.", ["Chile"]),
    (
        "Left behind on the bank were 14 grenades and two motor canoes. The ELN had fled from the Colombian Navy.",
        ["ELN", "ELN"],
    ),
]


@pytest.mark.parametrize(("text", "owners"), OWNED)
def test_whose_the_things_are(nlp: Language, text: str, owners: list[str | None]) -> None:
    assert [count.operator for count in nlp(text)._.briefing_counts] == owners


def test_a_title_follows_the_text(nlp: Language) -> None:
    text = "Nine hundred soldiers at sea\n\nSome 900 soldiers from nine countries met the Chilean army in Chile."
    assert [count.operator for count in nlp(text)._.briefing_counts][:2] == [None, None]


def test_forces_in_capitals_make_a_text_the_datelines(nlp: Language) -> None:
    text = "Ships off the shoal\n\nMANILA - Chinese ships of China met the Navy. Four sailors were hurt, it said."
    assert nlp(text)._.briefing_counts[-1].operator == "Philippines"
