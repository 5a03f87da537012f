"""Settings: where each value comes from, and problems that name file, line, key and what was meant."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import paths
from briefing.config import ConfigError, library_of, line_of, load, load_settings, shown, template_of, written
from briefing.model.settings import DECLARED, Settings


@pytest.fixture
def file(tmp_path: Path):
    """Writes a settings file."""

    def write(text: str | bytes) -> Path:
        path = tmp_path / "config.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_without_a_file_all_is_default() -> None:
    loaded = load(environ={})
    assert loaded.settings == Settings()
    assert {setting.origin for setting in loaded} == {"default"}
    assert [setting.name for setting in loaded] == list(DECLARED)
    assert all(setting.help for setting in loaded)
    assert loaded.path == paths.config_file()


def test_option_wins_over_environment_over_file(file) -> None:
    path = file('library = "a.db"\nmodel = "m"\njobs = 3\n')
    assert load_settings(path, {}).library == "a.db"
    loaded = load(path, {"BRIEFING_LIBRARY": "b.db"}, {"model": "n", "jobs": None})
    assert (loaded.settings.library, loaded.settings.model, loaded.settings.jobs) == ("b.db", "n", 3)
    assert dict(loaded.origins) == {"library": "environment", "model": "option", "jobs": "file"}
    assert load(path, {"BRIEFING_LIBRARY": "b.db"}, {"library": "c.db"}).origins["library"] == "option"


def test_an_empty_variable_is_none(file) -> None:
    assert load(file(""), {"BRIEFING_LIBRARY": ""}).origins == {}


def test_where_the_library_is(file, tmp_path: Path) -> None:
    path = file('library = "mine/a.db"')
    assert library_of(load(path, {})) == tmp_path / "mine" / "a.db"
    assert library_of(load(path, {"BRIEFING_LIBRARY": "b.db"})) == Path("b.db")
    assert library_of(load(path, {}, {"library": "~/c.db"})) == Path("~/c.db").expanduser()
    assert library_of(load(file(""), {})) == paths.library_file()
    assert library_of(load(file('library = ""'), {})) == paths.library_file()


def test_where_the_template_is(file, tmp_path: Path) -> None:
    assert template_of(load(file('template = "own.md.j2"'), {})) == tmp_path / "own.md.j2"
    assert template_of(load(file(""), {})) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\n\nthem = "x"\n', "3: unknown setting 'them'; did you mean 'theme'?"),
        ("# jobs\njob = 2\n", "2: unknown setting 'job'; did you mean 'jobs'?"),
        ("zzzz = 1\n", "1: unknown setting 'zzzz'; known are library, model,"),
        ("[jbos]\n", "1: unknown setting 'jbos'; did you mean 'jobs'?"),
        ('jobs = "two"\n', "1: 'jobs' cannot be \"two\": input should be a valid integer"),
        ("theme = 'x'\njobs = 99\n", "2: 'jobs' cannot be 99: input should be less than or equal to 64"),
        ("jobs = true\n", "1: 'jobs' cannot be true: input should be a valid integer"),
        ("[keys]\na = 'b'\nnext_mention = 3\n", "3: 'keys.next_mention' cannot be 3: input should be a valid string"),
        ("keys.'next mention' = 3\n", "1: 'keys.next mention' cannot be 3"),
        ("theme = \n", "1: not valid TOML: Invalid value"),
        ("a = 1\nb = 'x\n", "2: not valid TOML"),
        ("a = 1\na = 2\n", "2: not valid TOML: Cannot overwrite a value"),
        ("jobs = 1\n[jobs", "2: not valid TOML"),
        (b"theme = 'x'\n\xff\xfe", "2: not UTF-8 text"),
        ("jobs = " + "9" * 4000, f"1: 'jobs' cannot be {'9' * 80}…: "),
        ("a" * 4000 + " = 1", f"1: unknown setting '{'a' * 80}…'; "),
    ],
)
def test_problems_name_file_line_key_and_the_nearest(file, text: str | bytes, said: str) -> None:
    path = file(text)
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    assert str(caught.value).startswith(f"{path}:{said}")


def test_all_problems_are_named_at_once(file) -> None:
    with pytest.raises(ConfigError) as caught:
        load(file("them = 'x'\njobs = -1\nmeasure = 1\n"), {})
    assert len(caught.value.problems) == 3


def test_problems_of_an_option_name_the_option(file) -> None:
    with pytest.raises(ConfigError, match=r"^--jobs: 'jobs' cannot be 99"):
        load(file(""), {}, {"jobs": 99})


def test_a_hostile_file_cannot_write_to_the_terminal(file) -> None:
    with pytest.raises(ConfigError) as caught:
        load(file('"\\u001b]52;c;aGk=\\u0007" = 1\njobs = "\\u202e"\n'), {})
    assert not set(str(caught.value)) & {"\x1b", "\x07", "\u202e"}


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=str(tmp_path)):
        load(tmp_path, {})


def test_first_file_is_all_default_and_explains_everything(file) -> None:
    text = written()
    assert load(file(text), {}).settings == Settings()
    assert all(declared.help in text for declared in DECLARED.values())
    uncommented = "\n".join(line.removeprefix("# ") if " = " in line[:20] else line for line in text.splitlines())
    loaded = load(file(uncommented), {})
    assert set(loaded.origins) == set(DECLARED)
    assert loaded.settings._replace(library=None, template=None) == Settings()


def test_pipelines_are_named_by_language(file) -> None:
    assert load(file('[languages]\nfr = "fr_core_news_sm"\n'), {}).settings.languages == {"fr": "fr_core_news_sm"}
    for wrong in ('french = "x"', 'FR = "x"', 'fr = ""', "fr = 1"):
        with pytest.raises(ConfigError, match=r":2: 'languages\."):
            load(file(f"[languages]\n{wrong}\n"), {})


@given(
    st.builds(
        Settings,
        library=st.none() | st.text(min_size=1),
        model=st.text(),
        theme=st.text(),
        kernels=st.sampled_from(DECLARED["kernels"].choices),
        measure=st.integers(30, 200),
        template=st.none() | st.text(min_size=1),
        jobs=st.integers(0, 64),
        languages=st.dictionaries(st.sampled_from(["fr", "de"]), st.text(min_size=1, max_size=5)),
        keys=st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
    )
)
def test_what_is_written_reads_back(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    path = tmp_path_factory.mktemp("settings") / "config.toml"
    path.write_bytes(written(settings).encode("utf-8", "surrogatepass"))
    assert load(path, {}).settings == settings


def test_every_setting_is_declared_in_order() -> None:
    assert tuple(DECLARED) == Settings._fields


def test_line_of() -> None:
    text = 'a = 1\n\n[keys]\n"next mention" = "n"\nb.c = 1\n# jobs = 2\n[ keys . deep ]\nx = 1\n'
    assert line_of(text, ("a",)) == 1
    assert line_of(text, ("keys", "next mention")) == 4
    assert line_of(text, ("keys", "b", "c")) == 5
    assert line_of(text, ("keys", "deep", "x")) == 8
    assert line_of(text, ("keys", "missing")) == 3
    assert line_of(text, ("jobs",)) == 1


def test_values_are_shown_as_the_file_has_them() -> None:
    assert [shown(value) for value in (None, "x", 3, True, {"a": "b"})] == ["-", '"x"', "3", "true", '{"a" = "b"}']


OWN = """# Mine.
theme = "harbour"  # calm
# measure = 84

