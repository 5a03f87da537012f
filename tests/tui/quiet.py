"""Wait until a reader has nothing left to do: by what is queued, drawn and due, not by how busy the processor is.

Textual's pilot looks whether the processor rests, for a fiftieth of a second at least, several times for each key.
"""

import asyncio
from typing import Any, Final

from textual.pilot import Pilot
from textual.worker import Worker, WorkerCancelled, WorkerFailed

from briefing.library.errors import LibraryError
from briefing.tui.textual_patches.key_queue import LOST
from briefing.tui.textual_patches.sliced_compositor import SlicedScreen

ENDLESS: Final = frozenset({"default", "_loader", "watching", "others"})
"""Groups of threads that never end: Textual's own, and what watches folders and servers."""
_STEP: Final = 0.002
"""Seconds between two looks at whether a short timer has ended."""
_TURNS: Final = 2000


def running(app: Any) -> list[Worker[Any]]:
    """Threads and tasks of the reader that will come to an end."""
    return [worker for worker in app.workers if worker.group not in ENDLESS and not worker.is_finished]


def is_busy(app: Any) -> bool:
    """Whether a message waits for a widget, a part of the screen for being drawn, or a thread is at work.

    Short timers that go off once are waited for; not those of cursors that blink and of notices that go.
    """
    if not app.screen_stack:
        return False
    screen = app.screen
    if app.typed_ahead or running(app) or screen._dirty_widgets or screen._callbacks:
        return True
    if isinstance(screen, SlicedScreen) and screen._sliced:
        return True
    pumps = [app, *(one for shown in app.screen_stack for one in shown.walk_children(with_self=True))]
    if any(pump._message_queue.qsize() or pump._next_callbacks or pump._pending_message for pump in pumps):
        return True
    timers = [timer for pump in pumps for timer in pump._timers if timer._repeat is not None and timer._interval < LOST]
    return any(timer._task is not None and not timer._task.done() for timer in timers)


async def ended(worker: Worker[Any]) -> None:
    """Wait for a thread. What a user is told in words for a user, as that an edit builds on this one, is no fault."""
    try:
        await worker.wait()
    except WorkerCancelled:
        pass
    except WorkerFailed as failed:
        if not isinstance(failed.error, LibraryError):
            raise


async def quiet(pilot: Pilot[Any]) -> None:
    """Return once nothing is going on, and every widget has answered that it is done with what it had."""
    app, answered = pilot.app, False
    for _ in range(_TURNS):
        for worker in running(app):
            await ended(worker)
        if app.screen_stack:
            app.screen._on_timer_update()
        await asyncio.sleep(0)
        if is_busy(app):
            answered = False
            await asyncio.sleep(_STEP)
        elif answered:
            return
        else:
            answered = await pilot._wait_for_screen()
