"""Find the issuer of a document that speaks: "the ministry's statement", "a report by the wing", "his caption"."""

from collections.abc import Iterator
from typing import Final

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.reporting_verbs import Reporting
from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.noun_phrases import Phrases
from briefing.extract.quotes.verb_subjects import Subjects

_BY: Final = frozenset(("by", "from"))
_OF_ANY: Final = frozenset(("text", "document"))
"""Nouns that may point to a document of any kind."""
_BEHIND: Final = 8
"""Tokens behind a document in which its issuer is named."""
_BACK: Final = 3
"""Sentences before "the statement" in which somebody may have issued it."""
_GAP: Final = frozenset(("DT", "JJ", "NN", "CD", "RB", "VBN", "IN", "NNP", "TO"))


class Issuers:
    """Finds the issuers of documents in one text."""

    def __init__(self, view: View, mentions: Mentions, words: Reporting, subjects: Subjects, lower: list[str]) -> None:
        self.view, self.mentions, self.words, self.subjects, self.lower = view, mentions, words, subjects, lower
        self.phrases = Phrases(view, mentions)
        self.lists = mentions.lexicon.lists.speakers

    def candidates(self, head: int, first: int) -> Iterator[int]:
        """Head tokens of the phrases that name the issuer of a document, surest first.

        Args:
            head: Head token of the document's phrase.
            first: Its first token.
        """
        if self.lower[head] in self.words.authored and (owner := self._owner(first, head)) is not None:
            yield owner
        if (author := self._author(head)) is not None:
            yield author
        if (sender := self._sender(head)) is not None:
            yield sender

    def earlier(self, head: int) -> int | None:
        """The issuer of such a document in the sentences before: "The ministry issued a statement. … It read"."""
        view = self.view
        number = view.sentence_of[head]
        nouns = self.words.documents if self.lower[head] in _OF_ANY else (self.lower[head],)
        for n in range(number, max(-1, number - _BACK - 1), -1):
            floor, last = view.sentences[n]
            for i in range(min(last, head) - 1, floor - 1, -1):
                if i == head or self.lower[i] not in nouns or not view.tags[i].startswith("NN"):
                    continue
                source = next(self.candidates(i, self.phrases.start(i)), None)
                if source is None and self._holds_words(i, floor):
                    source = self._main_subject(floor, last)
                if source is not None and self.subjects.is_someone(source):
                    return source
        return None

    def _holds_words(self, i: int, floor: int) -> bool:
        """Whether something is said in the document: "said in a statement", "wrote in a 40-page report"."""
        above = self.view.heads[i]
        return self.lower[max(floor, i - 2)] == "in" or (self.view.deps[i] == "pobj" and self.lower[above] == "in")

    def _main_subject(self, floor: int, last: int) -> int | None:
        """The subject that says something "in a statement" in the sentence."""
        for i in range(floor, last):
            if self.lower[i] in self.words.core and self.view.tags[i] in ("VBD", "VBZ"):
                return self.subjects.of(i, floor)
        return None

    def _owner(self, first: int, head: int) -> int | None:
        """Read "the campaign's statement", "his caption"."""
        for i in range(head - 1, first - 1, -1):
            if self.view.tags[i] == "POS" and i > first:
                return i - 1
            if self.view.tags[i] == "PRP$":
                return i
            number = self.mentions.at.get(i)
            if number is not None and self.view.words[i].endswith(("’s", "'s", "s'", "s’")):
                return i
        return None

    def _author(self, head: int) -> int | None:
        """Read "a report by the wing", "a letter signed by General Lee", "a statement from the ministry"."""
        end = min(len(self.view), head + _BEHIND)
        aside = self.lower[head + 1 : head + 2] == [","] and self.lower[head + 2 : head + 3] != []
        aside = aside and self.lower[head + 2] in self.lists.put_out  # "The order, signed by Captain Ruiz, said"
        for i in range(head + 1 + aside, end):
            word = self.lower[i]
            if word in _BY:
                known = word == "by" or self.lower[head] in self.words.issued or self.lower[i - 1] in self.lists.put_out
                source = self.phrases.after(i + 1, len(self.view)) if known else None
                if source is not None and not self.subjects.is_someone(source):
                    return self._owner(self.phrases.start(source), source)  # "sent from his telephone"
                return source
            if self.view.tags[i] not in _GAP or (word == "to" and self.lower[head] not in self.words.issued):
                return None
        return None

    def poster(self, head: int) -> int | None:
        """Who put something out in the sentence before: "Smith posted a picture. “…,” the caption reads"."""
        view, number = self.view, self.view.sentence_of[head]
        for n in range(number, max(-1, number - _BACK - 1), -1):
            floor, last = view.sentences[n]
            for verb in range(min(last, head) - 1, floor - 1, -1):
                if self.lower[verb] not in self.words.issuing or view.tags[verb] not in ("VBD", "VBZ"):
                    continue
                source = self.subjects.of(verb, floor)
                if source is not None and self.subjects.is_someone(source):
                    return source
        return None

    def _of_relative(self, head: int) -> int | None:
        """Read "the letter that Smith sent to the board": who sent it."""
        view = self.view
        for verb in view.children[head]:
            if view.deps[verb] == "relcl" and self.lower[verb] in self.words.issuing:
                subjects = (c for c in view.children[verb] if view.deps[c] == "nsubj")
                return next((c for c in subjects if self.subjects.is_someone(c) and view.tags[c] != "WP"), None)
        return None

    def _sender(self, head: int) -> int | None:
        """Read "The ministry released a statement that says": the subject of the verb that puts it out."""
        if (sent := self._of_relative(head)) is not None:
            return sent
        verb = self.view.heads[head]
        if self.view.deps[head] != "dobj" or self.lower[verb] not in self.words.issuing:
            return None
        floor = self.view.sentences[self.view.sentence_of[verb]][0]
        source = self.subjects.of(verb, floor)
        return source if source is not None and source != head and self.subjects.is_someone(source) else None
