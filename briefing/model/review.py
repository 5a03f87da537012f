"""The user's verdict on a fact: accepted, rejected or edited."""

import getpass
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from pydantic import model_validator

from briefing.model.base import Frozen
from briefing.model.kinds import FactKind
from briefing.model.kinds import ReviewState as ReviewState
from briefing.model.safetext import SafeText

Edited = dict[str, str | int | bool | None]

_NOTE: Final = "@note"
_BY: Final = "@by"
REMARKED: Final = ('{"@note"', '{"@by"')
"""How kept fields begin that hold remarks alone: corrections come before them."""
_LONGEST_NOTE: Final = 2000
"""Characters of a note that are kept."""


class Review(Frozen):
    """A verdict on one fact of one source. ``edited`` holds the corrected fields by name, as JSON values.

    ``note`` is the reason that its reader gave, ``by`` who that was. They are kept among the corrected fields, under
    names that no field has: whatever moves a verdict on, takes back or packs it takes them along.
    """

    source_id: str
    kind: FactKind
    key: str
    state: ReviewState
    edited: Edited | None = None
    at: datetime | None = None
    note: SafeText | None = None
    by: SafeText | None = None

    @model_validator(mode="before")
    @classmethod
    def _parted(cls, given: Any) -> Any:
        """Tell the remarks from the corrected fields."""
        fields = given.get("edited") if isinstance(given, Mapping) else None
        if not isinstance(fields, Mapping) or not {_NOTE, _BY} & fields.keys():
            return given
        told = {"note": fields.get(_NOTE), "by": fields.get(_BY)}
        remarks = {name: SafeText(str(value)).line() for name, value in told.items() if value}
        own = {name: value for name, value in fields.items() if name not in {_NOTE, _BY}}
        return {**given, **remarks, "edited": own or None}

    @property
    def kept(self) -> Edited | None:
        """The corrected fields with the remarks among them, as a library keeps them."""
        return remarked(self.edited, self.note, self.by)


def remarked(edited: Edited | None, note: str | None, by: str | None) -> Edited | None:
    """Put what goes with a verdict among its corrected fields.

    Args:
        edited: Corrected fields by name; None for none.
        note: The reason for the verdict.
        by: Who gives it.

    Returns:
        The fields; None where there is nothing.
    """
    fields: Edited = dict(edited or {})
    if note and note.strip():
        fields[_NOTE] = note.strip()[:_LONGEST_NOTE]
    if by:
        fields[_BY] = by
    return fields or None


def user_name() -> str:
    """The name by which this machine knows its user; empty where it knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no account of that number, no such module on this system
        return ""
