"""What marked words can be read as: a count, a participant, a quotation, filled in from what their sentence holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.model.fact_forms import FORM_OF
from briefing.model.facts import Count, Participant, Quote
from briefing.model.plurals import several
from briefing.model.safetext import SafeText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.model.facts import Extraction, Fact, Mention
    from briefing.model.kinds import Category, EntityType, FactKind, ParticipantKind, SpeakerKind
    from briefing.model.mentions import Mentions

_MARKS: Final = "\"“”„‟«»‘’'"
_CATEGORIES: Final[dict[EntityType, Category]] = {
    "AIRCRAFT": "aircraft", "SHIP": "ship", "VEHICLE": "vehicle", "WEAPON": "munition", "PERSON": "personnel",
}  # fmt: skip
_KINDS: Final[dict[EntityType, ParticipantKind]] = {
    "PERSON": "person", "ORG": "organisation", "NATION": "nation", "AIRCRAFT": "unit", "SHIP": "unit",
}  # fmt: skip
_SPEAKERS: Final[dict[EntityType, SpeakerKind]] = {
    "PERSON": "person", "ORG": "organisation", "NATION": "organisation", "EVENT": "document",
}  # fmt: skip
_LONG: Final = 8
"""Words from which marked ones are rather a quotation than a number or a name."""


class Marked(NamedTuple):
    """Words that were marked in a source, with what was found in it."""

    text: SafeText
    start: int
    end: int
    found: Extraction
    mentions: Mentions

    @property
    def words(self) -> SafeText:
        """The words."""
        return self.text[self.start : self.end]

    @property
    def sentence(self) -> tuple[int, int]:
        """The sentences that hold them."""
        around = [span for span in self.found.sentences if span[0] < self.end and self.start < span[1]]
        return (min(self.start, around[0][0]), max(self.end, around[-1][1])) if around else (self.start, self.end)

    def within(self, span: tuple[int, int]) -> Iterator[Mention]:
        """The mentions of a stretch of text."""
        for number in range(len(self.mentions)):
            if span[0] <= self.mentions.starts[number] and self.mentions.ends[number] <= span[1]:
                yield self.mentions[number]


def drafts(marked: Marked) -> list[Fact]:
    """What the marked words can be read as, the likeliest first; white space and quotation marks are left out."""
    start, end = _trimmed(marked.text, marked.start, marked.end, "")
    marked = marked._replace(start=start, end=end)
    if start >= end:
        return []
    count, numbered = _count(marked)
    made: dict[FactKind, Fact] = {"count": count, "participant": _participant(marked), "quote": _quote(marked)}
    first: FactKind = "participant"
    if _is_quoted(marked) or (len(marked.words.split()) >= _LONG and not numbered):
        first = "quote"
    elif numbered:
        first = "count"
    return [made[first], *(fact for kind, fact in made.items() if kind != first)]


def _trimmed(text: str, start: int, end: int, also: str) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return start, end


def _is_quoted(marked: Marked) -> bool:
    before, after = marked.text[marked.start - 1 : marked.start], marked.text[marked.end : marked.end + 1]
    words = marked.words
    return bool({words[0], before} & set(_MARKS[:7])) and bool({words[-1], after} & set(_MARKS[:7]))


def _near(marked: Marked, kind: FactKind) -> list[Fact]:
    """Facts of a kind in the sentence, those that overlap the words first."""
    form, (start, end) = FORM_OF[kind], marked.sentence
    facts = [fact for fact in form.of(marked.found) if start <= form.span(fact)[0] < end]
    return sorted(facts, key=lambda fact: not (form.span(fact)[0] < marked.end and marked.start < form.span(fact)[1]))


def _count(marked: Marked) -> tuple[Count, bool]:
    """The words as a count, and whether a number is among them."""
    from briefing.extract.counts.numerals import find_numbers

    words = marked.words
    number = next(find_numbers(words), None)
    like = next((fact for fact in _near(marked, "count") if isinstance(fact, Count)), None)
    thing = next((one for one in marked.within((marked.start, marked.end)) if one.type in _CATEGORIES), None)
    noun = _noun(words[number.end :] if number else words)
    overlaps = like is not None and like.start < marked.end and marked.start < like.end
    item = thing.name if thing is not None else like.item if like is not None and overlaps else noun
    category = _CATEGORIES[thing.type] if thing is not None else like.category if like is not None else "other"
    fact = Count(
        start=marked.start,
        end=marked.end,
        evidence=words,
        low=number.low if number else None,
        high=number.high if number else None,
        approx=number.approx if number else False,
        item=item or words.line(),
        category=category,
        operator=_operator(marked, like, overlaps=overlaps),
        what=like.what if like is not None else None,
        asserted_by=like.asserted_by if like is not None else None,
    )
    return fact, number is not None


def _operator(marked: Marked, like: Count | None, *, overlaps: bool) -> SafeText | None:
    """Who owns what is counted: who owned what was read there, who stands in the words, who else owns nearby."""
    there = next((one for one in marked.within((marked.start, marked.end)) if one.type in {"NATION", "ORG"}), None)
    if like is not None and overlaps:
        return like.operator
    return there.name if there is not None else like.operator if like is not None else None


def _noun(words: str) -> SafeText:
    """What is counted, by the last of the words, in the singular."""
    found = re.findall(r"[^\W_][\w.&'’-]*", words)
    if not found:
        return SafeText()
    last = found[-1]
    singulars = (last[:-3] + "y", last[:-2], last[:-1], last[:-3] + "man")
    single = next((one for one in singulars if len(one) > 1 and several(one) == last), last)
    return SafeText(" ".join([*found[:-1], single])).line()


def _participant(marked: Marked) -> Participant:
    """The words as somebody: the entity that they name, else their own words, with every place of them."""
    there = [one for one in marked.within((marked.start, marked.end)) if one.type in _KINDS]
    one = max(there, key=lambda mention: mention.end - mention.start, default=None)
    here = (marked.start, marked.end)
    if one is not None:
        spans = [
            (m.start, m.end) for m in marked.within((0, len(marked.text))) if (m.type, m.name) == (one.type, one.name)
        ]
        own = next((fact for fact in marked.found.participants if fact.name == one.name), None)
        return Participant(
            name=one.name,
            kind=_KINDS[one.type],
            role=own.role if own else None,
            affiliation=own.affiliation if own else None,
            core=True,
            mentions=tuple(dict.fromkeys([(one.start, one.end), *spans])),
        )
    words = marked.words.line()
    spans = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(marked.words)}(?!\w)", marked.text)]
    return Participant(name=words, kind="person", core=True, mentions=tuple(dict.fromkeys([here, *spans])))


def _quote(marked: Marked) -> Quote:
    """The words as a quotation, of whoever is quoted in the sentence, else of whoever is named outside the words."""
    start, end = _trimmed(marked.text, marked.start, marked.end, _MARKS[:7])
    if start >= end:
        start, end = marked.start, marked.end
    like = next((fact for fact in _near(marked, "quote") if isinstance(fact, Quote) and fact.speaker), None)
    if like is not None:
        speaker, kind = like.speaker, like.speaker_kind
    else:
        named = _speaker(marked, start, end)
        speaker, kind = (named.name, _SPEAKERS[named.type]) if named is not None else (None, None)
    return Quote(start=start, end=end, text=marked.text[start:end], speaker=speaker, speaker_kind=kind)


def _speaker(marked: Marked, start: int, end: int) -> Mention | None:
    others = [
        one
        for one in marked.within(marked.sentence)
        if one.type in _SPEAKERS and (one.end <= start or end <= one.start)
    ]
    order: Sequence[EntityType] = ("PERSON", "ORG", "NATION", "EVENT")
    return min(
        others, key=lambda one: (order.index(one.type), min(abs(one.start - end), abs(start - one.end))), default=None
    )
