"""Listen for what others change in a library on a server (``LISTEN`` and the triggers of the schema)."""

import re
import threading
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

import psycopg

from briefing.library.postgres.connection import Server
from briefing.model.safetext import SafeText

_LISTENS: Final = 0.5
"""Seconds after which a listener looks whether it should end."""
_ID: Final = re.compile("-|[0-9a-f]{64}")
_AGAIN: Final = 2.0
"""Seconds between two tries to reach a server that is gone."""


class Told(NamedTuple):
    """Sources came or went, names were edited, verdicts or tags of a source changed; or the server went, or is back."""

    kind: Literal["sources", "names", "verdict", "tag", "gone", "back"]
    who: str = ""
    source_id: str = ""


def changes(server: Server, stop: threading.Event) -> Iterator[Told | None]:
    """Yield what others change, and None when all that came so far has been told.

    What this program changes itself is left out. While the server is gone, it is looked for again and again. What
    happens while somebody is at work on what was told comes together the next time.

    Args:
        server: The server.
        stop: Ends the listening once it is set.
    """
    gone = False
    while not stop.is_set():
        try:
            with server.connect() as db:
                db.execute("LISTEN briefing")
                if gone:
                    gone = False
                    yield Told("back")
                while not stop.is_set():
                    for note in list(db.notifies(timeout=_LISTENS, stop_after=1)):  # all that came together
                        if not server.is_own(note.pid) and (told := _read(note.payload)) is not None:
                            yield told
                    yield None
        except psycopg.Error:
            if not gone:
                gone = True
                yield Told("gone")
            stop.wait(_AGAIN)


def _read(payload: str) -> Told | None:
    """What was told; None for what another version of the program tells, or whoever else may connect."""
    kind, _, rest = payload.partition(" ")
    source_id, _, who = rest.partition(" ")
    if kind not in {"sources", "names", "verdict", "tag"} or not _ID.fullmatch(source_id):
        return None
    return Told(kind, SafeText(who).line(), "" if source_id == "-" else source_id)  # type: ignore[arg-type]
