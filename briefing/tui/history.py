"""Places of the reader that one can go back to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.tui.places import Place

_LONGEST_HISTORY: Final = 200


@dataclass
class History:
    """Places visited: those before the last jump, and those one came back from."""

    back: list[Place] = field(default_factory=list)
    forward: list[Place] = field(default_factory=list)

    def remember(self, place: Place | None) -> None:
        """Note the place that a jump starts from; one place is not kept twice in a row."""
        if place is not None and (not self.back or self.back[-1] != place):
            self.back.append(place)
            del self.back[:-_LONGEST_HISTORY]
            self.forward.clear()

    def travel(self, step: int, here: Place | None) -> Place | None:
        """Go back or forward; returns the place to go to, None where there is none.

        Args:
            step: -1 back, 1 forward.
            here: The place in sight, to come back to; None for none.
        """
        take, put = (self.back, self.forward) if step < 0 else (self.forward, self.back)
        if not take:
            return None
        if here is not None:
            put.append(here)
        return take.pop()

    def forget(self, source_ids: Sequence[str]) -> None:
        """Forget places of removed sources."""
        gone = set(source_ids)
        self.back[:] = [place for place in self.back if place.source_id not in gone]
        self.forward[:] = [place for place in self.forward if place.source_id not in gone]
