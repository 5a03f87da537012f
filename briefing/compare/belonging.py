"""Whose something is: a wing's, its air force's, its nation's."""

from collections.abc import Iterable

from briefing.compare.corpus import Document
from briefing.extract.lexicon import load_lexicon


class Belonging:
    """Follows units and services to their nations, by what the sources state and what the lexicon knows."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._lexicon = load_lexicon()
        self._over: dict[str, str] = {}
        for document in documents:
            for participant in document.extraction.participants:
                if participant.affiliation and participant.affiliation != participant.name:
                    self._over.setdefault(participant.name, participant.affiliation)

    def chain(self, name: str | None) -> tuple[str, ...]:
        """``name`` and what is over it, up to the nation; empty for None."""
        found: list[str] = []
        while name and name not in found:
            found.append(name)
            name = self._above(name)
        return tuple(found)

    def agree(self, a: str | None, b: str | None) -> bool:
        """Whether two operators can be one: either is unknown, or one belongs to the other."""
        return a is None or b is None or a in self.chain(b) or b in self.chain(a)

    def _above(self, name: str) -> str | None:
        if name in self._over:
            return self._over[name]
        entry = self._lexicon.entry(name)
        if entry is None or entry.type == "NATION":
            return None
        return entry.parent or entry.nation or None
