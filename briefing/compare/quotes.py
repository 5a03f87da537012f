"""Claims of quotations: the same words quoted alike, in part, altered, or of another speaker."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from briefing.compare.claims import Claim
from briefing.compare.quote_forms import OFFICE, quote_claim, same_speaker
from briefing.compare.statements import COMMON, FEWEST, UNMISTAKABLE, Said, Weights, overlap
from briefing.compare.wording import keys, words
from briefing.model.facts import Quote
from briefing.model.safetext import SafeText

if TYPE_CHECKING:
    from briefing.compare.events import Events
    from briefing.compare.origins import Origins
    from briefing.compare.reports import Report


_SHARED_PAIRS: Final = 2
"""Pairs of words in common from which two quotations are held against each other, whoever says them."""
_MOST_WORDS: Final = 0.6
"""Share of words in common from which one speaker's two quotations of one event are one."""
_NEXT: Final = 30
"""To how many others of those that share a pair of words a quotation is held."""


# When two quotations of one event are one statement in other words, as two translations are.
_TRANSLATED: Final = 0.34
"""Share of their telling words, by their beginnings, that both have in common, if one person says both."""
_TRANSLATED_UNKNOWN: Final = 0.36
"""The same where one has no speaker."""
_TRANSLATED_FEWEST: Final = 3
_STEM: Final = 4


class _Pair(NamedTuple):
    """Two quotations of one statement, with a score."""

    weight: float
    a: int
    b: int
    how: str


class Quotations(NamedTuple):
    """The claims, and the sources that carry the same statement: sets of their numbers."""

    claims: list[Claim]
    shared: list[tuple[int, ...]]


def compare_quotes(reports: Sequence[Report], events: Events, origins: Origins) -> Quotations:
    """Put every quotation into exactly one claim; of long ones that others quote several parts of, every part.

    Args:
        reports: The sources, in order of their numbers.
        events: The event of each place of a source.
        origins: Keys of who claims go back to.
    """
    said = [
        Said(
            report.number,
            quote,
            _own_keys(quote, report.extraction.quotes),
            events.at(report.number, quote.start),
            _speaker(report, quote),
        )
        for report in reports
        for quote in report.extraction.quotes
    ]
    weights = Weights(said, len(reports))
    pairs = list(_pairs(said, events, weights))
    if parts := _in_parts(said, pairs):
        said = [part for number, one in enumerate(said) for part in parts.get(number, [one])]
        weights = Weights(said, len(reports))
        pairs = list(_pairs(said, events, weights))
    groups = _joined(said, pairs)
    claims = [quote_claim([said[n] for n in group], reports, origins) for group in groups]
    shared = [_carriers([said[n] for n in group]) for group in groups]
    return Quotations(claims, [numbers for numbers in shared if len(numbers) > 1])


def _own_keys(quote: Quote, others: Sequence[Quote]) -> tuple[str, ...]:
    """The words of a quotation but for those of quotations within it, which are quotations of their own."""
    text = str(quote.text)
    for other in others:
        if other is not quote and quote.start < other.start and other.end < quote.end and str(other.text) in text:
            text = text.replace(str(other.text), " ", 1)
    return keys(text)


def _speaker(report: Report, quote: Quote) -> str | None:
    """The speaker: as the extractor has it, else the asserter."""
    if quote.speaker:
        return _named_beside(report, quote) or str(quote.speaker)
    return report.asserters.at(quote.start, quote.end)


def _named_beside(report: Report, quote: Quote) -> str | None:
    """The person behind an office that a quotation is given to: "said the director of the unit, Ann Lee"."""
    if not quote.speaker or not OFFICE.search(quote.speaker):
        return None
    told = [
        (one.end, report.sentence(report.sentence_at(one.end - 1))[1])
        for one in report.extraction.quotes
        if one.speaker == quote.speaker
    ]
    people = [one for one in report.extraction.participants if one.kind == "person"]
    beside = {str(one.name) for one in people for at, _ in one.mentions if any(end <= at < stop for end, stop in told)}
    return beside.pop() if len(beside) == 1 else None


