"""Find institutions named by their role: "Jordan's military", "the defence ministry", "the coalition".

They are bodies of whoever owns them: the nation or body before them, else the one that the text last spoke of, its
dateline, or its main nation. A role before another noun ("military aircraft") names nobody.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from briefing.extract.lexicon.government_bodies import BodyWords
from briefing.extract.lexicon.lexicon import Lexicon
from briefing.extract.lexicon.word_lists import one_of
from briefing.extract.nlp.char_spans import Spans
from briefing.extract.nlp.datelines import opening_dateline
from briefing.extract.nlp.token_columns import View
from briefing.extract.persons.national_services import body
from briefing.model.facts import Mention

_OWNER_END: Final = re.compile(r"(?:['’]s?)?\s$")
_ARTICLE: Final = re.compile(r"\b(?:the|The|its|a|A)\s$")
_LOCAL: Final = re.compile(r"\b((?:[Pp]rovincial|[Rr]egional|[Mm]unicipal)\s)$")
_SUBJECTS: Final = frozenset(("nsubj", "nsubjpass", "agent"))
_NOUNS: Final = frozenset(("NN", "NNS", "NNP", "NNPS", "HYPH", "JJ", "VBG"))
_SETTING: Final = re.compile(r"In ((?:the )?[A-Z][^,.;:\n]{2,40}), ")
_BESIDE: Final = re.compile(r" (?:in|near|at|outside) (?:the (?:city|town|port) of )?(?=[A-ZÀ-Þ])")
_FAR: Final = 40
"""Characters before a role in which its owner may stand."""
_NEAR: Final = 400
"""Characters before a role without an owner in which a nation may have been named whose it is."""


def institutions(view: View, mentions: Sequence[Mention], lexicon: Lexicon, words: BodyWords) -> tuple[Mention, ...]:
    """Institutions named by their role, in order of place; none where the mentions have a body already.

    They are no names, so they do not join the mentions: they act and speak under the name they get here.

    Args:
        view: Token columns of the document.
        mentions: Its mentions.
        lexicon: The lexicon.
        words: Words for bodies.
    """
    return tuple(_Reader(view, mentions, lexicon, words).read())


class _Reader:
    """Reads the roles of one text."""

    def __init__(self, view: View, mentions: Sequence[Mention], lexicon: Lexicon, words: BodyWords) -> None:
        self.view, self.text, self.lexicon, self.words = view, view.text, lexicon, words
        self._forces = one_of(lexicon.lists.persons.coalition_forces, r"\s(?:security\s)?", r"\b")
        self.mentions = [m for m in mentions if m.type in ("NATION", "ORG", "PLACE")]
        self.by_end = {m.end: m for m in self.mentions}
        self.by_start = {m.start: m for m in self.mentions}
        self.known = Spans((m.start, m.end) for m in mentions if m.type != "NATION")

    def read(self) -> Iterator[Mention]:
        """Mentions of institutions, in order."""
        for match in self.words.roles.finditer(self.text):
            start, end = match.span()
            if not self.known.free(start, end):
                continue
            if self._modifies(end):
                if match[0] == "coalition" and self._forces.match(self.text, end):
                    yield body(self.text, start, end)
                continue
            role = " ".join(match[0].split())
            if (owned := self._owned(start, end, role)) is not None:
                yield owned
            elif (local := _LOCAL.search(self.text, max(0, start - _FAR), start)) and self._acts(end):
                yield body(self.text, local.start(1), end, f"{local[1].strip().lower()} {role}")
            elif _ARTICLE.search(self.text, max(0, start - 5), start) and self._acts(end):
                yield body(self.text, start, end, self._named(self._home(start, end, role), role))

    def _modifies(self, end: int) -> bool:
        """Whether a noun follows that the role only describes: "military aircraft"."""
        i = self.view.token_at(end - 1) + 1
        return i < len(self.view) and self.view.starts[i] - end <= 1 and self.view.tags[i] in _NOUNS

    def _acts(self, end: int) -> bool:
        """Whether the role is the subject or agent of a verb."""
        view = self.view
        i = view.token_at(end - 1)
        return view.deps[i] in _SUBJECTS or (view.deps[i] == "pobj" and view.deps[view.heads[i]] == "agent")

    def _owned(self, start: int, end: int, role: str) -> Mention | None:
        """With its owner right before it: "Jordan's military", "the Kerala tourist board"."""
        at = start - 1
        for length in (1, 3, 2):  # a space, "'s ", "' "
            owner = self.by_end.get(start - length)
            if owner is not None and _OWNER_END.fullmatch(self.text[start - length : start]):
                break
            if (
                length == 3
                and (owner := self.by_end.get(start - 1))
                and self.text[start - 3 : start - 1] in ("'s", "’s")
            ):
                break
            owner = None
        if owner is None or at < 0:
            return None
        nation = self.lexicon.nation(owner.name) if owner.type == "NATION" else ""
        if nation:
            return body(self.text, owner.start, end, self._named(nation, role))
        possessive = self.text[start - 3 : start - 1] in ("'s", "’s")
        if owner.type in ("ORG", "PLACE") and possessive and not self._national(role):
            name = re.sub(r"['’]s$", "", str(owner.name))
            return body(self.text, owner.start, end, f"{name} {role}")
        return None

    def _national(self, role: str) -> bool:
        """Whether only nations have such a thing."""
        return role.lower() in self.words.national or role.endswith(" ministry")

    def _home(self, start: int, end: int, role: str) -> str:
        """The nation whose institution it is: that of the place beside it, the sentence's, the last, the main one.

        Args:
            start: First character of the role.
            end: The character after its last.
            role: Its words.
        """
        if setting := self._beside(end) or self._setting(start):
            return setting
        near = [m for m in self.mentions if start - _NEAR <= m.start < start]
        for mention in reversed(near):
            entry = self.lexicon.entry(mention.name)
            if (
                mention.type == "ORG"
                and entry
                and entry.kind in ("seat", "ministry", "government")
                and self._may_have(entry.nation, role)
            ):
                return self._beside(mention.end) or entry.nation
        stop = opening_dateline(self.text)[1]
        nations: Counter[str] = Counter()
        for mention in self.mentions:
            entry = self.lexicon.entry(mention.name)
            nation = self.lexicon.nation(mention.name) if mention.type == "NATION" else (entry.nation if entry else "")
            if nation and mention.type != "ORG" and self._may_have(nation, role):
                nations[nation] += 1 + 2 * (mention.start < stop)
        ranked = nations.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return ""
        return ranked[0][0]

    def _setting(self, start: int) -> str:
        """The nation that a sentence sets out with, before a comma: "In Chile, the navy …"."""
        begin = self.view.starts[self.view.sentences[self.view.sentence_of[self.view.token_at(start)]][0]]
        place = _SETTING.match(self.text, begin, start)
        if place is None:
            return ""
        return self._stands_in(next((m for m in self.mentions if place.start(1) <= m.start < place.end(1)), None))

    def _beside(self, end: int) -> str:
        """The nation of the place that stands right behind the role: "the army in Nairobi"."""
        place = _BESIDE.match(self.text, end)
        return self._stands_in(self.by_start.get(place.end())) if place else ""

    def _stands_in(self, named: Mention | None) -> str:
        """The nation that a mention names, or that the place in it lies in; empty for none."""
        if named is None:
            return ""
        entry = self.lexicon.entry(named.name)
        return self.lexicon.nation(named.name) or (entry.nation if entry and named.type == "PLACE" else "")

    def _may_have(self, nation: str, role: str) -> bool:
        """Whether the nation has such a body: the United States have departments, no ministries."""
        return "ministry" not in role or nation not in self.words.without_ministries

    def _named(self, nation: str, role: str) -> str:
        """The canonical name: the lexicon's where it knows the body, else adjective and role; the role alone."""
        if not nation or role.lower() in self.words.shared:
            return role
        written = f"{self.lexicon.demonyms.get(nation, nation)} {role}"
        for term in self.lexicon.terms.get(written.split(" ", 1)[0], ()):
            if term.surface.lower() == written.lower() and term.entry.type == "ORG":
                return str(term.entry.name)
        known = [
            e.name
            for e in self.lexicon.entries.values()
            if e.nation == nation and e.kind != "group" and e.name.lower().endswith(f" {role}")
        ]
        return str(known[0]) if len(known) == 1 else written
