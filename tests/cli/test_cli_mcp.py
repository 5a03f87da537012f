"""The library for other programs: talked to as such a program does, through the protocol's own client."""

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.library import Library
from briefing.model.settings import Settings
from briefing.sources import read_bytes
from tests.cli.conftest import pattern_facts

pytest.importorskip("mcp")

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

ONE = "# Harbour\n\nThe USA sent two jets. “We are ready,” it said.\n\nMore came later.\n"
OTHER = "# Port\n\nThe USA sent three jets, a paper said.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        for name, text in (("one.md", ONE), ("other.md", OTHER)):
            source = read_bytes(text.encode(), name)
            library.add(source, pattern_facts(source))
    return path


@asynccontextmanager
async def talking(path: Path, tmp_path: Path, allowed: bool = True) -> AsyncIterator[ClientSession]:
    """A session with the command itself, as a program starts it."""
    settings = tmp_path / "config" / "briefing"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "config.toml").write_text(f"mcp = {str(allowed).lower()}\n")
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "briefing", "--library", str(path), "mcp"],
        env={"XDG_CONFIG_HOME": str(tmp_path / "config"), "HOME": str(tmp_path), "APPDATA": str(tmp_path / "config")},
    )
    with (tmp_path / "errors.txt").open("w+") as errors:
        async with (
            stdio_client(started, errors) as (read, write),
            ClientSession(read, write, read_timeout_seconds=timedelta(seconds=60)) as session,
        ):
            await session.initialize()
            yield session
        errors.seek(0)
        assert "Traceback" not in errors.read(), "it does not end in order"


async def asked(session: ClientSession, name: str, **arguments: Any) -> dict[str, Any]:
    answer = await session.call_tool(name, arguments)
    assert not answer.isError, answer.content
    found: dict[str, Any] = json.loads(answer.content[0].text)  # type: ignore[union-attr]
    return found


def citations(found: Any) -> list[dict[str, Any]]:
    """All citations anywhere in an answer."""
    if isinstance(found, list):
        return [one for each in found for one in citations(each)]
    if isinstance(found, dict):
        own = [found["citation"]] if "citation" in found else []
        return own + [one for key, each in found.items() if key != "citation" for one in citations(each)]
    return []


linux = pytest.mark.skipif(sys.platform != "linux", reason="settings are where the platform keeps them")


@linux
async def test_another_program_searches_and_reads(path: Path, tmp_path: Path) -> None:
    with Library.open(path) as library:
        texts = {row.id: str(library.source(row.id).text) for row in library.sources()}
    async with talking(path, tmp_path) as session:
        tools = (await session.list_tools()).tools
        assert [tool.name for tool in tools] == ["search", "read", "facts", "claims"]
        assert all(tool.annotations and tool.annotations.readOnlyHint for tool in tools)
        hits = await asked(session, "search", query="jets")
        assert hits["found"] == 2
        one = next(hit["citation"]["source"] for hit in hits["hits"] if hit["citation"]["title"] == "Harbour")
        text = await asked(session, "read", source=one[:10], first=2, last=2)
        assert text["paragraphs"] == [{"paragraph": 2, "text": "The USA sent two jets. “We are ready,” it said."}]
        assert text["citation"]["source"] == one
        facts = await asked(session, "facts", source=one)
        assert [fact["fact"] for fact in facts["facts"]] == ["count", "participant", "quote"]
        assert (await asked(session, "facts", query="three", kind="count"))["facts"][0]["low"] == 3
        claims = await asked(session, "claims", query="jets")
        assert {source["title"] for source in claims["sources"]} == {"Harbour", "Port"}
    cited = [*citations(hits), *citations(facts), *citations(claims)]
    assert len(cited) >= 4
    for citation in cited:  # each can be followed to its words
        assert texts[citation["source"]][citation["start"] : citation["end"]] == citation["words"]
        assert citation["paragraph"] >= 1


@linux
async def test_what_cannot_be_answered_is_said_and_the_session_goes_on(path: Path, tmp_path: Path) -> None:
    async with talking(path, tmp_path) as session:
        for name, arguments, said in (
            ("read", {"source": "beef"}, "No source in the library"),
            ("read", {"source": "xyz"}, "is no id"),
            ("remove", {}, "there is no tool remove"),
            ("search", {}, "query"),
            ("search", {"query": "x", "odd": 1}, "odd"),
            ("facts", {"kind": "rumour"}, "rumour"),
        ):
            answer = await session.call_tool(name, arguments)
            assert answer.isError
            assert said in answer.content[0].text  # type: ignore[union-attr]
        assert (await asked(session, "search", query="(((“"))["found"] >= 0


@linux
async def test_nothing_is_written(path: Path, tmp_path: Path) -> None:
    def state() -> tuple[object, ...]:
        with Library.open(path) as library:
            rows = library.sources()
            return library.totals(), rows, library.searches.past(), [library.position(row.id) for row in rows]

    before = state()
    async with talking(path, tmp_path) as session:
        await asked(session, "search", query="jets")
        await asked(session, "facts")
        await asked(session, "claims")
    assert state() == before


def test_it_is_off_until_the_settings_say_so(call: Any) -> None:
    assert Settings().mcp is False
    done = call("mcp")
    assert done.code == 2
    assert "mcp = true" in done.err
    assert "send it elsewhere" in done.err
