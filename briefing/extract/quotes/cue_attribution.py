"""Who is said to speak: the reporting word beside a quoted run, and the phrase that is its subject.

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
    """Finds reporting words and who they belong to in one document."""

    def __init__(self, view: View, mentions: Mentions, words: Reporting, level: list[int]) -> None:
        super().__init__(view, mentions, words, level)
        self._leads, self._tags = Leads(self), Tags(self)

    def before(self, first: int, last: int, floor: int | None = None) -> Said | None:
        """Who speaks the run that tokens ``first`` to ``last`` (exclusive) lead up to within its sentence.

        The sentence itself may begin earlier, at ``floor``, with other runs between.
        """
        said = self._leads.read(Lead(first, last, first if floor is None else floor))
        if said is None:
            return None
        if said.relay is None and said.cue is not None and said.source < said.cue:
            relay = self.relays.beside(said.source, said.cue) or self.relays.leading(first, said.source)
            said = said._replace(relay=relay)
        return said

    def after(self, first: int, last: int, *, tag: bool, dash: bool = False) -> Said | None:
        """Who speaks the run that tokens ``first`` to ``last`` (exclusive) follow within its sentence.

        ``tag``: the run is set off, so that "said Smith" may follow; ``dash``: a dash hangs on the closing mark.
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
