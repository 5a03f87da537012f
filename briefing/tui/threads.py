"""Run work in threads beside the event loop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from textual.app import App

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.worker import Worker


class OnScreen(Protocol):
    """A widget, a screen, or a controller that was given its screen."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen whose end is the end of the work."""


P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound=OnScreen)


def in_thread(
    group: str, *, exclusive: bool = False
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], Worker[R]]]:
    """Decorate a method to run in a thread of its own.

    The worker belongs to the screen, which tells what the method raises. By itself Textual describes a worker by all
    that it is given, written out on the event loop: that takes 40 ms for 5,000 facts.

    Args:
        group: Name of the worker's group.
        exclusive: Whether workers of the group that still run are cancelled.
    """

    def decorate(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], Worker[R]]:
        @wraps(method)
        def begin(self: S, *args: P.args, **named: P.kwargs) -> Worker[R]:
            host: App[Any] | Screen[Any] = self if isinstance(self, App) else self.screen
            task: Callable[[], R] = partial(method, self, *args, **named)
            return host.run_worker(
                task, thread=True, group=group, exclusive=exclusive, exit_on_error=False, description=group
            )

        return begin  # type: ignore[return-value] # the wrapper names its first argument

    return decorate
