"""The lexicon of items: categories, plurals, a user's own words; and the component on any text."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from briefing.extract.lexicon.countable_nouns import CATEGORIES, item_of, load_items, singular_type
from briefing.extract.lexicon.files import LexiconError


@pytest.mark.parametrize(
    ("words", "phrase", "category"),
    [
        ("rocket launchers", "rocket launcher", "other"),
        ("rockets", "rocket", "munition"),
        ("aircraft carriers", "aircraft carrier", "ship"),
        ("armoured personnel carriers", "armoured personnel carrier", "vehicle"),
        ("front-end loaders", "front-end loader", "vehicle"),
        ("women", "woman", "personnel"),
        ("sorties", None, None),
        ("car bombings", "car bombing", None),
    ],
)
def test_the_longest_known_noun_wins(words: str, phrase: str | None, category: str | None) -> None:
    noun = load_items().find(words.split())
    assert (noun.phrase if noun else None) == phrase
    assert (noun.category if noun else None) == category


def test_every_noun_is_found_in_both_numbers() -> None:
    items = load_items()
    for key, noun in items.nouns.items():
        found = items.find(key.split())
        assert found is not None, key
        assert found.category == noun.category
        assert found.category is None or found.category in CATEGORIES


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("KF-16s", "KF-16"), ("Typhoon FGR4s", "Typhoon FGR4"), ("B-1B Lancers", "B-1B Lancer"), ("Su-35S", "Su-35S"),
        ("Super Hercules", "Super Hercules"), ("HIMARS", "HIMARS"), ("KC-46 Pegasus", "KC-46 Pegasus"),
        ("MQ-9's", "MQ-9"),
    ],
)  # fmt: skip
def test_types_in_the_singular(written: str, one: str) -> None:
    assert singular_type(written, load_items()) == one


def test_items_keep_what_says_what_they_are() -> None:
    items = load_items()

    def item(words: str) -> str:
        noun = items.find(words.lower().split())
        assert noun is not None
        return item_of(words.split(), noun, items)

    assert item("oil pump jacks") == "oil pump jack"
    assert item("additional Airmen") == "airman"
    assert item("seventh tanker") == "tanker"
    assert item("Catholics") == "Catholic"


def test_a_users_words_are_merged(tmp_path: Path) -> None:
    (tmp_path / "items.toml").write_text('[vehicle]\nfielded = ["bowser"]\n')
    items = load_items(tmp_path)
    noun = items.find(["fuel", "bowsers"])
    assert noun is not None
    assert noun.category == "vehicle"
    assert items.find(["tanks"]) is not None


@pytest.mark.parametrize("text", ['vehicle = ["bowser"]', '[vehicle]\nfielded = "bowser"'])
def test_a_bad_lexicon_is_an_error_that_says_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "items.toml").write_text(text)
    with pytest.raises(LexiconError, match="vehicle"):
        load_items(tmp_path)


_WORDS = [
    "a", "the", "two", "14", "dozen", "of", "F-16s", "jets", ",", ".", ";", ":", "(", ")", "-", "x", "and",
    "\n", "ISIL", "U.S.", "Navy", "destroyed", "sent", "soldiers", "each", "strong", "more", "them", "300", "“",
    "”", "’s", "2024", "to", "between", "over",
]  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(_WORDS),
        max_size=25,
    )
)
def test_any_words_give_spans_inside_the_text(nlp: Language, words: list[str]) -> None:
    text = " ".join(words)
    found = nlp(text)._.briefing_counts
    assert len({c.key for c in found}) == len(found)
    for count in found:
        assert text[count.start : count.end] == count.evidence
        assert count.evidence.strip()
        assert count.item
        assert count.low is None or count.high is None or count.low <= count.high
