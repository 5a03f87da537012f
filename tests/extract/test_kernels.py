"""Which matrix kernels are used: as set, else as measured once."""

from pathlib import Path

import pytest

from briefing.extract.nlp import kernels


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answers of the measurement, instead of one."""
    answers = ["blis"]
    monkeypatch.setattr(kernels, "measure", answers.pop)
    return answers


def test_a_setting_is_followed_without_measuring(measured: list[str], tmp_path: Path) -> None:
    assert kernels.choose("numpy", tmp_path / "kernels.json") == "numpy"
    assert kernels.choose("blis") == "blis"
    assert measured


def test_what_was_measured_is_remembered(measured: list[str], tmp_path: Path) -> None:
    known = tmp_path / "new" / "kernels.json"
    assert kernels.choose("auto", known) == "blis"
    assert kernels.choose("auto", known) == "blis"
    assert not measured
    assert list(known.parent.iterdir()) == [known]


@pytest.mark.usefixtures("measured")
def test_another_version_is_measured_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    known = tmp_path / "kernels.json"
    kernels.choose("auto", known)
    monkeypatch.setattr(kernels, "_machine", lambda: "another")
    assert kernels.remembered(known) is None


@pytest.mark.parametrize("text", ["", "[]", "{", '{"x": 1}', "\x00"])
@pytest.mark.usefixtures("measured")
def test_a_damaged_file_is_measured_anew(tmp_path: Path, text: str) -> None:
    known = tmp_path / "kernels.json"
    known.write_text(text)
    assert kernels.choose("auto", known) == "blis"
    assert kernels.remembered(known) == "blis"


def test_a_folder_that_cannot_be_written_does_no_harm(measured: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert kernels.choose("auto", tmp_path / "file" / "kernels.json") == "blis"
    assert not measured


def test_both_can_be_timed() -> None:
    assert kernels.measure() in {"numpy", "blis"}
