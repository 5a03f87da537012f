"""Owners by the sides of a fight, by what bears the things and by the text's own forces, in sentences of our own."""

import pytest
from spacy.language import Language

OWNED = [
    # what one side takes or shoots down is the other's
    (
        "Sudan's army captured nine lorries. The Rapid Support Forces said its men had shot down four drones.",
        ["Rapid Support Forces", "Sudan"],
    ),
    (
        "Sudan's army fled. The RSF said its men had withdrawn, had hit four tanks, and held 60 prisoners.",
        ["Sudan", "Sudan"],
    ),
    ("Kenya's army counts 12 dead. The Taliban fled.", [None]),
    ("Kenya's army fled. The Taliban held 60 prisoners, nine officers among them.", ["Kenya", "Kenya"]),
    ("Peru's navy seized two Chilean trawlers and arrested 30 fishermen on Monday.", ["Chile", "Chile"]),
    ("Left behind by the ELN in the camp were three rifles. The Colombian Navy had seen them.", ["ELN"]),
    (
        "Left behind on the bank were three rifles and nine grenades. The ELN had fled from the Colombian Navy.",
        ["ELN", "ELN"],
    ),
    ("Nine dead fighters from both sides lay there. The Houthis were gone.", [None]),
    # what is taken from those who have no name is no named group's
    (
        "Nigerian troops killed nine Boko Haram fighters.\n\nThey arrested five gunrunners and seized two rifles.",
        ["Boko Haram", None, None],
    ),
    # an attack is a group's that claims it
    ("The Houthis claimed the attack on Tuesday. Two drones hit the tanker.", ["Houthis"]),
    ("Two drones hit the tanker. Officials of the Houthis were in Oman.", [None]),
    ("Spain's troops answered with rifles and two mortars.", ["Spain"]),
    # what a craft has on board
    ("The Chilean Navy stopped a dhow carrying 30 engines and nine crates.", [None, None]),
    # who made or backs them
    ("Two howitzers of Chinese make were at the gate.", [None]),
    ("The Kenyan-backed militia has nine lorries.", [None]),
    ("The war against Peru goes on. In Chile, 90 mines have been found in the sea.", [None]),
    # forces that the text does not name in full
    ("The Colombian Navy was there. One sergeant of the Army died.", ["Colombian Army"]),
    ("The Singapore navy sailed. An RSAF helicopter flew over.", ["Republic of Singapore Air Force"]),
    ("The Saudi army marched. An RSAF helicopter flew over.", ["Royal Saudi Air Force"]),
    ("Irish soldiers and the Israeli army met. The Defence Forces sent nine men.", ["Irish Defence Forces"]),
    ("MOURA, Myanmar. The army lost 90 men. The Arakan Army holds the hill.", ["Burmese army"]),
    ("Kenya's army was far away. Four army lorries burnt in Peru.", ["Kenya"]),
    ("The pirates gave up to INS Tabar and 17 crew were released.", [None]),
]
COUNTED = [
    ("All were from Chile except one Ecuadorian.", [(1, "Ecuadorian")]),
    ("The Kenyan police sent a team of ten.", [(10, "team member")]),
    ("Seven soldiers were killed and 12 others wounded.", [(7, "soldier"), (12, "soldier")]),
    ("The blast killed nine people and wounded 30 others.", [(9, "person"), (30, "person")]),
    ("The two others were Norwegian.", []),
    ("The front has 20,000 fighters.", [(20000, "fighter")]),
    ("3/ Counting 12 tugs in the port.", [(12, "tug")]),
]


@pytest.mark.parametrize(("text", "owners"), OWNED)
def test_whose_the_things_are(nlp: Language, text: str, owners: list[str | None]) -> None:
    assert [count.operator for count in nlp(text)._.briefing_counts] == owners


@pytest.mark.parametrize(("text", "counts"), COUNTED)
def test_what_is_counted(nlp: Language, text: str, counts: list[tuple[int, str]]) -> None:
    assert [(count.low, str(count.item)) for count in nlp(text)._.briefing_counts] == counts


def test_so_many_fighters_are_men(nlp: Language) -> None:
    assert [count.category for count in nlp("The front has 20,000 fighters.")._.briefing_counts] == ["personnel"]
