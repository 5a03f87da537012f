"""What a reader says of events and origins: a fact is another event's, two events are one, two origins are."""

from typing import Literal

from briefing.model.base import Frozen
from briefing.model.safetext import SafeText

ClaimAction = Literal["move", "join events", "split event", "join origins", "split origin"]


class TextPlace(Frozen):
    """A place of a source's text, which never changes: what is there names a fact, or the event it belongs to."""

    source_id: str
    start: int


class ClaimEdit(Frozen):
    """One thing said; ``number`` grows from edit to edit.

    ``move``: the facts at ``places`` belong to the event at ``to``, or, without it, to one of their own. ``join
    events``: the events at ``places`` are one. ``split event``: the sources of ``places`` report an event of their own.
    ``join origins``: what is said at ``places`` goes back to one asserter. ``split origin``: what is said at ``places``
    goes back to somebody else than whatever else its claim has.
    """

    number: int = 0
    action: ClaimAction
    places: tuple[TextPlace, ...]
    to: TextPlace | None = None
    words: SafeText = SafeText()
    """What it is about, in a line, as its reader saw it."""
    by: SafeText | None = None
    at: str | None = None

    @property
    def described(self) -> SafeText:
        """In a line."""
        who = f" ({self.by})" if self.by else ""
        return SafeText(f"{self.action}: {self.words}{who}").line()
