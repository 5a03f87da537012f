from spacy.language import Language

from briefing.extract.lexicon.tortured_phrases import Phrase, Restored, load_phrases, paraphrased

PHRASES = load_phrases(None)
SPUN = (
    "The Royal Air Drive sent 4 Typhoons to Estonia on Might 3, 2024, the Protection Ministry mentioned. "
    "Overseas Minister Anna Kask thanked the Self-Protection Drive for its earlier go to."
)
PLAIN = (
    "A hard drive failed in May. She might 3D-print it. The protection of the force is the task of the National Guard, "
    "and the drive to the center of town took 12 months of planning by the overseas company."
)


def meant(text: str) -> list[str]:
    return [phrase.meant for phrase in PHRASES.find(text)]


def test_synonyms_of_fixed_names_are_understood() -> None:
    assert meant(SPUN) == ["Air Force", "May", "Defense Ministry", "Foreign Minister", "Self-Defense Force"]


def test_ordinary_words_are_no_tortured_phrases() -> None:
    assert meant(PLAIN) == []
    assert meant("The National Safety Council and the Security Council met; Air Power matters.") == []


def test_one_phrase_proves_nothing_and_several_do() -> None:
    one = "The Air Drive said so. The Air Drive would not say more."
    assert not paraphrased(PHRASES.find(one), one)
    assert paraphrased(PHRASES.find(SPUN), SPUN)


def test_offsets_of_the_restored_text_lead_back() -> None:
    text = "The Air Drive and the Self-Protection Drive flew."
    restored = Restored(text, PHRASES.find(text))
    assert restored.text == "The Air Force and the Self-Defense Force flew."
    start = restored.text.index("Self-Defense Force")
    assert restored.back(start, start + 18) == (22, 43)
    end = restored.text.index("flew")
    assert text[slice(*restored.back(end, end + 4))] == "flew"
    inside = restored.text.index("Defense")
    assert restored.back(inside, inside + 7) == (22, 43)
    assert Restored("abc", [Phrase(0, 3, "x", False)]).back(0, 1) == (0, 3)


def test_the_warning_shows_the_phrases(nlp: Language) -> None:
    doc = nlp(SPUN)
    (warning,) = doc._.briefing_warnings
    assert warning.kind == "machine-paraphrased"
    assert "“Self-Protection Drive” for Self-Defense Force" in warning.message
    assert [doc.text[a:b] for a, b in warning.evidence][:2] == ["Air Drive", "Might"]
    assert nlp(PLAIN)._.briefing_warnings == ()


def test_spun_names_are_mentions_of_what_they_stand_for(nlp: Language) -> None:
    doc = nlp(SPUN)
    names = {str(m.text): str(m.name) for m in doc._.briefing_mentions}
    assert names["Royal Air Drive"] == "Royal Air Force"
    assert names["Self-Protection Drive"] == "Japan Self-Defense Forces"
    assert any(m.type == "DATE" and m.text == "Might 3, 2024" for m in doc._.briefing_mentions)
