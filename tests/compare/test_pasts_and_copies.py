"""Events that several sources recall, copies that say one source's sentences, and bodies behind other names."""

from collections.abc import Callable
from datetime import date

import pytest

from briefing.compare import compare
from briefing.compare.asserting.asserters import Asserters
from briefing.compare.background.twins import place_in_copy
from briefing.compare.names import one_name, same_surname
from briefing.compare.origins import unified
from briefing.compare.predicates import find_predicate
from briefing.compare.quote_forms import same_speaker
from briefing.compare.source_days import source_day
from briefing.compare.text_dates import find_dates
from briefing.compare.wording import diff_words
from briefing.model.agreement import ClaimItem
from briefing.model.facts import Extraction
from briefing.model.statuses import status_of
from tests.compare.conftest import Maker

Make = Callable[..., Maker]


def test_a_month_without_a_year_takes_the_year_of_the_event_with_the_same_figures(make: Make) -> None:
    release = (
        make("a", "On 11 November 2031 the coast guard took a boat with 31 bales. "
             "In October of last year a boat was taken with 64 bales.", date(2031, 11, 12))
        .counts("31 bales", 31, "bale", category="other").counts("64 bales", 64, "bale", category="other")
    )  # fmt: skip
    wire = (
        make("b", "The coast guard took a boat with 31 bales on 11 November 2031. "
             "Last October sailors found 64 bales.", date(2031, 11, 13))
        .counts("31 bales", 31, "bale", category="other").counts("64 bales", 64, "bale", category="other")
    )  # fmt: skip
    found = compare([release.made(), wire.made()], date(2032, 1, 1))
    recalled = {
        group.event for group in found.groups if group.kind == "count" and any(item.low == 64 for item in group.items)
    }
    assert len(recalled) == 1
    event = next(one for one in found.events if one.id in recalled)
    assert (event.start_date, len(event.documents)) == ("2030-10", 2)


def test_recalled_events_with_other_figures_stay_apart(make: Make) -> None:
    one = (
        make("a", "On 11 November 2031 the coast guard took a boat. In October of last year 64 bales were found.",
             date(2031, 11, 12)).counts("64 bales", 64, "bale", category="other")
    )  # fmt: skip
    two = (
        make("b", "The coast guard took a boat on 11 November 2031. Last October sailors found 77 bales.",
             date(2031, 11, 13)).counts("77 bales", 77, "bale", category="other")
    )  # fmt: skip
    found = compare([one.made(), two.made()], date(2032, 1, 1))
    assert len({group.event for group in found.groups if group.kind == "count"}) == 2


def test_a_character_of_a_sentence_is_found_in_the_copy() -> None:
    model, copy = "Ten boats sailed, and four came back.", "Ten vessels sailed, and four returned."
    at = place_in_copy(diff_words(model, copy), model.index("four"))
    assert copy[at:].startswith("four")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Vakhtang Beridze", "Wachtang Beridse"),
        ("Ketevan Chkheidze", "Ketewan Tschcheidse"),
        ("Nuno Vaz Teixeira", "Nuno Teixeira"),
    ],
)
def test_names_in_another_transliteration_or_without_a_middle_name_are_one(one: str, two: str) -> None:
    assert one_name(one, two, "PERSON")
    assert same_surname(one, two)


@pytest.mark.parametrize(("one", "two"), [("Ann Ward", "Ann Word"), ("Bo Lee", "Bo Li"), ("Ann Hale", "Ann Vale Hill")])
def test_short_names_that_differ_are_two(one: str, two: str) -> None:
    assert not one_name(one, two, "PERSON")


def test_a_middle_name_is_no_other_spelling() -> None:
    items = [ClaimItem(document=d, start=0, end=1, value=v) for d, v in (("a", "Ann Vale Hill"), ("b", "Ann Hill"))]
    assert status_of("name", items) == "agree"


def test_an_office_is_nobody_else_than_a_person() -> None:
    assert same_speaker("Harbour Police director", "Ann Hill") is None
    assert same_speaker("Bo Berg", "Ann Hill") is False


def test_next_weekday_does_not_tell_the_year_of_a_dateline() -> None:
    years = range(2020, 2027)
    assert source_day("ALDER, 16 March. They march again next Saturday.", years)[0] == date(2026, 3, 16)
    assert source_day("ALDER, 16 March. They marched on Saturday.", years)[0] == date(2024, 3, 16)


def test_the_day_before_yesterday_is_two_days_ago() -> None:
    assert [ref.first for ref in find_dates("It sank the day before yesterday.", date(2031, 5, 14))] == [
        date(2031, 5, 12)
    ]


@pytest.mark.parametrize(
    ("sentence", "words", "said"),
    [
        ("The assembly held yesterday, attended by 900 people, was calm.", "900 people", "took part"),
        ("In the flood 17 died and 600 people were inoculated.", "600 people", None),
        ("Police said 12 people were held overnight.", "12 people", "captured"),
    ],
)
def test_what_happened_to_the_counted(sentence: str, words: str, said: str | None) -> None:
    at = sentence.index(words)
    assert find_predicate(sentence, at, at + len(words), people=True).name == said


def test_bodies_are_one_by_initials_and_in_two_languages() -> None:
    keys = ["body guarda costeira", "body guard costeira", "body gc", "body harbour office"]
    same = unified(keys)
    assert {same.get(key, key) for key in keys[:3]} == {"body guard costeira"} or len(
        {same.get(key, key) for key in keys[:3]}
    ) == 1
    assert same.get("body harbour office") is None


def test_the_issuer_of_a_joint_release_is_the_first_body() -> None:
    text = "Vessel stopped\n\nAlder, 12 May 2031 - The Guarda Costeira, with the support of the Alder Navy, stopped it."
    found = Extraction(source_id="a", extractor="test", mentions=(), counts=(), participants=(), quotes=())
    assert Asserters(text, found, None).issuer == "Guarda Costeira"
