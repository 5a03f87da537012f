"""Find the issuer of a release: what it says without another source is asserted in the issuer's name."""

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from briefing.extract.counts.predicates import Predicates
from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.word_lists import any_of
from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.verb_subjects import Subjects
from briefing.model.facts import Quote


class Issuers:
    """Finds the issuer of one document."""

    def __init__(
        self, view: View, mentions: Mentions, predicates: Predicates, subjects: Subjects, quotes: tuple[Quote, ...]
    ) -> None:
        self.lists = mentions.lexicon.lists.counts
        self.view, self.mentions, self.predicates = view, mentions, predicates
        self.subjects, self.quotes = subjects, quotes
        self.title_end = max(view.text.find("\n"), 0)

    def of_text(self) -> str | None:
        """The issuer of a text that looks like a release and names somebody who may have issued it; else null."""
        text = self.view.text
        title = text[: self.title_end]
        if (match := _communique(self.lists.communiques).search(title)) is not None:
            return self._mention_in(match.start(1), len(title)) or _capitals(title[match.end(1) :])
        opening = text[self.title_end : self.title_end + _OPENING]
        if _agency(self.lists.agencies).search(opening) or _BYLINE.search(opening):
            return None
        if (match := _LETTERHEAD.match(title)) is not None and (name := self._mention_in(0, match.end(1))):
            whole = any(m.start == 0 and m.end >= match.end(1) for m in self.mentions.all[:1])
            return name if whole else match[1]
        released = _label(self.lists.release_labels).search(text[: self.title_end + _OPENING]) or _DATELINE.match(
            opening
        )
        return self._announcing() or (self._likeliest_issuer() if released else None)

    def _announcing(self) -> str | None:
        """The subject of the first sentence where it makes something known in the present tense."""
        view = self.view
        after = view.token_range(self.title_end, self.title_end + _OPENING)
        for i in range(*after):
            if view.tags[i] == "VBZ" and view.words[i].lower() in self.predicates.announcing:
                source = self.subjects.of(i, after[0])
                mention = self.mentions.mention_at(source) if source is not None else None
                return str(mention.name) if mention is not None and mention.type == "ORG" else None
        return None

    def _likeliest_issuer(self) -> str | None:
        """The body that stands in title, opening, signature, beside whoever is quoted; null if there is none."""
        view, found = self.view, Counter[str]()
        quoted = {view.sentence_of[view.token_at(q.speaker_start)] for q in self.quotes if q.speaker_start is not None}
        opening = self.title_end + _OPENING // 2
        home = self._home()
        for mention, (first, last) in zip(self.mentions.all, self.mentions.spans, strict=True):
            entry = self.mentions.info(mention)
            kind = entry.kind if entry is not None else ""
            if (
                mention.type != "ORG"
                or kind in _NO_ISSUERS
                or (not kind and not _body(self.lists.issuing_bodies).search(str(mention.name)))
            ):
                continue
            found[str(mention.name)] += 1
            found[str(mention.name)] += 2 * (mention.start < opening)
            found[str(mention.name)] += 2 * (view.sentence_of[first] in quoted)
            found[str(mention.name)] += 3 * (len(view) - last < _SIGNATURE)
            found[str(mention.name)] += view.deps[last - 1] in ("nsubj", "poss")
            found[str(mention.name)] += 3 * bool(home and entry is not None and entry.nation == home)
        return found.most_common(1)[0][0] if found else None

    def _home(self) -> str:
        """The nation of the place in the dateline, or an empty string."""
        for mention in self.mentions.all:
            if mention.start > self.title_end + _SIGNATURE * 4:
                break
            entry = self.mentions.info(mention)
            if mention.start >= self.title_end and mention.type in ("PLACE", "NATION") and entry is not None:
                return entry.nation
        return ""

    def _mention_in(self, start: int, end: int) -> str | None:
        """The first body that is named in these characters."""
        for mention in self.mentions.all:
            if mention.start >= end:
                return None
            if mention.start >= start and mention.type == "ORG":
                return str(mention.name)
        return None


def _capitals(words: str) -> str | None:
    """The capitalised name that the words begin with: " the Joint Headquarters on the flight" is the headquarters."""
    match = _NAME.match(words)
    return match[1] if match else None


_OPENING: Final = 400
"""Characters behind the title in which dateline and first sentence stand."""
_LETTERHEAD: Final = re.compile(r"([A-Z][\w .&’'-]{2,50}):\s")
_DATELINE: Final = re.compile(
    r"\s*[A-Z][\w .’'/-]{2,40}(?:\([\w ]+\))?,? (?:the )?"
    r"(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},?) \d{4}\b"
)
"""Place and full date, as releases have them and news has not."""
_NAME: Final = re.compile(r"\s(?:the\s)?((?:[A-Z][\w’'-]+\s?(?:(?:of|for|and)\s(?:the\s)?(?=[A-Z]))?)+)(?<!\s)")
_BYLINE: Final = re.compile(r"^By [A-Z]", re.MULTILINE)
_NO_ISSUERS: Final = frozenset({"company", "media", "group", "party", "alliance", "international"})
_SIGNATURE: Final = 12
"""Tokens at the end of a text that may be its signature."""


@lru_cache(maxsize=4)
def _communique(words: frozenset[str]) -> re.Pattern[str]:
    """A title's word for what a body puts out, and "of" or the like before its name."""
    return re.compile(rf"\b(?:{any_of(words)})\b.{{0,20}}?\b((?:of|by|from)\b)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _label(labels: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(labels)})", re.IGNORECASE)


@lru_cache(maxsize=4)
def _body(nouns: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(nouns)})\b")


@lru_cache(maxsize=4)
def _agency(names: frozenset[str]) -> re.Pattern[str]:
    """A dateline's bracketed agency, or an agency's name."""
    return re.compile(rf"\([A-Z][\w .-]{{2,30}}\)\s?[-–—]|\b(?:{any_of(names)})\b")
