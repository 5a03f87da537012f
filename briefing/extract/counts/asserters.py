"""Assign asserters to counts: the body or person a number is attributed to, or nobody where the text speaks for itself.

An attribution ("the ministry said", "according to residents", "Oslo puts the number at") holds for a part of its
sentence; what is quoted is its speaker's; a release asserts in its issuer's name; a title speaks from whoever the body
has the figure from.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.issuers import Issuers
from briefing.extract.counts.predicates import Predicates
from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.reporting_verbs import Reporting
from briefing.extract.lexicon.titles import Titles
from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.coreference import People
from briefing.extract.quotes.cues import Said
from briefing.extract.quotes.noun_phrases import Phrases
from briefing.extract.quotes.quotation_marks import runs
from briefing.extract.quotes.speaker_resolution import Voices
from briefing.extract.quotes.verb_subjects import Subjects
from briefing.model.facts import Quote


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists that attributions are read with."""

    reporting: Reporting
    titles: Titles
    predicates: Predicates


class Attribution(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive) are attributed to the phrase with head ``source``, by its ``cue``."""

    first: int
    last: int
    source: int
    cue: int


class Asserters:
    """The attributions of one document."""

    def __init__(self, view: View, mentions: Mentions, words: Words, quotes: tuple[Quote, ...]) -> None:
        self.lists = mentions.lexicon.lists.counts
        self.view, self.mentions, self.words, self.quotes = view, mentions, words, quotes
        self.lower = [word.lower() for word in view.words]
        self.level = [-1] * len(view)
        for n, run in enumerate(runs(view.text)):
            first, last = view.token_range(run.outer_start, run.outer_end)
            if last - first > _BRIEF:
                self.level[first:last] = [n] * (last - first)
        self.subjects = Subjects(view, mentions, words.reporting, self.level, self.lower)
        self.phrases = Phrases(view, mentions)
        self._voices: Voices | None = None
        self._names: dict[tuple[int, int], str | None] = {}
        self._sentences: dict[int, list[Attribution]] = {}
        self._issuer: str | None = None
        self.title_end = max(view.text.find("\n"), 0)
        self._speakers: dict[int, str] = {}
        """Whose words the tokens within quotations are."""
        for quote in quotes:
            for token in range(*view.token_range(quote.start, quote.end)) if quote.speaker else ():
                self._speakers.setdefault(token, str(quote.speaker))

    @property
    def voices(self) -> Voices:
        """Resolves names, pronouns and descriptions; made when first asked for."""
        if self._voices is None:
            reporting = self.words.reporting
            people = People(self.view, self.mentions, reporting, self.level, self.words.titles)
            self._voices = Voices(self.view, self.mentions, reporting, people, self.subjects)
        return self._voices

    def assign(self, drafts: list[Draft]) -> None:
        """Set ``asserted_by`` of every draft; those in the title come last, from the body."""
        self._issuer = Issuers(self.view, self.mentions, self.words.predicates, self.subjects, self.quotes).of_text()
        for draft in drafts:
            if draft.start >= self.title_end:
                draft.asserted_by = self._of(draft)
        body = [d for d in drafts if d.start >= self.title_end]
        for draft in drafts:
            if draft.start < self.title_end:
                same = next((d for d in body if _same(draft, d)), None)
                draft.asserted_by = same.asserted_by if same is not None else self._of(draft)

    def _of(self, draft: Draft) -> str:
        if speaker := self._speakers.get(bisect_right(self.view.starts, draft.start) - 1):
            return speaker
        number = self.view.sentence_of[draft.head]
        holding = [a for a in self._attributions(number) if a.first <= draft.head < a.last]
        if not holding:
            return self._carried(number) or self._issuer or ""
        nearest = min(holding, key=lambda a: (a.cue > draft.head, abs(a.cue - draft.head)))
        return self._name(nearest) or self._issuer or ""

    def _carried(self, number: int) -> str:
        """Who told the sentence before, where this one goes on with its account: "It also lost …"."""
        if number == 0:
            return ""
        begin, _ = self.view.sentences[number]
        goes_on = self.lower[begin] in _GOES_ON
        before = self._attributions(number - 1)
        if not goes_on or not before or self.lower[begin] in _BACKGROUND:
            return ""
        return self._name(before[-1])

    def _attributions(self, number: int) -> list[Attribution]:
        """The attributions of a sentence, in order."""
        if number not in self._sentences:
            begin, end = self.view.sentences[number]
            self._sentences[number] = list(self._read(begin, min(end, begin + _LONGEST)))
        return self._sentences[number]

    def _read(self, begin: int, end: int) -> Iterator[Attribution]:
        cues = [c for i in range(begin, end) if self.level[i] < 0 and (c := self._cue(i, begin, end)) is not None]
        for place, (source, cue) in enumerate(cues):
            start, stop = self._extent(source, cue)
            tail = self._is_tail(start, stop, begin, end)
            after = cues[place + 1 :]
            if self.lower[cue] == "according":
                tail = start > begin + 2
            floor = self._part(start, begin, -1)
            limit = self._part(stop, end, 1)
            for other in after:
                if not tail and self._is_front(other, begin, end):
                    limit = min(limit, self._extent(*other)[0])
            if tail:
                yield Attribution(floor, self._after_tail(stop, limit), source, cue)
            else:
                yield Attribution(max(start, begin), limit, source, cue)

    def _is_front(self, cue: tuple[int, int], begin: int, end: int) -> bool:
        """Whether another speaker's clause begins there, and is no clause that the one before reports."""
        start, stop = self._extent(*cue)
        return not self._is_tail(start, stop, begin, end) and self.lower[start - 1] in _BETWEEN

    def _extent(self, source: int, cue: int) -> tuple[int, int]:
        """Tokens of cue and source together, end exclusive."""
        first = min(self.phrases.start(source), cue)
        return first, max(source, cue) + 1

    def _part(self, token: int, limit: int, step: int) -> int:
        """Where the part of the sentence between semicolons ends that holds the token, going left or right."""
        i = token if step > 0 else token - 1
        while (i < limit) if step > 0 else (i >= limit):
            if self.view.words[i] == ";":
                return i if step > 0 else i + 1
            i += step
        return limit

    def _is_tail(self, start: int, stop: int, begin: int, end: int) -> bool:
        """Whether the attribution follows what it reports: "… were hurt, the hospital said"."""
        if start - begin < _SHORTEST:
            return False
        if self.lower[start - 1] == "by":
            return stop + 2 > end or self.lower[stop] in ("\n", ".")
        if self.view.words[start - 1] not in _SET_OFF:
            return False
        after = self.lower[stop] if stop < end else "."
        return after in _ENDS or (self.view.tags[min(stop, end - 1)] in ("IN", "RB", "NNP", "TO") and after != "that")

    def _after_tail(self, stop: int, limit: int) -> int:
        """How far a trailing attribution holds beyond itself: not for a remark such as ", the first time that …"."""
        words = self.lower[stop : stop + 3]
        if words[:1] == [","] and words[1:2] and words[1] in ("the", "a", "its", "which", "with", "almost", "nearly"):
            return stop
        return limit

    def _cue(self, i: int, begin: int, end: int) -> tuple[int, int] | None:
        """Source and cue, where token ``i`` is a word that attributes."""
        word, tag = self.lower[i], self.view.tags[i]
        reporting, asserting = self.words.reporting, self.words.predicates.asserting
        if word == "according" and i + 2 < end and self.lower[i + 1] == "to":
            head = self.phrases.after(i + 2, end)
            return None if head is None else (head, i)
        if word in self.words.predicates.tallies:
            return self._tally(i, begin)
        said = word in reporting.core and (tag.startswith("VB") or word in self.lists.saying)
        if not said and not (word in asserting and tag in ("VBD", "VBZ", "VBP", "VBN")):
            return None
        if tag in ("VB", "VBG", "VBN") and word not in self.lists.saying and word not in asserting:
            return None
        return self._spoken(i, begin, end)

    def _spoken(self, verb: int, begin: int, end: int) -> tuple[int, int] | None:
        """The subject of a verb of saying; null for "as the ministry said", "did not say", and for the writer."""
        view = self.view
        children = view.children[verb]
        if any(view.deps[c] == "neg" or self.lower[c] in _UNSAID for c in children):
            return None
        source = self._behind(verb, end) or self.subjects.of(verb, begin)
        if source is None or source == verb or not self._may_assert(source, verb):
            return None
        start = self.phrases.start(source)
        if self.lower[source] in _WRITER or (start > begin and self.lower[start - 1] == "as"):
            return None
        return source, verb

    def _may_assert(self, source: int, verb: int) -> bool:
        """Whether the subject can vouch for a number: anybody, a document, a place's people; with "said" any noun."""
        mention = self.mentions.mention_at(source)
        if mention is not None and mention.type in ("PLACE", "NATION", "ORG", "PERSON"):
            return True
        if self.subjects.may_speak(source):
            return True
        said = self.lower[verb] in self.words.reporting.core or self.view.tags[source] == "NNS"
        definite = self.lower[self.phrases.start(source)] == "the"
        return mention is None and self.view.tags[source] in ("NN", "NNS", "NNP") and (said or definite)

    def _behind(self, verb: int, end: int) -> int | None:
        """The speaker behind the verb: "…, said Ann Lee, the governor's spokeswoman"."""
        if verb == 0 or self.view.words[verb - 1] not in _SET_OFF or self.lower[verb] not in self.lists.saying:
            return None
        head = self.phrases.after(verb + 1, end)
        return head if head is not None and self.subjects.may_speak(head) else None

    def _tally(self, noun: int, begin: int) -> tuple[int, int] | None:
        """Read "by Kyiv's tally", "Washington's number has been": the owner of the number."""
        view = self.view
        for c in view.children[noun]:
            if view.deps[c] == "poss" and c >= begin and self.lower[c] not in _WRITER:
                return (c, noun) if self.subjects.is_someone(c) or c in self.mentions.at else None
        by = self.phrases.start(noun) - 1
        official = any(self.lower[i] == "official" for i in range(max(begin, by), noun))
        return (noun, noun) if by > begin and self.lower[by] == "by" and official else None

    def _name(self, attribution: Attribution) -> str:
        """The canonical name of whoever an attribution names; a capital is its nation, a document its issuer."""
        key = (attribution.source, attribution.cue)
        if key not in self._names:
            self._names[key] = self._resolved(*key)
        return self._names[key] or ""

    def _resolved(self, source: int, cue: int) -> str | None:
        if source == cue:
            first = self.phrases.start(source)
            return self.view.text[self.view.starts[first] : self.view.ends[source]]
        if self.lower[source] in _THINGS and (last := self._last_body(source)):
            return last
        mention = self.mentions.mention_at(source)
        if mention is not None and mention.type == "PLACE":
            entry = self.mentions.info(mention)
            if entry is not None and entry.kind in ("capital", "seat"):
                return entry.nation
        voice = self.voices.of(Said(source, cue, "high", True), remember=False)
        if voice.kind == "document" and self._issuer:
            return self._issuer
        name = voice.name
        if name and name.islower() and (fuller := self._fuller(name, source)):
            return fuller
        return name

    def _last_body(self, token: int) -> str:
        """Resolve "it said" and "they said": the last one but persons to vouch for something near by."""
        number = self.view.sentence_of[token]
        people = {str(m.name) for m in self.mentions.all if m.type == "PERSON"}
        for sentence in range(number, max(-1, number - _BACK), -1):
            for attribution in reversed(self._attributions(sentence)):
                earlier = max(attribution.source, attribution.cue) < token
                if earlier and (name := self._name(attribution)) and name not in people:
                    return name
        return ""

    def _fuller(self, noun: str, source: int) -> str:
        """Resolve a bare "the ministry": the last phrase before it that ends in the noun and says more."""
        if " " in noun:
            return ""
        for i in range(source - 1, -1, -1):
            if self.lower[i] == noun:
                mention = self.mentions.mention_at(i)
                said = str(mention.name) if mention is not None else self.phrases.description(i)
                if " " in said:
                    return said
        return ""


