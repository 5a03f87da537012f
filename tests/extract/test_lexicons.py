import inspect
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.extract.entities.candidates import flatten
from briefing.extract.lexicon.build import build, load_lexicon
from briefing.extract.lexicon.check import _faults
from briefing.extract.lexicon.files import OURS, LexiconError, read_all
from briefing.extract.lexicon.word_lists import LISTS, Calendar, load_word_lists, verb_pattern
from briefing.extract.persons.apposition import told_by_neighbours
from briefing.model.facts import Mention
from briefing.model.safetext import SafeText

LEXICON = load_lexicon(None)


def test_our_own_files_say_only_what_lexicons_can_say() -> None:
    files = read_all(None)
    assert [fault for name, table in files.items() for fault in _faults(name, table, files["nations"])] == []


def test_every_nation_has_an_adjective_or_none_and_is_found_by_it() -> None:
    assert len([e for e in LEXICON.entries.values() if e.kind == "nation" and not e.former]) >= 195
    assert LEXICON.nation("Norwegians") == "Norway"
    assert LEXICON.nation("ROK") == "South Korea"
    assert LEXICON.nation("U.S.") == LEXICON.nation("American") == "United States"
    assert LEXICON.nation("Mars") == ""


@pytest.mark.parametrize(
    ("written", "name", "kind", "nation"),
    [
        ("ROKAF", "Republic of Korea Air Force", "service", "South Korea"),
        ("ROK Air Force", "Republic of Korea Air Force", "service", "South Korea"),
        ("Pentagon", "U.S. Department of Defense", "ministry", "United States"),
        ("Da'esh", "ISIS", "group", ""),
        ("INDOPACOM", "U.S. Indo-Pacific Command", "command", "United States"),
        ("Andersen AFB", "Andersen Air Force Base", "base", "United States"),
        ("Stratofortress", "B-52", "bomber", "United States"),
        ("al-Hasakah", "Hasakah", "region", "Syria"),
        ("Lodz", "Krakow", "", ""),
    ],
)
def test_known_names(written: str, name: str, kind: str, nation: str) -> None:
    hits = list(LEXICON.find(written))
    if not kind:
        assert all(hit.term.entry.name != name for hit in hits)
        return
    (hit,) = hits
    assert (hit.term.entry.name, hit.term.entry.kind, hit.term.entry.nation) == (name, kind, nation)


def test_the_longest_name_wins_and_only_whole_words_count() -> None:
    found = [flat.term.entry.name for flat in LEXICON.find("Guinea-Bissau, Guineans and Chinatown; South Sudan.")]
    assert found == ["Guinea-Bissau", "Guinea", "South Sudan"]


@settings(max_examples=60)
@given(st.text(st.sampled_from("US. 'aF-16BRoyalNvy\n’"), max_size=60))
def test_finding_never_leaves_the_text(text: str) -> None:
    flat = flatten(text)
    assert len(flat) == len(text)
    for hit in LEXICON.find(flat):
        assert flat[hit.start : hit.end] == hit.term.surface


def test_a_users_file_adds_to_ours(tmp_path: Path) -> None:
    (tmp_path / "aircraft.toml").write_text(
        '"XB-99" = { kind = "bomber", names = ["Moonraker"], nations = ["Iceland"] }\n'
        '"F-2" = { names = ["Viper Zero"] }\n'
    )
    lexicon = load_lexicon(tmp_path)
    assert next(lexicon.find("a Moonraker")).term.entry.nation == "Iceland"
    assert next(lexicon.find("the Viper Zero")).term.entry.name == "F-2"
    assert lexicon.designations["F2"].kind == "fighter"
    assert "XB99" in lexicon.designations