jobs = 2

# By hand:
[keys]
find = "ctrl+f"
"""


def test_a_change_keeps_comments_and_order(file) -> None:
    path = file(OWN)
    loaded = load(path, {}).changed(("theme",), "newsprint").changed(("measure",), 100).changed(("watch",), False)
    loaded = loaded.changed(("keys", "copy"), "ctrl+y")
    assert loaded.settings == load(path, {}).settings
    assert (loaded.settings.measure, loaded.settings.watch, loaded.origins["measure"]) == (100, False, "file")
    assert (
        path.read_text()
        == OWN.replace("harbour", "newsprint")
        .replace("# measure = 84", "measure = 100")
        .replace("jobs = 2\n", "jobs = 2\nwatch = false\n")
        + 'copy = "ctrl+y"\n'
    )


def test_a_change_can_be_taken_back(file) -> None:
    path = file(OWN)
    loaded = load(path, {}).changed(("theme",), None).changed(("keys", "find"), None).changed(("keys", "nosuch"), None)
    assert loaded.settings == Settings(jobs=2)
    assert path.read_text().startswith("# Mine.\n# measure = 84\n")
    assert load(file("jobs = 1\n"), {}).changed(("keys", "find"), None).settings.jobs == 1


def test_a_first_change_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    assert load(path, {}).changed(("theme",), "harbour").settings.theme == "harbour"
    assert path.read_text() == 'theme = "harbour"\n'


def test_the_first_file_is_changed_where_the_setting_is_explained(file) -> None:
    path = file(written())
    load(path, {}).changed(("theme",), "harbour").changed(("keys", "find"), "ctrl+f")
    text = path.read_text()
    assert 'as the terminal is.\ntheme = "harbour"\n' in text
    assert text.rstrip().endswith('[keys]\nfind = "ctrl+f"')


def test_line_ends_stay(file) -> None:
    path = file(b'theme = "a"\r\n[keys]\r\n')
    load(path, {}).changed(("theme",), "b").changed(("keys", "find"), "x").changed(("jobs",), 1)
    assert path.read_bytes() == b'theme = "b"\r\njobs = 1\r\n[keys]\r\nfind = "x"\r\n'


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (("jobs",), 99, "'jobs' cannot be 99: input should be less than"),
        (("watch",), 1, "'watch' cannot be 1: input should be a valid boolean"),
        (("jobs",), True, "valid integer"),
        (("keys", "find"), 3, "'keys.find' cannot be 3"),
    ],
)
def test_a_change_is_checked_by_the_same_rules(file, key: tuple[str, ...], value: object, said: str) -> None:
    path = file(OWN)
    with pytest.raises(ConfigError, match=said):
        load(path, {}).changed(key, value)
    assert path.read_text() == OWN


def test_a_file_that_was_broken_meanwhile_is_left_alone(file) -> None:
    loaded = load(file(OWN), {})
    for text, said in (("theme = ", ":1: not valid TOML"), ("them = 'x'\n", ":1: unknown setting 'them'")):
        path = file(text)
        with pytest.raises(ConfigError, match=said):
            loaded.changed(("theme",), "newsprint")
        assert path.read_text() == text


def test_the_environment_goes_on_to_win(file) -> None:
    loaded = load(file(""), {"BRIEFING_LIBRARY": "a.db"}).changed(("library",), "b.db")
    assert (loaded.settings.library, loaded.origins["library"]) == ("a.db", "environment")
    assert load(loaded.path, {}).settings.library == "b.db"


@given(
    st.sampled_from(["", OWN, 'keys.find = "f"\n', 'keys = {find = "f"}\n', "#theme = 'x'\n[keys]\n", "jobs = 1"]),
    st.lists(st.tuples(st.sampled_from(["theme", "jobs", "watch", "keys"]), st.integers(0, 3)), max_size=6),
)
def test_any_changes_read_back(tmp_path_factory: pytest.TempPathFactory, text: str, changes: list) -> None:
    path = tmp_path_factory.mktemp("settings") / "config.toml"
    path.write_text(text)
    loaded = load(path, {})
    for name, number in changes:
        key = ("keys", f"key{number % 2}") if name == "keys" else (name,)
        value = {"theme": f't\\{number}"', "jobs": number, "watch": number == 1, "keys": f"ctrl+{number}"}[name]
        loaded = loaded.changed(key, None if number == 0 else value)
        got = loaded.settings.keys.get(key[1]) if key[1:] else getattr(loaded.settings, name)
        assert got == (value if number else DECLARED[name].default if not key[1:] else None)
        assert loaded.settings == load(path, {}).settings
