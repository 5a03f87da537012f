"""A user's edit of an entity over all sources: merge, rename, retype, split or remove."""

from typing import Literal, NamedTuple

from briefing.model.kinds import EntityType
from briefing.model.safetext import SafeText

EntityAction = Literal["merge", "rename", "type", "split", "remove"]


class EntityEdit(NamedTuple):
    """One edit of the entity ``name`` of ``type``; ``number`` grows from edit to edit.

    It becomes ``to_name`` of ``to_type``; removed, both are None. A ``split`` concerns only mentions that are written
    as ``written``.
    """

    number: int
    action: EntityAction
    type: EntityType
    name: SafeText
    written: SafeText | None = None
    to_type: EntityType | None = None
    to_name: SafeText | None = None

    @property
    def described(self) -> SafeText:
        """The edit as a sentence of one line."""
        name, to = self.name.line(), (self.to_name or SafeText()).line()
        to_type = f" ({str(self.to_type).lower()})" if self.to_type != self.type else ""
        match self.action:
            case "merge":
                words = f"{name} is {to}{to_type}"
            case "rename":
                words = f"{name} is called {to}"
            case "type":
                words = f"{name} is of type {str(self.to_type).lower()}, not {self.type.lower()}"
            case "split":
                words = f"“{(self.written or SafeText()).line()}” is {to}{to_type}, not {name}"
            case "remove":
                words = f"{name} is no {self.type.lower()}"
        return SafeText(words)
