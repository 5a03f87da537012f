"""Templates of the user's own: safe without their doing, and errors that name file and line."""

from pathlib import Path

import pytest
from parsed import gfm, kinds

from briefing.export import ExportError, Selection, render
from briefing.export.templating import TemplateError, shipped


@pytest.fixture
def template(tmp_path: Path):
    """Writes a template and gives its path."""

    def write(text: str, name: str = "own.md.j2") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_sees_the_brief(selection: Selection, template) -> None:
    path = template("{{ brief.title }}: {{ brief.claims | length }} {{ cited(brief.claims[0].values[0]) }}")
    assert render(selection, template=path) == "The lake: 6 S1 [^1]\n"


@pytest.mark.parametrize("made", ["markdown", "html"])
def test_a_copy_of_ours_gives_the_same(selection: Selection, template, made: str) -> None:
    assert render(selection, made, template(shipped(made))) == render(selection, made)


def test_escapes_without_being_asked(selection: Selection, template, document) -> None:
    one = document("[x](javascript:1) <b>\n\nText.")
    hostile = Selection((one,), selection.day)
    text = '{% macro m(t) %}_{{ t }}_{% endmacro %}{{ brief.title }} {{ m(brief.title) }} {{ "a" ~ brief.title }}\n'
    assert not kinds(gfm().parse(render(hostile, template=template(text)))) & {"link_open", "html_inline"}
    assert "<b>" not in render(hostile, "html", template(text))


def test_safe_keeps_what_a_macro_made(selection: Selection, template) -> None:
    path = template("{% macro m(t) %}*{{ t }}*{% endmacro %}{{ m('a*b') | safe }}")
    assert render(selection, template=path) == "*a\\*b*\n"


def test_extends_ours_and_includes_what_lies_beside(selection: Selection, template) -> None:
    template("Beside: {{ brief.title }}\n", "part.md.j2")
    path = template('{% include "part.md.j2" %}{% include "brief.md.j2" %}')
    assert render(selection, template=path).startswith("Beside: The lake\n# The lake\n")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("ok\n{% if %}\n", 2, "Expected an expression"),
        ("ok\nok\n{{ brief.titel }}\n", 3, "has no attribute 'titel'"),
        ("{{ nothing }}\n", 1, "'nothing' is undefined"),
        ("\n{{ brief.title | upcase }}\n", 2, "No filter named 'upcase'"),
        ("\n\n{{ 1 / 0 }}\n", 3, "division by zero"),
        ("\n{{ brief.note(99) }}\n", 2, "out of range"),
        ("{{ brief.__class__.__mro__ }}\n", 1, "unsafe"),
        ("{{ cited.__globals__ }}", 1, "unsafe"),
        ("\n{% include 'other.txt' %}\n", 2, "no template 'other.txt'"),
        ("{% include '../secret.j2' %}\n", 1, "no template '../secret.j2'"),
        ("{% for i in range(9999999) %}{% endfor %}", 1, "Range too big"),
    ],
)
def test_errors_name_file_and_line(selection: Selection, template, text: str, line: int, reason: str) -> None:
    path = template(text)
    with pytest.raises(TemplateError) as caught:
        render(selection, template=path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert reason in str(caught.value)


def test_errors_of_an_included_template_name_that_one(selection: Selection, template) -> None:
    part = template("\n{{ nothing }}\n", "part.md.j2")
    with pytest.raises(TemplateError) as caught:
        render(selection, template=template('{% include "part.md.j2" %}'))
    assert str(caught.value).startswith(f"{part}:2: ")


def test_files_that_are_no_templates(selection: Selection, template, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="No such file"):
        render(selection, template=tmp_path / "absent.j2")
    latin = tmp_path / "latin.j2"
    latin.write_bytes(b"ok\n\xe9t\xe9")
    with pytest.raises(TemplateError, match=r"latin\.j2:2: not UTF-8"):
        render(selection, template=latin)
    (tmp_path / "large.j2").write_bytes(b" " * 1_000_001)
    with pytest.raises(TemplateError, match="too large"):
        render(selection, template=tmp_path / "large.j2")


def test_only_pages_have_templates(selection: Selection, template) -> None:
    with pytest.raises(ExportError, match="not csv"):
        render(selection, "csv", template("x"))


def test_there_are_no_words_that_mean_nothing(selection: Selection, template) -> None:
    with pytest.raises(TemplateError, match="'lipsum' is undefined"):
        render(selection, "markdown", template("{{ lipsum(n=100000) }}"))
