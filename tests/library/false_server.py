"""Servers that lie: one that speaks PostgreSQL's protocol falsely, and one that loses connections to a true one."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_TEXT, _INTEGER, _JSON, _MOMENT, _LIST = 25, 23, 3802, 1184, 1009


def _message(kind: bytes, body: bytes = b"") -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


def _rows(kind: int, *rows: bytes | None, columns: int = 1) -> bytes:
    """An answer with rows of equal columns."""
    one = b"x\0" + struct.pack("!ihihih", 0, 0, kind, -1, -1, 0)
    told = _message(b"T", struct.pack("!h", columns) + one * columns)
    for value in rows:
        cell = struct.pack("!i", -1) if value is None else struct.pack("!i", len(value)) + value
        told += _message(b"D", struct.pack("!h", columns) + cell * columns)
    return told + _message(b"C", b"SELECT 1\0")


def _error(severity: bytes, words: bytes) -> bytes:
    return _message(b"E", b"S%b\0CXX000\0M%b\0\0" % (severity, words))


_READY = _message(b"Z", b"T")
_BEGUN = _message(b"1") + _message(b"2")
_EVIL = b"\x1b]52;c;AAAA\x07\x1b[31m\xe2\x80\xae\r\n"
_HELLO = (
    _message(b"R", struct.pack("!i", 0))
    + b"".join(_message(b"S", one) for one in (b"server_version\x0015.3\0", b"client_encoding\0UTF8\0"))
    + _message(b"K", struct.pack("!ii", 1, 2))
    + _message(b"Z", b"I")
)
AT_FIRST = {
    "is shut": b"",
    "noise": bytes(range(256)) * 40,
    "another protocol": b"HTTP/1.1 200 OK\r\n\r\n<html>" + _EVIL,
    "a length of 2 GiB": b"R" + struct.pack("!i", 2**31 - 1) + bytes(100),
    "a length below none": b"R" + struct.pack("!i", -5) + bytes(100),
    "words for the terminal": _error(b"FATAL", _EVIL + b"z" * 20_000),
    "an unknown way to sign in": _message(b"R", struct.pack("!i", 10) + b"EVIL\0\0"),
    "a character set that is none": _HELLO.replace(b"UTF8\0", b"EVIL\0"),
}
"""What it says to whoever connects."""
TO_A_STATEMENT = {
    "is shut": b"",
    "noise": bytes(range(255, -1, -1)) * 40,
    "half an answer": (_BEGUN + _rows(_TEXT, b"1"))[:-20],
    "no rows": _BEGUN + _rows(_TEXT) + _READY,
    "nothing": _BEGUN + _rows(_TEXT, None) + _READY,
    "text that is none": _BEGUN + _rows(_TEXT, b"\xff\xfe" + _EVIL) + _READY,
    "a number that is none": _BEGUN + _rows(_INTEGER, b"abc") + _READY,
    "one column": _BEGUN + _rows(_INTEGER, b"1") + _READY,
    "seven columns": _BEGUN + _rows(_INTEGER, b"7", columns=7) + _READY,
    "1,600 columns": _BEGUN + _rows(_TEXT, b"1", columns=1600) + _READY,
    "lists in lists": _BEGUN + _rows(_JSON, b"[" * 100_000) + _READY,
    "a moment that is none": _BEGUN + _rows(_MOMENT, b"99999-99-99 BC") + _READY,
    "a list that is none": _BEGUN + _rows(_LIST, b"{" * 50_000) + _READY,
    "fewer cells than columns": _BEGUN + _rows(_TEXT, columns=3) + _message(b"D", b"\0\1\0\0\0\x011") + _READY,
    "files to be sent": _BEGUN + _message(b"G", struct.pack("!bh", 0, 0)) + _READY,
    "files that are sent": _BEGUN + _message(b"H", struct.pack("!bh", 0, 0)) + _READY,
    "words for the terminal": _BEGUN + _error(b"ERROR", _EVIL + b"q" * 100_000) + _READY,
    "an error in no character set": _BEGUN + _error(b"\xff\x1b", b"\xff\xfe\x1b") + _READY,
    "the end": _BEGUN + _error(b"FATAL", b"terminating") + _READY,
}
"""What it says to each statement, once somebody is signed in."""


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server on this machine that answers each connection in a thread; its port.

    Args:
        answer: What is done with a connection; it is closed afterwards.
    """
    with socket.create_server(("127.0.0.1", 0)) as server:

        def one(connection: socket.socket) -> None:
            with contextlib.suppress(OSError), connection:
                answer(connection)

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    threading.Thread(target=one, args=(server.accept()[0],), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)


def false_server(hello: bytes, answer: bytes, *, endless: bytes = b"") -> "contextlib.AbstractContextManager[int]":
    """A server that answers every statement alike.

    Args:
        hello: What it says to whoever connects.
        answer: What it says to a statement; empty to hang up.
        endless: What it goes on with without end.
    """

    def speak(connection: socket.socket) -> None:
        while True:
            length, code = struct.unpack("!ii", connection.recv(8))
            connection.recv(length - 8)
            if code >> 16 == 3:
                break
            connection.sendall(b"N")  # no encryption
        connection.sendall(hello)
        while hello and connection.recv(65536):
            connection.sendall(answer)
            while endless:
                connection.sendall(endless)
            if not answer.endswith(_READY):
                return

    return listening(speak)


def signed_in(answer: bytes) -> "contextlib.AbstractContextManager[int]":
    """A false server to whom one can sign in, see :func:`false_server`."""
    return false_server(_HELLO, answer)


def without_end() -> "contextlib.AbstractContextManager[int]":
    """A false server that answers with rows without end."""
    row = _message(b"D", struct.pack("!hi", 1, 60_000) + b"y" * 60_000)
    return false_server(_HELLO, _BEGUN + _rows(_TEXT)[: -len(_message(b"C", b"SELECT 1\0"))], endless=row * 20)


class Wire:
    """Connections to a true server that are cut at one statement, before or after it was passed on."""

    def __init__(self, server_socket: str) -> None:
        self._server = server_socket
        self.cut_at = 0
        """The number of the statement, from one; 0 for none."""
        self.passed_on = False
        """Whether the server still gets it: the answer is lost then."""
        self.seen = 0
        """Statements so far."""

    def carry(self, connection: socket.socket) -> None:
        """Carry what is said between a program and the server."""
        with socket.socket(socket.AF_UNIX) as server:
            server.connect(self._server)
            back = threading.Thread(target=_copy, args=(server, connection), daemon=True)
            first = True
            while said := connection.recv(1 << 20):
                if not first:
                    self.seen += 1
                if first:
                    back.start()
                    first = False
                elif self.seen == self.cut_at:
                    if self.passed_on:
                        connection.shutdown(socket.SHUT_RDWR)
                        server.sendall(said)
                        server.shutdown(socket.SHUT_WR)  # the server reads it, then the end
                        back.join()
                    return
                server.sendall(said)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while said := source.recv(1 << 20):
            with contextlib.suppress(OSError):
                target.sendall(said)
