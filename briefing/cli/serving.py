"""The server in front of ``briefing serve``: a page in a browser for each reader, a process for each page.

Made of textual-serve, with some things done otherwise. A process is started from a list of arguments, so that no shell
reads a path. A page of another site may not talk to the server: without that check any page that the user visits could
press the reader's keys, which write files. The page fetches nothing from elsewhere, takes keys without a click, and
finds its server under whatever name it was asked for. Only a browser that was given the key gets in, on this machine
too, where other users' programs reach the server as well: it is part of the address that is printed, and a cookie from
then on.
"""

import asyncio
import ipaddress
import platform
import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from copy import copy
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

_WAIT: Final = 5
"""Seconds for a reader to end once its page is gone; then it is ended."""

_ELSEWHERE: Final = re.compile(r'<link[^>]*href="https://fonts\.[^>]*>')
"""What the page would fetch from other servers, a font: nothing leaves the machine."""
_POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws://{host} wss://{host}; frame-ancestors 'none'"
)
_FOCUS: Final = """
const focusing = setInterval(() => {
  const keys = document.querySelector(".xterm-helper-textarea");
  if (keys) { keys.focus(); clearInterval(focusing); }
}, 50);
"""
"""Has the page take keys at once, not only after a click."""


class ReaderService(AppService):
    """The reader of one page, in a process of its own."""

    def __init__(self, arguments: Sequence[str], **more: Any) -> None:
        super().__init__(" ".join(arguments), **more)
        self._arguments = tuple(arguments)

    async def _open_app_process(self, width: int = 80, height: int = 24) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        environment = self._build_environment(width=width, height=height)
        environment.pop("NO_COLOR", None)  # of the terminal the server was started in, which the page has no part in
        self._process = await asyncio.create_subprocess_exec(
            *self._arguments, stdin=pipe, stdout=pipe, stderr=pipe, env=environment
        )
        self._stdin = self._process.stdin
        return self._process

    async def stop(self) -> None:
        """Ask the reader to end, and end it where it does not."""
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(super().stop(), _WAIT)
        finally:  # also where the server is closing and does not wait: else its pipes would outlive the event loop
            if self._process is not None:
                transport = self._process._transport  # type: ignore[attr-defined]
                transport.close()  # kills the reader, if it has not ended


class ReaderServer(Server):
    """Serves the reader, to who knows the ``key``, which is made where none is given. ``arguments`` start a reader."""

    def __init__(
        self, arguments: Sequence[str], host: str, port: int, said: Callable[[str], None], key: str | None = None
    ) -> None:
        super().__init__("briefing", host=host, port=port, title="briefing")
        self._arguments = tuple(arguments)
        self._key = key or new_key()
        self._cookie = f"briefing-{port}"  # a browser sends the cookies of one port to all of a host's
        self._said = said

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._only_our_pages)
        return app

    @web.middleware
    async def _only_our_pages(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if not allowed(request.host, origin, self.host) or (origin is None and _is_socket(request)):
            raise web.HTTPForbidden(text="This address is not served here.")
        if _same(request.cookies.get(self._cookie), self._key):
            return await handler(request)
        if request.path == "/" and _same(request.query.get("key"), self._key):
            answer = web.HTTPSeeOther("/")  # so that the key stays in no history, and in no picture of the window
            answer.set_cookie(self._cookie, self._key, httponly=True, samesite="Lax")
            raise answer
        raise web.HTTPForbidden(text="Open the whole address that 'briefing serve' printed: its key lets you in.")

    async def handle_index(self, request: web.Request) -> Any:
        """The page, which finds everything else under the name it was asked for by."""
        server = copy(self)
        server.public_url = f"{request.scheme}://{request.host}"
        page: Any = await Server.handle_index(server, request)
        local = _ELSEWHERE.sub("", page.text)
        page.text = local.replace("</head>", f"<script>{_FOCUS}</script></head>", 1)
        page.headers["Content-Security-Policy"] = _POLICY.format(host=request.host)
        return page

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Keys and screens of one page, for as long as it is open."""
        socket = web.WebSocketResponse(heartbeat=15)
        await socket.prepare(request)
        service = ReaderService(
            self._arguments,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=socket.close,
            download_manager=self.download_manager,
        )
        size = [to_int(request.query.get(name, ""), usual) for name, usual in (("width", 80), ("height", 24))]
        try:
            await service.start(*size)
            await self._process_messages(socket, service)
        finally:
            await service.stop()
        return socket

    async def on_startup(self, app: web.Application) -> None:
        """Say where the page is."""
        del app
        self._said(f"http://{shown_host(self.host)}:{self.port}" + f"/?key={self._key}")

    def initialize_logging(self) -> None:
        """Nothing is logged: what goes wrong is shown on the page or ends the program."""


def allowed(host: str, origin: str | None, bound: str) -> bool:
    """Whether a request may be answered.

    A server on the loopback interface answers to names of this machine only: another name that leads here is a page of
    elsewhere that found the way in.

    Args:
        host: Name and port that the request was sent to.
        origin: The page that it comes from; None where the browser names none.
        bound: Name or address that the server is bound to.
    """
    if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
        return False
    return not is_loopback(bound) or is_loopback(urlsplit(f"//{host}").hostname or "")


def _is_socket(request: web.Request) -> bool:
    """Whether a websocket is asked for; every browser says for which page."""
    return request.path == "/ws" or request.headers.get("Upgrade", "").lower() == "websocket"


def new_key() -> str:
    """Make a random key of 128 bits."""
    return secrets.token_urlsafe(16)


def _same(given: str | None, key: str) -> bool:
    """Whether the key was given; how long this takes tells nothing of it."""
    return given is not None and secrets.compare_digest(given.encode(errors="replace"), key.encode())


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine reach a server under this name or address."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def shown_host(host: str) -> str:
    """Write a host for a web address: an IPv6 address in brackets."""
    if host in {"0.0.0.0", "::", ""}:  # noqa: S104 - compared with, not bound to
        return platform.node() or "localhost"  # the name that other machines know it by
    return f"[{host}]" if ":" in host else host
