"""Nouns, predicates and names: what may be one, and what excludes each other."""

import pytest

from briefing.compare.names import one_name
from briefing.compare.nouns import kinship, path_of
from briefing.compare.predicates import Doing, find_predicate, fit, predicate_of


@pytest.mark.parametrize(
    ("one", "two", "fits"),
    [
        ("12 soldiers", "twelve troopers", True),
        ("12 soldiers", "12 men", True),
        ("12 soldiers", "12 militants", False),
        ("four vehicles", "four cars", True),
        ("four pickups", "four cars", True),
        ("four motorcycles", "four bikes", True),
        ("two merchant vessels", "two merchantmen", True),
        ("a frigate", "a destroyer", False),
        ("a frigate", "a warship", True),
        ("two drones", "two unmanned aerial vehicles", True),
        ("two drones", "two helicopters", False),
        ("30 shells", "30 rockets", False),
        ("14 crew members", "14 fishermen", True),
        ("nine assault rifles", "nine attacks", False),
        ("nine assault rifles", "nine rifles", True),
        ("six tugs", "six tugboats", True),
        ("eight suspects", "eight pirates", True),
    ],
)
def test_nouns(one: str, two: str, fits: bool) -> None:
    assert (kinship(path_of(one), path_of(two)) > 0) is fits
    assert kinship(path_of(one), path_of(two)) == kinship(path_of(two), path_of(one))


@pytest.mark.parametrize(
    ("sentence", "words", "predicate"),
    [
        ("The fire killed nine people.", "nine people", "killed"),
        ("Nine people were killed and 30 were hurt.", "Nine people", "killed"),
        ("Nine people were killed and 30 were hurt.", "30", "injured"),
        ("The fire killed ten people, and seven people were injured in it.", "ten people", "killed"),
        ("The fire killed ten people, and seven people were injured in it.", "seven people", "injured"),
        ("They counted 12 dead and two missing sailors.", "12 dead", "killed"),
        ("They counted 12 dead and two missing sailors.", "two missing sailors", "missing"),
        ("Wounded: the clinic spoke of 17 men.", "17 men", "injured"),
        ("It sat there with 17 men.", "17 men", None),
        ("Fourteen crew members were found dead.", "Fourteen crew members", "killed"),
        ("Three crew members sustained bruises.", "Three crew members", "injured"),
        ("They spoke of 14 crew.", "14 crew", "crew"),
        ("The tug has taken 40 men off a ship that struck a reef.", "40 men", "displaced"),
        ("Ninety people were pulled from the water.", "Ninety people", "rescued"),
        ("They burned six huts and took away about 40 people.", "about 40 people", "captured"),
    ],
)
def test_what_happened_to_people(sentence: str, words: str, predicate: str | None) -> None:
    start = sentence.index(words)
    assert find_predicate(sentence, start, start + len(words), people=True).name == predicate


@pytest.mark.parametrize(
    ("noun", "category", "path"),
    [
        ("six fighters", "aircraft", ("aircraft", "crewed", "fighter")),
        ("six fighters", "personnel", ("person", "hostile")),
        ("a tanker", "aircraft", ("aircraft", "crewed", "refueller")),
        ("a tanker", "ship", ("ship", "merchant", "tanker")),
    ],
)
def test_a_category_tells_two_meanings_of_a_noun_apart(noun: str, category: str, path: tuple[str, ...]) -> None:
    assert path_of(noun, category) == path


def test_machines_are_not_killed() -> None:
    assert predicate_of("killed", people=False) is None
    assert predicate_of("shot down", people=False) == "shot down"
    assert predicate_of("slept down", people=True) != "shot down"


def test_fates_exclude_each_other_where_they_are_told_beside_the_number() -> None:
    killed, hurt, far = Doing("killed", near=True), Doing("injured", near=True), Doing("injured")
    assert fit(killed, hurt) == 0
    assert fit(Doing("killed"), far) > 0
    assert fit(killed, killed) == 1
    assert fit(Doing("deployed"), Doing("took part")) > fit(Doing("deployed"), Doing("ordered")) > 0
    assert fit(killed, Doing()) == 0.5


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Orla Rhydderch", "Orla Rhyderch"),
        ("Sergei Volkonin", "Sergey Volkonin"),
        ("Muammar Qaddafi", "Muammar Gaddafi"),
        ("Kim Myung-soo", "Kim Myeong-su"),
        ("Hamdan al-Ghuraifi", "Hamdan Al Ghurayfi"),
        ("Tanaka Ichiro", "Ichiro Tanaka"),
        ("Ernesto Machado", "Ernest Machado"),
        ("Orla Finchley", "Orla Fincley"),
        ("Ana Maria Beltran-Robles", "Anna Maria Beltrán Roblez"),
        ("Budi Soetrisno", "Budi Sutrisno"),
        ("Jens-Peter Kjær", "Jens Peter Kjaer"),
    ],
)
def test_one_person(one: str, two: str) -> None:
    assert one_name(one, two, "PERSON")
    assert one_name(two, one, "PERSON")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ward", "Word"),
        ("Lee", "Li"),
        ("Simon Ward", "Simon Word"),
        ("Kim Jong Un", "Kim Jong Il"),
        ("Orla Berg", "Orla Bergson"),
        ("Orla Finch", "Nora Finch"),
        ("Orla Stone", "Orla Stowe"),
    ],
)
def test_two_persons(one: str, two: str) -> None:
    assert not one_name(one, two, "PERSON")
    assert not one_name(two, one, "PERSON")


def test_a_short_name_may_be_misspelt_where_the_role_agrees() -> None:
    role = {"harbour", "master"}
    assert one_name("Simon Ward", "Simon Wardd", "PERSON")
    assert one_name("Simon Marsh", "Simon Mersh", "PERSON", role, role)
    assert not one_name("Simon Marsh", "Simon Mersh", "PERSON")


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Norwell Air Base", "Norwell", True),
        ("Nyutabaru Base", "Nyutaburu", True),
        ("Tindale", "RAAF Base Tyndale", True),
        ("Port Norfolk", "Port Suffolk", False),
        ("Ruritania", "Ruritanian", False),
    ],
)
def test_places(one: str, two: str, same: bool) -> None:
    assert one_name(one, two, "PLACE") is same