def _pairs(said: Sequence[Said], events: Events, weights: Weights) -> Iterator[_Pair]:
    """Pairs of quotations that are one statement: alike in their words, or one event's in other words."""
    found: set[tuple[int, int]] = set()
    for a, b, times in _candidates(said):
        one, two = said[a], said[b]
        if times < _SHARED_PAIRS and one.event != two.event and one.keys != two.keys:
            continue
        short, long = sorted((one.keys, two.keys), key=len)
        near = one.event == two.event or two.document in events.related[one.document]
        if (len(short) < UNMISTAKABLE and not near) or not _may_be_one(one, two, short == long):
            continue
        if times < _SHARED_PAIRS and short != long:
            if _slightly_other(one, two):
                found.add((a, b))
                yield _Pair(1.0 + Indel.normalized_similarity(short, long), a, b, "altered")
            continue
        if short == long or weights.within(short, long):
            found.add((a, b))
            yield _Pair(2.0 + weights.of(short), a, b, "words")
        elif weights.same_statement(short, long) or _slightly_other(one, two):
            found.add((a, b))
            apart = one.document != two.document and overlap(short, long) < UNMISTAKABLE
            yield _Pair(1.0 + Indel.normalized_similarity(short, long), a, b, "altered" if apart else "words")
    yield from _translated(said, found)


def _slightly_other(one: Said, two: Said) -> bool:
    """Whether one speaker says nearly the same of one event, in few words."""
    if one.event != two.event or not same_speaker(one.speaker, two.speaker):
        return False
    fewest = min(len(one.keys), len(two.keys))
    return fewest >= FEWEST and LCSseq.similarity(one.keys, two.keys) >= _MOST_WORDS * max(len(one.keys), len(two.keys))


def _may_be_one(one: Said, two: Said, same_words: bool) -> bool:
    """Whether two quotations can be one statement: of one event, or word for word the same and by one speaker."""
    if one.event == two.event:
        return True
    return same_words and len(one.keys) >= UNMISTAKABLE and same_speaker(one.speaker, two.speaker) is not False


def _translated(said: Sequence[Said], found: set[tuple[int, int]]) -> Iterator[_Pair]:
    """Pairs of one event by one speaker, or with one unknown, that share what their words mean most by."""
    of_event: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(said):
        if len(one.keys) >= FEWEST:
            of_event[one.event].append(number)
    for numbers in of_event.values():
        stems = {n: _telling(said[n]) for n in numbers}
        holders: dict[str, list[int]] = defaultdict(list)
        for n in numbers:
            for stem in sorted(stems[n]):
                holders[stem].append(n)
        shared: Counter[tuple[int, int]] = Counter()
        for holding in holders.values():
            for place, a in enumerate(holding):
                shared.update((a, b) for b in islice(holding, place + 1, place + 1 + _NEXT))
        for (a, b), times in sorted(shared.items()):
            one, two = said[a], said[b]
            if (a, b) in found or one.document == two.document or times < _TRANSLATED_FEWEST:
                continue
            same = same_speaker(one.speaker, two.speaker)
            share = times / min(len(stems[a]), len(stems[b]))
            lengths = min(len(one.keys), len(two.keys)) / max(len(one.keys), len(two.keys))
            if same is not False and lengths > 0.4 and share >= (_TRANSLATED if same else _TRANSLATED_UNKNOWN):
                yield _Pair(share, a, b, "altered")


def _telling(one: Said) -> set[str]:
    """The beginnings of the words that a quotation means most by; names are in many statements."""
    written = one.quote.text
    names = {word.casefold() for word in re.findall(r"(?<=[a-z,] )[A-Z][\w’']*", written)}
    return {key[:_STEM] for key in one.keys if key not in COMMON and len(key) > 3 and key not in names}


