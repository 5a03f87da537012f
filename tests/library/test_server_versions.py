"""A library on a server that an earlier version of the program made."""

import pytest

from briefing.library.opening import open_library
from briefing.library.postgres import schema

from .made import make_extraction, make_source
from .server import Cluster


@pytest.mark.parametrize("version", range(1, len(schema.MIGRATIONS)))
def test_an_earlier_library_is_brought_up_to_date(
    server: Cluster, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    address, source = server.new_database(), make_source("Two drones flew.")
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:version])
        open_library(address).close()
    with open_library(address) as library:
        library.add(source, make_extraction(source))
        assert library.workspaces.new("Flights", [source.id]).sources == (source.id,)
    with open_library(address) as library:
        assert [one.name for one in library.workspaces.all()] == ["Flights"]
        assert library.count() == 1
