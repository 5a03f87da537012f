"""Noun phrases by their tags: their first token and their head. The parse is not needed for them."""

import re
from collections.abc import Collection
from typing import Final

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.nlp.token_columns import View

_INSIDE: Final = frozenset(
    ("DT", "PDT", "PRP$", "CD", "JJ", "JJR", "JJS", "VBN", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "AFX", "$")
)
_NOUNS: Final = frozenset(("NN", "NNS", "NNP", "NNPS"))
_OPENING: Final = frozenset(("DT", "PRP$"))
_BEFORE_OPENING: Final = frozenset(("PDT", "DT", "CD", "POS"))
"""What may stand before the article that opens a phrase: "all the king's men"."""

_DETERMINERS: Final = re.compile(
    r"^(?:(?:the|an?|one|this|that|these|those|his|her|their|its|our|my|some|another|several|many|two|three)\s+)+",
    re.IGNORECASE,
)
_LONGEST: Final = 40
_APPOSED: Final = 12
"""Tokens behind a word in which the noun in apposition to it ends."""
_ALONE: Final = frozenset(("another", "both", "all", "some", "many", "others", "those"))
_AGES: Final = (["-", "year", "-", "old"], ["-", "years", "-", "old"])
_OF_THEM: Final = frozenset(("one", "some", "two", "several", "many", "another", "both"))
_SERVES: Final = frozenset(("for", "of", "with", "at"))


class Phrases:
    """Noun phrases of one document."""

    def __init__(self, view: View, mentions: Mentions) -> None:
        self.view, self.mentions = view, mentions
        self._relations = mentions.lexicon.lists.speakers.kin

    def after(self, i: int, last: int) -> int | None:
        """Head of the noun phrase that begins at a token or after adverbs, for a name its last word; None without one.

        Args:
            i: The token.
            last: The token after the last that may be looked at.
        """
        tags = self.view.tags
        while i < last and tags[i] in ("RB", "RP", ".", ","):
            i += 1
        if i < last and tags[i] in ("PRP", "WP"):
            return i
        head: int | None = None
        last = min(last, i + _LONGEST)
        while i < last and (tags[i] in _INSIDE or i in self.mentions.at or self._modifies(i)):
            number = self.mentions.at.get(i)
            if number is not None:
                end = self.mentions.spans[number][1]
                if self.mentions.all[number].type == "DATE":
                    if head is not None or end >= last or tags[end] not in _INSIDE:
                        break
                    i = end  # "a 2013 article"
                    continue
                i = max(i, end - 1)
            if self._is_age(i):
                head, i = i + 4, i + 5
                continue
            if tags[i] in _NOUNS or number is not None or (head is None and self._stands_alone(i)):
                head = i
            i += 1
        return head

    def _is_age(self, i: int) -> bool:
        """Whether an age as a noun begins here: "the 43-year-old"."""
        return [word.lower() for word in self.view.words[i + 1 : i + 5]] in _AGES and self.view.tags[i] == "CD"

    def _stands_alone(self, i: int) -> bool:
        """A word that can do without its noun: "one", "another"."""
        return self.view.tags[i] == "CD" or self.view.words[i].lower() in _ALONE

    def _modifies(self, i: int) -> bool:
        """A participle before its noun: "a leading advocate"; an adverb before a hyphen: "one well-placed source"."""
        tags = self.view.tags
        if tags[i] == "RB":
            return i + 1 < len(tags) and tags[i + 1] == "HYPH"
        return (
            tags[i] == "VBG" and 0 < i < len(tags) - 1 and tags[i + 1] in _NOUNS and tags[i - 1] in ("DT", "PRP$", "JJ")
        )

    def behind(self, head: int, people: Collection[str]) -> int | None:
        """Read "Another, a sonar operator with a scar, said", "one of them, a clerk, said": the noun that says who.

        Args:
            head: Token of the word that does not say it.
            people: Common nouns for people.
        """
        words, tags = self.view.words, self.view.tags
        if (
            words[head].lower() == "one"
            and words[head + 1 : head + 2] == ["of"]
            and tags[head + 2 : head + 3] == ["PRP"]
        ):
            head += 2
        if head + 2 >= len(words) or words[head + 1] != "," or words[head + 2].lower() not in ("a", "an"):
            return None
        noun = self.after(head + 2, min(len(words), head + _APPOSED))
        return noun if noun is not None and words[noun].lower() in people else None

    def start(self, head: int) -> int:
        """First token of the phrase whose head this is."""
        tags, first = self.view.tags, head
        while first > max(0, head - _LONGEST) and "\n" not in self.view.words[first - 1]:
            if tags[first - 1] not in _INSIDE and not self._modifies(first - 1):
                break
            if tags[first] in _OPENING and tags[first - 1] not in _BEFORE_OPENING:
                break  # "in a second post the mayor"
            first -= 1
        return first

    def description(self, head: int) -> str:
        """The phrase with this head, without its article; "a spokesman for the ministry" is "ministry spokesman"."""
        view = self.view
        text = " ".join(view.text[view.starts[self.start(head)] : view.ends[head]].split())
        if view.words[head].lower() in _OF_THEM and head + 2 < len(view) and view.words[head + 1] == "of":
            last = self.after(head + 2, min(len(view), head + 2 + _LONGEST))
            if last is not None:
                return " ".join(view.text[view.starts[self.start(head)] : view.ends[last]].split()).lower()
        name = _DETERMINERS.sub("", text) or text
        if head + 1 < len(view) and view.tags[head + 1] == "CD" and view.words[head][0].isupper():
            return f"{name} {view.words[head + 1]}"  # "Article 4"
        if head + 2 < len(view) and view.words[head + 1] in _SERVES:
            i = head + 2 + (view.words[head + 2].lower() == "the")
            mention = self.mentions.mention_at(i)
            if mention is not None and mention.type in ("PERSON", "ORG", "NATION"):
                return f"{re.sub('^[Tt]he ', '', mention.text)} {name}"
        return f"{name}{self._belonging(head)}"

    def _belonging(self, head: int) -> str:
        """The rest of "member of the crew", "wife of one of the fishermen": words that say nothing alone."""
        view = self.view
        if view.words[head].lower() not in self._relations or view.words[head + 1 : head + 2] != ["of"]:
            return ""
        last = self.after(head + 2, min(len(view), head + 2 + _APPOSED))
        if last is not None and view.words[last + 1 : last + 2] == ["of"]:
            last = self.after(last + 2, min(len(view), last + 2 + _APPOSED)) or last
        return "" if last is None else " " + " ".join(view.text[view.starts[head + 1] : view.ends[last]].split())
