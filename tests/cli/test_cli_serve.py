"""The reader for a browser: who is answered, what a page holds, and that a page gets a reader."""

import asyncio
import importlib.util
import re
import sys
from pathlib import Path

import pytest

from briefing.cli import serve_command
from briefing.cli.serve_command import _reader
from briefing.cli.state import State

pytest.importorskip("textual_serve", exc_type=ImportError)

from aiohttp import WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestClient, TestServer

from briefing.cli.serving import ReaderServer, allowed, is_loopback, shown_host


@pytest.mark.parametrize(
    ("host", "origin", "bound", "answered"),
    [
        ("127.0.0.1:8000", None, "127.0.0.1", True),
        ("localhost:8000", "http://localhost:8000", "127.0.0.1", True),
        ("[::1]:8000", "http://[::1]:8000", "::1", True),
        ("localhost:8000", "http://evil.example", "127.0.0.1", False),
        ("localhost:8000", "http://localhost:9000", "127.0.0.1", False),
        ("localhost:8000", "null", "127.0.0.1", False),
        ("evil.example:8000", None, "127.0.0.1", False),  # a name that leads here, by a server of its owner
        ("evil.example:8000", "http://evil.example:8000", "localhost", False),
        ("192.0.2.7:8000", "http://192.0.2.7:8000", "0.0.0.0", True),
        ("192.0.2.7:8000", "http://evil.example", "0.0.0.0", False),
    ],
)
def test_who_is_answered(host: str, origin: str | None, bound: str, answered: bool) -> None:
    assert allowed(host, origin, bound) is answered


def test_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [is_loopback(host) for host in ("localhost", "127.3.2.1", "::1", "0.0.0.0", "example.org", "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert [shown_host(host) for host in ("::1", "127.0.0.1", "example.org")] == ["[::1]", "127.0.0.1", "example.org"]
    monkeypatch.setattr("platform.node", lambda: "desk-7")
    assert shown_host("0.0.0.0") == "desk-7"


def test_no_shell_reads_a_path(tmp_path: Path) -> None:
    name = "a; touch x & $(y) \"'` %PATH%"
    (tmp_path / name).mkdir()
    state = State()
    state.options = {"library": str(tmp_path / "l.db"), "model": "m"}
    assert _reader(state, (str(tmp_path / name), "https://example.org/a?b&c")) == [
        sys.executable, "-P", "-m", "briefing", "--library", str(tmp_path / "l.db"), "--model", "m", "--",
        str(tmp_path / name), "https://example.org/a?b&c",
    ]  # fmt: skip


def served(monkeypatch: pytest.MonkeyPatch) -> list[ReaderServer]:
    """The servers that are started, none of which listens."""
    made: list[ReaderServer] = []

    def serve(self: ReaderServer) -> None:
        made.append(self)
        asyncio.run(self.on_startup(None))  # type: ignore[arg-type]

    monkeypatch.setattr(ReaderServer, "serve", serve)
    return made


def test_only_this_machine_by_default(call, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = served(monkeypatch)
    done = call("serve")
    assert (done.code, made[0].host, made[0].port) == (0, "127.0.0.1", 8000)
    assert re.search(r"http://127\.0\.0\.1:8000/\?key=\S{22} ", done.out)
    assert done.err == ""


def test_other_machines_only_with_a_warning(call, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = served(monkeypatch)
    done = call("serve", "--host", "0.0.0.0", "--port", "8123")
    assert made[0].port == 8123
    assert "warning: 0.0.0.0 can be reached from other machines" in done.err
    assert "ssh -L 8123:localhost:8123" in done.err
    found = re.search(rf"http://{shown_host('0.0.0.0')}:8123/\?key=(\S{{22}}) ", done.out)
    assert found
    call("serve", "--host", "0.0.0.0")
    assert made[0]._key == found[1] != made[1]._key


def test_what_cannot_be_served(call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = served(monkeypatch)
    assert call("serve", "-").code == 2
    assert "no such file" in call("serve", tmp_path / "nothing.txt").err
    monkeypatch.setattr(serve_command, "find_spec", lambda name: None)
    done = call("serve")
    assert done.code == 2
    assert "pip install 'briefing[web]'" in done.err
    assert not made
    assert importlib.util.find_spec("textual_serve")


def test_a_port_that_is_taken(call, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(self: ReaderServer) -> None:
        raise OSError(98, "address already in use")

    monkeypatch.setattr(ReaderServer, "serve", serve)
    done = call("serve")
    assert done.code == 2
    assert "127.0.0.1:8000 cannot be listened on: address already in use" in done.err


async def test_a_page_has_a_reader_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    arguments = [sys.executable, "-P", "-m", "briefing", "--library", str(tmp_path / "l.db"), "--"]
    server = ReaderServer(arguments, "127.0.0.1", 8000, lambda said: None, "sesame")
    async with asyncio.timeout(60), TestClient(TestServer(await server._make_app())) as client:
        own = {"Origin": f"http://127.0.0.1:{client.port}"}
        with pytest.raises(WSServerHandshakeError):
            await client.ws_connect("/ws", headers=own)  # whoever is on this machine, but without the key
        page = await client.get("/?key=sesame")
        text = await page.text()
        assert "googleapis" not in text
        assert f'ws://127.0.0.1:{client.port}/ws"' in text
        assert "connect-src 'self'" in page.headers["Content-Security-Policy"]
        assert (await client.get("/", headers={"Host": "evil.example"})).status == 403
        with pytest.raises(WSServerHandshakeError):
            await client.ws_connect("/ws", headers={"Origin": "http://evil.example"})
        with pytest.raises(WSServerHandshakeError):
            await client.ws_connect("/ws")
        async with client.ws_connect("/ws?width=100&height=30", headers=own) as socket:
            await until_shown(socket, b"No sources yet")
            await socket.send_json(["stdin", "?"])
            await until_shown(socket, b"Everywhere")


async def test_only_who_has_the_key_gets_in() -> None:
    server = ReaderServer(["briefing"], "0.0.0.0", 8000, lambda said: None, "sesame")
    async with asyncio.timeout(60), TestClient(TestServer(await server._make_app())) as client:
        for path in ("/", "/?key=", "/?key=guess", "/?key=\N{PILE OF POO}", "/static/js/textual.js?key=sesame", "/ws"):
            refused = await client.get(path, headers={"Origin": f"http://127.0.0.1:{client.port}"})
            assert (refused.status, "key lets you in" in await refused.text()) == (403, True)
        assert ReaderServer(["briefing"], "127.0.0.1", 8000, lambda said: None)._key
        page = await client.get("/?key=sesame", allow_redirects=False)
        assert (page.status, page.headers["Location"]) == (303, "/")
        assert "HttpOnly" in page.headers["Set-Cookie"]
        assert "SameSite=Lax" in page.headers["Set-Cookie"]
        page = await client.get("/")  # with the cookie
        assert page.status == 200
        assert "sesame" not in await page.text()
        assert (await client.get("/", headers={"Origin": "http://evil.example"})).status == 403


async def until_shown(socket, words: bytes) -> None:
    """Take what the reader draws until it has drawn ``words``."""
    drawn = b""
    async for message in socket:
        if message.type is WSMsgType.BINARY:
            drawn += message.data
            if words in drawn:
                return
    raise AssertionError(f"{words!r} was not drawn: {drawn[-500:]!r}")
