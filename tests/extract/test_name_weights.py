"""The weights of our own name finder: whole, in use for the default model only, part of an extraction's fingerprint."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language

from briefing.extract.nlp import fingerprint as prints
from briefing.extract.nlp.base_model import DEFAULT_MODEL
from briefing.extract.nlp.fingerprint import fingerprint, hashed, own_weights
from briefing.extract.pipeline import base


def _first_layer(nlp: Language) -> Any:
    names: Any = nlp.get_pipe("ner")
    return next(node.get_param("E") for node in names.model.walk() if "E" in node.param_names)


def test_the_weights_are_those_of_the_hash_beside_them() -> None:
    weights = own_weights(DEFAULT_MODEL)
    assert weights is not None
    assert hashlib.sha256(weights.read_bytes()).hexdigest() == weights.with_suffix(".sha256").read_text("ascii").strip()


def test_only_the_default_model_has_them(tmp_path: Path) -> None:
    plain = spacy.load(DEFAULT_MODEL)
    plain.to_disk(tmp_path / "model")
    assert not np.array_equal(_first_layer(base()), _first_layer(plain))
    assert np.array_equal(_first_layer(base(str(tmp_path / "model"))), _first_layer(plain))


def test_other_weights_make_another_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint()
    (tmp_path / "names.sha256").write_text("00\n", "ascii")
    monkeypatch.setattr(prints, "WEIGHTS", tmp_path)
    hashed.cache_clear()
    assert fingerprint() != before
    hashed.cache_clear()
