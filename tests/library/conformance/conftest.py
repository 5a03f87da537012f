"""Whatever a test opens as a file is a database of the server here."""

from pathlib import Path

import pytest

from briefing.library import Library

from ..server import Cluster

_OF_A_FILE = (
    "test_no_order_is_sorted_or_read_as_a_whole",
    "test_groups_are_counted_and_found_by_an_index",
    "test_an_older_library_is_indexed_anew",
    "test_the_vocabulary_of_an_older_library_is_completed",
    "test_stopped",
    "test_limit_within_and_stopped",
    "test_nothing_of_a_source_that_was_removed_is_left_in_the_table",
)
"""Tests of how SQLite does it: its plans, its progress, files of earlier versions."""


@pytest.fixture(autouse=True)
def on_server(server: Cluster, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Have every path that is opened be a database, the same path the same one."""
    if request.node.originalname in _OF_A_FILE:
        pytest.skip("how a file does it")
    from briefing.library.postgres.library import open_on_server

    known: dict[Path, str] = {}

    def opened(path: Path, *, create: bool = True) -> Library:
        if path not in known:
            known[path] = server.new_library()
        library = open_on_server(known[path], create=create)
        library.address = path
        return library

    monkeypatch.setattr(Library, "open", opened)
