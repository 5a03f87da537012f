"""Titles, shapes and identities: the parts of name resolution that need no model."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract.lexicon.build import load_lexicon
from briefing.extract.lexicon.government_bodies import load_bodies
from briefing.extract.lexicon.titles import load_titles
from briefing.extract.persons import name_patterns
from briefing.extract.persons.identity import Person, canonical_names, keys_of


def titles_in(text: str) -> list[str]:
    return [text[t.start : t.end] for t in load_titles().find(text)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Lt. Gen. Ida Brook spoke", "Lt. Gen."),
        ("LT GEN BROOK spoke", "LT GEN"),
        ("the late Brig. Gen. Ida Brook", "Brig. Gen."),
        ("when Wg Cdr Ida Brook", "Wg Cdr"),
        ("an Air Vice-Marshal Ida Brook", "Air Vice-Marshal"),
        ("said Sub-Lt. Ida Brook", "Sub-Lt."),
        ("Sgt. 1st Class Ida Brook left", "Sgt. 1st Class"),
        ("Petty Officer 2nd Class Ida Brook left", "Petty Officer 2nd Class"),
        ("by Deputy Defence Minister Ida Brook", "Deputy Defence Minister"),
        ("Minister for the Armed Forces Ida Brook", "Minister for the Armed Forces"),
        ("Secretary of State Ida Brook", "Secretary of State"),
        ("Minister of Foreign Affairs and Trade Ida Brook", "Minister of Foreign Affairs and Trade"),
        ("Retired Vice Adm. Ida Brook", "Retired Vice Adm."),
        ("Chief of Staff Gen. Ida Brook", "Chief of Staff Gen."),
        ("Lt.\nGen. Ida Brook", "Lt.\nGen."),
    ],
)
def test_a_title_is_found_whole(text: str, title: str) -> None:
    assert titles_in(text) == [title]


@pytest.mark.parametrize("text", ["he came", "a general said", "the captain left", "At 9 am sharp", "He said no"])
def test_common_words_are_no_titles(text: str) -> None:
    assert titles_in(text) == []


def test_a_full_stop_ends_a_sentence_after_a_word_spelt_out() -> None:
    assert titles_in("Thanks, General. Does it fly?") == ["General"]


def test_rank_after_office() -> None:
    text = "Chief of Staff Gen. Ida Brook"
    (title,) = load_titles().find(text)
    assert text[title.rank : title.end] == "Gen."


@given(st.text(max_size=200))
def test_titles_lie_in_the_text_in_order(text: str) -> None:
    found = load_titles().find(text)
    assert all(0 <= t.start <= t.proper <= t.end <= len(text) and t.start <= t.rank <= t.end for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(max_size=120), st.integers(0, 60), st.integers(0, 60))
def test_trimming_stays_inside(text: str, a: int, b: int) -> None:
    start, end = min(a, b, len(text)), min(max(a, b), len(text))
    first, last = name_patterns.trimmed(text, start, end, {"the"})
    assert start <= first <= last <= end or first == last
    assert all(start <= x <= y <= end for x, y in name_patterns.parts(text, start, end))


def resolved(*written: str, titles: dict[str, tuple[str, ...]] | None = None) -> list[str]:
    people = [Person((i, i + 1), (i, i + 1), w, (titles or {}).get(w, ()), "high") for i, w in enumerate(written)]
    return canonical_names(people, load_lexicon().nicknames, load_titles().regnal)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["Ida Brook", "Brook"], ["Ida Brook", "Ida Brook"]),
        (["Brook", "Ida Brook"], ["Ida Brook", "Ida Brook"]),
        (["BROOK", "Ida Brook"], ["Ida Brook", "Ida Brook"]),
        (["Han Seo-yeon", "Han"], ["Han Seo-yeon", "Han Seo-yeon"]),
        (["Han Seo Yeon", "Han Seo-Yeon"], ["Han Seo Yeon", "Han Seo Yeon"]),
        (["Nagy Réka", "Réka Nagy"], ["Nagy Réka", "Nagy Réka"]),
        (["Omar al-Tamimi", "Tamimi", "al-Tamimi"], ["Omar al-Tamimi"] * 3),
        (["Jan van der Velde", "Van der Velde", "Velde"], ["Jan van der Velde"] * 3),
        (["Ida M. Brook", "Ida Brook", "Ida Brook"], ["Ida Brook"] * 3),
        (["William Orne", "Bill Orne"], ["William Orne"] * 2),
        (["Ida Brook Jr.", "Brook"], ["Ida Brook Jr."] * 2),
        (["Elin Rydberg", "Elin Rydburg"], ["Elin Rydberg"] * 2),
        (["Søren Ångström", "Angstrom"], ["Søren Ångström"] * 2),
        (["IDA BROOK"], ["Ida Brook"]),
    ],
)
def test_short_and_changed_forms_mean_the_full_name(written: list[str], names: list[str]) -> None:
    assert resolved(*written) == names


def test_two_people_with_one_surname_stay_apart() -> None:
    assert resolved("Tom Brook", "Ida Brook", "Tom Brook", "Brook") == [
        "Tom Brook",
        "Ida Brook",
        "Tom Brook",
        "Tom Brook",
    ]


def test_different_people_are_not_merged() -> None:
    assert resolved("Ida Brook", "Ida Marsh", "Dina Brook", "Lowe") == ["Ida Brook", "Ida Marsh", "Dina Brook", "Lowe"]


def test_a_lone_regnal_name_keeps_its_title() -> None:
    assert resolved("Otto", titles={"Otto": ("king",)}) == ["King Otto"]


@given(st.lists(st.text(min_size=1, max_size=30), max_size=12))
def test_every_mention_gets_a_name(written: list[str]) -> None:
    assert len(resolved(*written)) == len(written)


def test_keys_of_a_name() -> None:
    assert keys_of("Dr. Abu Bakr al-Tamimi, Jr.")[-1] == "tamimi"
    assert keys_of('Ida "Sparky" M. Brook III') == ("ida", "brook")


@pytest.mark.parametrize(
    ("name", "handle", "person"),
    [
        ("Man Tollers", "@GuyTollers", "Guy Tollers"),
        ("Bea K.", "@eastcoastplanes", "Bea K."),
        ("Harbour Ship Log", "@harbour_ships", None),
        ("WingWatch", "@wingwatch_eu", None),
        ("Baltic Ship Watch", "@balticshipwatch", None),
    ],
)
def test_who_stands_behind_a_handle(name: str, handle: str, person: str | None) -> None:
    assert name_patterns.person_of_handle(name, handle) == person


def test_a_users_ranks_and_ministries_are_added(tmp_path: Path) -> None:
    (tmp_path / "ranks.toml").write_text('[military]\n"Star Marshal" = ["Star Mshl."]\n', encoding="utf-8")
    (tmp_path / "bodies.toml").write_text('[offices]\n"space" = "Space"\n', encoding="utf-8")
    titles = load_titles(tmp_path)
    text = "Star Mshl. Ida Brook and Gen. Tom Marsh left."
    assert [text[t.start : t.end] for t in titles.find(text)] == ["Star Mshl.", "Gen."]
    assert load_bodies(tmp_path).after.match("'s space ministry")