def _in_parts(said: Sequence[Said], pairs: Sequence[_Pair]) -> dict[int, list[Said]]:
    """Long quotations of which others quote several parts, such as a turn of a transcript, cut into those parts."""
    ranges: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in pairs:
        short, long = sorted((pair.a, pair.b), key=lambda n: len(said[n].keys))
        if len(said[long].keys) >= _LONG_TURN and len(said[long].keys) > 1.5 * len(said[short].keys):
            blocks = LCSseq.opcodes(said[short].keys, said[long].keys)
            equal = [block for block in blocks if block.tag == "equal" and block.dest_end - block.dest_start > 1]
            if equal:
                ranges[long].append((equal[0].dest_start, equal[-1].dest_end))
    result = {}
    for number, found in ranges.items():
        groups: list[tuple[int, int]] = []
        for first, last in sorted(found):
            if groups and first < groups[-1][1]:
                groups[-1] = groups[-1][0], max(last, groups[-1][1])
            else:
                groups.append((first, last))
        if len(groups) > 1:
            result[number] = _cut(said[number], [first for first, _ in groups[1:]])
    return result


def _cut(one: Said, places: Sequence[int]) -> list[Said]:
    """A quotation cut before the words of those numbers, at the end of the sentence before; all keep its place."""
    found = words(one.quote.text)
    cuts = [0]
    for place in places:
        upto = found[place].start
        stop = max(one.quote.text.rfind(mark, cuts[-1], upto) for mark in (". ", "? ", "! ", "\n", "; ", ", "))
        cuts.append(stop + 2 if stop > cuts[-1] else upto)
    parts = []
    for start, end in zip(cuts, [*cuts[1:], len(one.quote.text)], strict=True):
        text = one.quote.text[start:end]
        parts.append(one._replace(quote=one.quote.model_copy(update={"text": SafeText(text)}), keys=keys(text)))
    return parts


_LONG_TURN: Final = 25


def _joined(said: Sequence[Said], pairs: Sequence[_Pair]) -> list[list[int]]:
    """Groups of quotations that are one statement each.

    A quotation joins by what it has in common with the fullest one of the group, not by way of a third: two statements
    by two speakers do not become one because somebody quotes both.
    """
    linked: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        linked[pair.a].add(pair.b)
        linked[pair.b].add(pair.a)
    home = {number: [number] for number in range(len(said))}
    for pair in sorted(pairs, key=lambda one: (-one.weight, one.a, one.b)):
        one, two = home[pair.a], home[pair.b]
        if one is two or not _coherent(said, one, two, linked):
            continue
        one += two
        for number in two:
            home[number] = one
    unique = {id(group): sorted(group) for group in home.values()}
    return sorted(unique.values())


def _coherent(said: Sequence[Said], one: Sequence[int], two: Sequence[int], linked: dict[int, set[int]]) -> bool:
    """Whether two groups stay one statement when they are joined."""
    full_one = max(one, key=lambda n: (len(said[n].keys), -n))
    full_two = max(two, key=lambda n: (len(said[n].keys), -n))
    if full_one in linked[full_two] or full_two in linked[full_one]:
        return True
    speakers = [said[n].speaker for n in (full_one, full_two)]
    if same_speaker(*speakers) is False:
        return False
    crossing = sum(b in linked[a] for a in one for b in two)
    return 2 * crossing >= min(len(one), len(two))


def _carriers(group: Sequence[Said]) -> tuple[int, ...]:
    """Sources that carry a statement long enough to have come from one place."""
    return tuple(sorted({one.document for one in group if len(one.keys) >= UNMISTAKABLE}))


def _candidates(said: Sequence[Said]) -> Iterator[tuple[int, int, int]]:
    """Pairs of quotations that share pairs of neighbouring words which are not both common ones, and how many."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(said):
        telling = {pair for pair in pairwise(one.keys) if not COMMON.issuperset(pair)}
        for part in {*telling, one.keys}:
            holders[part].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        for place, a in enumerate(numbers):
            shared.update((a, b) for b in islice(numbers, place + 1, place + 1 + _NEXT))
    yield from ((a, b, times) for (a, b), times in sorted(shared.items()))
