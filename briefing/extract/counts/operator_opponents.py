"""Assign operators by the two sides of a fight: what one side takes, kills or shoots down is the other's."""

from functools import cached_property
from typing import Final

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.counts.operator_holders import Holders
from briefing.extract.counts.operator_targets import Sides


class Opponents:
    """Finds who is on the other side in one document."""

    def __init__(self, owners: Owners, holders: Holders, sides: Sides) -> None:
        self.owners, self.holders, self.sides = owners, holders, sides
        self.lists = owners.lists

    def opponent(self, draft: Draft) -> str:
        """The other side than the one that does it to them; empty where no side does, or there are not just two."""
        actor = self.actor(draft)
        other = self._other_than(actor) if actor else ""
        return other if other and self.sides.may_be_of(draft, other) else ""

    def actor(self, draft: Draft) -> str:
        """Who takes, kills, hits or holds them, as a nation or group; empty where the clause does not say."""
        frame = draft.frame
        if frame is None or frame.verb < 0:
            return ""
        hostile = self.lists.lost | self.lists.captured | self.lists.downed | self.lists.struck | _TAKEN
        if draft.what not in hostile and draft.thing.key not in self.lists.captives:
            return ""
        token = frame.subject if frame.role == "object" else frame.agent if frame.role == "passive" else -1
        if token < 0 or self._loses(draft):
            return ""
        name = self.holders.who(token, companies=False)
        return self.owners.nation_of(name) or name

    def _loses(self, draft: Draft) -> bool:
        """Whether the verb says that its subject suffers it: "lost three tanks"."""
        return draft.what in ("lost", "missing")

    def _other_than(self, actor: str) -> str:
        one, two = self._pair
        return two if actor == one else one if actor == two else ""

    @cached_property
    def _pair(self) -> tuple[str, str]:
        """The two sides of the text: its own nation, and the only group that it names or the only foe."""
        home = self.owners.home or self.owners.main
        groups = {o.name for o in self.owners.all if o.kind == "group" and o.name}
        foes = groups or {foe for foe in self.sides.struck_ones() if foe != home}
        return (home, foes.pop()) if home and len(foes) == 1 else _NONE


_TAKEN: Final = frozenset({"detained", "rammed"})
_NONE: Final = ("", "")
