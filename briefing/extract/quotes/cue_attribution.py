"""Find the cue of a quoted run, the reporting word beside it, and the phrase that is its subject.

Verbs, nouns of speaking and "according to" are looked for in the part of the run's own sentence that stands before or
after it; who passed the words on is looked for beside them.
"""

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.reporting_verbs import Reporting
from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.cues import DASHES, Cues, Lead, Said, Tag
from briefing.extract.quotes.lead_rules import Leads
from briefing.extract.quotes.tag_rules import Tags


class CueAttribution(Cues):
    """Finds the cues of one document, and their subjects."""

    def __init__(self, view: View, mentions: Mentions, words: Reporting, level: list[int]) -> None:
        super().__init__(view, mentions, words, level)
        self._leads, self._tags = Leads(self), Tags(self)

    def before(self, first: int, last: int, floor: int | None = None) -> Said | None:
        """Find the speaker in the words that lead up to a run in its sentence; None where they name none.

        Args:
            first: First token of the words.
            last: The token after their last.
            floor: First token of the sentence where other runs stand between; None for ``first``.
        """
        said = self._leads.read(Lead(first, last, first if floor is None else floor))
        if said is None:
            return None
        if said.relay is None and said.cue is not None and said.source < said.cue:
            relay = self.relays.beside(said.source, said.cue) or self.relays.leading(first, said.source)
            said = said._replace(relay=relay)
        return said

    def after(self, first: int, last: int, *, tag: bool, dash: bool = False) -> Said | None:
        """Find the speaker in the words that follow a run in its sentence; None where they name none.

        Args:
            first: First token of the words.
            last: The token after their last.
            tag: Whether the run is set off, so that "said Smith" may follow.
            dash: Whether a dash is part of the token with the closing mark.
        """
        i = first
        while i < last and (not self.lower[i][0].isalnum() or self.view.tags[i] == "RB"):
            dash = dash or self.lower[i] in DASHES
            i += 1
        if i >= last or self.view.tags[i] in ("WDT", "WP"):
            return None
        said = self._tags.read(Tag(first, last, i, tag, dash))
        if said is None:
            return None
        return (
            said if said.relay is not None else said._replace(relay=self.relays.trailing(said.cue, said.source, last))
        )