def test_a_users_words_are_read_by_the_rules(tmp_path: Path) -> None:
    (tmp_path / "count_words.toml").write_text('compounds = ["hovercraft"]\nfielding = ["lavish-"]\n')
    lists = load_word_lists(tmp_path).counts
    assert {"hovercraft", "ship"} <= lists.compounds
    assert verb_pattern(lists.fielding).match("lavished")
    assert verb_pattern(lists.fielding).match("deploys")
    assert not verb_pattern(lists.fielding).match("hastens")  # "has" is a whole word
    assert load_lexicon(tmp_path).lists.counts.compounds == lists.compounds


def test_a_users_words_before_names_find_ships_and_exercises(tmp_path: Path) -> None:
    (tmp_path / "person_words.toml").write_text('merchant_ships = ["lugger"]\nexercise_nouns = ["Wargaming"]\n')
    text = SafeText("The lugger Amira left. Wargaming Bold Quest began; Bold Quest ends on Friday.")
    quest = (text.index("Bold"), text.index("Bold") + len("Bold Quest"))
    name = SafeText("Bold Quest")
    guess = Mention(start=quest[0], end=quest[1], text=name, type="ORG", name=name, confidence="low")
    found = told_by_neighbours(text, [guess], load_lexicon(tmp_path))
    assert {(str(m.text), m.type) for m in found} == {("Amira", "SHIP"), ("Bold Quest", "EVENT")}
    assert [m.type for m in told_by_neighbours(text, [guess], LEXICON)] == ["ORG"]


def test_every_list_of_words_is_asked_for_by_a_rule() -> None:
    code = "\n".join(
        file.read_text("utf-8") for file in OURS.parent.rglob("*.py") if file.name != "word_lists.py"
    ) + inspect.getsource(Calendar)
    dead = [f"{file}: {name}" for file in LISTS for name in read_all(None)[file] if f".{name}" not in code]
    assert dead == []


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (
            "aircraft.toml",
            '"B-1" = {}\n"X-1" = { nicknames = ["Glamorous"], nation = ["Japan"] }\n',
            r"line 2: nation: .*nations",
        ),
        ("aircraft.toml", '"X-1" = { nations = ["Japon"] }\n', r"line 1: Japon: .*Japan"),
        ("aircraft.toml", '"X-1" = { names = "Glamorous" }\n', r"line 1: names: must be a list"),
        ("aircraft.toml", '"X-1" = { category = "plane" }\n', r"category: must be one of aircraft"),
        ("services.toml", "[Icelnd]\nnavy = { name = 'Navy' }\n", r"line 1: Icelnd: .*Iceland"),
        ("services.toml", "[Iceland]\nnavy = { names = ['Navy'] }\n", r"line 2: navy: a service needs a name"),
        ("aircraft.toml", '"X-1" = {\n', r"aircraft.toml"),
        ("count_words.toml", 'mases = ["crew"]\n', r"line 1: mases: there is no such list; did you mean masses"),
        ("calendar.toml", "\nmonths = [1]\n", r"line 2: months: must be a list of names"),
        ("planes.toml", "", r"no lexicon of this name; there are abstract_nouns, actor_words"),
    ],
)
def test_a_fault_in_a_users_file_is_named(tmp_path: Path, file: str, text: str, message: str) -> None:
    (tmp_path / file).write_text(text)
    with pytest.raises(LexiconError, match=message):
        load_lexicon(tmp_path)


def test_a_folder_that_does_not_exist_is_no_fault(tmp_path: Path) -> None:
    assert load_lexicon(tmp_path / "none").entries.keys() == LEXICON.entries.keys()


def test_all_lexicons_are_documented() -> None:
    for file in OURS.glob("*.toml"):
        assert file.read_text(encoding="utf-8").startswith("#"), file


def test_thousands_of_names_with_one_first_word_are_added_in_time_by_their_number() -> None:
    bodies = {f"Alpha Committee {number}": {} for number in range(20_000)}
    begun = time.process_time()
    lexicon = build({"organisations": bodies})
    assert len(lexicon.terms["Alpha"]) == 20_000
    assert time.process_time() - begun < 3  # about 0.2 s; growing with the square it takes above 6
