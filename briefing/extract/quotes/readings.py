"""Words that somebody reads out or copies from a document: "She read out a letter from the board: “…”"."""

from typing import Final

from briefing.extract.quotes.cues import DASHES, FINITE, Cues, Lead, Said

_BETWEEN: Final = frozenset(("RB", "RP", "IN", "DT", "PRP$", "POS", "JJ", "CD", "NN", "NNS", "NNP", "NNPS", "VBN"))
"""Tags of what stands between the verb and the document: "read out loud from its second page"."""
_OF: Final = frozenset(("of", "from", "in"))
_SELVES: Final = frozenset(("i", "we"))


class Readings:
    """Finds documents that are read out in one text."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues
        self.view, self.words, self.lower, self.lists = cues.view, cues.words, cues.lower, cues.lists

    def of(self, lead: Lead) -> Said | None:
        """The document as the speaker of a run, who reads as the relay; None where nothing is read out.

        Args:
            lead: The words that lead up to the run.
        """
        first, last, floor = lead
        if self.lower[last - 1] not in (":", ",", *DASHES) and not self._is_document(last - 1):
            return None
        for verb in range(last - 1, first - 1, -1):
            if not self.view.tags[verb].startswith("V"):
                continue
            if self.lower[verb] in self.lists.reading_out:
                return self._read_by(verb, last, floor)
            if self.view.tags[verb] in FINITE:
                return None
        return None

    def _read_by(self, verb: int, last: int, floor: int) -> Said | None:
        document = self._behind(verb, last, floor)
        reader = self.cues.subjects.of(verb, floor) if document is not None else None
        if document is None or reader is None or reader == document or self._is_document(reader):
            return None
        named = self.cues.subjects.is_someone(reader) and self.lower[reader] not in _SELVES
        return Said(document, verb, "medium", True, relay=reader if named else None)

    def _behind(self, verb: int, last: int, floor: int) -> int | None:
        """The document that follows a verb of reading; for a part of one the document, if it is told."""
        part: int | None = None
        for i in range(verb + 1, last):
            if self.view.tags[i] not in _BETWEEN:
                break
            if part is not None and self.lower[i] == "to":
                break
            if self.lower[i] in self.lists.parts_of_documents and self.view.tags[i].startswith("NN"):
                part = i
            elif self._is_document(i) and self.view.deps[i] not in ("compound", "poss"):
                return i
            elif self._heard(i, verb):
                return None
        return part if part is None else self._whole(part, verb, floor)

    def _heard(self, i: int, verb: int) -> bool:
        """Whether a noun is what is read and no document: "read the crowd, the last line of the letter"."""
        return self.view.deps[i] == "dobj" and self.view.heads[i] == verb

    def _whole(self, part: int, verb: int, floor: int) -> int:
        """The document of a page or line: "held up the report and read from its second page"."""
        return next((i for i in range(verb - 1, floor - 1, -1) if self._is_document(i)), part)

    def _is_document(self, i: int) -> bool:
        return self.lower[i] in self.words.documents and self.view.tags[i].startswith("NN")
