"""Addresses: answers of a server on this machine, and the addresses that are not asked."""

import gzip
import ipaddress
import shutil
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from made_office import docx, p
from made_pdf import pdf

from briefing.model.source import Source, Unreadable
from briefing.sources import is_address, read_address, source_id, web

PAGE = (
    "<!DOCTYPE html><html><head><title>Two tugs left</title></head>"
    "<body><p>The master said “at once”.</p></body></html>"
)
ITEMS = "<item><title>One</title></item><item><title>Two</title></item>"
FEED = f"<rss><channel><title>Sample Wire</title>{ITEMS}</channel></rss>"
ANSWERS: dict[str, tuple[str, bytes]] = {
    "/page": ("text/html; charset=windows-1252", PAGE.encode("cp1252")),
    "/feed": ("application/rss+xml", FEED.encode()),
    "/letter": ("application/octet-stream", docx(p("A letter"))),
    "/paper": ("text/html", pdf([[(72, 700, 12, "A paper with a page.")]])),
    "/notes": ("text/plain", b"<p>no page"),
    "/empty": ("text/plain", b""),
}


TEXT = b"Two tugs left."
PACKED: dict[str, tuple[str, bytes]] = {
    "/once": ("gzip", gzip.compress(TEXT)),
    "/deflated": ("deflate", zlib.compress(TEXT)),
    "/as-it-is": ("identity", TEXT),
    "/twice": ("gzip, gzip", gzip.compress(gzip.compress(b"a" * 10_000_000))),
    "/unknown": ("br", b"x"),
    "/damaged": ("gzip", gzip.compress(TEXT)[:10] + b"\xff" * 30),
    "/short": ("gzip", gzip.compress(TEXT)[:-12]),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path.partition("?")[2])
        elif self.path in PACKED:
            encoding, body = PACKED[self.path]
            self.send_response(200)
            self.send_header("Content-Encoding", encoding)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        elif self.path == "/slow":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            with suppress(OSError):
                while True:
                    self.wfile.write(b"X-More: yes\r\n")
                    time.sleep(0.05)
            return
        elif self.path == "/large":
            self.send_response(200)
            self.send_header("Content-Length", str(10**12))
        elif self.path == "/bomb":
            body = gzip.compress(b"a" * 300_000)
            self.send_response(200)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        elif self.path in ANSWERS:
            kind, body = ANSWERS[self.path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        else:
            self.send_response(404, "Not \x1b[31m here")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as serving:
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{serving.server_address[1]}"
        serving.shutdown()
        thread.join()


def _sources(address: str) -> list[Source]:
    return [one for one in read_address(address, allow_private=True) if isinstance(one, Source)]


def _reason(address: str, *, allow_private: bool = True) -> str:
    (only,) = read_address(address, allow_private=allow_private)
    assert isinstance(only, Unreadable)
    return only.reason


def test_a_page(server: str) -> None:
    (source,) = _sources(f"{server}/page")
    assert (source.format, source.title, source.path) == ("html", "Two tugs left", f"{server}/page")
    assert "“at once”" in source.text
    assert source.publisher == "127.0.0.1"
    assert source.id == source_id(PAGE.encode("cp1252"))


def test_what_the_bytes_are_counts_for_more_than_what_the_server_says(server: str) -> None:
    assert [one.format for path in ("/letter", "/paper", "/notes") for one in _sources(server + path)] == [
        "docx", "pdf", "text",
    ]  # fmt: skip
    assert [str(one.path) for one in _sources(f"{server}/feed")] == [f"{server}/feed » 1 One", f"{server}/feed » 2 Two"]


def test_redirects_are_followed_so_far(server: str) -> None:
    assert _sources(f"{server}/to?/page")[0].title == "Two tugs left"
    assert "more than 5 times" in _reason(f"{server}/to?" * 9 + "/page")
    assert "no address on the web" in _reason(f"{server}/to?file:///etc/passwd")


def test_reasons(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "404" in _reason(f"{server}/gone")
    assert "\x1b" not in _reason(f"{server}/gone")
    assert "larger than 64 MiB" in _reason(f"{server}/large")
    assert _reason(f"{server}/empty") == "is empty"
    monkeypatch.setattr(web, "MAX_BYTES", 100_000)
    assert "larger than" in _reason(f"{server}/bomb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert "cannot be fetched" in _reason(f"http://127.0.0.1:{free.getsockname()[1]}/")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://a.example/x",
        "http://",
        "http://a:b@127.0.0.1/",
        "http://[::1",
        "https://\x1b[31m/",
        "http://a..b/",
    ],
)
def test_what_is_no_web_address(address: str) -> None:
    assert is_address(address)
    assert "cannot be fetched" in _reason(address)


def test_paths_are_no_addresses() -> None:
    assert not any(map(is_address, ["a.txt", "/a/b", "C:\\a.txt", "c:/a", "-", "a:b", "http:/x"]))


def test_this_machine_is_not_asked_unless_allowed(server: str) -> None:
    assert "--allow-private" in _reason(f"{server}/page", allow_private=False)
    port = server.rpartition(":")[2]
    for host in ("localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0"):
        reason = _reason(f"http://{host}:{port}/page", allow_private=False)
        assert "--allow-private" in reason or "no address is known" in reason


def test_a_public_name_may_not_lead_to_this_machine(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    asked: list[str] = []

    def lookup(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append(str(host))
        return real("127.0.0.1" if host == "rebind.example" else host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    port = server.rpartition(":")[2]
    assert "--allow-private" in _reason(f"http://rebind.example:{port}/page", allow_private=False)
    asked.clear()
    (source,) = _sources(f"http://rebind.example:{port}/page")
    assert source.publisher == "rebind.example"
    assert asked.count("rebind.example") == 1  # what was checked is what was connected to


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2600::1", True), ("10.1.2.3", False), ("127.0.0.1", False), ("169.254.169.254", False),
        ("192.168.0.1", False), ("100.64.0.1", False), ("224.0.0.1", False), ("0.0.0.0", False), ("::1", False),
        ("fe80::1", False), ("fd00::1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False), ("64:ff9b::808:808", True), ("240.0.0.1", False), ("::", False), ("fec0::1", False),
        ("2001:4860::5efe:a00:1", False), ("2001:4860::200:5efe:7f00:1", False), ("2001:4860:4860::8888", True),
    ],
)  # fmt: skip
def test_which_addresses_are_of_the_open_internet(address: str, public: bool) -> None:
    assert web.is_public(ipaddress.ip_address(address)) is public


def test_one_layer_of_packing_is_taken_off(server: str) -> None:
    assert [str(_sources(server + path)[0].text) for path in ("/once", "/deflated", "/as-it-is")] == [TEXT.decode()] * 3


def test_other_packing_is_refused_before_it_takes_memory(server: str) -> None:
    tracemalloc.start()
    try:
        assert "in a way not asked for (gzip, gzip)" in _reason(f"{server}/twice")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert "not asked for (br)" in _reason(f"{server}/unknown")
    assert "damaged" in _reason(f"{server}/damaged")
    assert "incomplete" in _reason(f"{server}/short")


def test_a_bomb_is_counted_while_it_is_unpacked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 100_000)
    monkeypatch.setattr(web, "PIECE", 50_000)
    pieces: list[int] = []
    real = web._unpacked

    def counted(*given: Any) -> Iterator[bytes]:
        for piece in real(*given):
            pieces.append(len(piece))
            yield piece

    monkeypatch.setattr(web, "_unpacked", counted)
    assert "larger than" in _reason(f"{server}/bomb")
    assert max(pieces) <= 50_000
    assert sum(pieces) <= 150_000


def test_a_server_that_sends_a_little_at_a_time_is_not_waited_for(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.5)
    start = time.monotonic()
    assert "does not answer in time" in _reason(f"{server}/slow")
    assert time.monotonic() - start < 5


def test_allowing_private_addresses_holds_for_the_one_that_was_named(server: str) -> None:
    port = int(server.rpartition(":")[2])
    assert "--allow-private" in _reason(f"{server}/to?http://localhost:{port}/page")
    assert "--allow-private" in _reason(f"{server}/to?http://127.0.0.1:{port + 1}/page")
    assert "--allow-private" in _reason(f"{server}/to?http://169.254.169.254/latest/meta-data/")
    assert _sources(f"{server}/to?{server}/page")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no certificate can be made")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    made = ["-keyout", "key", "-out", "cert", "-days", "1", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", *made], cwd=tmp_path, check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as serving:
        serving.socket = context.wrap_socket(serving.socket, server_side=True)
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            assert "CERTIFICATE_VERIFY_FAILED" in _reason(f"https://localhost:{serving.server_address[1]}/page")
        finally:
            serving.shutdown()
            thread.join()
