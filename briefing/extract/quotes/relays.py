"""Find relays, who passed words on: "the agency quoted Smith as saying", "Smith said, the newspaper reported".

The speaker is the one who said them; who passed them on is the relay.
"""

from typing import Final, NamedTuple

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.reporting_verbs import Reporting
from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.noun_phrases import Phrases
from briefing.extract.quotes.verb_subjects import Subjects

_BE: Final = frozenset(("was", "were", "is", "are", "been", "being"))
_FAR: Final = 30
"""Tokens between "quoted" and "as saying"."""
_BEHIND: Final = 24
"""Tokens behind a tag in which its relay is looked for."""


class Relayed(NamedTuple):
    """Tokens: the heads of the phrases for speaker and relay, and the reporting word."""

    source: int
    relay: int | None
    cue: int


class Relays:
    """Finds relays in one document."""

    def __init__(self, view: View, mentions: Mentions, words: Reporting, subjects: Subjects, lower: list[str]) -> None:
        self.view, self.mentions, self.words, self.subjects, self.lower = view, mentions, words, subjects, lower
        self.phrases = Phrases(view, mentions)
        self.lists = mentions.lexicon.lists.speakers

    def in_tag(self, first: int, last: int) -> Relayed | None:
        """Speaker and relay of a tag: "…," the agency quoted Smith as saying.

        Args:
            first: First token of the tag.
            last: The token after its last.
        """
        for i in range(first, last):
            if self.lower[i] in self.lists.as_saying and (found := self.quoted_as(i, first)):
                return found
        for i in range(first, last):  # "…," the agency quoted Smith.
            active = self.lower[i] in ("quoted", "cited") and self.view.tags[i] == "VBD" and not self._passive(i, first)
            source = self.phrases.after(i + 1, last) if active else None
            if source is not None and self.subjects.is_someone(source):
                return Relayed(source, self.subjects.of(i, first), i)
        return None

    def cited(self, source: int, cue: int) -> Relayed | None:
        """Read "The agency, citing a clerk of the port, reported that": the clerk says it.

        Args:
            source: Head token of the phrase that names who reports.
            cue: Token of the verb of reporting, behind it.
        """
        if self.lower[cue] not in self.lists.passing_on:
            return None
        for i in range(source + 1, cue - 1):
            if self.lower[i] in ("citing", "quoting") and self.lower[i - 1] == ",":
                cited = self.phrases.after(i + 1, cue)
                return Relayed(cited, source, cue) if cited is not None and self.subjects.is_someone(cited) else None
        return None

    def quoted_as(self, saying: int, floor: int) -> Relayed | None:
        """Speaker and relay where a token is the "saying" of "quoted … as saying"; else None.

        Args:
            saying: The token.
            floor: First token that may be looked at.
        """
        if saying - 1 < floor or self.lower[saying - 1] != "as":
            return None
        verb = next(
            (i for i in range(saying - 2, max(floor, saying - _FAR) - 1, -1) if self.lower[i] in self.lists.quoting),
            -1,
        )
        if verb < 0:
            return None
        if self._passive(verb, floor):
            source = self._patient(verb, floor)
            relay = self._agent(verb + 1, saying - 1) or self._agent(saying + 1, saying + 2)
        else:
            source = self.phrases.after(verb + 1, saying - 1)
            relay = self.subjects.of(verb, floor)
        return None if source is None else Relayed(source, relay, saying)

    def trailing(self, cue: int | None, source: int, last: int) -> int | None:
        """The relay behind a tag that is complete: "…," Smith said, according to the agency.

        Args:
            cue: Token of the reporting word; None where there is none.
            source: Head token of the speaker's phrase.
            last: The token after the last that may be looked at.

        Returns:
            Head token of the relay's phrase; None where there is none.
        """
        if cue is not None and (beside := self.beside(source, cue)) is not None:
            return beside
        at = max(source, cue if cue is not None else source) + 1
        for i in range(at, min(last, at + _BEHIND)):
            if (
                self.lower[i] == "according"
                and i + 2 < last
                and self.lower[i + 1] == "to"
                and self.lower[cue or 0] != "according"
            ):
                return self.phrases.after(i + 2, last)
            if self.lower[i] in self.lists.passing_on and self.view.tags[i] in ("VBD", "VBZ", "VBN") and i > at + 1:
                relay = i - 1
                body = self.mentions.mention_at(relay)
                named = body.type in ("ORG", "PERSON") if body else self.lower[relay] in self.words.bodies
                begins = self.phrases.start(relay)
                if named and begins > at and self.lower[begins - 1] in (",", "-", "—", "–"):
                    return relay
        return None

    def beside(self, source: int, cue: int) -> int | None:
        """The relay between speaker and verb: "Smith, quoted by the agency, said …".

        Args:
            source: Head token of the speaker's phrase.
            cue: Token of the reporting word.

        Returns:
            Head token of the relay's phrase; None where there is none.
        """
        for i in range(source + 1, cue - 2):
            if self.lower[i] in ("quoted", "cited") and self.lower[i + 1] == "by":
                return self.phrases.after(i + 2, cue)
        return None

    def leading(self, first: int, cue: int) -> int | None:
        """The relay before the clause that reports: "According to the agency, Smith said …".

        Args:
            first: First token of the words before a run.
            cue: Head token of the speaker's phrase, before which the relay stands.

        Returns:
            Head token of the relay's phrase; None where there is none.
        """
        if first + 3 >= cue or self.lower[first : first + 2] != ["according", "to"]:
            return None
        relay = self.phrases.after(first + 2, cue)
        return relay if relay is not None and self.lower[relay + 1] == "," else None

    def _passive(self, verb: int, floor: int) -> bool:
        i = verb - 1
        while i >= floor and self.view.tags[i] == "RB":
            i -= 1
        return i >= floor and self.lower[i] in _BE

    def _patient(self, verb: int, floor: int) -> int | None:
        """The one who is quoted: "Smith was quoted"."""
        found = next((c for c in self.view.children[verb] if self.view.deps[c] == "nsubjpass" and c >= floor), None)
        return self.subjects.of(verb, floor) if found is None else found

    def _agent(self, first: int, last: int) -> int | None:
        at = next((i for i in range(first, min(last, len(self.lower))) if self.lower[i] == "by"), None)
        return None if at is None else self.phrases.after(at + 1, max(last, at + 8))
