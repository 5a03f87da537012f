"""Which sources a list shows, in what order and in which groups.

Plain tuples, as the reader's first screen is a list and does not wait for pydantic.
"""

from typing import Final, Literal, NamedTuple

from briefing.model.safetext import SafeText

Order = Literal["newest", "title", "publisher", "added"]
SourceState = Literal["all", "unread", "unreviewed", "reviewed", "pinned", "gone"]
"""``gone``: the file was deleted, or replaced by a newer version."""
GroupBy = Literal["publisher", "day", "folder", "tag"]


class SourceFilter(NamedTuple):
    """Conditions on the listed sources; all must hold."""

    text: str = ""
    """Its title or its publisher holds this, in any case."""
    state: SourceState = "all"
    tag: str = ""
    workspace: str = ""
    """Name of a workspace that it is in."""


EVERYTHING: Final = SourceFilter()


class Group(NamedTuple):
    """Sources that share a publisher, a day, a folder or a tag, or have none (``key`` None); how many there are.

    Pinned sources are a group of their own, before all others, and stand in no other.
    """

    by: GroupBy
    key: SafeText | None
    n: int
    pinned: bool = False
