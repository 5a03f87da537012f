"""Whatever keys are pressed, however fast: one source is highlighted, shown and acted on, and Esc leads back."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.tui.keys_at_random import bursts, make_library, run


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "library.db"
    make_library(path)
    return path


@settings(
    max_examples=4, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(pressed=st.lists(bursts, min_size=3, max_size=9), size=st.sampled_from(((140, 40), (90, 30))))
@example(pressed=[("1", "f", *"near", "enter"), ("3", "a")], size=(120, 40))
@example(pressed=[("1", "end"), ("3", "a")], size=(120, 40))
@example(pressed=[("/", *"boats", "enter"), ("<",), ("1",), ("j", "3", "a")], size=(120, 40))
def test_random_keys(template: Path, pressed: list[tuple[str, ...]], size: tuple[int, int]) -> None:
    run(template, pressed, size)
