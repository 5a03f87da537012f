"""Web servers that answer anything: every answer is a source or one clean sentence, soon and in little memory."""

import gzip
import re
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import pytest

from briefing.model.safetext import UNSAFE
from briefing.model.source import Source, Unreadable
from briefing.sources import read_address, web

OK: Final = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
CHUNKED: Final = OK + b"Transfer-Encoding: chunked\r\n\r\n"
PACKED: Final = OK + b"Content-Encoding: gzip\r\n"
WORDS: Final = b"Two tugs left."


def packed(body: bytes) -> bytes:
    return PACKED + b"Content-Length: %d\r\n\r\n" % len(body) + body


ANSWERS: Final[dict[str, bytes | list[bytes]]] = {
    "nothing": b"",
    "no HTTP": WORDS,
    "escapes in the status": b"HTTP/1.1 404 \x1b]52;c;aGk=\x07\x1b[31mX\r\n\r\n",
    "no number": b"HTTP/1.1 abc OK\r\n\r\n",
    "a status of its own": b"HTTP/1.1 999 Odd\r\n\r\n",
    "partial": b"HTTP/1.1 206 Partial\r\nContent-Length: 3\r\n\r\nTwo",
    "a header of two megabytes": [OK + b"X: ", *[b"a" * 65536] * 32, b"\r\n\r\n"],
    "a hundred thousand headers": [OK, *[b"X: y\r\n" * 1000] * 100, b"\r\n" + WORDS],
    "headers of others": OK + b"Content-Encoding: \x1b[31m\r\n\r\n" + WORDS,
    "a type of others": b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\x1b[31m\r\n\r\n<p>" + WORDS,
    "a charset that runs code": b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=unicode_escape\r\n\r\n" + WORDS,
    "a charset that is no text": b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=hex\r\n\r\n" + WORDS,
    "shorter than said": OK + b"Content-Length: 5000\r\n\r\n" + WORDS,
    "two lengths": OK + b"Content-Length: 5\r\nContent-Length: 500\r\n\r\n" + WORDS,
    "a length below nothing": OK + b"Content-Length: -1\r\n\r\n" + WORDS,
    "a length without end": OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n" + WORDS,
    "a chunk that is none": CHUNKED + b"zz\r\n" + WORDS,
    "a chunk of all bytes there are": CHUNKED + b"FFFFFFFFFFFFFFFF\r\n" + WORDS,
    "a chunk below nothing": CHUNKED + b"-5\r\n" + WORDS,
    "chunks without an end": CHUNKED + b"e\r\n" + WORDS + b"\r\n",
    "chunks with words beside": CHUNKED + b"e;" + b"x" * 200_000 + b"\r\n" + WORDS + b"\r\n0\r\n\r\n",
    "headers behind the body": [CHUNKED + b"e\r\n" + WORDS + b"\r\n0\r\n", *[b"X: y\r\n" * 1000] * 100, b"\r\n"],
    "both lengths": OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\ne\r\n" + WORDS + b"\r\n0\r\n\r\n",
    "only promises": [b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" * 1000] * 200,
    "another protocol": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "packed in parts": packed(gzip.compress(WORDS[:8]) + gzip.compress(WORDS[8:])),
    "packed with words behind": packed(gzip.compress(WORDS) + b"\x1b[31m" * 1000),
    "packed parts without end": packed(gzip.compress(b"") * 200_000),
    "to a file": b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n",
    "to escapes": b"HTTP/1.1 302 Found\r\nLocation: http://a\x1b[31m.example/\r\n\r\n",
    "to nowhere": b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n",
    "to a port that is none": b"HTTP/1.1 302 Found\r\nLocation: http://a.example:99999999/\r\n\r\n",
    "to a password": b"HTTP/1.1 302 Found\r\nLocation: http://ida:secret@a.example/\r\n\r\n",
    "to a name without end": b"HTTP/1.1 302 Found\r\nLocation: http://" + b"a" * 50_000 + b".example/\r\n\r\n",
    "to a name that is none": b"HTTP/1.1 302 Found\r\nLocation: http://xn--\xff\xff.example/\r\n\r\n",
}
INSIDE: Final = (
    "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://[::ffff:127.0.0.1]/",
    "http://[::]/", "http://localhost./", "http://[fec0::1]/", "http://%31%32%37.0.0.1/", "http://１２７.0.0.1/",
)  # fmt: skip


class Answering:
    """A server that sends the same bytes to whoever connects."""

    def __init__(self, answer: bytes | list[bytes]) -> None:
        self.pieces = [answer] if isinstance(answer, bytes) else answer
        self.asked: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                with connection, suppress(OSError):
                    self.asked.append(connection.recv(65536))
                    for piece in self.pieces:
                        connection.sendall(piece)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def answered(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Answering]:
    monkeypatch.setattr(web, "SECONDS", 6.0)
    server = Answering(request.param)
    yield server
    server.close()


@pytest.mark.parametrize("answered", ANSWERS.values(), ids=ANSWERS, indirect=True)
def test_an_answer_is_a_source_or_one_clean_sentence(answered: Answering) -> None:
    begun = time.monotonic()
    tracemalloc.start()
    found = list(read_address(f"http://127.0.0.1:{answered.port}/", allow_private=True))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found
    for one in found:
        words = [str(one.text), str(one.title)] if isinstance(one, Source) else [one.reason]
        assert not re.search(UNSAFE, "".join(words))
        assert isinstance(one, Source | Unreadable)
        assert isinstance(one, Source) or ("\n" not in one.reason and 0 < len(one.reason) < 500)
    assert time.monotonic() - begun < 30
    assert most < 60 << 20


@pytest.mark.parametrize(
    "answered", [packed(gzip.compress(WORDS[:8]) + gzip.compress(WORDS[8:]))], ids=["two"], indirect=True
)
def test_what_is_packed_in_parts_is_read_whole(answered: Answering) -> None:
    (source,) = read_address(f"http://127.0.0.1:{answered.port}/", allow_private=True)
    assert isinstance(source, Source)
    assert source.text == WORDS.decode()


@pytest.mark.parametrize("place", INSIDE)
def test_no_way_of_writing_leads_inside(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = Answering(OK + b"\r\n" + WORDS)
    target = place[:-1] + f":{inside.port}/"
    outside = Answering(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\n\r\n".encode())
    try:
        for address in (target, f"http://127.0.0.1:{outside.port}/"):
            (found,) = read_address(address, allow_private=address != target)
            assert isinstance(found, Unreadable)
        assert not inside.asked
        assert outside.asked
    finally:
        inside.close()
        outside.close()


def test_a_cookie_goes_to_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    second = Answering(OK + b"\r\n" + WORDS)
    cookies = b"Set-Cookie: a=1\r\nSet-Cookie: b=2; Domain=example\r\nSet-Cookie: c=3; Domain=.second.example\r\n"
    location = b"Location: http://second.example:%d/\r\n\r\n" % second.port
    first = Answering(b"HTTP/1.1 302 Found\r\n" + cookies + location)
    monkeypatch.setattr(web, "addresses", lambda *_: [web.ipaddress.ip_address("127.0.0.1")])
    try:
        (found,) = read_address(f"http://first.example:{first.port}/")
    finally:
        first.close()
        second.close()
    assert isinstance(found, Source)
    assert b"cookie" not in second.asked[0].lower()
    assert b"referer" not in second.asked[0].lower()