def _same(title: Draft, body: Draft) -> bool:
    """Whether a count of the title is one of the body: the same number of the same sort of thing."""
    if (title.low or title.high) != (body.low or body.high):
        return False
    return title.thing.category == body.thing.category and (not title.what or not body.what or title.what == body.what)


_BRIEF: Final = 4
"""Tokens of a run that is read as part of the text around it, marks included."""
_LONGEST: Final = 300
_SHORTEST: Final = 3
"""Tokens of what a trailing attribution reports at least."""
_SET_OFF: Final = frozenset({",", "–", "—", "--", "”", '"', "''", "(", "’"})
_ENDS: Final = frozenset(
    {".", ",", "!", "?", ";", ")", "\n", "late", "early", "yesterday", "today", "–", "—", "--", ":"}
)
_BETWEEN: Final = frozenset({"and", "but", "while", "whereas", ",", ";", "–", "—", ".", "though"})
_THINGS: Final = frozenset({"it", "they"})
_BACK: Final = 4
"""Sentences back to the body that "it said" means."""
_GOES_ON: Final = frozenset({"it", "they", "he", "she", "another"})
_BACKGROUND: Final = frozenset({"last", "in", "since", "earlier", "previously"})
_WRITER: Final = frozenset({"i", "we", "our", "my", "you", "us"})
_UNSAID: Final = frozenset({"if", "would", "could", "might", "to", "may", "can"})
